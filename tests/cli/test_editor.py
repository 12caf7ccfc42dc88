"""Forms in the user's editor: nothing that was typed is lost."""

import json
import os
import shlex
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from quotearchive.archive.archive import Archive
from quotearchive.model import Change

from .conftest import DATA, Run, shown

pexpect = pytest.importorskip("pexpect", reason="a terminal is played by pexpect")


posix = pytest.mark.skipif(sys.platform == "win32", reason="it has another shell")


def write_editor(path: Path, *commands: str) -> str:
    """Make an editor that does one sed command each time it is opened."""
    script = path / "editor.sh"
    count = path / "count"
    cases = "\n".join(
        f"{number}) sed -i '{command}' \"$1\";;" if command else f"{number}) ;;"
        for number, command in enumerate(commands, 1)
    )
    script.write_text(
        f'#!/bin/sh\necho x >> {count}\ncp "$1" {path}/seen.$(wc -l < {count} | tr -d " ")\n'
        f'case $(wc -l < {count} | tr -d " ") in\n{cases}\nesac\ncp "$1" {path}/left\n',
        encoding="utf-8",
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return str(script)


def on_a_terminal(path: Path, editor: str) -> Any:  # noqa: ANN401 - pexpect has no types for it
    return pexpect.spawn(
        sys.executable,
        ["-m", "quotearchive", "edit", "1"],
        cwd=path,
        env={**os.environ, "VISUAL": editor, "PYTHONPATH": str(DATA.parents[1])},
        dimensions=(50, 200),
        encoding="utf-8",
        timeout=20,
    )


def kept(path: Path) -> list[Path]:
    """What was kept of forms."""
    return list(path.glob("quote-1.*.yaml"))


def test_a_form_changes_what_was_changed_in_it(
    with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, "s/^role:/role: teacher/; s/^- elections/- power/"))
    assert with_letter("edit", "1").exit_code == 0
    quote = shown(with_letter)
    assert (quote["role"], quote["topics"], quote["speaker"]) == ("teacher", ["power"], "Hashem Khastar")


@posix
@pytest.mark.parametrize(
    "case",
    [
        (["1"], ["1", "--add-topic", "y"], "s/^- elections/- elections\\n- mine/"),
        (["1"], ["1", "--speaker", "Ann Lee"], "s/^note:/note: mine/"),
        (["1", "--document"], ["1", "--document", "--title", "Y"], "s/^title:.*/title: mine/"),
    ],
)
def test_a_form_never_overwrites_what_another_did_meanwhile(
    with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: tuple[list[str], list[str], str]
) -> None:
    form, meanwhile, typed = case
    script = Path(write_editor(tmp_path, typed))
    other = shlex.join([sys.executable, "-m", "quotearchive", "edit", *meanwhile])
    content = script.read_text(encoding="utf-8").replace("\n", f"\n{other} >/dev/null\n", 1)
    script.write_text(content, encoding="utf-8")
    monkeypatch.setenv("VISUAL", str(script))
    monkeypatch.setenv("PYTHONPATH", str(DATA.parents[1]))
    result = with_letter("edit", *form)
    assert (result.exit_code, "in the meantime" in result.stderr) == (3, True)
    (typed_text,) = tmp_path.glob(f"*-{form[0]}.*.yaml")
    assert "mine" in typed_text.read_text(encoding="utf-8")
    assert "mine" not in json.dumps(json.loads((tmp_path / "archive.json").read_bytes()))
    assert json.loads(with_letter("history", "--json").stdout)[-1]["command"].startswith("edit 1")


def test_a_form_that_is_left_as_it_was_changes_nothing(
    with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, ""))
    assert "Nothing was changed" in with_letter("edit", "khaster").stderr


