"""What a user may call a document or a quote, and what that names."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from quotearchive.archive.errors import (
    AmbiguousDocumentError,
    BackwardRangeError,
    DocumentNotFoundError,
    PartOfNameError,
    QuoteNotFoundError,
    UnreadableReferenceError,
)
from quotearchive.model import Document, Quote
from quotearchive.text import folded
from quotearchive.text.nearest import nearest

if TYPE_CHECKING:
    from quotearchive.store import Snapshot

#: Stands for the newest one.
LAST: Final = "last"

#: Digits of a number: few enough to be read at once, and more than any number of ours has.
_DIGITS: Final = 18

_RANGE: Final = re.compile(rf"([0-9]{{1,{_DIGITS}}})(?:(?:-|\.\.)([0-9]{{1,{_DIGITS}}}))?")

#: How many similar names an error offers.
_OFFERED: Final = 3

#: How similar a name must be to be offered, 0..1; lower offers names that share little but their length.
_SIMILAR: Final = 0.5


def number_of(reference: str) -> int | None:
    """Return the number that a reference is; None if it is none, or more than any."""
    return int(reference) if reference.isdecimal() and len(reference) <= _DIGITS else None


def document_number(slugs: Mapping[int, str], reference: str) -> int:
    """Find the document that a slug, an unambiguous part of one, or a number names.

    Args:
        slugs: The slugs of all documents, by number.
        reference: What the user calls it.

    Raises:
        DocumentNotFoundError: There is none.
        AmbiguousDocumentError: The part occurs in several slugs.
    """
    number = number_of(reference)
    if number is not None and number in slugs:
        return number
    part = folded(reference).replace(" ", "-")
    exact = [number for number, slug in slugs.items() if slug == reference]
    found = exact or [number for number, slug in slugs.items() if part and part in folded(slug)]
    if len(found) > 1:
        raise AmbiguousDocumentError(reference, [slugs[number] for number in found])
    if not found:
        raise DocumentNotFoundError(reference, _similar(reference, list(slugs.values())))
    return found[0]


def slugs_of(snapshot: "Snapshot") -> dict[int, str]:
    """Return the slugs of all documents, by number."""
    return {number: identity.slug for number, identity in snapshot.identities().items()}


def find_document(snapshot: "Snapshot", reference: str) -> Document:
    """Return the document that a reference names, with its text.

    Raises:
        DocumentNotFoundError: There is none.
        AmbiguousDocumentError: The part occurs in several slugs.
    """
    number = number_of(reference)
    document = None if number is None else snapshot.find_document(number)
    return document or stored_document(snapshot, document_number(slugs_of(snapshot), reference))


def stored_document(snapshot: "Snapshot", number: int) -> Document:
    """Return the document of a number, with its text.

    Raises:
        DocumentNotFoundError: There is none.
    """
    document = snapshot.find_document(number)
    if document is None:
        raise DocumentNotFoundError(number)
    return document


def stored_quote(snapshot: "Snapshot", number: int) -> Quote:
    """Return the quote of a number.

    Raises:
        QuoteNotFoundError: There is none.
    """
    quote = snapshot.find_quote(number)
    if quote is None:
        raise QuoteNotFoundError(number)
    return quote


def find_quote(snapshot: "Snapshot", reference: str) -> Quote:
    """Return the quote of a number, or the last one.

    Raises:
        UnreadableReferenceError: The reference is neither a number nor `last`.
        QuoteNotFoundError: There is no quote of that number.
    """
    if not (number_of(reference) is not None or reference == LAST):
        raise UnreadableReferenceError(reference)
    (number,) = quote_numbers(snapshot, [reference])
    return stored_quote(snapshot, number)


def are_numbers(reference: str) -> bool:
    """Check whether a reference is a number, a range of numbers, or `last`.

    >>> are_numbers("12"), are_numbers("12-19"), are_numbers("last"), are_numbers("open-letter")
    (True, True, True, False)
    """
    return reference == LAST or _RANGE.fullmatch(reference) is not None


def quote_numbers(snapshot: "Snapshot", references: Iterable[str]) -> list[int]:
    """Return the numbers of quotes that numbers, ranges of numbers and `last` stand for, each once.

    Raises:
        UnreadableReferenceError: A reference is none of these.
        QuoteNotFoundError: There is no such quote, or none in the range.
    """
    return numbers_among(sorted(snapshot.links()), references)


def numbers_among(known: Sequence[int], references: Iterable[str]) -> list[int]:
    """Do the same where the numbers of all quotes are known, ascending."""
    found: dict[int, None] = {}
    for reference in references:
        start, numbers = _in_range(reference, known)
        if not numbers:
            raise QuoteNotFoundError(start)
        found |= dict.fromkeys(numbers)
    return list(found)


def document_numbers(slugs: Mapping[int, str], references: Iterable[str]) -> list[int]:
    """Return the numbers of documents that slugs, parts of slugs, numbers, ranges and `last` stand for.

    Raises:
        DocumentNotFoundError: There is no such document, or none in the range.
        AmbiguousDocumentError: The part occurs in several slugs.
    """
    known, names = sorted(slugs), set(slugs.values())
    found: dict[int, None] = {}
    for reference in references:
        if not are_numbers(reference) or reference in names:
            found[document_number(slugs, reference)] = None
            continue
        _, numbers = _in_range(reference, known)
        if not numbers:
            raise DocumentNotFoundError(reference)
        found |= dict.fromkeys(numbers)
    return list(found)


def refuse_removed(
    snapshot: "Snapshot", table: str, holds: Callable[[Mapping[str, Any]], bool], reference: str, name: str
) -> None:
    """Refuse a part of a name, which nobody is asked about, if it was the name of something removed.

    Args:
        snapshot: The archive.
        table: The table that the removed was in.
        holds: Says whether the fields of a record, or those that changed, as they were, had that name.
        reference: The part.
        name: The whole name.

    Raises:
        PartOfNameError: It was.
    """
    for change in reversed(list(snapshot.changes())):
        records = (*change.removed.get(table, {}).values(), *change.changed.get(table, {}).values())
        if any(holds(before.fields) for before in records):
            raise PartOfNameError(reference, name, change.id)


def _in_range(reference: str, known: Sequence[int]) -> tuple[int, list[int]]:
    """Return the first number that a number, a range or `last` means, and those of its numbers that are known."""
    if reference == LAST:
        return (known[-1] if known else 0), list(known[-1:])
    parts = _RANGE.fullmatch(reference)
    if parts is None:
        raise UnreadableReferenceError(reference)
    start, end = int(parts[1]), int(parts[2] or parts[1])
    if end < start:
        raise BackwardRangeError(start, end)
    return start, [number for number in known if start <= number <= end]


def _similar(reference: str, slugs: list[str]) -> list[str]:
    """Offer slugs that are much like the reference, or that have a word much like it."""
    whole = nearest(reference, slugs, _OFFERED, least=_SIMILAR)
    words = {word: slug for slug in slugs for word in slug.split("-")}
    by_word = [words[word] for word in nearest(reference, words, _OFFERED, least=0.7)]
    return list(dict.fromkeys([*whole, *by_word]))[:_OFFERED]
