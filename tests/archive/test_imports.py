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

from quotearchive.anchoring.location import take
from quotearchive.archive.archive import Archive
from quotearchive.archive.history import undo
from quotearchive.archive.imports import ImportReport, Request, import_file, summary
from quotearchive.archive.lookup import selections
from quotearchive.errors import ArchiveMissingError
from quotearchive.exporters import exporter
from quotearchive.exporters.interface import Options
from quotearchive.importers.errors import UnguessableFormatError
from quotearchive.model import Change, Document, Quote
from quotearchive.query import parse
from quotearchive.text import canonical

NOW = "2026-02-01T10:00:00Z"
CHANGE = Change(when=NOW, command="import", by="me")
TEXT = "He said: “To be, or not to be, that is the question.” And left. He never left."

Import = Callable[..., ImportReport]


def exported(archive: Archive, name: str = "jsonl") -> str:
    return "".join(
        str(piece) for piece in exporter(name).export(selections(Archive(archive.path), parse("").query), Options())
    )


def archive_of(path: Path, texts: Sequence[str] = (TEXT,)) -> Archive:
    """An archive with gaps in its numbers, a quote within another, and one of two passages."""
    archive = Archive(path)
    with archive.transaction(CHANGE, create=True) as transaction:
        for place, text in enumerate(("gone", *texts)):
            number = transaction.add(text_of(place, text))
            outer, split = quotes(number, text)
            within = transaction.add(outer)
            transaction.add(msgspec.structs.replace(split, within=within))
            transaction.add(outer)
    with archive.transaction(CHANGE) as transaction:
        for quote in transaction.quotes_of(1):
            transaction.remove(quote)
        gone = transaction.find_document(1)
        assert gone
        transaction.remove(gone)
    return archive


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
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive.json")


@pytest.fixture
def imported(archive: Archive, tmp_path: Path) -> Import:
    """Import records, or the text of a file, into the archive."""

    def imported(*records: dict[str, Any] | str, **request: Any) -> ImportReport:  # noqa: ANN401 - any field
        path = tmp_path / "file"
        lines = (record if isinstance(record, str) else json.dumps(record) for record in records)
        path.write_bytes("\n".join(lines).encode())
        return import_file(archive, msgspec.convert({"path": path, **request}, Request), change=CHANGE)

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
    before = exported(archive_of(folder / "a.json", texts), name)
    path = folder / "file"
    path.write_bytes(before.encode())
    report = import_file(Archive(folder / "b.json"), Request(path=path, format=name), change=CHANGE)
    assert not report.refused
    assert exported(Archive(folder / "b.json"), name) == before


def test_the_archive_that_was_imported_has_the_same_records(tmp_path: Path, archive: Archive) -> None:
    origin = archive_of(tmp_path / "origin.json", [TEXT, "Another text."])
    path = tmp_path / "file.jsonl"
    path.write_text(exported(origin), encoding="utf-8")
    import_file(archive, Request(path=path), change=CHANGE)
    assert list(archive.read().documents()) == list(origin.read().documents())
    assert list(archive.read().quotes()) == list(origin.read().quotes())
    with archive.transaction(CHANGE) as transaction:
        assert transaction.reserve(Quote) == 1 + max(quote.id for quote in origin.read().quotes())


def test_a_second_import_changes_nothing(tmp_path: Path, archive: Archive) -> None:
    path = tmp_path / "file.jsonl"
    path.write_text(exported(archive_of(tmp_path / "origin.json")), encoding="utf-8")
    import_file(archive, Request(path=path), change=CHANGE)
    before = archive.path.read_bytes()
    report = import_file(archive, Request(path=path), change=CHANGE)
    assert (report.known_documents, report.known_quotes) == (1, 3)
    assert not report.documents + report.quotes
    assert not report.remarks
    assert archive.path.read_bytes() == before


