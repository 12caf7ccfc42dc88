"""What `list` does."""

import json

from .conftest import Run


def listed(run: Run, *options: str) -> list[str]:
    return [each["slug"] for each in json.loads(run("list", *options, "--json").stdout)]


def test_a_correspondence_is_listed_in_the_order_in_which_it_was_written(with_letters: Run) -> None:
    assert listed(with_letters, "--kind", "letter", "--from", "hans") == ["first", "third", "undated"]
    assert listed(with_letters, "--to", "HANS") == ["second"]
    assert listed(with_letters, "--kind", "speech") == []
    assert listed(with_letters, "--kind", "letter")[-1] == "undated"


def test_chosen_letters_are_sorted_as_asked(with_letters: Run) -> None:
    by_hans = ("--kind", "letter", "--from", "hans")
    assert listed(with_letters, *by_hans, "--sort", "document") == ["first", "third", "undated"]
    assert listed(with_letters, *by_hans, "--sort", "document", "--reverse") == ["undated", "third", "first"]
    assert listed(with_letters, *by_hans, "--sort", "added") == ["third", "first", "undated"]
    assert listed(with_letters, *by_hans, "--reverse") == ["third", "first", "undated"]
    assert listed(with_letters, *by_hans, "--limit", "1") == ["first"]


def test_a_name_in_another_script_finds_the_letters(with_letters: Run) -> None:
    with_letters("speakers", "add", "Inge Scholl", "Инге Шолль")
    assert listed(with_letters, "--from", "шолль") == ["second"]


def test_what_lists_nothing_says_why(with_letters: Run) -> None:
    assert with_letters("list", "--kind", "speech").stderr == "No matching documents.\n"
    assert with_letters("remove", "1-5", "--document", "--yes").exit_code == 0
    assert with_letters("list").stderr == "The archive has no documents. Add one with: quotearchive add FILE\n"
    assert json.loads(with_letters("list", "--json").stdout) == []
