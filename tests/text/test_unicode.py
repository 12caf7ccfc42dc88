"""Strings that are no Unicode."""

from hypothesis import given
from hypothesis import strategies as st

from quotearchive.text import escape_surrogates, unescape_bytes
from tests.text.material import texts


@given(texts)
def test_what_is_escaped_is_unicode_and_stays_as_it_is(text: str) -> None:
    escaped = escape_surrogates(text)
    escaped.encode()
    assert escape_surrogates(escaped) == escaped


@given(st.binary())
def test_an_escaped_file_name_opens_the_same_file(name: bytes) -> None:
    decoded = name.decode("utf-8", "surrogateescape")
    if "\\x" not in decoded:
        assert unescape_bytes(escape_surrogates(decoded)) == decoded
