"""The verification and the repair of an archive as Rich renderables."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.text import Text

from quotearchive.anchoring.checks import DocumentCheck, QuoteCheck, State, Verdict, Verification
from quotearchive.anchoring.comparison import Difference
from quotearchive.text import visible
from quotearchive.views.cells import table
from quotearchive.views.history import named

if TYPE_CHECKING:
    from quotearchive.archive.repair import Repair

#: Code points of a difference that are shown.
_ROOM: Final = 120

#: How many documents are named among those of which something is said in one line.
_NAMED: Final = 5

#: What a verdict is called in a sentence.
_CALLED: Final = {
    Verdict.EXACT: "exact",
    Verdict.RECOGNISED: "as recognised in a picture",
    Verdict.CHANGED: "changed",
    Verdict.MISSING: "missing",
    Verdict.UNCHECKED: "could not be checked",
}


def report(found: Verification) -> RenderableType:
    """Show what is not as it was, and sum up."""
    parts = [*_quotes(found.quotes), *_documents(found.documents)]
    parts += _unkept(found.documents)
    parts += _outside(found.documents)
    parts += _recognised(found.documents)
    parts += _unreferenced(found.unreferenced)
    parts += [Text(visible(f"{problem[:1].upper()}{problem[1:]}.")) for problem in found.problems]
    return Group(*parts, Text(sum_up(found)))


def sum_up(found: Verification) -> str:
    """Return in a sentence how many quotes, texts, sources and originals are what they were."""
    outcomes = Counter(check.outcome for check in found.quotes)
    counts = [f"{outcomes[each]} {called}" for each, called in _CALLED.items() if outcomes[each]]
    texts: Counter[State] = Counter(check.text for check in found.documents)
    sources: Counter[State] = Counter(check.source for check in found.documents if check.source is not State.UNKNOWN)
    originals: Counter[State] = Counter(
        check.original for check in found.documents if check.original is not State.UNKNOWN
    )
    by_hand = len(found.problems) or (
        "none" if found.is_sealed else "unknown, because no change has sealed the archive yet"
    )
    return (
        f"Quotes: {', '.join(counts) or 'none'}. Texts: {_states(texts)}."
        f" Sources: {_states(sources)}. Originals: {_states(originals)}. Manual edits: {by_hand}."
    )


def _states(states: Counter[State]) -> str:
    return ", ".join(f"{states[state]} {state}" for state in State if states[state]) or "none"


def _quotes(checks: Iterable[QuoteCheck]) -> Iterator[RenderableType]:
    wrong = [check for check in checks if check.outcome not in {Verdict.EXACT, Verdict.RECOGNISED}]
    if wrong:
        listing = table("Quote", "Document", "Outcome", "What differs")
        for check in wrong:
            listing.add_row(str(check.id), check.document, _CALLED[check.outcome], _difference(check))
        yield listing


def _difference(check: QuoteCheck) -> str:
    if check.differences:
        return "\n".join(map(difference, check.differences))
    places = ", ".join(f"{start}–{end}" for start, end in check.places)
    return f"the words are at {places}" if places else ""


def difference(found: Difference) -> str:
    """Return how the words of a quote and those of its document differ.

    >>> difference(Difference(old="jail", new="prison", old_start=0, new_start=0))
    '“jail” in the quote, “prison” in the document'
    """
    old, new = (words if len(words) <= _ROOM else f"{words[:_ROOM]}…" for words in (found.old, found.new))
    if not found.old:
        return f"“{new}” is only in the document"
    return f"“{old}” in the quote, “{new}” in the document" if new else f"“{old}” is only in the quote"


#: What is wrong with a text, a source or an original.
_WRONG: Final = (State.CHANGED, State.GONE)


def _documents(checks: Iterable[DocumentCheck]) -> Iterator[RenderableType]:
    wrong = [check for check in checks if {check.text, check.source, check.original}.intersection(_WRONG)]
    if wrong:
        listing = table("Document", "Text", "Source", "Original", "File")
        for check in wrong:
            listing.add_row(check.slug, str(check.text), str(check.source), str(check.original), check.path or "")
        yield listing


def _recognised(checks: Iterable[DocumentCheck]) -> list[RenderableType]:
    """Return which texts were recognised in pictures, in one line."""
    slugs = [check.slug for check in checks if check.is_recognised]
    if not slugs:
        return []
    advice = "They may differ from the pictures: compare what you quote with show DOC --open"
    return [Text(visible(f"Texts recognised in pictures: {len(slugs)} ({_few(slugs)}). {advice}"))]


def _unkept(checks: Iterable[DocumentCheck]) -> list[RenderableType]:
    """Return how originals come back that are not as they were kept, in one line."""
    if not any(check.original in _WRONG for check in checks):
        return []
    return [Text("To keep an original anew, add its file again: quotearchive add FILE")]


def _unreferenced(names: Sequence[str]) -> list[RenderableType]:
    """Return which files among the originals nothing refers to, in one line."""
    if not names:
        return []
    advice = "An interrupted command left them, or another version of the archive has them; they may be deleted"
    return [Text(visible(f"Originals of no document: {len(names)} ({_few(names)}). {advice}"))]


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")


def _outside(checks: Iterable[DocumentCheck]) -> list[RenderableType]:
    """Return which sources were not opened, in one line."""
    slugs = [check.slug for check in checks if check.source is State.OUTSIDE]
    if not slugs:
        return []
    advice = "They are outside the archive's folder, and add did not read them. Open them with --anywhere"
    return [Text(visible(f"Sources not opened: {len(slugs)} ({_few(slugs)}). {advice}"))]


def repair(planned: "Repair") -> RenderableType:
    """Show what repairing an archive would do."""
    lines = [
        *(
            ["The whole backup will be restored: the archive as it was before its last change."]
            if planned.is_backup
            else ()
        ),
        *(f"From the backup: {listed}." for listed in _numbers(planned.recovered)),
        *(f"From the damaged file: {listed}." for listed in _numbers(_places(planned.added, planned.changed))),
        *(f"No longer in the damaged file: {listed}." for listed in _numbers(_places(planned.removed))),
        *(
            f"Duplicate number: record {number} of {name}; the second becomes {given}."
            for name, number, given in planned.renumbered
        ),
        *(f"Recovered in part: {loss.location}: {loss.why}: {loss.words}" for loss in planned.mended),
        *(f"Lost: {loss.location}: {loss.why}: {loss.words}" for loss in planned.lost),
    ]
    if planned.spared:
        kind = "The backup belongs to another archive, or to another state of this one"
        lines.append(f"{kind}: nothing will be taken from it, and it will be kept as {planned.spared.name}.")
    return Text(
        visible("\n".join(lines or ["Every record can be read; only the end of the file, or its form, is damaged."]))
    )


def _places(*records: Mapping[str, Mapping[str, object]]) -> list[tuple[str, str]]:
    return [(name, number) for tables in records for name, table in tables.items() for number in table]


def _numbers(places: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield records in words, those of one table together."""
    for name, group in groupby(places, key=itemgetter(0)):
        yield named(name, [int(number) for _, number in group if number.isdecimal()])
