"""Check that every quote is its document's own words, and every text and source what it was.

An archive that somebody edited by hand is read as far as it can be, and what they did is said.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from quotearchive.anchoring.checking import DocumentCheck, State, Verification, check_quote
from quotearchive.archive.sources import added_here, check_source
from quotearchive.errors import DamagedArchiveError
from quotearchive.model import Document, Quote, Speaker, Topic
from quotearchive.store import Recorded, Snapshot, Store


def verify(store: Store, *, anywhere: bool = False) -> Verification:
    """Check an archive; nothing is changed.

    Args:
        store: The archive.
        anywhere: Whether sources are opened wherever they are.

    Raises:
        ArchiveError: It can't be read at all.
    """
    snapshot = store.read()
    problems: list[str] = []
    documents = dict(_readable(snapshot, Document, problems))
    quotes = dict(_readable(snapshot, Quote, problems))
    changes = dict(_readable(snapshot, Recorded, problems))
    for kind in (Speaker, Topic):
        list(_readable(snapshot, kind, problems))
    problems += _loose_ends(documents, quotes)
    problems += _other_hands(changes.values(), {"documents": documents, "quotes": quotes})
    added = added_here(changes.values())
    return Verification(
        quotes=tuple(check_quote(quote, documents.get(quote.document)) for quote in quotes.values()),
        documents=tuple(
            _check_document(each, check_source(each, store.path.parent, added, anywhere=anywhere))
            for each in documents.values()
        ),
        problems=tuple(problems),
    )


def _readable(snapshot: Snapshot, kind: type[Any], problems: list[str]) -> Iterator[tuple[int, Any]]:
    """Yield a table's values by number, and note what can't be read."""
    for number, value in snapshot.read_each(kind):
        if isinstance(value, DamagedArchiveError):
            problems.append(f"{value.spot}: {value.found}")
        else:
            yield int(number), value


def _check_document(document: Document, source: State) -> DocumentCheck:
    return DocumentCheck(
        id=document.id,
        slug=document.slug,
        text=_check_text(document),
        source=source,
        path=document.source,
    )


def _check_text(document: Document) -> State:
    if not document.sha256:
        return State.UNKNOWN
    sha256 = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    return State.SAME if sha256 == document.sha256 else State.CHANGED


def _loose_ends(documents: Mapping[int, Document], quotes: Mapping[int, Quote]) -> Iterator[str]:
    slugs: dict[str, int] = {}
    for document in documents.values():
        other = slugs.setdefault(document.slug, document.id)
        if other != document.id:
            yield f"documents {other} and {document.id} have the same name, {document.slug}"
    for quote in quotes.values():
        if quote.document not in documents:
            yield f"quote {quote.id} is of document {quote.document}, which is not there"
        if quote.within is not None and quote.within not in quotes:
            yield f"quote {quote.id} is within quote {quote.within}, which is not there"


def _other_hands(changes: Iterable[Recorded], tables: Mapping[str, Mapping[int, object]]) -> Iterator[str]:
    """Say which records came or went without a change that says so."""
    expected: dict[str, set[int]] = {name: set() for name in tables}
    ever: dict[str, set[int]] = {name: set() for name in tables}
    for change in changes:
        for name in tables:
            expected[name].update(change.added.get(name, ()))
            ever[name].update(change.added.get(name, ()))
            expected[name].difference_update(map(int, change.removed.get(name, ())))
    for name, values in tables.items():
        noun = name.removesuffix("s")
        begins = min(ever[name], default=float("inf"))
        yield from (f"{noun} {each} was taken out by hand" for each in sorted(expected[name] - values.keys()))
        strangers = sorted(each for each in values if each >= begins and each not in expected[name])
        yield from (f"{noun} {each} was put in by hand" for each in strangers)
