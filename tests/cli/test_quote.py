"""What `quote` does."""

import json
from pathlib import Path

import pytest

from .conftest import Run


def test_a_quote_is_the_documents_own_words(with_letter: Run) -> None:
    quote = json.loads(with_letter("show", "2", "--json").stdout)
    assert quote["text"] == "Take your knife off the people’s throat to see who they stand with"
    assert quote["relay"] == ["Ruhollah Khomeini", "Hashem Khastar"]


def test_several_passages_make_one_quote_in_reading_order(with_letter: Run) -> None:
    passages = ("resign immediately.", "Your repressive forces can smell the change")
    quote = json.loads(with_letter("quote", "khaster", *passages, "--json").stdout)
    assert quote["text"] == "Your repressive forces can smell the change […] resign immediately."


@pytest.mark.parametrize("piped", ["resign immediately\n", "  resign\r\nimmediately \n\n", "RESIGN immediately"])
def test_a_dash_reads_the_passage_from_standard_input(with_letter: Run, piped: str) -> None:
    assert with_letter("quote", "khaster", "-", "--topic", "x", stdin=piped.encode()).exit_code == 0
    assert json.loads(with_letter("show", "3", "--json").stdout)["text"] == "resign immediately"


@pytest.mark.parametrize("piped", [b"", b" \n", b"not there at all", b"\x00\x01" * 99])
def test_a_dash_without_words_of_the_document_stores_nothing(with_letter: Run, piped: bytes) -> None:
    result = with_letter("quote", "khaster", "-", stdin=piped)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert with_letter("show", "3").exit_code == 1


def test_a_dash_itself_is_quoted_by_its_place(run: Run) -> None:
    run("add", "-", stdin="Dis-leur que je reviendrai.")
    assert run("quote", "1", "--span", "3:4").exit_code == 0
    assert json.loads(run("show", "1", "--json").stdout)["text"] == "-"


def test_a_passage_that_is_not_there_is_refused_with_the_difference(with_letter: Run) -> None:
    result = with_letter("quote", "khaster", "a prison within the jail")
    assert result.exit_code == 1
    assert 'First difference: "jail" where the document has "prison"' in result.stderr


def test_an_ambiguous_passage_is_refused_with_its_places(with_letter: Run) -> None:
    result = with_letter("quote", "khaster", "knife off the people’s throat to see who")
    assert result.exit_code == 1
    assert "occurs 2 times" in result.stderr
    assert "Choose one with --occurrence N." in result.stderr
    chosen = with_letter("quote", "khaster", "knife off the people’s throat to see who", "--occurrence", "2", "--json")
    assert json.loads(chosen.stdout)["passages"][0]["suffix"].startswith(" they support")


def test_of_thousands_of_proposals_the_first_are_listed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We will stay here,” said Ann Lee. " * 1_200, encoding="utf-8")
    assert "Found 1,200 likely quotations. Review them with: quotearchive quote a" in run("add", "a.txt").stdout
    listed = run("quote", "1", "--detect")
    assert listed.stderr == "1,000 of 1,200 quotations are shown. --json lists all of them.\n"
    assert len(json.loads(run("quote", "1", "--detect", "--json").stdout)) == 1_200
    refused = run("quote", "1", "We will stay here,")
    assert "occurs 1,200 times" in refused.stderr
    assert (len(refused.stderr.splitlines()), "and 1,190 more" in refused.stderr) == (13, True)


def test_a_document_without_quotations_says_so(run: Run) -> None:
    run("add", "-", stdin="Nobody said a word.")
    assert run("quote", "1", "--detect").stderr == "No quotation was found.\n"
    assert json.loads(run("quote", "1", "--detect", "--json").stdout) == []
