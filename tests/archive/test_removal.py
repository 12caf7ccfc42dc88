"""The removal of documents and quotes."""

import msgspec
import pytest

from quotearchive.archive.archive import Archive
from quotearchive.archive.errors import DocumentNotFoundError, QuoteNotFoundError
from quotearchive.archive.references import find_quote
from quotearchive.archive.removal import plan, remove
from quotearchive.model import Change
from quotearchive.store.errors import ChangedMeanwhileError

CHANGE = Change(when="2026-02-01T10:00:00Z")

pytestmark = pytest.mark.usefixtures("with_letter")


def test_what_nobody_was_asked_about_is_removed_as_it_is_by_then(archive: Archive) -> None:
    planned = plan(archive.read(), quotes=["1"])
    with archive.transaction(CHANGE) as transaction:
        transaction.put(msgspec.structs.replace(find_quote(archive.read(), "1"), note="x"))
    with pytest.raises(ChangedMeanwhileError):
        remove(archive, planned, change=CHANGE)
    assert [each.note for each in remove(archive, planned, change=CHANGE, is_agreed=False).quotes] == ["x"]
    with pytest.raises(QuoteNotFoundError):
        remove(archive, planned, change=CHANGE, is_agreed=False)


def test_a_document_that_somebody_else_removed_is_not_removed_again(archive: Archive) -> None:
    planned = plan(archive.read(), documents=["1"])
    assert [quote.id for quote in remove(archive, planned, change=CHANGE).quotes] == [1, 2]
    with pytest.raises(DocumentNotFoundError):
        remove(archive, planned, change=CHANGE, is_agreed=False)


def test_a_quote_within_removed_ones_is_said_in_what_those_were_said_in(archive: Archive) -> None:
    with archive.transaction(CHANGE) as transaction:
        innermost = transaction.add(msgspec.structs.replace(find_quote(archive.read(), "2"), id=0, within=2))
    removed = remove(archive, plan(archive.read(), quotes=["2"]), change=CHANGE)
    assert [quote.id for quote in removed.orphans] == [innermost]
    left = find_quote(archive.read(), str(innermost))
    assert (left.within, left.modified) == (1, CHANGE.when)
