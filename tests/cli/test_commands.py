"""What every command does with good and bad input."""

import json
from pathlib import Path

import pytest

from .conftest import DATA, Run

SLUG = "iran-political-prisoner-hashem-khaster-pens-open-letter"


def test_add_tells_what_the_letter_says_of_itself(run: Run) -> None:
    added = json.loads(run("add", str(DATA / "khastar-open-letter.txt"), "--json").stdout)["added"][0]
    assert added["title"] == ("Iran: Political prisoner Hashem Khaster pens open letter, calls for Khamenei to resign")
    assert (added["slug"], added["date"], added["place"], added["publisher"]) == (
        SLUG,
        "2021-02-12",
        "Iran",
        "PMOI/MEK",
    )


def test_options_say_it_instead(run: Run) -> None:
    told = (
        "--title",
        "Open letter",
        "--date",
        "13 February 2021",
        "--kind",
        "letter",
        "--author",
        "H. Khastar",
    )
    added = json.loads(run("add", str(DATA / "khastar-open-letter.txt"), *told, "--json").stdout)["added"][0]
    assert [added[key] for key in ("slug", "date", "kind", "authors")] == [
        "open-letter",
        "2021-02-13",
        "letter",
        ["H. Khastar"],
    ]


def test_the_same_text_again_is_skipped(with_letter: Run) -> None:
    result = with_letter("add", str(DATA / "khastar-open-letter.txt"))
    assert result.exit_code == 0
    assert f"is already in the archive, as {SLUG}" in result.stderr


def test_what_cannot_be_read_keeps_nothing_else_from_being_added(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "nothing").mkdir()
    (tmp_path / "good.txt").write_text("Freedom is never given.", encoding="utf-8")
    result = run("add", "empty.txt", "picture.png", "nothing", "missing.txt", "good.txt")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 4
    assert "Added freedom-is-never-given" in result.stdout


def test_nothing_is_made_where_nothing_was_added(run: Run, tmp_path: Path) -> None:
    assert run("add", "missing.txt").exit_code == 1
    assert run("search", "x").exit_code == 3
    assert run("--help").exit_code == 0
    assert list(tmp_path.iterdir()) == []


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


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (("quote", "khaser", "x"), 1, SLUG),
        (("quote", "khaster"), 2, "No passage was given"),
        (("quote", "khaster", "Iran", "Khastar", "--occurrence", "1"), 2, "--span"),
        (("quote", "khaster", "Comparing", "--occurrence", "2"), 2, "Use --occurrence 1 at most, or leave it out."),
        (("quote", "khaster", "--span", "9:5"), 2, "9:5"),
        (("quote", "khaster", "--span", "0:99999"), 2, "3150"),
        (("quote", "khaster", "--span", "a:b"), 2, "START:END"),
        (("quote", "khaster", "Comparing", "--within", "1"), 1, "does not contain"),
        (("quote", "khaster", "Comparing", "--within", "77"), 1, "no quote 77"),
        (("quote", "khaster", "Comparing", "--topic", " / "), 2, "not a topic"),
        (("quote", "khaster", "Comparing", "--said", "smetime"), 2, "1943~"),
        (("quote", "khaster", "Comparing the mullahs", "mullahs’ regime with"), 2, "share the words"),
        (("show", "77"), 1, "no quote 77"),
        (("show", "nobody"), 1, "no document nobody"),
        (("remove", "1"), 2, "--yes"),
        (("serch", "x"), 2, "search"),
        (("search", "--speaker", " "), 2, "no word"),
        (("export", "--format", "doc"), 2, "markdown"),
        (("-a", ".", "list"), 3, "directory"),
    ],
)
def test_a_mistake_is_explained(with_letter: Run, arguments: tuple[str, ...], exit_code: int, said: str) -> None:
    result = with_letter(*arguments)
    assert result.exit_code == exit_code
    assert said in result.stderr
    assert not result.stdout


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


def test_show_marks_quotes_in_the_text(with_letter: Run) -> None:
    shown = " ".join(with_letter("show", "khaster").stdout.split())
    assert "⟦1 Under the Shah regime" in shown
    assert "‘⟦2 Take your knife off the people’s throat to see who they stand with⟧,’ you do" in shown


def test_a_removed_document_takes_its_quotes_with_it(with_letter: Run) -> None:
    result = with_letter("remove", "khaster", "--yes")
    assert "quotes 1, 2" in result.stdout
    assert json.loads(with_letter("search", "--json").stdout) == []


def test_a_quote_said_in_a_removed_one_stays(with_letter: Run) -> None:
    assert with_letter("remove", "1", "--yes").exit_code == 0
    quotes = json.loads(with_letter("search", "--json").stdout)
    assert [(quote["id"], quote["within"]) for quote in quotes] == [(2, None)]