def test_a_full_archive_gives_new_numbers_and_names(imported: Import, archive: Archive) -> None:
    imported(
        document("Some other Hamlet."),
        {**quote("e", id=3), "passages": [{"start": 3, "end": 4, "exact": "e"}]},
    )
    outer, inner = quote(TEXT, id=3), quote("the question", id=2, within=3)
    report = imported(document(), inner, outer)
    assert [each.slug for each in report.documents] == ["hamlet-2"]
    assert [(each.id, each.document, each.within) for each in report.quotes] == [(4, 2, 5), (5, 2, None)]
    assert {each.id: each.within for each in archive.read().quotes()} == {3: None, 4: 5, 5: None}


def test_the_same_text_is_the_same_document(imported: Import, archive: Archive) -> None:
    imported(document(), quote("To be"))
    again = {**document(), "slug": "other", "date": "1602", "title": "The tragedy"}
    report = imported(
        again,
        {**quote("left"), "document": "other", "passages": [{"start": -1, "end": -1, "exact": "left. He"}]},
    )
    assert (report.known_documents, len(report.documents), len(report.quotes)) == (1, 0, 1)
    assert [filled.fields for filled in report.filled] == [("date",)]
    assert [each.date for each in archive.read().descriptions()] == ["1602"]


def test_what_is_known_otherwise_stays_and_is_told(imported: Import, archive: Archive) -> None:
    imported(document(date="1602"), quote("To be", note="mine"))
    report = imported(document(date="1603"), quote("To be", note="yours"))
    assert report.remarks == (
        "hamlet differs from the file in date; ours was kept.",
        "Quote 1 is already in the archive and differs in note; it was left as it is.",
    )
    assert [each.date for each in archive.read().descriptions()] == ["1602"]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (quote("To bee"), 'Not in hamlet: "To bee"'),
        (quote("be"), '"be" occurs 2 times in hamlet, and the file does not say where'),
        (quote("To be", said="yesterdayish"), '"yesterdayish" can\'t be read as a date'),
        (quote("To be", topics=[" / "]), "is not a topic"),
        ({**quote("To be"), "passages": []}, "it has no passage"),
        ({**quote("To be"), "document": "lear"}, 'The document "lear" is not in the archive. Add its text'),
        (document("x", kind="song"), '"song" is not a kind of document'),
        (document(" \n"), "The document has no text"),
        (document("x", sha256="0"), "Its text does not match its sha256"),
        ({"type": "song"}, "its type is 'song'"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_others_go_on(
    imported: Import, archive: Archive, record: dict[str, Any], reason: str
) -> None:
    if "passages" in record:
        for passage in record["passages"]:
            passage.update(start=-1, end=-1)
    report = imported(document(), record, quote("that is the question"))
    assert [error.row for error in report.refused] == [2]
    assert str(report.refused[0]).startswith("Line 2: ")
    assert reason in str(report.refused[0])
    assert [each.text for each in archive.read().quotes()] == ["that is the question"]


def test_nothing_is_stored_that_is_not_in_the_text(imported: Import, archive: Archive) -> None:
    moved = {
        **quote("that is the question"),
        "passages": [{"start": 3, "end": 8, "exact": "that  is the QUESTION"}],
    }
    imported(document(), moved)
    (stored,) = archive.read().quotes()
    assert stored.passages[0] == take(TEXT, TEXT.index("that"), TEXT.index(".” And"))


def test_a_quote_that_cannot_be_within_another_stands_by_itself(imported: Import) -> None:
    around = [
        quote("To be", id=1, speaker="Ann", within=2),
        quote("To be", id=2, speaker="Bob", within=1),
        quote("left", id=3, within=9),
        quote("question", id=4, within=4),
    ]
    around[2]["passages"] = quote("And left")["passages"]
    report = imported(document(), *around)
    assert [each.within for each in report.quotes] == [2, None, None, None]
    assert report.remarks == (
        "Line 3 was said in a quote that does not contain it; it is a quote of its own now.",
        "Line 4 was said in a quote that is not in the file; it is a quote of its own now.",
        "Line 5 was said in a quote that does not contain it; it is a quote of its own now.",
    )


LETTERS = (
    document("The first letter.", id=1, slug="first", title="First"),
    document("The second letter.", id=2, slug="second", title="Second", replies_to=1, encloses=[3]),
    document("A photograph.", id=3, slug="photograph", title="Photograph"),
)


def references(archive: Archive) -> dict[str, tuple[str | None, list[str]]]:
    """What each document answers and encloses, by slug."""
    known = {each.id: each for each in archive.read().descriptions()}
    return {
        each.slug: (known[each.replies_to].slug if each.replies_to else None, [known[n].slug for n in each.encloses])
        for each in known.values()
    }


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_a_letter_answers_the_letter_that_it_answered(
    imported: Import, archive: Archive, order: tuple[int, ...]
) -> None:
    imported(document("Some memo."), document("Another memo.", slug="other"))
    report = imported(*(LETTERS[place] for place in order))
    assert references(archive)["second"] == ("first", ["photograph"])
    assert report.remarks == ()
    before = archive.path.read_bytes()
    assert not imported(*LETTERS).filled
    assert archive.path.read_bytes() == before


def test_a_letter_that_is_here_learns_what_it_answers(imported: Import, archive: Archive) -> None:
    imported(document("Some memo."), {**LETTERS[1], "replies_to": None, "encloses": []})
    report = imported(*LETTERS)
    assert references(archive)["second"] == ("first", ["photograph"])
    assert [each.fields for each in report.filled] == [("replies_to", "encloses")]


def test_what_a_letter_is_known_to_answer_stays(imported: Import, archive: Archive) -> None:
    imported(*LETTERS)
    report = imported(*LETTERS[:2], {**LETTERS[1], "replies_to": 3, "encloses": []}, LETTERS[2])
    assert references(archive)["second"] == ("first", ["photograph"])
    assert report.remarks == ("second differs from the file in replies to; ours was kept.",)


def test_a_reference_that_leads_out_of_the_file_is_left_out_and_said(imported: Import, archive: Archive) -> None:
    imported(document("Some memo."), document("Another memo.", slug="other"))
    report = imported({**LETTERS[1], "encloses": [3, 2]})
    assert references(archive)["second"] == (None, [])
    assert report.remarks == (
        "second refers to document 1, which is not in the file; that was left out.",
        "second refers to document 3, which is not in the file; that was left out.",
        "second refers to document 2, which is itself; that was left out.",
    )


def test_what_the_file_knows_more_of_a_quote_is_added_to_it(imported: Import, archive: Archive) -> None:
    imported(document(), quote("To be", topics=["a"]))
    report = imported(document(), quote("To be", topics=["b"], note="n", speaker="Hamlet", to="Ophelia"))
    (stored,) = archive.read().quotes()
    assert (stored.topics, stored.note, stored.speaker, stored.to) == (("a", "b"), "n", "Hamlet", "Ophelia")
    assert [(each.record.id, each.fields) for each in report.grown] == [(1, ("speaker", "to", "topics", "note"))]
    assert (report.known_quotes, len(report.quotes)) == (0, 0)
    assert "Filled in quote 1: speaker, to, topics, note." in summary(report)
    before = archive.path.read_bytes()
    assert imported(document(), quote("To be", topics=["b"], note="n")).known_quotes == 1
    assert archive.path.read_bytes() == before


def test_a_row_that_contradicts_a_quote_changes_nothing_of_it_and_is_told(imported: Import, archive: Archive) -> None:
    imported(document(), quote("To be", speaker="Hamlet", topics=["a"]))
    report = imported(document(), quote("To be", speaker="Ophelia", topics=["b"]))
    (stored,) = archive.read().quotes()
    assert (stored.speaker, stored.topics) == ("Hamlet", ("a",))
    assert report.remarks == (
        "Quote 1 is already in the archive and differs in speaker, topics; it was left as it is.",
    )


def test_two_quotes_of_an_archive_stay_two_though_their_words_are_the_same(imported: Import, archive: Archive) -> None:
    rows = (quote("To be", id=1, speaker="Hamlet"), quote("To be", id=2, speaker="Ophelia"), quote("To be", id=3))
    imported(document("Else."), {**quote("e"), "passages": [{"start": 3, "end": 4, "exact": "e"}]})
    imported(document(), *rows)
    before = archive.path.read_bytes()
    assert [each.speaker for each in archive.read().quotes()][1:] == ["Hamlet", "Ophelia", None]
    report = imported(document(), *rows)
    assert (report.known_quotes, report.grown, report.remarks) == (3, (), ())
    assert archive.path.read_bytes() == before


ROWS = st.fixed_dictionaries(
    {
        "passages": st.sampled_from(["To be", "not to be", "that is the question"]).map(
            lambda words: [{"start": TEXT.index(words), "end": TEXT.index(words) + len(words), "exact": words}]
        )
    },
    optional={
        "speaker": st.sampled_from(["Hamlet", "Ophelia"]),
        "to": st.sampled_from(["Ann", "Ben"]),
        "note": st.sampled_from(["one", "two", "one\n\ntwo"]),
        "topics": st.lists(st.sampled_from(["a", "b", "c/d"]), max_size=2),
    },
)


def numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same as quotes of an archive."""
    return [{**row, "id": number, "created": f"2020-01-01T00:00:{number:02}Z"} for number, row in enumerate(rows, 1)]


FILES = st.lists(ROWS, max_size=6)


@given(here=FILES | FILES.map(numbered), rows=FILES | FILES.map(numbered))
@settings(deadline=None, max_examples=60)
def test_nothing_that_a_row_says_is_lost_in_silence_and_a_second_import_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, here: list[dict[str, Any]], rows: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("import")
    archive, path = Archive(folder / "a.json"), folder / "file.jsonl"

    def bring(quotes: list[dict[str, Any]]) -> ImportReport:
        lines = (json.dumps(each) for each in (document(), *({**quote("To"), **each} for each in quotes)))
        path.write_text("\n".join(lines))
        return import_file(archive, Request(path=path), change=CHANGE)

    bring(here)
    report = bring(rows)
    assert not report.refused
    stored = list(archive.read().quotes())
    for row in rows:
        spans = [(each["start"], each["end"]) for each in row["passages"]]
        like = [each for each in stored if [(one.start, one.end) for one in each.passages] == spans]
        topics = {topic for each in like for topic in each.topics}
        for field in ("speaker", "to", "note"):
            is_there = any(str(row.get(field, "")) in str(getattr(each, field)) for each in like)
            assert is_there or any(field in remark for remark in report.remarks)
        assert set(row.get("topics", ())) <= topics or any("topics" in remark for remark in report.remarks)
    before = archive.path.read_bytes()
    again = bring(rows)
    assert (again.quotes, again.grown) == ((), ())
    assert archive.path.read_bytes() == before


def test_a_rehearsal_changes_nothing(imported: Import, archive: Archive) -> None:
    report = imported(document(), quote("To be"), is_dry_run=True)
    assert (len(report.documents), len(report.quotes)) == (1, 1)
    assert not list(archive.path.parent.glob("archive.json*"))


def test_an_import_is_one_change_and_can_be_undone(imported: Import, archive: Archive) -> None:
    imported(document(), quote("To be"))
    assert len(list(archive.read().changes())) == 1
    undo(archive, change=CHANGE)
    assert not list(archive.read().descriptions())
    assert not list(archive.read().quotes())


def test_a_document_can_be_named_for_all_quotes(imported: Import) -> None:
    imported(document())
    report = imported({**quote("To be"), "document": "?"}, format="jsonl", document="ham")
    assert [each.text for each in report.quotes] == ["To be"]


def test_quotes_alone_make_no_archive(imported: Import, archive: Archive) -> None:
    with pytest.raises(ArchiveMissingError):
        imported(quote("To be"))
    assert not list(archive.path.parent.glob("archive.json*"))


def test_what_is_wrong_with_rows_is_told_where_there_is_no_archive(imported: Import, archive: Archive) -> None:
    report = imported(document(sha256="0"), quote("To be"))
    assert [error.row for error in report.refused] == [1, 2]
    assert not list(archive.path.parent.glob("archive.json*"))


def test_a_file_of_no_known_format_is_not_touched(imported: Import) -> None:
    with pytest.raises(UnguessableFormatError, match="quotearchive add"):
        imported("Dear Sir")
