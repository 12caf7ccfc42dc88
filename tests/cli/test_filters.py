"""A query, and the options that do the same."""

import json
from pathlib import Path

import pytest

from .conftest import Run


def found(run: Run, *words: str) -> list[int]:
    return [quote["id"] for quote in json.loads(run("search", *words, "--json").stdout)]


@pytest.mark.parametrize(
    ("options", "query"),
    [
        (("--speaker", "khomeini"), "speaker:khomeini"),
        (("--topic", "elections"), "topic:elections"),
        (("--document", "khaster"), "document:khaster"),
        (("--since", "2021-02-12"), "said:>=2021-02-12"),
        (("--since", "2021-02-13"), "said:>=2021-02-13"),
        (("--until", "2021-02-12"), "said:<=2021-02-12"),
        (("--until", "2021-02-11"), "said:<=2021-02-11"),
        (("--speaker", "khastar", "--topic", "elections"), "speaker:khastar topic:elections"),
    ],
)
def test_an_option_does_the_same_as_its_field(with_letter: Run, options: tuple[str, ...], query: str) -> None:
    assert found(with_letter, *options) == found(with_letter, query)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (("throat", "-regime"), [2]),
        (("throat", "NOT", "regime"), [2]),
        (("throat", "-Shah regime"), [2]),
        (("throat", "-hegemony"), [1, 2]),
        (("throat", "-(shah OR nothing)"), [2]),
        (("throat", "-speaker:khomeini"), [1]),
    ],
)
def test_a_dash_before_a_word_excludes_it(with_letter: Run, words: tuple[str, ...], numbers: list[int]) -> None:
    assert sorted(found(with_letter, "--sort", "added", *words)) == numbers


def test_an_option_may_have_its_value_joined_to_it(with_letter: Run) -> None:
    assert with_letter("export", "-oquotes.md", "throat").exit_code == 0
    assert [path.name for path in Path().glob("*.md")] == ["quotes.md"]


@pytest.mark.parametrize("option", ["--speaker", "--topic", "--document"])
def test_an_option_without_a_word_is_refused(with_letter: Run, option: str) -> None:
    refused = with_letter("search", option, " ")
    assert (refused.exit_code, refused.stdout, option in refused.stderr) == (2, "", True)
