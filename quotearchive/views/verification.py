"""What verifying an archive gave, as Rich renderables."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final, Protocol

from rich.console import Group, RenderableType
from rich.text import Text

from quotearchive.anchoring.checking import DocumentCheck, QuoteCheck, State, Verdict, Verification
from quotearchive.anchoring.comparing import Difference
from quotearchive.store.salvage import Loss
from quotearchive.text import visible
from quotearchive.views import cell, table
from quotearchive.views.history import named


class Planned(Protocol):
    """What is to be done to repair an archive."""

    @property
    def recovered(self) -> Sequence[tuple[str, str]]:
        """Records that come from the backup: table and number."""

    @property
    def is_backup(self) -> bool:
        """Whether all of them do."""

    @property
    def added(self) -> Mapping[str, Mapping[str, object]]:
        """Records that the damaged file alone holds, by table and number."""

    @property
    def changed(self) -> Mapping[str, Mapping[str, object]]:
        """Records that it holds in a newer form."""

    @property
    def removed(self) -> Mapping[str, Mapping[str, object]]:
        """Records that it had no more."""

    @property
    def spared(self) -> Path | None:
        """What a backup will be called of which nothing can be taken."""

    @property
    def mended(self) -> Sequence[Loss]:
        """What is saved in part."""

    @property
    def renumbered(self) -> Sequence[tuple[str, str, str]]:
        """Records whose number stood twice: table, that number, and the new one."""

    @property
    def lost(self) -> Sequence[Loss]:
        """What can't be had."""


#: Code points of a difference that are shown.
_ROOM: Final = 120

#: How many documents are named whose sources were not opened.
_NAMED: Final = 5

#: What an outcome is called in a sentence.
_CALLED: Final = {
    Verdict.EXACT: "exact",
    Verdict.CHANGED: "changed",
    Verdict.MISSING: "missing",
    Verdict.UNCHECKED: "could not be checked",
}


def report(found: Verification) -> RenderableType:
    """Tell what is not as it was, and sum up."""
    parts = [*_quotes(found.quotes), *_documents(found.documents)]
    parts += _outside(found.documents)
    parts += [Text(visible(f"{problem[:1].upper()}{problem[1:]}.")) for problem in found.problems]
    return Group(*parts, Text(sum_up(found)))


def sum_up(found: Verification) -> str:
    """Say in a sentence how many quotes, texts and sources are what they were."""
    outcomes = Counter(check.outcome for check in found.quotes)
    counts = [f"{outcomes[each]} {called}" for each, called in _CALLED.items() if outcomes[each]]
    texts: Counter[State] = Counter(check.text for check in found.documents)
    sources: Counter[State] = Counter(check.source for check in found.documents if check.source is not State.UNKNOWN)
    by_hand = len(found.problems) or ("nothing" if found.is_sealed else "not known, since no change has sealed it yet")
    return (
        f"Quotes: {', '.join(counts) or 'none'}. Texts: {_states(texts)}."
        f" Sources: {_states(sources)}. Done by hand: {by_hand}."
    )


def _states(states: Counter[State]) -> str:
    return ", ".join(f"{states[state]} {state}" for state in State if states[state]) or "none"


def _quotes(checks: Iterable[QuoteCheck]) -> Iterator[RenderableType]:
    wrong = [check for check in checks if check.outcome is not Verdict.EXACT]
    if wrong:
        listing = table("Quote", "Document", "Outcome", "What differs")
        for check in wrong:
            listing.add_row(str(check.id), cell(check.document), _CALLED[check.outcome], cell(_difference(check)))
        yield listing


def _difference(check: QuoteCheck) -> str:
    if check.differences:
        return "\n".join(map(difference, check.differences))
    places = ", ".join(f"{start}–{end}" for start, end in check.places)
    return f"the words stand at {places}" if places else ""


def difference(found: Difference) -> str:
    """Say how the words of a quote and those of its document differ.

    >>> difference(Difference(old="jail", new="prison", old_start=0, new_start=0))
    '“jail” in the quote, “prison” in the document'
    """
    old, new = (words if len(words) <= _ROOM else f"{words[:_ROOM]}…" for words in (found.old, found.new))
    if not found.old:
        return f"“{new}” is in the document alone"
    return f"“{old}” in the quote, “{new}” in the document" if new else f"“{old}” is in the quote alone"


def _documents(checks: Iterable[DocumentCheck]) -> Iterator[RenderableType]:
    wrong = [check for check in checks if check.text is State.CHANGED or check.source in (State.CHANGED, State.GONE)]
    if wrong:
        listing = table("Document", "Text", "Source", "File")
        for check in wrong:
            listing.add_row(cell(check.slug), str(check.text), str(check.source), cell(check.path))
        yield listing


def _outside(checks: Iterable[DocumentCheck]) -> list[RenderableType]:
    """Name the sources that were not opened, as one line."""
    slugs = [check.slug for check in checks if check.source is State.OUTSIDE]
    if not slugs:
        return []
    names = ", ".join(slugs[:_NAMED]) + (", …" if len(slugs) > _NAMED else "")
    advice = "They lie outside the archive's folder and were not named by add. To open them: --anywhere"
    return [Text(visible(f"Sources not opened: {len(slugs)} ({names}). {advice}"))]


def repair(planned: Planned) -> RenderableType:
    """Tell what repairing an archive would do."""
    recovered = _numbers(planned.recovered)
    lines = [
        *(["The whole backup is restored: the archive as it was before its last change."] if planned.is_backup else ()),
        *(f"From the backup: {listed}." for listed in recovered),
        *(f"From the damaged file: {listed}." for listed in _numbers(_places(planned.added, planned.changed))),
        *(f"No longer in the damaged file: {listed}." for listed in _numbers(_places(planned.removed))),
        *(
            f"Stands twice: record {number} of {name}; the second becomes {given}."
            for name, number, given in planned.renumbered
        ),
        *(f"Saved in part: {loss.location}: {loss.why}: {loss.words}" for loss in planned.mended),
        *(f"Lost: {loss.location}: {loss.why}: {loss.words}" for loss in planned.lost),
    ]
    if planned.spared:
        kind = "The backup is of another archive, or of another state of this one"
        lines.append(f"{kind}: nothing is taken from it, and it is kept as {planned.spared.name}.")
    return Text(
        visible("\n".join(lines or ["Every record can be read; only the end of the file, or its form, is damaged."]))
    )


def _places(*records: Mapping[str, Mapping[str, object]]) -> list[tuple[str, str]]:
    return [(name, number) for tables in records for name, table in tables.items() for number in table]


def _numbers(places: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Name records, those of one table together."""
    for name, group in groupby(places, key=lambda each: each[0]):
        yield named(name, [int(number) for _, number in group if number.isdecimal()])