@posix
def test_a_mistake_in_a_form_opens_it_again_with_the_message_above_the_line(with_letter: Run, tmp_path: Path) -> None:
    commands = ("s/^said:/said: smetime/", "", "s/^said:.*/said: spring 1943/")
    terminal = on_a_terminal(tmp_path, write_editor(tmp_path, *commands))
    for _ in range(2):
        terminal.expect_exact("Edit again? [Y/n]: ")
        terminal.send("\r")
    terminal.expect(pexpect.EOF)
    for seen in ("seen.2", "seen.3"):
        lines = (tmp_path / seen).read_text(encoding="utf-8").splitlines()
        place = lines.index("said: smetime")
        assert [line for line in lines if line.startswith("# ! ")] == [lines[place - 1]]
    assert shown(with_letter)["said"] == "1943-21"
    assert kept(tmp_path) == []


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("s/^said:/said: smetime/", "can't be read as a date"),
        ("s/^note:/note: he said: no/", "quotation marks: note: 'He said: no'"),
        ("s/^note:/note: \\x1b/", "Remove the character U+001B"),
        ("s/^note:/note: \\xff/", "not UTF-8"),
        ('s/^note:/note: "\\\\UFFFFFFFF"/', "There is no such character"),
        ('s/^note:/note: "\\\\U00110000"/', "There is no such character"),
        ("s/^sayd:/said:/; s/^said:/sayd:/", "There is no field 'sayd'"),
        ("s/^topics:/topics: [/", "not YAML"),
        ("s/^within:/within: 2/", "does not contain"),
        ("s/^note:/note: {a: b}/", "This field takes one value"),
        ("s/^note:/? [a]\\n: b/", "A field has one name"),
        ("s/^note:/speaker: x/", "occurs twice"),
        ("s/^note:/note: " + "[" * 3000 + "/", "too many brackets"),
    ],
)
def test_a_mistake_without_a_terminal_changes_nothing_and_loses_nothing(
    with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, said: str
) -> None:
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, command))
    before = shown(with_letter)
    result = with_letter("edit", "1")
    (path,) = kept(tmp_path)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert said in result.stderr
    assert f"What you typed is kept in {path}." in result.stderr
    assert path.read_bytes() == (tmp_path / "left").read_bytes()
    assert shown(with_letter) == before


@pytest.mark.parametrize("words", ["a \x1b[31mred\x1b[0m b", "a\x85b\x07c", "a\ufffeb\u2028c"])
def test_a_quote_whose_words_hold_odd_characters_is_edited_in_a_form(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    text = f"A letter\n\nShe said {words} and went.\n"
    (tmp_path / "odd.txt").write_text(text, encoding="utf-8")
    run("add", "odd.txt")
    assert run("quote", "1", "--span", f"10:{len(text) - 1}").exit_code == 0
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, "s/^note:/note: mine/"))
    assert run("edit", "1").exit_code == 0
    assert shown(run)["note"] == "mine"


@posix
def test_an_archive_that_is_locked_loses_nothing_that_was_typed(
    with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, "s/^note:/note: much/"))
    with Archive(tmp_path / "archive.json").transaction(Change(when="", command="held")):
        result = with_letter("--wait", "0", "edit", "1")
    assert (result.exit_code, "What you typed is kept in" in result.stderr) == (3, True)
    assert "note: much" in kept(tmp_path)[0].read_text(encoding="utf-8")


@posix
@pytest.mark.parametrize("editor", ["vi 'x", "no-such-editor", "rm", "false", "   "])
def test_an_editor_that_can_not_be_used_is_one_sentence(
    with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, editor: str
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    result = with_letter("edit", "1")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "The editor can't be used" in result.stderr
    assert kept(tmp_path) == []


@posix
def test_an_editor_that_fails_when_much_was_typed_loses_nothing(
    with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Path(write_editor(tmp_path, "s/^note:/note: much/"))
    script.write_text(script.read_text(encoding="utf-8") + "exit 3\n", encoding="utf-8")
    monkeypatch.setenv("VISUAL", str(script))
    assert with_letter("edit", "1").exit_code == 1
    assert "note: much" in kept(tmp_path)[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["d", "s/^[^#].*//", "/^[^#]/d"])
def test_an_emptied_form_changes_nothing(
    with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, command))
    before = shown(with_letter)
    result = with_letter("edit", "1")
    assert (result.exit_code, result.stderr) == (0, "Nothing was changed.\n")
    assert shown(with_letter) == before


@posix
@pytest.mark.parametrize("answer", ["n\r", "\x03"])
def test_who_does_not_want_to_edit_again_finds_what_was_typed_beside_the_archive(
    with_letter: Run, tmp_path: Path, answer: str
) -> None:
    terminal = on_a_terminal(tmp_path, write_editor(tmp_path, "s/^said:/said: smetime/"))
    terminal.expect_exact("Edit again? [Y/n]: ")
    terminal.send(answer)
    terminal.expect_exact("What you typed is kept in")
    terminal.expect(pexpect.EOF)
    (path,) = kept(tmp_path)
    assert "\nsaid: smetime\n" in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert shown(with_letter)["said"] is None
