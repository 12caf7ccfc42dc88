"""JSON on one line, and no name lost that occurs twice."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.errors import DamagedArchiveError
from quotearchive.model import Document, Quote
from quotearchive.store.errors import NotUnicodeError
from quotearchive.store.strict_json import decode_as, decode_leniently, decode_record, encode

PATH = Path("archive.json")

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(record=st.dictionaries(st.text(max_size=5), VALUES, max_size=4))
def test_any_record_is_one_line_and_read_back_equal(record: dict[str, Any]) -> None:
    line = encode(record)
    assert b"\n" not in line
    assert decode_record(line, PATH) == decode_leniently(line, PATH) == record


@given(text=st.text(), other=st.text())
def test_values_are_encoded_as_the_standard_library_does(text: str, other: str) -> None:
    for value in Document(slug="a", title=text, text=other), Quote(document=1, passages=(), note=text, topics=(other,)):
        line = msgspec.json.encode(value)
        assert encode(json.loads(line)) == line


@pytest.mark.parametrize("value", ["caf\udce9", {"\ud83d": 1}])
def test_half_a_character_is_refused(value: object) -> None:
    with pytest.raises(NotUnicodeError):
        encode(value)


@pytest.mark.parametrize("value", [{1, 2}, b"bytes", object()])
def test_what_is_no_json_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="can't be stored as JSON"):
        encode(value)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'{"a":{"1":{},"1":{}}}', '"1" occurs twice in the same table or record'),
        (b'{"a":', "it is not JSON: expecting value (byte 5, line 1)"),
        (b'{"a":"\xff"}', "it is not UTF-8 (byte 6, line 1)"),
        (b"[" * 100_000, "it is nested too deeply"),
    ],
)
def test_what_can_not_be_read_is_said_with_its_place(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "archive.json"
    path.write_bytes(content)
    with pytest.raises(DamagedArchiveError) as refusal:
        decode_leniently(content, path)
    assert f"is not a readable archive: {found}" in str(refusal.value)


def test_a_byte_order_mark_and_nan_are_read() -> None:
    decoder = msgspec.json.Decoder(dict[int, dict[str, Any]])
    assert decode_leniently(b'\xef\xbb\xbf{"a":1}', PATH) == {"a": 1}
    assert str(decode_as(decoder, b'{"1":{"a":NaN}}', PATH)) == "{1: {'a': nan}}"


@pytest.mark.parametrize("raw", [b"[1]", b"7", b"null"])
def test_what_is_no_record_is_refused(raw: bytes) -> None:
    with pytest.raises(DamagedArchiveError, match="is in the place of a record"):
        decode_record(raw, PATH)
