"""A letter with quotes of every kind, values for every field, and a comparison with golden files."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from quotearchive.fields import FIELDS, Field, Kind
from quotearchive.model import CONTEXT, Document, Passage, Quote, Selection

DATA = Path(__file__).parent.parent / "data" / "exporters"
KHASTAR = "Hashem Khastar"


TEXT: Final = "To be, or not to be."
PASSAGE: Final = Passage(start=0, end=5, exact="To be")

#: Dates are written in parts by some formats, which is why none has a part in common with another.
DATES: Final = {"said": "1971-01-11", "date": "1982-02-12", "received": "1993-03-13"}


def example(kind: type, field: Field) -> Any:  # noqa: ANN401 - a field's value
    """A value that is nobody else's, with a sign in it that many formats escape."""
    number = 7_000_000 + 1000 * len(kind.__name__) + [each.name for each in FIELDS[kind]].index(field.name)
    words = f"{kind.__name__} {field.name} & {number}".replace("_", " ")
    special = {"kind": "letter", "url": "https://example.org/where", "language": "qaa-x-words"}
    if field.name in special or field.kind is Kind.DATE:
        return special.get(field.name) or DATES[field.name]
    if field.kind in {Kind.COUNT, Kind.QUOTE, Kind.DOCUMENT}:
        return number
    return {Kind.NAMES: (words,), Kind.TOPICS: (f"topic-{number}",), Kind.DOCUMENTS: (number,)}.get(field.kind, words)


def examples(kind: type) -> dict[str, Any]:
    return {field.name: example(kind, field) for field in FIELDS[kind]}


DOCUMENT: Final = Document(id=1, slug="a-slug", text=TEXT, sha256="ab", **examples(Document))
QUOTE: Final = Quote(id=2, document=1, passages=(PASSAGE,), **examples(Quote))
OUTER: Final = Quote(id=QUOTE.within or 0, document=1, passages=(PASSAGE,))
LETTER: Final = Selection(document=DOCUMENT, quotes=(QUOTE,), enclosing=(OUTER,))

STATEMENT: Final = msgspec.structs.replace(LETTER, document=msgspec.structs.replace(DOCUMENT, kind="statement"))


def passage(text: str, start: int, end: int) -> Passage:
    return Passage(
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def between(text: str, first: str, last: str) -> Passage:
    start = text.index(first)
    return passage(text, start, text.index(last, start) + len(last))


def whole(text: str) -> Selection:
    """A document that is one quote."""
    document = Document(id=1, slug="a-text", title="A text", text=text, characters=len(text))
    return Selection(document=document, quotes=(Quote(id=1, document=1, passages=(passage(text, 0, len(text)),)),))


@pytest.fixture(name="whole", scope="session")
def whole_fixture() -> Callable[[str], Selection]:
    return whole


@pytest.fixture(params=[LETTER, STATEMENT], ids=["letter", "statement"])
def everything(request: pytest.FixtureRequest) -> Selection:
    """A document and a quote all of whose fields are known."""
    selection: Selection = request.param
    return selection


@pytest.fixture
def letter() -> Selection:
    """The open letter: a plain quote, one with a gap, one that holds another speaker's words, and these."""
    text = (DATA / "open-letter.txt").read_text(encoding="utf-8")
    document = Document(
        id=1,
        slug="iran-political-prisoner-hashem-khaster",
        kind="letter",
        title="Iran: Political prisoner Hashem Khaster pens open letter, calls for Khamenei to resign",
        authors=(KHASTAR,),
        recipients=("Ali Khamenei",),
        date="2021-02-12",
        place="Iran",
        publisher="PMOI/MEK",
        url="https://example.org/letters/728?size=90&lang=en",
        language="en",
        source="letters/khastar-open-letter.txt",
        source_sha256="4e" * 32,
        sha256="5f" * 32,
        characters=len(text),
        text=text,
        added="2021-03-01T08:00:00Z",
        modified="2021-03-01T08:00:00Z",
    )
    return Selection(document=document, quotes=_quotes(text))


def _quotes(text: str) -> tuple[Quote, ...]:
    executions = Quote(
        id=1,
        document=1,
        passages=(between(text, "With all these executions", "in the streets!"),),
        speaker=KHASTAR,
        to="Ali Khamenei",
        topics=("executions", "uprising"),
        created="2021-03-01T09:00:00Z",
        modified="2021-03-01T09:00:00Z",
    )
    prison = Quote(
        id=2,
        document=1,
        passages=(
            between(text, "You’ve created", "for me."),
            between(text, "The agent takes", "prison guard."),
        ),
        speaker=KHASTAR,
        topics=("prison/conditions", "prison/telephone"),
        note="Compare *his* letter of 2019; it says = the same.",
        created="2021-03-01T09:05:00Z",
        modified="2021-03-02T10:00:00Z",
    )
    elections = Quote(
        id=3,
        document=1,
        passages=(between(text, "Under the Shah regime", "who they support."),),
        speaker=KHASTAR,
        topics=("elections",),
        created="2021-03-01T09:10:00Z",
        modified="2021-03-01T09:10:00Z",
    )
    knife = Quote(
        id=4,
        document=1,
        passages=(between(text, "Take your knife", "stand with"),),
        speaker="Ruhollah Khomeini",
        to="the Shah",
        topics=("elections",),
        said="1978~",
        within=3,
        created="2021-03-01T09:15:00Z",
        modified="2021-03-01T09:15:00Z",
    )
    return executions, prison, elections, knife


@pytest.fixture
def persian() -> Selection:
    """A statement in Persian with an emoji and a combining mark, and nothing known of it but its words."""
    text = "بیانیه 🕊️\n\nاو گفت: «زندانی سیاسی آزاد باید گردد!» و رفت.\n\nSpin\u0308al ends it."
    document = Document(
        id=2,
        slug="بیانیه",
        title="بیانیه 🕊️",
        language="fa",
        text=text,
        characters=len(text),
        signatories=("الف", "ب"),
        signatory_count=12,
        date_words="۱۳ دی",
        received="2020-01-04",
        destination="Geneva",
    )
    quotes = (
        Quote(id=5, document=2, passages=(between(text, "زندانی", "گردد!"),), speaker="شیرین عبادی"),
        Quote(id=6, document=2, passages=(between(text, "Spin", "it."),)),
    )
    return Selection(document=document, quotes=quotes)


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare text with a golden file; with GOLDEN=1 in the environment, write the file anew."""

    def compare(name: str, text: str) -> None:
        path = DATA / name
        if os.environ.get("GOLDEN"):
            path.write_bytes(text.encode())
        assert path.read_bytes().decode() == text

    return compare
