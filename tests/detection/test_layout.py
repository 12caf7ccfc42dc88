"""Paragraphs and wrapped lines."""

import textwrap

import pytest

from quotearchive.detection.layout import is_wrapped, paragraphs

PROSE = "The meeting began late because nobody had found the key to the hall, and the chair was still on a train. " * 3


def test_a_line_is_a_paragraph_unless_the_text_is_wrapped() -> None:
    text = "One.\nTwo.\n\nThree."
    assert [text[slice(*span)] for span in paragraphs(text, wrapped=False)] == ["One.", "Two.", "Three."]


def test_blank_lines_part_the_paragraphs_of_a_wrapped_text() -> None:
    text = textwrap.fill(PROSE, 72) + "\n\n" + textwrap.fill(PROSE, 72)
    assert is_wrapped(text)
    assert len(paragraphs(text, wrapped=True)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        PROSE,
        PROSE + "\n" + PROSE + "\n" + PROSE,
        "Bread\nMilk\nA dozen eggs\nSalt",
        "Tell me not, in mournful numbers,\nLife is but an empty dream!\nFor the soul is dead that slumbers,",
    ],
)
def test_lists_verse_and_long_lines_are_not_wrapped(text: str) -> None:
    assert not is_wrapped(text)
