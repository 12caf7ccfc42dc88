"""What every command does with good and bad input."""

import json
from pathlib import Path

import pytest

from .conftest import Run

SLUG = "iran-political-prisoner-hashem-khaster-pens-open-letter"


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (("quote", "khaser", "x"), 1, SLUG),
        (("quote", "khaster"), 2, "No passage was given"),
        (("quote", "khaster", "Iran", "Khastar", "--occurrence", "1"), 2, "--span"),
        (("quote", "khaster", "Comparing", "--occurrence", "2"), 2, "Use --occurrence 1 at most, or leave it out."),
        (("quote", "khaster", "--span", "9:5"), 2, "9:5"),
        (("quote", "khaster", "--span", "0:99999"), 2, "3150"),
        (("quote", "khaster", "--span", "a:b"), 2, "START:END"),
        (("quote", "khaster", "Comparing", "--within", "1"), 1, "does not contain"),
        (("quote", "khaster", "Comparing", "--within", "77"), 1, "no quote 77"),
        (("quote", "khaster", "Comparing", "--topic", " / "), 2, "not a topic"),
        (("quote", "khaster", "Comparing", "--said", "smetime"), 2, "1943~"),
        (("quote", "khaster", "Comparing the mullahs", "mullahs’ regime with"), 2, "share the words"),
        (("show", "77"), 1, "no quote 77"),
        (("show", "nobody"), 1, "no document nobody"),
        (("remove", "1"), 2, "--yes"),
        (("serch", "x"), 2, "search"),
        (("search", "--speaker", " "), 2, "no word"),
        (("export", "--format", "doc"), 2, "markdown"),
        (("-a", ".", "list"), 3, "directory"),
    ],
)
def test_a_mistake_is_explained(with_letter: Run, arguments: tuple[str, ...], exit_code: int, said: str) -> None:
    result = with_letter(*arguments)
    assert result.exit_code == exit_code
    assert said in result.stderr
    assert not result.stdout


def test_hostile_words_never_reach_the_terminal_raw(run: Run, tmp_path: Path) -> None:
    evil = "\x1b[31mred\x1b]0;title\x07 [/bold] [sic] \u202eabc"
    (tmp_path / "evil.txt").write_text(
        f"{evil}\n\nThe [minister] said “go \x1b[2J away”. " + "It was a day in May. " * 20, encoding="utf-8"
    )
    run("add", "evil.txt", "--title", evil)
    run("quote", "1", "go \x1b[2J away", "--speaker", evil, "--topic", evil, "--note", evil)
    for command in (("search",), ("show", "1"), ("show", "1", "--document"), ("list",)):
        shown = run(*command).stdout
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)
        assert "[/bold]" in " ".join(shown.split())
    assert json.loads(run("search", "--json").stdout)[0]["speaker"] == evil
