"""Values as views get them, and the screen that shows them. All their texts hold what a terminal would spoil."""

import io
import itertools
import re
from collections.abc import Iterable
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.segment import Segment

from quotearchive.anchoring.checks import DocumentCheck, QuoteCheck, State, Verdict, Verification
from quotearchive.anchoring.comparison import Difference
from quotearchive.anchoring.relocation import Outcome
from quotearchive.archive.documents import Addition
from quotearchive.archive.edits import EditPlan, QuoteChange
from quotearchive.archive.merge import Conflict, Merged
from quotearchive.archive.profiles import Pair, Profile
from quotearchive.archive.repair import Repair
from quotearchive.archive.replacement import Relocation
from quotearchive.archive.speakers import SpeakerChange
from quotearchive.archive.topics import TopicChange
from quotearchive.errors import FileLocation
from quotearchive.model import Correspondence, Document, Passage, Proposal, Quote, QuoteHit, Speaker
from quotearchive.names.people import SpeakerSummary
from quotearchive.names.topics import TopicSummary
from quotearchive.readers import read
from quotearchive.search import DocumentHit, Excerpt
from quotearchive.store.history import HistoryEntry, RecordedChange
from quotearchive.store.salvage import Loss

#: What Rich's markup, a terminal, and a direction of reading would each spoil.
HARD = "He said [sic] [/x] :smile: \x1b[31mred\x07 \u202eabc \u200bend"

PERSIAN = "در درون زندان، زندانی دیگر ساختید"

#: Signs that keep a line from reordering others; they have no width.
ISOLATES = re.compile("[\u2068\u2069]")

TEXT = f"The letter begins. {HARD}. It goes on in Persian: {PERSIAN}. And then it ends, as letters do."


def passage(words: str, text: str = TEXT) -> Passage:
    """Return the passage of some words of a text."""
    start = text.index(words)
    return Passage(start=start, end=start + len(words), exact=words)


DOCUMENT = Document(
    id=7,
    slug="open-letter",
    kind="letter",
    title=f"An open letter: {HARD}",
    text=TEXT,
    authors=("Hashem Khastar", "نرگس محمدی"),
    recipients=("Ali Khamenei",),
    date="2021-02-12",
    date_words="24 Bahman 1399",
    place="Mashhad",
    received="2021-03",
    destination="Tehran",
    signatories=("Ann [/b] Lee", "Bob"),
    signatory_count=14,
    replies_to=3,
    encloses=(4,),
    publisher="PMOI/MEK",
    url="https://example.org/a_(b)",
    language="en",
    source="letters/open [1].txt",
    sha256="0f" * 32,
    characters=1234,
    added="2026-01-02T03:04:05Z",
)

OUTER = Quote(
    id=1, document=7, passages=(passage(f"{HARD}. It goes on in Persian: {PERSIAN}"),), speaker="Ann [/b] Lee"
)

INNER = Quote(
    id=12,
    document=7,
    passages=(passage(PERSIAN), passage("as letters do")),
    speaker="نرگس محمدی",
    role="engineer [ret.]",
    mention="She",
    to="Ali Khamenei",
    topics=("prison/conditions", "prison/[x]"),
    said="2021-02",
    note=f"A note. {HARD}",
    within=1,
)

MISSING = Quote(id=13, document=7, passages=(Passage(start=0, end=3, exact=HARD),), missing=True)

LETTERS = Correspondence(
    before="first", after="third", replies_to="second", replies=("fourth",), encloses=("map",), enclosed_in=("box",)
)

HITS = (
    QuoteHit(quote=OUTER, document=DOCUMENT, marks=((8, 13), (14, 18)), relay=("Ann [/b] Lee",)),
    QuoteHit(quote=INNER, document=DOCUMENT, relay=("نرگس محمدی", None, "Hashem Khastar")),
    QuoteHit(quote=MISSING, document=DOCUMENT),
)

CANDIDATE = Proposal(
    number=2,
    spans=tuple((each.start, each.end) for each in INNER.passages),
    speaker="نرگس محمدی",
    mention="She [who]",
    cue="said",
    confidence=0.875,
    reason=f"“said” reports it: {HARD}",
    within=1,
)

SPEAKER = Speaker(
    id=1,
    name="نرگس محمدی",
    aliases=("Narges [/x] Mohammadi",),
    role="engineer",
    note=HARD,
    wikidata="Q467574",
    viaf="1",
    gnd="2",
)

SUMMARY = SpeakerSummary(speaker=SPEAKER, quotes=1200, documents=2, first="2019", last="2021-02-12")

OTHER = SpeakerSummary(speaker=Speaker(name="N. Mohammadi"), quotes=1, documents=1, first="2020", last="2020")

EDIT = EditPlan(edited=(QuoteChange(before=INNER, after=OUTER),))

MERGED = Merged(
    documents=1,
    quotes=1200,
    changed=2,
    conflicts=[Conflict(of="open-letter", field="date_words", ours=HARD, theirs=PERSIAN)],
)

DIFFERENCE = Difference(old="[sic] jail", new="prison [/x]", old_start=0, new_start=0)

RELOCATIONS = (
    Relocation(before=INNER, after=OUTER, outcome=Outcome.MOVED),
    Relocation(before=INNER, after=OUTER, outcome=Outcome.CHANGED, differences=(DIFFERENCE,)),
    Relocation(before=INNER, after=MISSING, outcome=Outcome.MISSING),
)

