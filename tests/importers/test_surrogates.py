"""JSON with halves of characters."""

from hypothesis import given
from hypothesis import strategies as st

from quotearchive.importers.surrogates import escaped, half, hidden, shown

JSON = st.lists(st.sampled_from([r"\ud83d", r"\ude00", r"\u00e9", r"\\", r"\n", "a", "ud83d"]), max_size=8).map(
    lambda parts: f'"{"".join(parts)}"'.encode()
)


def test_a_half_is_found_and_whole_characters_are_none() -> None:
    assert half(rb'"\ud83d\ude00 \ud83d"') == r"\ud83d"
    assert half(rb'"\ud83d\ude00 \\ud83d"') == ""


@given(JSON)
def test_what_is_hidden_is_shown_again(content: bytes) -> None:
    assert shown(hidden(content)) == content


@given(JSON)
def test_what_is_escaped_has_no_half_left(content: bytes) -> None:
    assert half(escaped(content)) == ""
    assert escaped(escaped(content)) == escaped(content)
