"""Places that other programs count in their own ways."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.importers.offsets import STANDARD, Counting, Mark, Offsets, Unit, judge, settle
from quotearchive.text import canonical

COUNTINGS = tuple(Counting(unit, is_joined) for unit in (Unit.CODE_POINTS, Unit.UTF_16) for is_joined in (False, True))

WORDS = st.lists(
    st.sampled_from(["We", "will", "🕊️", "not", "be", "😀😀", "𝒜b", "silent", "نامه", "Spin\u0308al"]),
    min_size=2,
    max_size=12,
)
GAPS = st.sampled_from([" ", "\r\n", "\r\n\r\n", "\n", ", "])


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A text, and spans of it that begin and end at words."""
    words = draw(WORDS)
    text, edges = "", []
    for word in words:
        edges.append((len(text), len(text) + len(word)))
        text += word + draw(GAPS)
    spans = draw(st.lists(st.tuples(st.sampled_from(edges), st.sampled_from(edges)), min_size=1, max_size=6))
    return text, [(min(one[0], other[0]), max(one[1], other[1])) for one, other in spans]


def counted(text: str, offset: int, counting: Counting) -> int:
    """Count what stands before an offset."""
    before = text[:offset].replace("\r\n", "\n") if counting.is_joined else text[:offset]
    encoded = {Unit.CODE_POINTS: before, Unit.UTF_16: before.encode("utf-16-le")[::2], Unit.BYTES: before.encode()}
    return len(encoded[counting.unit])


def mark(text: str, span: tuple[int, int], counting: Counting, *told: str) -> Mark:
    return Mark(counted(text, span[0], counting), counted(text, span[1], counting), told)


@given(case=marked(), counting=st.sampled_from([*COUNTINGS, Counting(Unit.BYTES)]))
def test_a_place_is_found_by_the_counting_that_it_was_written_in(
    case: tuple[str, list[tuple[int, int]]], counting: Counting
) -> None:
    text, spans = case
    offsets = Offsets(text)
    assert [offsets.span(mark(text, span, counting), counting) for span in spans] == spans


@given(case=marked(), counting=st.sampled_from(COUNTINGS), expected=st.sampled_from(COUNTINGS))
def test_words_that_are_told_are_the_words_that_come(
    case: tuple[str, list[tuple[int, int]]], counting: Counting, expected: Counting
) -> None:
    text, spans = case
    marks = [mark(text, span, counting, text[slice(*span)]) for span in spans]
    verdict = judge([(Offsets(text), marks)], expected)
    for each, span in zip(marks, spans, strict=True):
        settled = settle(Offsets(text), each, verdict)
        assert settled.is_doubtful or (settled.span and text[slice(*settled.span)] == text[slice(*span)])


@given(case=marked(), counting=st.sampled_from(COUNTINGS))
def test_a_known_program_is_read_as_it_counts(case: tuple[str, list[tuple[int, int]]], counting: Counting) -> None:
    text, spans = case
    marks = [mark(text, span, counting) for span in spans]
    verdict = judge([(Offsets(text), marks)], counting)
    assert [settle(Offsets(text), each, verdict).span for each in marks] == spans


@given(case=marked(), counting=st.sampled_from(COUNTINGS))
def test_an_unknown_program_is_read_as_it_counts_or_doubted(
    case: tuple[str, list[tuple[int, int]]], counting: Counting
) -> None:
    text, spans = case
    marks = [mark(text, span, counting) for span in spans]
    verdict = judge([(Offsets(text), marks)], STANDARD, is_known=False)
    for each, span in zip(marks, spans, strict=True):
        settled = settle(Offsets(text), each, verdict)
        assert settled.span == span or settled.is_doubtful


LONG = "😀 We will not be silent. " * 30
SPANS = [(place, place + 4) for place in range(len(LONG)) if LONG.startswith("will", place)]


def found(counting: Counting, expected: Counting, shift: int = 0) -> list[str | None]:
    marks = [mark(LONG, span, counting) for span in SPANS]
    marks = [Mark(each.start + shift, each.end + shift) for each in marks]
    verdict = judge([(Offsets(LONG), marks)], expected)
    spans = [settle(Offsets(LONG), each, verdict).span for each in marks]
    return [LONG[slice(*span)] if span else None for span in spans]


@pytest.mark.parametrize("expected", COUNTINGS)
@pytest.mark.parametrize("counting", COUNTINGS)
def test_many_places_show_how_they_were_counted(counting: Counting, expected: Counting) -> None:
    assert found(counting, expected) == ["will"] * len(SPANS)


def test_places_that_no_counting_explains_are_not_believed() -> None:
    assert set(found(STANDARD, STANDARD, shift=2)) == {None}


def test_a_place_within_a_character_is_none() -> None:
    offsets = Offsets("😀 é")
    assert offsets.span(Mark(1, 3), Counting(Unit.UTF_16)) is None
    assert offsets.span(Mark(0, 6), Counting(Unit.BYTES)) is None
    assert offsets.span(Mark(0, 7), Counting(Unit.BYTES)) == (0, 3)


@pytest.mark.parametrize("marks", [[(0, 99)], [(3, 3)], [(-1, 3)], [(5, 3)]])
def test_a_place_that_is_not_in_the_text_is_none(marks: Sequence[tuple[int, int]]) -> None:
    assert [Offsets("😀 He said").span(Mark(*each), counting) for each in marks for counting in COUNTINGS] == [None] * 4


@given(text=st.text(st.sampled_from("a\r\né\u0308e\u0301\ufb01 ñn\u0303한ᄒ"), max_size=3000), data=st.data())
def test_a_passage_stands_where_the_canonical_text_has_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    passage = Offsets(text * 3).passage(start, end)
    assert passage.exact == canonical(text[start:end])
    assert passage.start == len(canonical(text[:start]))
