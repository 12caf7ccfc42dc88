"""What `edit` does."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run


def shown(run: Run, number: int = 1) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(run("show", str(number), "--json").stdout)
    return values


def write_editor(path: Path, *commands: str) -> str:
    """Make an editor that does one sed command each time it is opened."""
    script = path / "editor.sh"
    count = path / "count"
    cases = "\n".join(
        f'{number}) sed -i "{command}" "$1";;' if command else f"{number}) ;;"
        for number, command in enumerate(commands, 1)
    )
    script.write_text(
        f'#!/bin/sh\necho x >> {count}\ncp "$1" {path}/seen.$(wc -l < {count} | tr -d " ")\n'
        f'case $(wc -l < {count} | tr -d " ") in\n{cases}\nesac\n',
        encoding="utf-8",
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return str(script)


def test_options_change_a_quote(with_letter: Run) -> None:
    options = ("--role", "teacher", "--to", "Ali Khamenei", "--add-topic", "knife", "--said", "around 1943")
    assert with_letter("edit", "1", *options).exit_code == 0
    quote = shown(with_letter)
    assert [quote[key] for key in ("role", "to", "topics", "said")] == [
        "teacher",
        "Ali Khamenei",
        ["elections", "knife"],
        "1943~",
    ]
    with_letter("edit", "1", "--role", "", "--drop-topic", "knife", "--said", "")
    quote = shown(with_letter)
    assert [quote[key] for key in ("role", "topics", "said")] == [None, ["elections"], None]


def test_several_quotes_change_in_one_write(with_letter: Run) -> None:
    with_letter("edit", "1-2", "--add-topic", "power")
    assert [shown(with_letter, number)["topics"] for number in (1, 2)] == [["elections", "power"], ["power"]]
    with_letter("undo")
    assert [shown(with_letter, number)["topics"] for number in (1, 2)] == [["elections"], []]


def test_bounds_move_by_words_and_the_words_stay_the_documents(with_letter: Run, letter: str) -> None:
    with_letter("edit", "2", "--end", "people's throat")
    quote = shown(with_letter, 2)
    assert quote["text"] == "Take your knife off the people’s throat"
    passage = quote["passages"][0]
    assert letter[passage["start"] : passage["end"]] == passage["exact"]
    with_letter("edit", "2", "--span", f"{passage['start']}:{passage['start'] + 4}")
    assert shown(with_letter, 2)["text"] == "Take"


def test_a_quote_that_is_no_longer_held_says_what_becomes_of_it(with_letter: Run) -> None:
    result = with_letter("edit", "1", "--end", "Shah regime")
    assert result.exit_code == 0
    assert "Quote 2 was within quote 1" in result.stderr
    assert shown(with_letter, 2)["within"] is None


def test_a_document_is_changed_and_keeps_the_words_of_its_date(with_letter: Run) -> None:
    with_letter("edit", "khaster", "--date", "24 Bahman 1399", "--recipient", "Ali Khamenei", "--kind", "letter")
    document = shown_document(with_letter)
    assert [document[key] for key in ("date", "date_words", "recipients", "kind")] == [
        "2021-02-12",
        "24 Bahman 1399",
        ["Ali Khamenei"],
        "letter",
    ]


def shown_document(run: Run) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(run("show", "khaster", "--json").stdout)
    return values


def test_what_a_query_finds_is_changed_after_a_preview(with_letter: Run) -> None:
    planned = with_letter("edit", "--where", "knife", "--add-topic", "power", "--dry-run")
    assert "2 quotes would change" in planned.stdout
    assert shown(with_letter)["topics"] == ["elections"]
    assert with_letter("edit", "--where", "knife", "--add-topic", "power").exit_code == 2
    assert with_letter("edit", "--where", "knife", "--add-topic", "power", "--yes").exit_code == 0
    assert shown(with_letter)["topics"] == ["elections", "power"]


def test_a_form_changes_what_was_changed_in_it(
    with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, "s/^role:/role: teacher/; s/^- elections/- power/"))
    assert with_letter("edit", "1").exit_code == 0
    quote = shown(with_letter)
    assert (quote["role"], quote["topics"], quote["speaker"]) == ("teacher", ["power"], "Hashem Khastar")


def test_a_mistake_in_a_form_opens_it_again_with_the_message_above_the_line(
    with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = ("s/^said:/said: smetime/", "s/^said:.*/said: spring 1943/")
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, *commands))
    assert with_letter("edit", "1").exit_code == 0
    seen = (tmp_path / "seen.2").read_text(encoding="utf-8").splitlines()
    place = seen.index("said: smetime")
    assert seen[place - 1].startswith("# ! ")
    assert shown(with_letter)["said"] == "1943-21"


@pytest.mark.parametrize(
    "command", ["s/^said:/sayd:/", "s/^topics:/topics: [/", "s/^within:/within: 2/", "s/^note:/note: {a: b}/"]
)
def test_a_mistake_that_is_left_changes_nothing(
    with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, command, ""))
    before = shown(with_letter)
    assert with_letter("edit", "1").exit_code in {1, 2}
    assert shown(with_letter) == before


def test_a_form_that_is_left_as_it_was_changes_nothing(
    with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, ""))
    assert "Nothing was changed" in with_letter("edit", "khaster").stderr


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (("edit",), 2, "Name quotes"),
        (("edit", "1"), 2, "no terminal"),
        (("edit", "1", "--title", "x"), 2, "can't be said of a quote"),
        (("edit", "khaster", "--speaker", "x"), 2, "can't be said of a document"),
        (("edit", "khaster", "--title", ""), 2, "needs a title"),
        (("edit", "1", "--within", "2"), 1, "does not hold"),
        (("edit", "1", "--within", "1"), 2, "can't be said in"),
        (("edit", "9", "--role", "x"), 1, "no quote 9"),
        (("edit", "7-9", "--role", "x"), 1, "no quote 7"),
        (("edit", "1", "--start", "not there at all"), 1, "Not in"),
        (("edit", "1", "--drop-topic", "nothing"), 1, "no topic"),
        (("edit", "--where", "knife"), 2, "What is to change"),
        (("edit", "khaster", "--replies-to", "nobody"), 1, "no document"),
    ],
)
def test_a_mistake_is_explained(
    with_letter: Run, arguments: tuple[str, ...], exit_code: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    result = with_letter(*arguments)
    assert result.exit_code == exit_code
    assert said in result.stderr


def test_numbers_ranges_and_the_last_are_understood_wherever_one_is(with_letter: Run) -> None:
    assert [each["id"] for each in json.loads(with_letter("show", "1-2", "--json").stdout)] == [1, 2]
    assert [each["id"] for each in json.loads(with_letter("show", "last", "1", "--json").stdout)] == [2, 1]
    assert with_letter("remove", "last", "--yes").stdout == "Removed quote 2.\n"
