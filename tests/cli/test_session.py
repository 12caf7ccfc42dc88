"""What all commands share."""

import functools
import json
from pathlib import Path

import pytest

from quotearchive.cli.session import LONGEST_WORD, find_caches, public_words

from .conftest import Run


def changed_by(run: Run) -> str | None:
    """Change the archive, and return who did."""
    assert run("edit", "1", "--note", "x").exit_code == 0
    (change,) = json.loads(run("history", "--limit", "1", "--json").stdout)
    by: str | None = change["by"]
    return by


@pytest.mark.parametrize(
    ("option", "variable", "expected"),
    [("Ann", "Ben", "Ann"), ("", "Ben", None), (None, "Ben", "Ben"), (None, "", None), ("Ann", None, "Ann")],
)
def test_who_changes_the_archive_is_said_by_the_option_or_else_the_variable(
    with_letter: Run, monkeypatch: pytest.MonkeyPatch, option: str | None, variable: str | None, expected: str | None
) -> None:
    if variable is not None:
        monkeypatch.setenv("QUOTEARCHIVE_BY", variable)
    words = ("--by", option) if option is not None else ()
    assert changed_by(functools.partial(with_letter, *words)) == expected


def test_a_user_whom_nobody_said_is_the_one_who_is_logged_in(with_letter: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUOTEARCHIVE_BY", raising=False)
    monkeypatch.setenv("LOGNAME", "annlee")
    assert changed_by(with_letter) == "annlee"


def test_a_user_without_a_name_is_nobody(with_letter: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise OSError

    monkeypatch.delenv("QUOTEARCHIVE_BY", raising=False)
    monkeypatch.setattr("getpass.getuser", unknown)
    assert changed_by(with_letter) is None


def test_the_history_keeps_no_password_and_no_long_word() -> None:
    assert public_words(["--url", "ftp://ann:pass@word@example.org/x"]) == "--url 'ftp://…@example.org/x'"
    assert public_words(["a" * LONGEST_WORD]) == "a" * LONGEST_WORD
    assert public_words(["a" * (LONGEST_WORD + 1)]) == f"'{'a' * LONGEST_WORD}…'"
    assert public_words(["ann@example.org"]) == "ann@example.org"


@pytest.mark.parametrize(
    ("named", "xdg", "expected"),
    [
        ("/tmp/a", "/var/x", Path("/tmp/a")),  # noqa: S108 - no file is made
        ("", "/var/x", None),
        (None, "/var/x", Path("/var/x/quotearchive")),
        (None, "var", Path("/home/ann/.cache/quotearchive")),
        (None, None, Path("/home/ann/.cache/quotearchive")),
    ],
)
def test_indexes_are_kept_where_the_user_says(
    monkeypatch: pytest.MonkeyPatch, named: str | None, xdg: str | None, expected: Path | None
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("HOME", "/home/ann")
    for name, value in (("QUOTEARCHIVE_CACHE", named), ("XDG_CACHE_HOME", xdg)):
        monkeypatch.delenv(name, raising=False)
        if value is not None:
            monkeypatch.setenv(name, value)
    assert find_caches() == expected


def test_json_holds_nothing_that_a_terminal_obeys(run: Run) -> None:
    run("add", "-", "--title", "a\u202eb\x9bc", stdin="Words.")
    shown = run("list", "--json").stdout
    assert "a\\u202eb" in shown
    assert not {"\u202e", "\x9b"} & set(shown)
