"""Archives to search, made of values."""

import random
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import pytest

from quotearchive.model import Document, Passage, Quote, Segment, Speaker
from quotearchive.search import Index, Record
from quotearchive.store import ArchiveFile
from tests.search.samples import VALUES

Value = Document | Quote | Speaker
Values = Iterable[Value]

WORDS = (
    *(
        "prison",
        "Prison’s",
        "prisoner",
        "knife",
        "the",
        "The",
        "people",
        "Straße",
        "STRASSE",
        "Téhéran",
        "teheran",
    ),
    *(
        "کتاب",
        "كتاب",
        "می‌شود",
        "محمدی",
        "مُحَمَّدي",
        "۱۳۹۹",
        "1399",
        "人権",
        "社会の",
        "人",
        "[sic]",
        "[…]",
        "—",
        "हिन्दी",
    ),
)
NAMES = ("Hashem Khastar", "Hāshem KHASTAR", "نرگس محمدی", "山田太郎", "O’Neill", "A\nB")
ALIASES = ("Khaster", "خمینی", "Nargès", "The Prisoner")
TOPICS = ("prison", "prison/conditions", "prison/conditions/phone", "elections", "émigration", "Prisons")
ROLES = ("teacher", "Minister of justice")
DATES = ("2021-02-12", "2021-02", "2020", "1943~", "1943-21", "1943/1945", "2019/..", "../1999", "soon")


SEGMENTS: dict[str, tuple[tuple[str, str | int | None], ...]] = {
    "page": (("iv", 4), ("12", 16), ("۱۲", 3), ("A-1", None)),
    "time": (("00:00:01", 1000), ("14:05.500", None), ("later", None), ("00:14:06", 846000)),
    "section": (("Chapter 2", "ch2.xhtml"), ("signature", None), ("", None)),
    "message": (("3", "<a@b>"), ("13", None), ("Re: Prison", 5)),
    "turn": (("Anna", None),),
}


def random_values(dice: random.Random, quotes: int) -> list[Value]:
    """Make a few documents and quotes of few words, so that searches find some of them."""
    documents = [_document(dice, number) for number in range(1, dice.randint(1, 4) + 1)]
    speakers = [
        Speaker(id=number, name=name, aliases=tuple(dice.sample(ALIASES, k=dice.randint(0, 2))))
        for number, name in enumerate(dice.sample(NAMES, k=dice.randint(0, 3)), start=1)
    ]
    return [*documents, *speakers, *(_quote(dice, number, len(documents)) for number in range(1, quotes + 1))]


def _maybe(dice: random.Random, values: tuple[str, ...]) -> str | None:
    return dice.choice(values) if dice.random() < 2 / 3 else None


def _text(dice: random.Random) -> str:
    return dice.choice((" ", " ", ", ", "")).join(dice.choices(WORDS, k=dice.randint(1, 9)))


def _document(dice: random.Random, number: int) -> Document:
    return Document(
        id=number,
        slug=f"open-letter-{number}",
        kind=dice.choice(("letter", "article")),
        title=_text(dice),
        authors=tuple(dice.sample(NAMES, k=dice.randint(0, 2))),
        recipients=tuple(dice.sample(NAMES, k=dice.randint(0, 1))),
        signatories=tuple(dice.sample(NAMES, k=dice.randint(0, 1))),
        replies_to=dice.randint(1, 4) if dice.random() < 1 / 3 else None,
        encloses=tuple(dice.sample(range(1, 5), k=dice.randint(0, 1))),
        date=_maybe(dice, DATES),
        place=_maybe(dice, ("Téhéran", "Paris")),
        publisher=_maybe(dice, ("PMOI/MEK",)),
        language=_maybe(dice, ("en", "fa-IR", "ja")),
        text=" ".join(_text(dice) for _ in range(3)),
        added=f"2026-01-0{dice.randint(1, 9)}T00:00:00Z",
        segments=tuple(sorted((_segment(dice) for _ in range(dice.randint(0, 9))), key=lambda each: each.start)),
    )


def _segment(dice: random.Random) -> Segment:
    label, ref = dice.choice(SEGMENTS[kind := dice.choice(tuple(SEGMENTS))])
    return Segment(dice.randint(0, 30), kind, label, ref)


def _quote(dice: random.Random, number: int, documents: int) -> Quote:
    passages = tuple(
        Passage(start=dice.randint(0, 9), end=99, exact=_text(dice)) for _ in range(dice.choice((1, 1, 2)))
    )
    return Quote(
        id=number,
        document=dice.randint(1, documents),
        passages=passages,
        speaker=_maybe(dice, NAMES),
        role=_maybe(dice, ROLES),
        to=_maybe(dice, NAMES),
        topics=tuple(sorted(dice.sample(TOPICS, k=dice.randint(0, 2)))),
        said=_maybe(dice, DATES),
        note=_maybe(dice, (_text(dice),)),
        within=dice.randint(1, number) if dice.random() < 1 / 4 else None,
        created=f"2026-02-0{dice.randint(1, 9)}T00:00:00Z",
    )


def records(values: Values) -> list[Record]:
    """Return the values' records, as an archive holds them."""
    return [
        (
            f"{type(value).__name__.lower()}s",
            value.id,
            msgspec.json.encode(msgspec.structs.replace(value, id=0)),
        )
        for value in values
    ]


def write(path: Path, values: Values) -> None:
    """Write the values as an archive that stands on its own."""
    tables: dict[str, dict[str, msgspec.Raw]] = {"documents": {}, "speakers": {}, "quotes": {}}
    for table, number, record in records(values):
        tables[table][str(number)] = msgspec.Raw(record)
    path.write_bytes(msgspec.json.encode(tables))


@pytest.fixture
def values() -> list[Value]:
    return random_values(random.Random(7), 60)  # noqa: S311 - no secrets are made here


@pytest.fixture
def path(tmp_path: Path, values: list[Value]) -> Path:
    path = tmp_path / "archive.json"
    write(path, values)
    return path


@pytest.fixture
def caches(tmp_path: Path) -> Path:
    return tmp_path / "caches" / "deep"


@pytest.fixture
def open_index(path: Path, caches: Path) -> Callable[[], Index]:
    """Open the archive's index, as a command does."""
    return lambda: Index(path, caches, lambda: ArchiveFile(path).read().records())


@pytest.fixture(name="index")
def _index() -> Iterable[Index]:
    index = Index(Path("archive.json"), None, lambda: records(VALUES))
    yield index
    index.close()
