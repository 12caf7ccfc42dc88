"""What an import does to an archive."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotearchive.anchoring import take
from quotearchive.archive import finding, undoing
from quotearchive.archive.importing import Report, Request, bring_in
from quotearchive.archive.library import Library
from quotearchive.errors import ArchiveMissingError, UnguessableFormatError
from quotearchive.exporters import exporter
from quotearchive.exporters.interface import Options
from quotearchive.model import Change, Document, Quote
from quotearchive.query import parse
from quotearchive.store import Store
from quotearchive.text import canonical

NOW = "2026-02-01T10:00:00Z"
CHANGE = Change(when=NOW, command="import", by="me")
TEXT = "He said: “To be, or not to be, that is the question.” And left. He never left."

Import = Callable[..., Report]


def exported(store: Store, name: str = "jsonl") -> str:
    return "".join(
        str(piece) for piece in exporter(name).export(finding.holdings(Library(store.path), parse("").query), Options())
    )


def archive(path: Path, texts: Sequence[str] = (TEXT,)) -> Store:
    """An archive with gaps in its numbers, a quote within another, and one of two passages."""
    store = Store(path)
    with store.transaction(CHANGE, create=True) as transaction:
        for place, text in enumerate(("gone", *texts)):
            number = transaction.add(text_of(place, text))
            outer, split = quotes(number, text)
            within = transaction.add(outer)
            transaction.add(msgspec.structs.replace(split, within=within))
            transaction.add(outer)
    with store.transaction(CHANGE) as transaction:
        for quote in transaction.quotes_of(1):
            transaction.remove(quote)
        gone = transaction.find_document(1)
        assert gone
        transaction.remove(gone)
    return store


def text_of(place: int, text: str) -> Document:
    return Document(
        slug=f"text-{place}",
        title=f"Text {place}",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        characters=len(text),
        added="2020-01-01T00:00:00Z",
    )


def quotes(number: int, text: str) -> tuple[Quote, Quote]:
    """All of a text, and its ends."""
    ends = [take(text, 0, 1)] + ([take(text, len(text) - 1, len(text))] if len(text) > 1 else [])
    whole = Quote(
        document=number,
        passages=(take(text, 0, len(text)),),
        speaker="A",
        topics=("b", "c/d"),
        said="1943~",
        note="=1",
        created="2020-01-02T00:00:00Z",
        modified="2020-01-03T00:00:00Z",
    )
    split = msgspec.structs.replace(whole, passages=tuple(ends), speaker="B", topics=(), said=None)
    return whole, split


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "archive.json")


@pytest.fixture
def imported(store: Store, tmp_path: Path) -> Import:
    """Import records, or the text of a file, into the archive."""

    def imported(*records: dict[str, Any] | str, **request: Any) -> Report:  # noqa: ANN401 - any field
        path = tmp_path / "file"
        lines = (record if isinstance(record, str) else json.dumps(record) for record in records)
        path.write_bytes("\n".join(lines).encode())
        return bring_in(store, msgspec.convert({"path": path, **request}, Request), change=CHANGE)

    return imported


def document(text: str = TEXT, **fields: object) -> dict[str, Any]:
    return {"type": "document", "slug": "hamlet", "title": "Hamlet", "text": text, **fields}


def quote(exact: str, **fields: object) -> dict[str, Any]:
    start = TEXT.find(exact)
    passage = {"start": start, "end": start + len(exact), "exact": exact}
    return {"type": "quote", "document": "hamlet", "passages": [passage], **fields}


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).map(canonical).filter(str.strip)


@given(texts=st.lists(TEXTS, min_size=1, max_size=3, unique=True))
@settings(deadline=None, max_examples=25)
@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_what_comes_back_into_an_empty_archive_is_what_was_taken_away(
    tmp_path_factory: pytest.TempPathFactory, name: str, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("import")
    before = exported(archive(folder / "a.json", texts), name)
    path = folder / "file"
    path.write_bytes(before.encode())
    report = bring_in(Store(folder / "b.json"), Request(path=path, format=name), change=CHANGE)
    assert not report.refused
    assert exported(Store(folder / "b.json"), name) == before


def test_the_archive_that_was_imported_has_the_same_records(tmp_path: Path, store: Store) -> None:
    origin = archive(tmp_path / "origin.json", [TEXT, "Another text."])
    path = tmp_path / "file.jsonl"
    path.write_text(exported(origin), encoding="utf-8")
    bring_in(store, Request(path=path), change=CHANGE)
    assert list(store.read().documents()) == list(origin.read().documents())
    assert list(store.read().quotes()) == list(origin.read().quotes())
    with store.transaction(CHANGE) as transaction:
        assert transaction.reserve(Quote) == 1 + max(quote.id for quote in origin.read().quotes())


def test_a_second_import_changes_nothing(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "file.jsonl"
    path.write_text(exported(archive(tmp_path / "origin.json")), encoding="utf-8")
    bring_in(store, Request(path=path), change=CHANGE)
    before = store.path.read_bytes()
    report = bring_in(store, Request(path=path), change=CHANGE)
    assert (report.known_documents, report.known_quotes) == (1, 3)
    assert not report.documents + report.quotes
    assert not report.remarks
    assert store.path.read_bytes() == before


def test_a_full_archive_gives_new_numbers_and_names(imported: Import, store: Store) -> None:
    imported(
        document("Some other Hamlet."),
        {**quote("e", id=3), "passages": [{"start": 3, "end": 4, "exact": "e"}]},
    )
    outer, inner = quote(TEXT, id=3), quote("the question", id=2, within=3)
    report = imported(document(), inner, outer)
    assert [each.slug for each in report.documents] == ["hamlet-2"]
    assert [(each.id, each.document, each.within) for each in report.quotes] == [(4, 2, 5), (5, 2, None)]
    assert {each.id: each.within for each in store.read().quotes()} == {3: None, 4: 5, 5: None}


def test_the_same_text_is_the_same_document(imported: Import, store: Store) -> None:
    imported(document(), quote("To be"))
    again = {**document(), "slug": "other", "date": "1602", "title": "The tragedy"}
    report = imported(
        again,
        {**quote("left"), "document": "other", "passages": [{"start": -1, "end": -1, "exact": "left. He"}]},
    )
    assert (report.known_documents, len(report.documents), len(report.quotes)) == (1, 0, 1)
    assert [filled.fields for filled in report.filled] == [("date",)]
    assert [each.date for each in store.read().descriptions()] == ["1602"]


def test_what_is_known_otherwise_stays_and_is_told(imported: Import, store: Store) -> None:
    imported(document(date="1602"), quote("To be", note="mine"))
    report = imported(document(date="1603"), quote("To be", note="yours"))
    assert report.remarks == (
        "hamlet has another date here than in the file; it stays.",
        "Quote 1 is here already, with other note; it stays as it is.",
    )
    assert [each.date for each in store.read().descriptions()] == ["1602"]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (quote("To bee"), 'Not in hamlet: "To bee"'),
        (quote("be"), '"be" stands in 2 places of hamlet, and the file does not say in which'),
        (quote("To be", said="yesterdayish"), '"yesterdayish" can\'t be read as a date'),
        (quote("To be", topics=[" / "]), "is no topic"),
        ({**quote("To be"), "passages": []}, "it has no passage"),
        ({**quote("To be"), "document": "lear"}, 'The document "lear" is not in the archive. Add its text'),
        (document("x", kind="song"), '"song" is no kind of document'),
        (document(" \n"), "The document has no words"),
        (document("x", sha256="0"), "Its text is not the one"),
        ({"type": "song"}, "its type is 'song'"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_others_go_on(
    imported: Import, store: Store, record: dict[str, Any], reason: str
) -> None:
    if "passages" in record:
        for passage in record["passages"]:
            passage.update(start=-1, end=-1)
    report = imported(document(), record, quote("that is the question"))
    assert [error.row for error in report.refused] == [2]
    assert str(report.refused[0]).startswith("Line 2: ")
    assert reason in str(report.refused[0])
    assert [each.text for each in store.read().quotes()] == ["that is the question"]


def test_nothing_is_stored_that_is_not_in_the_text(imported: Import, store: Store) -> None:
    moved = {
        **quote("that is the question"),
        "passages": [{"start": 3, "end": 8, "exact": "that  is the QUESTION"}],
    }
    imported(document(), moved)
    (stored,) = store.read().quotes()
    assert stored.passages[0] == take(TEXT, TEXT.index("that"), TEXT.index(".” And"))


def test_a_quote_that_cannot_be_within_another_stands_by_itself(imported: Import) -> None:
    around = [
        quote("To be", id=1, speaker="Ann", within=2),
        quote("To be", id=2, speaker="Bob", within=1),
        quote("left", id=3, within=9),
    ]
    around[2]["passages"] = quote("And left")["passages"]
    report = imported(document(), *around)
    assert [each.within for each in report.quotes] == [2, None, None]
    assert report.remarks == (
        "Line 3 was said in a quote that does not hold it; it stands by itself now.",
        "Line 4 was said in a quote that the file does not have; it stands by itself now.",
    )


def test_a_rehearsal_changes_nothing(imported: Import, store: Store) -> None:
    report = imported(document(), quote("To be"), is_rehearsal=True)
    assert (len(report.documents), len(report.quotes)) == (1, 1)
    assert not list(store.path.parent.glob("archive.json*"))


def test_an_import_is_one_change_and_can_be_undone(imported: Import, store: Store) -> None:
    imported(document(), quote("To be"))
    assert len(list(store.read().changes())) == 1
    undoing.undo(store, change=CHANGE)
    assert not list(store.read().descriptions())
    assert not list(store.read().quotes())


def test_a_document_can_be_named_for_all_quotes(imported: Import) -> None:
    imported(document())
    report = imported({**quote("To be"), "document": "?"}, format="jsonl", document="ham")
    assert [each.text for each in report.quotes] == ["To be"]


def test_quotes_alone_make_no_archive(imported: Import, store: Store) -> None:
    with pytest.raises(ArchiveMissingError):
        imported(quote("To be"))
    assert not list(store.path.parent.glob("archive.json*"))


def test_a_file_of_no_known_format_is_not_touched(imported: Import) -> None:
    with pytest.raises(UnguessableFormatError, match="quotearchive add"):
        imported("Dear Sir")
