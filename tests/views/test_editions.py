"""What an edit changed, or would."""

from tests.cli.conftest import Run


def test_an_edit_that_changes_nothing_says_so(with_letter: Run) -> None:
    assert with_letter("edit", "khaster", "--place", "Mashhad").exit_code == 0
    assert with_letter("edit", "khaster", "--place", "Mashhad").stdout == "Nothing changed.\n"


def test_of_many_changes_the_first_are_shown_and_the_others_counted(with_letter: Run) -> None:
    for start in range(25):
        assert with_letter("quote", "khaster", "--span", f"{start}:{start + 9}").exit_code == 0
    preview = with_letter("edit", "3-27", "--note", "seen", "--dry-run").stdout
    assert "and 5 more" in preview
    assert "25 quotes would change." in preview
    assert "and 5 more" in with_letter("edit", "3-27", "--note", "seen", "--yes").stdout
