"""Spans between quotation marks."""

import pytest

from quotearchive.detection.layout import is_wrapped, paragraphs
from quotearchive.detection.marks import QuotedSpan, find_spans


def spans_of(text: str) -> list[QuotedSpan]:
    """Find the spans of a text."""
    return find_spans(text, paragraphs(text, wrapped=is_wrapped(text)))


def strings(text: str) -> list[str]:
    """Return the strings between the marks of a text."""
    return [text[span.start : span.end] for span in spans_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Yes,” she said.", ["Yes,"]),
        ('"Yes," she said.', ["Yes,"]),
        ("''Yes,'' she said.", ["Yes,"]),
        ("„Ja“, sagte sie.", ["Ja"]),
        ("„Ja”, mondta.", ["Ja"]),
        ("”Ja”, sa hon.", ["Ja"]),
        ("»Ja«, sagte sie.", ["Ja"]),
        ("«Oui», dit-elle.", ["Oui"]),
        ("« Oui », dit-elle.", [" Oui "]),
        ("「はい」と言った。", ["はい"]),
        ("『本』", ["本"]),
        ("‹Ja›, sagte sie.", ["Ja"]),
        ("‚Ja‘, sagte sie.", ["Ja"]),
        ("‘Yes,’ she said.", ["Yes,"]),
        ("'Yes,' she said.", ["Yes,"]),
        ("”Reversed marks,“ he said.", ["Reversed marks,"]),
        ("“Closed by an opening mark,“ he said.", ["Closed by an opening mark,"]),
        ('“Curly and straight," he said.', ["Curly and straight,"]),
    ],
)
def test_every_pair_of_marks_is_found(text: str, expected: list[str]) -> None:
    assert strings(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The dogs’ home isn't John's.",
        "It was the summer of ’69, ’twas warm, rock ’n’ roll.",
        "He is 5'10\" tall.",
        "A closing mark” alone.",
        '“” and "" hold nothing.',
        "“...”",
    ],
)
def test_apostrophes_inches_and_lone_marks_hold_nothing(text: str) -> None:
    assert strings(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“She said ‘no’ twice,” he said.", ["She said ‘no’ twice,", "no"]),
        ("‘She said “no” twice,’ he said.", ["She said “no” twice,", "no"]),
        ("“It’s the dogs’ home,” he said.", ["It’s the dogs’ home,"]),
        ("‘It’s the dogs’ home,’ he said.", ["It’s the dogs’ home,"]),
        ("''She said 'no' twice,'' he said.", ["She said 'no' twice,", "no"]),
        ("''He told us, 'Go.'''", ["He told us, 'Go.'", "Go."]),
        ("“A “b” c,” he said.", ["A “b” c,", "b"]),
    ],
)
def test_marks_nest(text: str, expected: list[str]) -> None:
    assert strings(text) == expected


def test_an_inner_span_knows_the_outer_one() -> None:
    outer, inner = spans_of("“She said ‘no’ twice,” he said.")
    assert inner.outer is outer
    assert outer.outer is None


def test_an_unclosed_paragraph_ends_with_the_paragraph() -> None:
    text = "“One paragraph.\n\n“And another.”\n\nNo quotation."
    assert strings(text) == ["One paragraph.", "And another."]
    assert [span.closed for span in spans_of(text)] == [False, True]


def test_a_stray_mark_does_not_swallow_the_next_quotation() -> None:
    assert "Yes," in strings('A 5" board. "Yes," he said.')


def test_a_quotation_may_run_over_lines() -> None:
    assert strings("“O rose,\nthou art sick,”\nhe read.") == ["O rose,\nthou art sick,"]
