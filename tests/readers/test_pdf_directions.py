"""Right-to-left lines and lines of clusters, put in order by where their characters stand."""

import pytest

pytest.importorskip("pypdfium2", reason="needs the extra `files`")

from quotearchive.readers.pdf.directions import Glyph, Shapes, clustered_words, logical_words


def glyphs(*signs: tuple[str, float, float], height: float = 6) -> list[Glyph]:
    """Return characters with the left and right ends of their boxes, on one line of letters of ten points."""
    return [
        Glyph(at, character, left, right, 0.0, height, left, 0.0) for at, (character, left, right) in enumerate(signs)
    ]


def test_characters_are_put_in_the_order_in_which_they_stand() -> None:
    backwards = glyphs(("ה", 10, 15), ("ל", 15, 20), (" ", 20, 20), ("כ", 23, 28), ("ל", 28, 33))
    assert logical_words(backwards, 10, Shapes()) == ("לכ לה", True)


def test_figures_and_latin_words_run_forward_within_a_line() -> None:
    line = glyphs(
        ("ש", 50, 55),
        ("ל", 45, 50),
        ("ם", 40, 45),
        (" ", 38, 38),
        ("1", 20, 25),
        ("9", 25, 30),
        (" ", 18, 18),
        ("U", 4, 9),
        ("N", 10, 15),
    )
    assert logical_words(line, 10, Shapes()) == ("שלם 19 UN", True)


def test_a_ligature_of_lam_and_alef_is_turned_about() -> None:
    line = glyphs(("ا", 20, 26), ("ل", 20, 26), ("م", 14, 20))
    assert logical_words(line, 10, Shapes())[0] == "لام"


def test_a_mark_stands_behind_the_letter_over_which_it_is() -> None:
    line = glyphs(("\u0651", 22, 24), (" ", 30, 30), ("ل", 26, 30), ("م", 20, 26), ("ا", 16, 20))
    shapes = Shapes()
    assert shapes.settle(logical_words(line, 10, shapes)[0]) == "لمّا"


def test_a_stroke_that_lengthens_a_word_is_no_character() -> None:
    line = glyphs(("ق", 20, 26), ("5", 16, 20), ("د", 10, 16))
    line[1].top = 1.0
    assert logical_words(line, 10, Shapes())[0] == "قد"


def test_a_letter_in_its_final_shape_within_a_word_is_followed_by_a_non_joiner() -> None:
    shapes = Shapes()
    for _ in range(3):
        logical_words(glyphs(("م", 30, 35), ("ی", 22, 30)), 10, shapes)
    apart, _ = logical_words(
        glyphs(("م", 30, 35), ("ی", 22, 30), ("ر", 16, 22), ("و", 10, 16), ("د", 4, 10)), 10, shapes
    )
    joined, _ = logical_words(glyphs(("م", 27, 32), ("ی", 24, 27), ("ر", 18, 24)), 10, shapes)
    assert shapes.settle(apart) == "می\u200cرود"
    assert shapes.settle(joined) == "میر"


def test_a_blank_within_an_indic_word_is_dropped_and_one_between_words_is_kept() -> None:
    line = glyphs(("क", 10, 16), (" ", 16, 16), ("ि", 16.3, 18), (" ", 18, 18), ("म", 22, 28))
    assert clustered_words(line, 10) == "कि म"
