"""What the Tab key offers."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from quotearchive.cli import main
from quotearchive.cli.completion import offers

from .conftest import Run


def offered(words: str, incomplete: str = "") -> list[str] | None:
    found = offers(main, words.split(), incomplete)
    return None if found is None else [str(item.value) for item in found]


@pytest.mark.parametrize(
    ("words", "incomplete", "expected"),
    [
        ("", "sp", ["speakers"]),
        ("show", "", ["1", "2", "last", "iran-political-prisoner-hashem-khaster-pens-open-letter"]),
        ("show", "khas", ["iran-political-prisoner-hashem-khaster-pens-open-letter"]),
        ("quote khaster --speaker", "has", ["Hashem Khastar"]),
        ("search --topic", "", ["elections"]),
        ("edit 1 --within", "2", ["2"]),
        ("speakers", "me", ["merge"]),
        ("speakers show", "RUH", ["Ruhollah Khomeini"]),
        ("history", "l", ["last"]),
        ("speakers merge x --into", "ha", ["Hashem Khastar"]),
        ("topics merge x --into", "", ["elections"]),
        ("-a nowhere.json show", "", ["last"]),
    ],
)
def test_what_can_stand_next_is_offered(with_letter: Run, words: str, incomplete: str, expected: list[str]) -> None:
    assert with_letter("list").exit_code == 0
    assert offered(words, incomplete) == expected


@pytest.mark.parametrize(
    ("words", "incomplete"), [("show", "--"), ("", "--"), ("add --title", "x"), ("completion", "z")]
)
def test_a_command_is_asked_for_its_own_options(words: str, incomplete: str) -> None:
    assert offered(words, incomplete) is None


#: What the help shows for values that an archive holds.
HELD = {"NAME", "TOPIC", "DOC", "QUOTE"}

#: Options of the same form whose values no archive holds.
OTHERS = {"--by", "--style"}


def commands(group: click.Group, *path: str) -> Iterator[tuple[list[str], click.Command]]:
    """Yield all commands with the words that call them."""
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command
        yield [*path, name], command
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


def test_every_value_that_an_archive_holds_is_offered() -> None:
    for words, command in commands(main):
        for option in command.params:
            is_held = option.metavar in HELD and option.opts[0] not in OTHERS
            if isinstance(option, click.Option) and not option.is_flag:
                assert (offers(main, [*words, option.opts[0]], "") is not None) == is_held, (words, option.opts)
            elif HELD & set((option.metavar or "").strip("[].").split("|")):
                assert offers(main, words, "") is not None, (words, option.name)


def test_the_commands_of_a_group_are_offered() -> None:
    for words, command in commands(main):
        if isinstance(command, click.Group):
            offered = {str(item.value) for item in offers(main, words, "") or []}
            assert offered >= set(command.list_commands(click.Context(command)))


def test_quotes_are_offered_with_their_first_words(with_letter: Run) -> None:
    assert with_letter("list").exit_code == 0
    found = offers(main, ["show"], "2") or []
    assert (found[0].help or "").startswith("Take your knife off")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_ask(run: Run, shell: str) -> None:
    assert "_QUOTEARCHIVE_COMPLETE" in run("completion", shell).stdout


@pytest.mark.skipif(not shutil.which("quotearchive"), reason="the command is not on the path")
def test_bash_gets_names_that_it_can_insert(with_letter: Run, tmp_path: Path) -> None:
    assert with_letter("list").exit_code == 0
    script = (
        'eval "$(quotearchive completion bash)"; COMP_CWORD=3; '
        "COMP_WORDS=(quotearchive search --speaker has); "
        '_quotearchive_completion quotearchive; printf "%s" "${COMPREPLY[0]}"'
    )
    asked = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert asked.stdout == r"Hashem\ Khastar"
