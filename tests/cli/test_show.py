"""What `show` does."""

from pathlib import Path

from .conftest import Run


def test_show_marks_quotes_in_the_text(with_letter: Run) -> None:
    shown = " ".join(with_letter("show", "khaster").stdout.split())
    assert "⟦1 Under the Shah regime" in shown
    assert "‘⟦2 Take your knife off the people’s throat to see who they stand with⟧,’ you do" in shown


def test_a_text_that_is_piped_keeps_its_own_lines(run: Run, tmp_path: Path) -> None:
    line = "Freedom is never given, " * 20 + "[sic] it is taken"
    (tmp_path / "a.txt").write_text(f"Speech\n\n{line}\n\nEnd.\n", encoding="utf-8")
    run("add", "a.txt")
    run("quote", "1", "[sic] it is taken")
    assert (
        line.replace("[sic] it is taken", "⟦1 [sic] it is taken⟧") in run("show", "1", "--document").stdout.splitlines()
    )
