"""Parts of long texts."""

from hypothesis import given
from hypothesis import strategies as st

from quotearchive.model import GAP
from quotearchive.text import visible
from quotearchive.views.cells import LEFT_OUT, PASSAGE
from quotearchive.views.excerpts import SURROUNDINGS, excerpt, in_context

from .samples import INNER, PERSIAN, TEXT, passage

#: A long text of words that all differ.
LONG = " ".join(f"word{number}" for number in range(300))


@st.composite
def spans(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Spans of the long text, sorted and apart."""
    starts = sorted(draw(st.sets(st.integers(0, len(LONG) // 20 - 1), min_size=1, max_size=6)))
    return [(20 * start, 20 * start + draw(st.integers(1, 20))) for start in starts]


@given(spans(), st.integers(60, 400))
def test_an_excerpt_shows_the_first_matches_in_the_texts_own_words(marks: list[tuple[int, int]], room: int) -> None:
    shown = excerpt(LONG, marks, room)
    marked = [shown.plain[span.start : span.end] for span in shown.spans if "underline" in str(span.style)]
    assert marked[: len(marks[:3])] == [LONG[start:end] for start, end in marks[:3]]
    assert all(part.strip() in LONG for part in shown.plain.split(LEFT_OUT))


@given(spans())
def test_what_is_left_out_is_marked(marks: list[tuple[int, int]]) -> None:
    shown = excerpt(LONG, marks, 60).plain
    assert shown.startswith(LEFT_OUT) != LONG.startswith(shown[:10])
    assert shown.endswith(LEFT_OUT) != LONG.endswith(shown[-10:])


def test_an_excerpt_begins_and_ends_with_whole_words() -> None:
    start = LONG.index("word150")
    parts = excerpt(LONG, [(start + 3, start + 7)], 60).plain.removeprefix(f"{LEFT_OUT} ").removesuffix(f" {LEFT_OUT}")
    assert set(parts.split()) <= set(LONG.split())


def test_nothing_is_left_out_behind_a_match_at_the_end() -> None:
    assert excerpt(LONG, [(len(LONG) - 3, len(LONG))], 60).plain.endswith("word299")


def test_a_text_that_fits_is_shown_whole() -> None:
    assert excerpt(TEXT, [(0, 3)], len(TEXT)).plain == visible(TEXT)


def test_a_text_without_matches_is_shown_from_its_beginning() -> None:
    shown = excerpt(LONG, (), 60).plain
    assert shown.startswith("word0 word1")
    assert shown.endswith(f" {LEFT_OUT}")


def test_near_matches_share_one_part() -> None:
    assert excerpt(LONG, [(0, 5), (12, 17)], 60).plain.count(LEFT_OUT) == 1


def test_passages_are_between_signs_and_marked() -> None:
    shown = in_context(INNER.passages, TEXT)
    assert f"⟦{PERSIAN}⟧" in shown.plain
    assert "⟦as letters do⟧." in shown.plain
    marked = [shown.plain[span.start : span.end] for span in shown.spans if span.style == PASSAGE]
    assert marked == [PERSIAN, "as letters do"]
    assert GAP in shown.plain


def test_words_around_a_passage_are_those_of_the_text() -> None:
    words = "word150"
    before, _, after = in_context([passage(words, LONG)], LONG).plain.partition(f"⟦{words}⟧")
    at = LONG.index(words)
    assert LONG[:at].endswith(before.removeprefix(f"{LEFT_OUT} "))
    assert LONG[at + len(words) :].startswith(after.removesuffix(f" {LEFT_OUT}"))
    assert min(len(before), len(after)) >= SURROUNDINGS


def test_the_whole_text_around_a_passage_has_no_sign_for_what_is_left_out() -> None:
    assert LEFT_OUT not in in_context([passage("begins", "It begins.")], "It begins.").plain