def test_an_export_cites_in_the_style_that_is_asked_for(with_letter: Run) -> None:
    assert "(2021, February 12)" in with_letter("export", "--style", "apa").stdout
    assert with_letter("export", "--style", "klingon").exit_code == 2


def test_an_export_is_written_once(with_letter: Run, tmp_path: Path) -> None:
    assert with_letter("export", "--output", "quotes.md").exit_code == 0
    written = (tmp_path / "quotes.md").read_text(encoding="utf-8")
    assert "Take your knife off the people’s throat" in written
    (tmp_path / "mine.md").write_text("mine", encoding="utf-8")
    refused = with_letter("export", "--output", "mine.md")
    assert (refused.exit_code, (tmp_path / "mine.md").read_text(encoding="utf-8")) == (2, "mine")
    assert with_letter("export", "--output", "mine.md", "--force").exit_code == 0


def test_hostile_words_never_reach_the_terminal_raw(run: Run, tmp_path: Path) -> None:
    evil = "\x1b[31mred\x1b]0;title\x07 [/bold] [sic] \u202eabc"
    (tmp_path / "evil.txt").write_text(
        f"{evil}\n\nThe [minister] said “go \x1b[2J away”. " + "It was a day in May. " * 20, encoding="utf-8"
    )
    run("add", "evil.txt", "--title", evil)
    run("quote", "1", "go \x1b[2J away", "--speaker", evil, "--topic", evil, "--note", evil)
    for command in (("search",), ("show", "1"), ("show", "1", "--document"), ("list",)):
        shown = run(*command).stdout
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)
        assert "[/bold]" in " ".join(shown.split())
    assert json.loads(run("search", "--json").stdout)[0]["speaker"] == evil


def test_many_files_are_told_in_one_line_with_what_was_passed_over(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(30):
        text = f"Letter {number}\n\n“We will stay here for ever,” said Ann Lee.\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "again.txt").write_bytes((folder / "7.txt").read_bytes())
    (folder / "empty.txt").write_bytes(b"")
    for name in ("a.pdf", "b.PDF", "c.html", "README"):
        (folder / name).write_bytes(b"%PDF")
    result = run("add", "letters")
    assert result.exit_code == 1
    assert result.stdout == (
        "Added 30 documents, 1 already in the archive, 1 could not be read. Found 30 likely quotations."
        " Skipped 4 files: 2 .pdf, 1 without a suffix, 1 .html.\n"
    )
    assert [line for line in result.stderr.splitlines() if "letters" in line] == result.stderr.splitlines()[:1]
    again = run("add", "letters", "--json")
    assert json.loads(again.stdout)["passed_over"] == {".pdf": 2, "": 1, ".html": 1}


def test_of_a_few_files_in_a_folder_those_passed_over_are_remarked_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("Freedom is never given.", encoding="utf-8")
    (tmp_path / "letters" / "b.docx").write_bytes(b"PK")
    result = run("add", "letters")
    assert (result.exit_code, result.stderr) == (0, "Skipped 1 file: 1 .docx.\n")
    assert "Added freedom-is-never-given" in result.stdout


def test_a_file_with_a_broken_encoded_word_keeps_none_of_its_folder_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("From: =?utf-8ö?b?w6k=?=\nTo: Jane\n\nDear Jane,\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Freedom is never given.", encoding="utf-8")
    assert run("add", ".").stdout.count("Added ") == 2


def test_a_text_that_is_piped_keeps_its_own_lines(run: Run, tmp_path: Path) -> None:
    line = "Freedom is never given, " * 20 + "[sic] it is taken"
    (tmp_path / "a.txt").write_text(f"Speech\n\n{line}\n\nEnd.\n", encoding="utf-8")
    run("add", "a.txt")
    run("quote", "1", "[sic] it is taken")
    assert (
        line.replace("[sic] it is taken", "⟦1 [sic] it is taken⟧") in run("show", "1", "--document").stdout.splitlines()
    )


def test_of_thousands_of_proposals_the_first_are_listed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We will stay here,” said Ann Lee. " * 1_200, encoding="utf-8")
    assert "Found 1,200 likely quotations. Review them with: quotearchive quote a" in run("add", "a.txt").stdout
    listed = run("quote", "1", "--detect")
    assert listed.stderr == "1,000 of 1,200 quotations are shown. --json lists all of them.\n"
    assert len(json.loads(run("quote", "1", "--detect", "--json").stdout)) == 1_200
    refused = run("quote", "1", "We will stay here,")
    assert "occurs 1,200 times" in refused.stderr
    assert (len(refused.stderr.splitlines()), "and 1,190 more" in refused.stderr) == (13, True)
