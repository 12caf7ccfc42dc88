import sqlite3
from pathlib import Path
from typing import Any

import pytest

from quotearchive.archive.archive import Archive
from quotearchive.importers import IMPORTERS, guess
from quotearchive.importers.errors import UnusableFileError
from quotearchive.importers.interface import DocumentRow, QuoteRow, RefusedRow, Row

from .conftest import Import

SCHEMA = """
CREATE TABLE documents (id INTEGER PRIMARY KEY, name, description, filename, created, project_id, contents);
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id, start_offset, end_offset, snippet);
CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id, path, description);
CREATE TABLE highlight_tags (highlight_id, tag_id);
INSERT INTO tags VALUES (1, 1, 'prison.conditions', ''), (2, 1, 'U.S.', '');
"""

HTML = (
    "<h1>Títle</h1>\n<p>Hello <b>wörld</b> &amp; 🕊️\nall.</p>\n\n<ul>\n <li>One</li>\n <li>Two</li>\n</ul>"
    "<p>Three<br/>four</p><pre>a\n b</pre>"
)
PLAIN = "Títle\nHello wörld & 🕊️\nall.\n\n\n One\n Two\nThreefoura\n b"


def database(*highlights: tuple[Any, ...], html: str | bytes = HTML, schema: str = SCHEMA) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(schema)
    values = (1, "letter.docx", "", "letter.docx", "2024-01-02 03:04:05.678", 1, html)
    connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    connection.executemany("INSERT INTO highlights VALUES (?, ?, ?, ?, ?)", highlights)
    connection.execute("INSERT INTO highlight_tags SELECT id, 1 FROM highlights")
    connection.commit()
    return connection.serialize()


def highlight(words: str, snippet: str | None = None, number: int = 1) -> tuple[Any, ...]:
    start = len(PLAIN[: PLAIN.index(words)].encode())
    return (number, 1, start, start + len(words.encode()), words if snippet is None else snippet)


def rows(content: bytes) -> list[Row]:
    return list(IMPORTERS["taguette"].read(content))


def test_the_text_has_its_paragraphs_and_lines(imported: Import, archive: Archive) -> None:
    assert imported(database()).format == "taguette"
    (document,) = [each for each in archive.read().documents() if each.title == "letter.docx"]
    assert document.text == "Títle\n\nHello wörld & 🕊️ all.\n\nOne\n\nTwo\n\nThree\nfour\n\na\n b"
    assert (document.slug, document.added) == ("letter-docx", "2024-01-02T03:04:05Z")


