"""Letters among letters: who wrote to whom, in which order, and what answers what."""

from collections.abc import Iterable, Iterator

from quotearchive.archive.archive import Archive
from quotearchive.archive.people import SpeakerNames
from quotearchive.dates import LATEST
from quotearchive.model import Correspondence, Description
from quotearchive.names import key
from quotearchive.query import find_bounds
from quotearchive.store import Snapshot


def order(documents: Iterable[Description]) -> list[Description]:
    """Sort documents by when they were written at the earliest, those without a date at the end."""
    return sorted(documents, key=_when)


def select(
    archive: Archive,
    documents: Iterable[tuple[Description, int]],
    *,
    kind: str | None = None,
    sender: str | None = None,
    recipient: str | None = None,
) -> list[tuple[Description, int]]:
    """Choose documents by kind and by who wrote to whom, in the order in which they were written.

    Args:
        archive: The archive.
        documents: Descriptions, each with the number of its quotes.
        kind: One of the model's kinds.
        sender: A part of a name or an alias of who wrote or signed.
        recipient: The same of whom it is addressed to.

    Raises:
        ArchiveError: The archive can't be read.
    """
    people = _People(archive.read())
    counts = {document.id: count for document, count in documents}
    chosen = (
        document
        for document, _ in documents
        if (kind is None or document.kind == kind)
        and (sender is None or people.any_is((*document.authors, *document.signatories), sender))
        and (recipient is None or people.any_is(document.recipients, recipient))
    )
    return [(document, counts[document.id]) for document in order(chosen)]


def correspondence(archive: Archive, number: int) -> Correspondence:
    """Return what a document has to do with others: the letters before and after it, and replies.

    Letters before and after are those between the same people, in either direction.

    Raises:
        ArchiveError: The archive can't be read.
    """
    documents = order(archive.read().descriptions())
    slugs = {document.id: document.slug for document in documents}
    document = next(each for each in documents if each.id == number)
    exchanged = [each for each in documents if each.date and (each.id == number or _are_exchanged(each, document))]
    places = [place for place, each in enumerate(exchanged) if each.id == number]
    before = exchanged[places[0] - 1 : places[0]] if places and places[0] else []
    after = exchanged[places[0] + 1 : places[0] + 2] if places else []
    return Correspondence(
        before=_first_slug(before),
        after=_first_slug(after),
        replies_to=slugs.get(document.replies_to or 0),
        replies=tuple(each.slug for each in documents if each.replies_to == number),
        encloses=tuple(slugs[each] for each in document.encloses if each in slugs),
        enclosed_in=tuple(each.slug for each in documents if number in each.encloses),
    )


class _People:
    """Names of people with their other names."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._aliases = SpeakerNames(snapshot).aliases

    def any_is(self, names: Iterable[str], wanted: str) -> bool:
        """Check whether one of some names, or an alias of it, holds all words of another."""
        words = key(wanted).split()
        return any(all(word in key(spelling) for word in words) for spelling in self._spellings(names))

    def _spellings(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            yield name
            yield from self._aliases.get(name, ())


def _when(document: Description) -> tuple[str, str, str]:
    earliest, latest = find_bounds(document.date) or (LATEST, LATEST)
    return earliest, latest, document.slug


def _are_exchanged(one: Description, other: Description) -> bool:
    """Check whether two letters are between the same people."""
    ours, theirs = _parties(one), _parties(other)
    goes_same_way = not ours[0].isdisjoint(theirs[0]) and not ours[1].isdisjoint(theirs[1])
    goes_back = not ours[0].isdisjoint(theirs[1]) and not ours[1].isdisjoint(theirs[0])
    return goes_same_way or goes_back


def _parties(document: Description) -> tuple[set[str], set[str]]:
    return {key(name) for name in document.authors}, {key(name) for name in document.recipients}


def _first_slug(documents: list[Description]) -> str | None:
    return documents[0].slug if documents else None
