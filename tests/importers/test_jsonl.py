import json
from typing import Any

import pytest

from quotearchive.importers import IMPORTERS
from quotearchive.importers.errors import ForeignTextError, MalformedRowError, UnusableFileError
from quotearchive.importers.interface import DocumentRow, QuoteRow, RefusedRow
from quotearchive.model import Document

DOCUMENT = {"type": "document", "slug": "a-letter", "title": "A letter", "text": "To be or not to be"}
QUOTE = {
    "type": "quote",
    "id": 7,
    "document": "a-letter",
    "passages": [{"start": 0, "end": 5, "exact": "To be", "prefix": "", "suffix": ""}],
    "speaker": "Hamlet",
    "within": None,
}


def lines(*records: dict[str, Any]) -> bytes:
    return b"\n".join(json.dumps(record).encode() for record in records)


def test_lines_become_rows_that_refer_to_each_other() -> None:
    document, quote = IMPORTERS["jsonl"].read(lines(DOCUMENT, {**QUOTE, "within": 3}))
    assert isinstance(document, DocumentRow)
    assert isinstance(quote, QuoteRow)
    assert isinstance(document.document, Document)
    assert document.naming.key == quote.naming.key == "a-letter"
    assert (quote.key, quote.within, quote.row) == ("7", "3", 2)


def test_a_document_without_its_text_is_what_is_known_of_one() -> None:
    (row,) = IMPORTERS["jsonl"].read(lines({**DOCUMENT, "text": None, "date": "1943"}))
    assert isinstance(row, DocumentRow)
    assert not isinstance(row.document, Document)
    assert row.document.date == "1943"


def test_blank_lines_and_a_byte_order_mark_are_nothing() -> None:
    rows = list(IMPORTERS["jsonl"].read(b"\xef\xbb\xbf" + lines(DOCUMENT) + b"\n \n\n" + lines(QUOTE) + b"\n"))
    assert [row.row for row in rows] == [1, 4]


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b"null",
        b"\xff",
        b'{"type":"song"}',
        b'{"type":"quote","document":"a"}',
        b'{"type":"quote","document":1,"passages":[]}',
        b'{"type":"quote","document":"a","passages":[{"start":"0","end":1,"exact":"a"}]}',
        b'{"type":"quote","document":"a","passages":[],"within":"x"}',
        b'{"type":"quote","document":"a","passages":[],"id":-1}',
        b'{"type":"quote","document":"a","passages":[],"id":9007199254740992}',
        b'{"type":"quote","document":"a","passages":[],"id":1e999}',
        b'{"type":"quote","document":"a","passages":[],"id":' + b"9" * 5000 + b"}",
        b'{"type":"document","title":1}',
        b'{"type":"document","title":"\\ud800',
        b'{"a":' * 100_000,
        b"[" * 100_000,
        b"NaN",
    ],
    ids=range(18),
)
def test_a_line_that_is_not_as_it_should_be_is_refused_alone(line: bytes) -> None:
    bad, good = IMPORTERS["jsonl"].read(line + b"\n" + lines(QUOTE))
    assert isinstance(bad, RefusedRow)
    assert isinstance(bad.error, MalformedRowError)
    assert isinstance(good, QuoteRow)


def test_a_text_that_was_changed_on_its_way_is_refused() -> None:
    (row,) = IMPORTERS["jsonl"].read(lines({**DOCUMENT, "sha256": "0" * 64}))
    assert isinstance(row, RefusedRow)
    assert isinstance(row.error, ForeignTextError)


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_a_row_with_half_a_character_is_refused_alone_with_its_reason(name: str) -> None:
    bad = {**DOCUMENT, "text": "To be \ud83d"}
    good = {**DOCUMENT, "text": "To be \\ud83d 😀"}
    content = lines(bad, good) if name == "jsonl" else json.dumps([bad, good]).encode()
    refused, taken = IMPORTERS[name].read(content)
    assert isinstance(refused, RefusedRow)
    assert "it holds \\ud83d, which is half a character" in str(refused.error)
    assert isinstance(taken, DocumentRow)
    assert getattr(taken.document, "text", "") == good["text"]


def test_the_elements_of_an_array_are_such_lines() -> None:
    rows = list(IMPORTERS["json"].read(json.dumps([DOCUMENT, QUOTE, 3]).encode()))
    assert [type(row) for row in rows] == [DocumentRow, QuoteRow, RefusedRow]


@pytest.mark.parametrize("content", [b"", b"{}", b"[1", b"[" * 100_000, b"\xff\xfe["])
def test_a_file_that_is_no_array_is_refused(content: bytes) -> None:
    with pytest.raises(UnusableFileError, match=r"can't be read as json.*Nothing was changed"):
        list(IMPORTERS["json"].read(content))
