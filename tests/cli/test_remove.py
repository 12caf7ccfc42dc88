"""What `remove` does."""

import json

from .conftest import Run


def test_a_removed_document_takes_its_quotes_with_it(with_letter: Run) -> None:
    result = with_letter("remove", "khaster", "--yes")
    assert "quotes 1, 2" in result.stdout
    assert json.loads(with_letter("search", "--json").stdout) == []


def test_a_quote_said_in_a_removed_one_stays(with_letter: Run) -> None:
    assert with_letter("remove", "1", "--yes").exit_code == 0
    quotes = json.loads(with_letter("search", "--json").stdout)
    assert [(quote["id"], quote["within"]) for quote in quotes] == [(2, None)]


SLUG = "iran-political-prisoner-hashem-khaster-pens-open-letter"


def documents(run: Run) -> list[str]:
    return [each["slug"] for each in json.loads(run("list", "--json").stdout)]


def add_another(run: Run) -> None:
    run("add", "-", "--title", "Another open letter", stdin="We answer your letter.")


def test_a_removal_given_twice_removes_nothing_else(with_letter: Run) -> None:
    add_another(with_letter)
    assert with_letter("remove", SLUG, "--yes").exit_code == 0
    assert with_letter("remove", SLUG, "--yes").exit_code == 1
    assert documents(with_letter) == ["another-open-letter"]


def test_a_part_of_a_name_that_was_the_name_of_something_removed_takes_nothing_else(run: Run) -> None:
    run("add", "-", "--title", "Open letter", stdin="We will not be silent.")
    run("add", "-", "--title", "Another open letter", stdin="We will resist.")
    run("quote", "open-letter", "silent", "--topic", "prison")
    run("quote", "another-open-letter", "resist", "--topic", "prison reform")
    for name in ("Ann", "Ann Lee"):
        run("speakers", "add", name)
    for words in (("topics", "remove", "prison"), ("speakers", "remove", "Ann"), ("remove", "open-letter")):
        assert run(*words, "--yes").exit_code == 0, words
        again = run(*words, "--yes")
        assert (again.exit_code, "was removed by change" in again.stderr) == (1, True), words


def test_a_part_of_a_name_is_enough_where_nothing_else_had_it(with_letter: Run) -> None:
    for words in (("topics", "remove", "election"), ("remove", "khaster")):
        assert with_letter(*words, "--yes").exit_code == 0


def test_the_number_of_a_document_that_is_gone_is_no_part_of_a_name(with_letter: Run) -> None:
    with_letter("add", "-", "--title", "Letter 1", stdin="We answer your letter.")
    with_letter("remove", "1", "--document", "--yes")
    assert with_letter("remove", "1", "--document", "--yes").exit_code == 1
    assert documents(with_letter) == ["letter-1"]
