"""The first and the last lines of a text."""

from hypothesis import given
from hypothesis import strategies as st

from quotearchive.readers.lines import first_lines, last_lines


@given(st.lists(st.sampled_from(["", " ", "a", "b c", "d "]), max_size=150))
def test_lines_keep_their_numbers_and_blank_ones_are_left_out(lines: list[str]) -> None:
    for line in (*first_lines("\n".join(lines)), *last_lines("\n".join(lines))):
        assert line.words == lines[line.number - 1].strip() != ""


def test_a_line_without_end_is_cut() -> None:
    (line,) = first_lines("a" * 10**6)
    assert len(line.words) == 400


def test_no_more_lines_are_looked_at_than_a_page_has() -> None:
    text = "\n".join(map(str, range(1000)))
    assert [line.words for line in first_lines(text)] == [str(number) for number in range(60)]
    assert [line.words for line in last_lines(text)] == [str(number) for number in range(940, 1000)]