VERIFICATION = Verification(
    quotes=(
        QuoteCheck(id=1, document="open-letter", outcome=Verdict.EXACT),
        QuoteCheck(id=2, document="open-letter", outcome=Verdict.CHANGED, differences=(DIFFERENCE,)),
        QuoteCheck(id=3, document="open-letter", outcome=Verdict.CHANGED, places=((7, 9),)),
        QuoteCheck(id=4, document="9", outcome=Verdict.UNCHECKED),
    ),
    documents=(
        DocumentCheck(
            id=7,
            slug="open-letter",
            text=State.CHANGED,
            source=State.GONE,
            path="a [1].txt",
            original=State.CHANGED,
            is_recognised=True,
        ),
        DocumentCheck(
            id=8,
            slug="other",
            text=State.SAME,
            source=State.OUTSIDE,
            path="/etc/hosts",
            original=State.NOT_KEPT,
        ),
    ),
    problems=("quote 2 was changed by hand [sic]",),
    unreferenced=("ab12.pdf",),
)

REPAIR = Repair(
    tables={},
    content=b"",
    keep=Path("archive.json.damaged"),
    spared=Path("archive.json.bak-1"),
    recovered=(("quotes", "1"), ("quotes", "2"), ("quotes", "3")),
    added={"documents": {"5": {}}},
    removed={"quotes": {"9": {}}},
    renumbered=(("quotes", "4", "10"),),
    mended=(Loss(location=FileLocation(table="quotes", record="6"), words=HARD, why="a field was cut off"),),
    lost=(Loss(location=FileLocation(line=12), words="{[/x]", why="it is not JSON"),),
)

PASTS = (
    HistoryEntry(
        change=RecordedChange(
            id=2,
            when="2026-01-02T03:04:05Z",
            by="Ann [/b]",
            command="quote open-letter '[sic] \x1b[2J'",
            added={"documents": (1,), "quotes": (1, 2, 3, 5)},
            by_hand={"quotes": (2,)},
            undoes=1,
        ),
        undone_by=3,
    ),
)

TOPICS = (
    TopicSummary(path="prison", own=1, whole=3, description="[all] of it"),
    TopicSummary(path="prison/[x]", own=2, whole=2),
)

PROFILE = Profile(standing=SUMMARY, topics=(("prison", 3),), roles=("engineer [ret.]",), quotes=tuple(range(1, 1201)))

PAIR = Pair(
    one=SUMMARY,
    other=OTHER,
    likeness=0.86,
    reason="one is short for the other",
    documents=("open-letter",),
    topics=("prison",),
)

SPEAKER_CHANGE = SpeakerChange(speaker=SPEAKER, quotes=(1, 2), documents=("open-letter",))

TOPIC_CHANGE = TopicChange(paths=(("jail", "prison"), ("[x]", None)), quotes=(1,))

DOCUMENT_HIT = DocumentHit(
    document=DOCUMENT, quotes=3, excerpts=(Excerpt(start=10, end=30, text=f"[/x] {PERSIAN}", marks=((5, 7),)),)
)


def addition(text: str = "# A title [sic]\n\nWords.\n") -> Addition:
    """Return the addition of a text, with what was found in it."""
    reading = read(text.encode(), name="a.md")
    return Addition(document=DOCUMENT, reading=reading, taken=reading.extracted)


def screen(shown: RenderableType, width: int = 80, *, is_terminal: bool = False) -> str:
    """Return what a terminal of some width shows, or a file gets, as the command line prints it, without styles."""
    console = Console(
        file=io.StringIO(),
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
        force_terminal=is_terminal,
        color_system="truecolor" if is_terminal else None,
        record=True,
    )
    console.print(shown, crop=False)
    return console.export_text()


def matches(shown: RenderableType, width: int = 200) -> list[str]:
    """Return the words that a terminal underlines, line by line."""
    return [segment.text for segment in _rendered(shown, width) if segment.style and segment.style.underline]


def bold(shown: RenderableType, width: int = 200) -> list[str]:
    """Return the words that a terminal shows in bold letters, line by line."""
    return [segment.text for segment in _rendered(shown, width) if segment.style and segment.style.bold]


def _rendered(shown: RenderableType, width: int) -> Iterable[Segment]:
    return Console(width=width, force_terminal=True, color_system="truecolor").render(shown)


def labelled(shown: str) -> dict[str, str]:
    """Return the values of a page by their labels; only the first line of each."""
    return dict(re.findall(r"^(\S.*?) {2,}(.*?) *$", ISOLATES.sub("", shown), flags=re.MULTILINE))


def column(screen: str, heading: str, following: str | None) -> str:
    """Return the cells below a heading, one under the other, up to the column of the following heading."""
    lines = [ISOLATES.sub("", line) for line in screen.splitlines()]
    start = lines[0].index(heading)
    end = lines[0].index(following) if following else None
    return "\n".join(_between(line, start, end).strip() for line in lines[2:])


def _between(line: str, start: int, end: int | None) -> str:
    ends = list(itertools.accumulate(map(cell_len, line)))
    return "".join(sign for sign, at in zip(line, ends, strict=True) if at > start and (end is None or at <= end))


def squeezed(text: str) -> str:
    """Return a text without white space and without what keeps lines apart, so that wrapping makes no difference."""
    return "".join(ISOLATES.sub("", text).split())
