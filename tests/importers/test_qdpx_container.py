"""The ZIP that a REFI-QDA project comes in."""

import pytest

from quotearchive.importers import interface, qdpx_container
from quotearchive.importers.errors import UnusableFileError
from quotearchive.importers.interface import DocumentRow, RefusedRow
from quotearchive.model import Document
from tests.importers.qdpx_projects import SELECTION, TEXT, packed, project, rows, selection, source

ENTITIES = """<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
  <!ENTITY c SYSTEM "file:///etc/passwd">]><Project xmlns="urn:QDA-XML:project:1.0" name="&c;&b;"/>"""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 no archive",
        project()[:-30],
        packed({"a.txt": "x"}),
        packed({"project.qde": "<Project"}),
        packed({"project.qde": "<Project/>"}),
        packed({"project.qde": ENTITIES}),
        packed({"project.qde": "<a>" * 100_000}),
        packed({"project.qde": b"\xff\xfe\x00"}),
        project().replace(b"project.qde", b"project.qdx"),
    ],
    ids=range(10),
)
def test_what_is_no_project_or_made_to_do_harm_is_refused(content: bytes) -> None:
    with pytest.raises(UnusableFileError, match="can't be read as qdpx"):
        rows(content)


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qdpx_container, "LIMIT", 2**20)
    with pytest.raises(UnusableFileError, match="unpacks to more than 1 MiB"):
        rows(project(source(), a=b"\0" * 2**22))
    assert interface.LIMIT > 2**20


@pytest.mark.parametrize(
    "content",
    [
        packed({"project.qde": "<Project>" + "<a/>" * 2**22 + "</Project>"}),
        project(source(*[selection(0, 2**20)] * 300), a=TEXT * 2**15),
        project(source(), a="a" * 2**25),
    ],
    ids=["elements", "selections", "ratio"],
)
def test_a_project_that_would_fill_the_memory_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(UnusableFileError, match="more than") as caught:
        rows(content)
    assert "\n" not in str(caught.value)


def test_a_text_is_found_in_the_project_without_its_scheme() -> None:
    (row,) = rows(project(source(path="a.txt"), a="Text"))
    assert isinstance(row, DocumentRow)


def test_a_text_may_stand_in_the_project_itself() -> None:
    inside = '<TextSource guid="t" name="A"><PlainTextContent>Text.</PlainTextContent></TextSource>'
    (row,) = rows(project(inside))
    assert isinstance(row, DocumentRow)
    assert isinstance(row.document, Document)
    assert row.document.text == "Text."


@pytest.mark.parametrize(
    "path",
    ["relative:///a.txt", "absolute:///etc/passwd", "internal://../../etc/passwd", "internal://b.txt", ""],
)
def test_a_text_from_elsewhere_is_refused_alone(path: str) -> None:
    found = rows(project(source(SELECTION.format(1, "", 0, 3), path=path) + source(), a="Text"))
    assert [type(row) for row in found] == [RefusedRow, DocumentRow]
    assert [row.row for row in found] == [1, 3]


def test_a_long_text_in_the_project_itself_is_read() -> None:
    text = "".join(f"Word {number} " for number in range(1_000_000))
    (row,) = rows(project(f'<TextSource guid="t" name="A"><PlainTextContent>{text}</PlainTextContent></TextSource>'))
    assert isinstance(row, DocumentRow)
    assert getattr(row.document, "text", "") == text
