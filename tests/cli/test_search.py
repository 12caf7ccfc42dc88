"""Searching through the command line."""

import json
import re

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [
        (("regime",), [1]),
        (("throat", "-regime"), [2]),
        (("throat", "-Shah regime"), [2]),
        (('"take your knife"', "speaker:khomeini"), [2]),
        (("throat", "--sort", "added", "--reverse"), [2, 1]),
        (("throat", "--since", "2021", "--until", "2021-03"), [2, 1]),
        (("throat", "--since", "2022"), []),
        (("is:nested",), [2]),
        (("knife", "--limit", "1", "--sort", "added"), [1]),
        (("(shah", "OR", "khomeini)", "topic:elections"), [1]),
    ],
)
def test_a_query_finds(with_letter: Run, arguments: tuple[str, ...], numbers: list[int]) -> None:
    found = json.loads(with_letter("search", "--json", *arguments).stdout)
    assert [quote["id"] for quote in found] == numbers


def test_how_a_query_was_read_is_said(with_letter: Run) -> None:
    result = with_letter("search", '"take your', "speker:x")
    assert "is unmatched and was ignored" in result.stderr
    assert "Did you mean speaker:?" in result.stderr
    assert result.exit_code == 0


def test_what_a_table_leaves_out_is_counted(with_letter: Run) -> None:
    assert "1 of 2 quotes. --limit 0 shows all." in with_letter("search", "throat", "--limit", "1").stderr


def test_nothing_found_is_explained(with_letter: Run) -> None:
    stderr = with_letter("search", "thraot", "speaker:khastr").stderr
    assert "No quote has thraot. The archive has: throat" in stderr
    assert "No speaker is called khastr. Similar names: Hashem Khastar." in stderr
    stderr = with_letter("search", "shah", "speaker:khomeini").stderr
    assert "Without shah, 1 quote matches." in stderr
    stderr = with_letter("search", "psychiatric").stderr
    assert "1 document matches: quotearchive search --documents psychiatric" in stderr


def test_counts_are_shown_with_bars(with_letter: Run) -> None:
    stdout = with_letter("search", "--count", "speaker").stdout
    assert re.search(r"Ruhollah Khomeini +1 +█+", stdout)
    counts = json.loads(with_letter("search", "--count", "topic", "--json").stdout)
    assert counts == [{"topic": None, "quotes": 1}, {"topic": "elections", "quotes": 1}]


def test_a_part_of_a_document_that_was_found_can_be_quoted(with_letter: Run) -> None:
    (hit,) = json.loads(with_letter("search", "--documents", "psychiatric hospital", "--json").stdout)
    (excerpt,) = hit["excerpts"]
    span = f"{excerpt['start']}:{excerpt['end']}"
    with_letter("quote", hit["slug"], "--span", span, "--speaker", "Reporter")
    (quote,) = json.loads(with_letter("search", "speaker:reporter", "--json").stdout)
    assert quote["text"] == excerpt["text"]
    assert hit["quotes"] == 2


def test_listings_and_quotes_follow_every_change(with_letter: Run) -> None:
    assert json.loads(with_letter("list", "--json").stdout)[0]["quotes"] == 2
    with_letter("remove", "2", "--yes")
    assert json.loads(with_letter("list", "--json").stdout)[0]["quotes"] == 1
    assert json.loads(with_letter("speakers", "--json").stdout)[0]["quotes"] == 1
    assert json.loads(with_letter("show", "1", "--json").stdout)["speaker"] == "Hashem Khastar"
    assert with_letter("show", "2").exit_code == 1


def test_the_language_is_explained(run: Run) -> None:
    stdout = run("search", "--help").stdout
    assert "impris*" in stdout
    assert "2021-01..2021-06" in stdout


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [
        ((), [1, 2]),
        (("knife",), [1, 2]),
        (("KNIFE", "shah"), [1]),
        (("people's throat",), [1, 2]),
        (("--speaker", "khomeini"), [2]),
        (("--speaker", "KHASTAR", "--topic", "elect"), [1]),
        (("knife", "--document", "khaster"), [1, 2]),
        (("knife", "--document", "other"), []),
        (("nowhere",), []),
    ],
)
def test_a_search_finds(with_letter: Run, arguments: tuple[str, ...], numbers: list[int]) -> None:
    result = with_letter("search", *arguments, "--json")
    assert result.exit_code == 0
    assert sorted(quote["id"] for quote in json.loads(result.stdout)) == numbers


def test_a_search_that_finds_nothing_says_what_could_be_meant(with_letter: Run) -> None:
    result = with_letter("search", "knive")
    assert result.exit_code == 0
    assert "knife" in result.stderr


def test_an_editorial_bracket_is_shown(with_letter: Run) -> None:
    assert "[the regime’s]" in " ".join(with_letter("search", "--full").stdout.split())
