"""Long quotes, in tables and on pages."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

#: A sentence far longer than a cell, with two words that are looked for far from each other.
LONG = f"We begin {'and go on ' * 40}with apples {'and on and on ' * 40}and pears {'and so on ' * 40}to the end."


@pytest.fixture
def with_long_quote(run: Run, tmp_path: Path) -> Run:
    """Run commands on an archive that holds one long quote."""
    (tmp_path / "long.txt").write_text(f"A long letter\n\n{LONG}\n", encoding="utf-8")
    run("add", "long.txt")
    assert run("quote", "long", "We begin ... to the end.", "--speaker", "Ann").exit_code == 0
    return run


def shown(run: Run, *words: str) -> str:
    return " ".join(run(*words).stdout.replace("│", " ").split())


def test_of_a_long_quote_the_parts_around_what_was_found_are_shown(with_long_quote: Run) -> None:
    found = shown(with_long_quote, "search", "apples pears")
    first, second, last = (place for place, word in enumerate(found.split()) if word == "[…]")
    assert first < found.split().index("apples") < second < found.split().index("pears") < last
    assert "We begin" not in found


def test_of_a_long_quote_found_near_its_beginning_the_rest_is_left_out(with_long_quote: Run) -> None:
    found = shown(with_long_quote, "search", '"we begin" go')
    assert "We begin and go on" in found
    assert found.count("[…]") == 1


def test_a_long_quote_that_was_found_by_no_word_is_shown_from_its_beginning(with_long_quote: Run) -> None:
    found = shown(with_long_quote, "search")
    assert "We begin and go on" in found
    assert "apples" not in found


def test_a_long_quote_is_shown_whole_if_that_is_wanted(with_long_quote: Run) -> None:
    found = shown(with_long_quote, "search", "apples", "--full")
    assert "We begin" in found
    assert "to the end" in found


def test_between_the_passages_of_a_quote_stands_a_gap(with_letter: Run) -> None:
    page = shown(with_letter, "quote", "khaster", "Comparing the mullahs", "resign immediately")
    assert page.index("⟦Comparing the mullahs⟧") < page.index("[…]", page.index("⟧")) < page.index("⟦resign")
