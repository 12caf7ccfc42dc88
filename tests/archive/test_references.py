"""How documents and quotes are named."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def with_letters(with_letter: Run, tmp_path: Path) -> Run:
    """Run commands on an archive of many letters with names that are alike."""
    for number in range(12):
        (tmp_path / f"{number}.txt").write_text(
            f"Open letter {number}\n\nWords of number {number}.\n", encoding="utf-8"
        )
    assert with_letter("add", *(f"{number}.txt" for number in range(12))).exit_code == 0
    return with_letter


@pytest.mark.parametrize("command", ["show", "remove --yes", "edit --note x"])
def test_a_name_that_many_documents_share_is_refused_with_some_of_them(with_letters: Run, command: str) -> None:
    name, *options = command.split()
    result = with_letters(name, "open-letter", *options)
    assert result.exit_code != 0
    assert "open-letter-0" in result.stderr
    assert "and 5 more" in result.stderr


def test_a_whole_name_is_no_part_of_a_longer_one(with_letters: Run) -> None:
    assert with_letters("show", "open-letter-1").exit_code == 0


@pytest.mark.parametrize(
    ("words", "code"), [(("show", "99"), 1), (("edit", "99", "--note", "x"), 1), (("quote", "99", "words"), 1)]
)
def test_a_number_that_nothing_has_is_refused(with_letter: Run, words: tuple[str, ...], code: int) -> None:
    result = with_letter(*words)
    assert (result.exit_code, result.stderr.count("\n")) == (code, 1)
    assert "99" in result.stderr


@pytest.mark.parametrize("reference", ["x", "1-2", "first"])
def test_what_is_no_number_of_a_quote_is_refused(with_letter: Run, reference: str) -> None:
    result = with_letter("edit", "1", "--within", reference)
    assert result.exit_code in (1, 2)
    assert reference in result.stderr