@pytest.mark.parametrize(
    ("words", "snippet", "text"),
    [
        ("Hello wörld", "<p>Hello <b>wörld</b></p>", "Hello wörld"),
        ("🕊️\nall.", None, "🕊️ all."),
        ("One\n Two", "<ul><li>One</li>\n <li>Two</li></ul>", "One\n\nTwo"),
        ("\n\n\n One\n ", "<li>One</li>", "One"),
        ("efou", "<p>e<br/>fou</p>", "e\nfou"),
        ("a\n b", "<pre>a\n b</pre>", "a\n b"),
        ("Títle", "", "Títle"),
        ("Two", "<li>One</li>", "One"),
    ],
)
def test_a_highlight_is_found_by_its_bytes_or_by_its_snippet(
    imported: Import, words: str, snippet: str | None, text: str
) -> None:
    (quote,) = imported(database(highlight(words, snippet))).quotes
    assert quote.text == text
    assert quote.topics == ("prison/conditions",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-32-le"])
def test_a_place_is_found_however_it_was_counted(encoding: str, imported: Import) -> None:
    before = "🕊️ é "
    start = len(before.encode(encoding)) // len("a".encode(encoding))
    report = imported(database((1, 1, start, start + 1, "x"), html=f"<p>{before}x, x, x</p>"))
    assert [quote.passages[0].start for quote in report.quotes] == [len(before)]
    assert len(report.remarks) == (encoding != "utf-8")


def test_highlights_of_the_same_words_are_one_quote(imported: Import, archive: Archive) -> None:
    content = database(highlight("Hello"), highlight("Hello", number=2), highlight("Hello wörld", number=3))
    report = imported(content)
    assert [quote.text for quote in archive.read().quotes()] == ["Hello", "Hello wörld"]
    assert (report.joined, report.known_quotes) == (1, 0)
    before = archive.path.read_bytes()
    assert imported(content).known_quotes == 2
    assert archive.path.read_bytes() == before


@pytest.mark.parametrize("depth", [300, 2000])
def test_text_that_lies_deep_is_kept(depth: int, imported: Import) -> None:
    html = f"<p>Start</p>{'<div>' * depth}<p>Deep testimony</p>{'</div>' * depth}<p>After &eacute;&hellip;</p>"
    (document,) = imported(database(html=html)).documents
    assert getattr(document, "text", "") == "Start\n\nDeep testimony\n\nAfter é…"


def test_text_that_lies_too_deep_to_be_read_is_refused_with_its_row() -> None:
    (row,) = rows(database(html=f"<p>Start</p>{'<div>' * 100_000}<p>Deep</p>"))
    assert isinstance(row, RefusedRow)
    assert "Excessive depth" in str(row.error)


def test_a_long_paragraph_is_kept() -> None:
    words = "word " * 2_200_000
    (row,) = rows(database(html=f"<p>{words}</p>"))
    assert isinstance(row, DocumentRow)
    assert len(getattr(row.document, "text", "")) == len(words)


def test_equal_words_are_told_apart_by_their_place(imported: Import) -> None:
    html = "<p>Again.</p><p>Again.</p>"
    (quote,) = imported(database((1, 1, 6, 12, "<p>Again.</p>"), html=html)).quotes
    assert quote.passages[0].start == len("Again.\n\n")


@pytest.mark.parametrize(
    "values",
    [
        (2, 7, 0, 3, "x"),
        (2, 1, "a", 3, "x"),
        (2, 1, 0, 3, None),
        (2, 1, 0, 2**62, "words that are nowhere"),
        (2, 1, -5, 3, "words that are nowhere"),
        (2, 1, 3, 3, ""),
        (2, 1, 0.5, 3, "x"),
    ],
)
def test_a_highlight_that_cannot_be_used_is_refused_alone(imported: Import, values: tuple[Any, ...]) -> None:
    report = imported(database(highlight("Títle"), values))
    assert [error.row for error in report.refused] == [2]
    assert [quote.text for quote in report.quotes] == ["Títle"]


@pytest.mark.parametrize("html", ["", "<p> </p>", b"\xff", "<div>" * 100_000])
def test_a_document_without_a_text_is_refused(html: str | bytes) -> None:
    (row,) = rows(database(html=html))
    assert isinstance(row, RefusedRow)


def test_what_a_document_brings_is_text_alone() -> None:
    html = '<p>a&lt;b<script>x()</script><img src="file:///etc/passwd"></p><!-- c --><style>p {}</style>&nbsp;é'
    document, quote = rows(database((1, 1, 0, 3, "<p>a&lt;b</p>"), html=html))
    assert isinstance(document, DocumentRow)
    assert getattr(document.document, "text", "") == "a<b\n\n\u00a0é"
    assert isinstance(quote, QuoteRow)


FOREVER = SCHEMA.replace(
    "CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id, path, description);",
    "CREATE VIEW tags AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id, 1, id FROM n;",
).partition("INSERT")[0]


def computed() -> bytes:
    """A database whose contents are made while they are read."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(COMPUTED)
    connection.execute("INSERT INTO documents (id, name) VALUES (1, 'a')")
    connection.commit()
    return connection.serialize()


COMPUTED = SCHEMA.replace("contents)", "contents AS (hex(zeroblob(400000000))))")
SHARED = SCHEMA.replace("INTEGER PRIMARY KEY, project_id", "INTEGER, project_id")


def test_tags_of_one_number_are_not_multiplied() -> None:
    many = "INSERT INTO tags VALUES (1, 1, 'tag', ''); INSERT INTO highlight_tags VALUES (1, 1);" * 1000
    schema = SHARED + many
    _, quote = rows(database(highlight("Títle"), schema=schema))
    assert isinstance(quote, QuoteRow)
    assert len(quote.quote.topics) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        computed(),
        b"SQLite format 3\x00",
        b"SQLite format 3\x00" + b"\xff" * 5000,
        database()[:5000],
        database()[:4096] + b"\xff" * 9000,
        database(schema=FOREVER),
        database(schema=SCHEMA.replace("snippet);", "snippetx);")),
    ],
    ids=range(8),
)
def test_a_damaged_or_hostile_database_is_refused(content: bytes) -> None:
    with pytest.raises(UnusableFileError, match="can't be read as taguette"):
        rows(content)


def test_a_database_with_a_journal_ahead_is_read(tmp_path: Path) -> None:
    content = database()
    assert len(rows(content[:18] + b"\x02\x02" + content[20:])) == 1
    assert guess(tmp_path / "project.sqlite3", content).name == "taguette"


def test_a_project_that_takes_many_steps_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rows(database(highlight("Hello wörld")))
    monkeypatch.setattr("quotearchive.importers.taguette._STEPS", 10)
    assert rows(database(highlight("Hello wörld"))) == whole
