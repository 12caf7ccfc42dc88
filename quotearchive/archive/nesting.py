"""Quotes within quotes, when the words of one of them have moved."""

from collections.abc import Container, Iterator

import msgspec

from quotearchive.model import outward
from quotearchive.store import Transaction


def loosen(transaction: Transaction, moved: Container[int], when: str) -> Iterator[str]:
    """Take quotes out of those that no longer hold their words, into the nearest that does, and yield remarks.

    Args:
        transaction: The archive, in which the words have moved already.
        moved: The numbers of the quotes whose passages are others now.
        when: The time of the change, ISO 8601 in UTC.
    """
    for inner in list(transaction.quotes()):
        if inner.within is None or not (inner.id in moved or inner.within in moved):
            continue
        around = list(outward(inner, transaction.find_quote))
        within = next((outer.id for outer in around if outer.may_hold(inner)), None)
        if within != inner.within:
            transaction.put(msgspec.structs.replace(inner, within=within, modified=when))
            now = f"is within quote {within} now" if within else "stands by itself now"
            yield f"Quote {inner.id} was within quote {inner.within}, which no longer holds its words; it {now}."
