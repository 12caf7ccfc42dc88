"""`history` and `undo` through the command line."""

import json

import pytest

from .conftest import Run


def test_history_tells_who_did_what(with_letter: Run) -> None:
    with_letter("--by", "Jane \x1b[31m", "quote", "khaster", "Comparing", "--note", "x")
    listed = json.loads(with_letter("history", "--json").stdout)
    assert [each["id"] for each in listed] == [1, 2, 3, 4]
    assert listed[-1]["by"] == "Jane \x1b[31m"
    assert listed[-1]["command"] == "quote khaster Comparing --note x"
    assert listed[-1]["added"] == {"quotes": [3]}
    shown = with_letter("history", "--limit", "1").stdout
    assert "\x1b" not in shown
    assert "added quote 3" in shown
    assert "added quote 2" not in shown


def test_who_it_is_comes_from_the_environment(with_letter: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEARCHIVE_BY", "")
    with_letter("quote", "khaster", "Comparing")
    assert json.loads(with_letter("history", "3", "--json").stdout)[0]["by"] is None


def test_undo_says_what_it_reversed(with_letter: Run) -> None:
    with_letter("remove", "khaster", "--yes")
    result = with_letter("undo")
    assert (result.exit_code, "removed quotes 1, 2 and document 1" in result.stdout) == (0, True)
    assert [each["id"] for each in json.loads(with_letter("search", "--json").stdout)] == [1, 2]
    assert with_letter("undo", "1").exit_code == 1
    assert with_letter("undo", "4").exit_code == 1


def test_the_password_in_an_address_is_not_recorded(run: Run) -> None:
    run("add", "-", "--title", "A", "--url", "https://me:secret@example.org/x", stdin="Some words.")
    assert "secret" not in json.loads(run("history", "--json").stdout)[0]["command"]


def test_a_document_has_the_history_of_its_own_changes_alone(with_letter: Run) -> None:
    with_letter("add", "-", "--title", "Another", stdin="We answer.")
    assert [each["id"] for each in json.loads(with_letter("history", "another", "--json").stdout)] == [4]
    assert [each["id"] for each in json.loads(with_letter("history", "khaster", "--json").stdout)] == [1, 2, 3]
