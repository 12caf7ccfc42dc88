"""A researcher's story, through the installed command: from files to footnotes with page, minute and message."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.readme import printed, session, sessions

for _library in ("pypdfium2", "trafilatura", "lxml"):
    pytest.importorskip(_library, reason=f"{_library} comes with the extra [files], which reads the samples")

FILES: Final = Path(__file__).parent / "data" / "files"

#: The program as it was installed beside this Python.
COMMAND: Final = shutil.which("quotearchive", path=str(Path(sys.executable).parent)) or "quotearchive"

#: What the researcher types, in order.
STORY: Final = (
    ("add", "detention-report.pdf", "statement.html", "letters.mbox"),
    ("add", "interview.vtt", "--title", "Interview with Behrouz Amini", "--date", "2021-05-20"),
    ("quote", "held", "kept in a single room that had been built for eight"),
    ("quote", "statement", "--accept", "1"),
    ("quote", "the-list", "from that day we were kept in one room", "--speaker", "Omid Rahimi"),
    ("quote", "re-the-list", "Nobody told the families.", "--speaker", "Omid Rahimi"),
    ("quote", "interview", "--accept", "2"),
)

#: How each quote is cited in a footnote, without the document's number.
FOOTNOTES: Final = (
    "“Held Without a List”, 2021-06-09, p. 119, paragraph 2",
    (
        "Hamid Moradi, “After the search: a statement”, article, The Teachers’ Union, 2021-03-12,"
        " https://teachers.example.org/statements/the-search, retrieved 2021-03-15"
    ),
    (
        "Omid Rahimi, “The list”, letter to Leyla Azadi, 2021-03-01, message of 23:40 +03:30, paragraph 3,"
        " Message-ID <m1@example.org>"
    ),
    (
        "Leyla Azadi, “Re: The list”, letter to Omid Rahimi, 2021-03-01, message of 21:05 +01:00,"
        " quoted from Omid Rahimi, 2021-03-01, Message-ID <m2@example.org>"
    ),
    "“Interview with Behrouz Amini”, interview, 2021-05-20, 00:14:05",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Play the story once, and return the folder."""
    folder = tmp_path_factory.mktemp("desk")
    for name in ("detention-report.pdf", "statement.html", "letters.mbox", "interview.vtt"):
        shutil.copy(FILES / name, folder)
    for words in STORY:
        run(folder, *words)
    return folder


def run(folder: Path, *words: str) -> str:
    """Run a command as a user does, and return what it prints; it must succeed."""
    surroundings = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1"}
    surroundings.pop("QUOTEARCHIVE_FILE", None)
    done = subprocess.run(
        (COMMAND, *words), cwd=folder, env=surroundings, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_footnote_has_the_page_the_minute_and_the_message(desk: Path) -> None:
    text = run(desk, "export").replace("\\", "")
    notes = [line.partition("Quoted from ")[2].rpartition(" (document")[0] for line in text.splitlines()]
    assert [each for each in notes if each] == list(FOOTNOTES)


@pytest.mark.parametrize(
    ("query", "found"),
    [("page:119", [1]), ("page:117-118", []), ("time:14:00..14:10", [5]), ("message:m1@example.org", [3])],
)
def test_a_quote_is_found_by_its_place(desk: Path, query: str, found: list[int]) -> None:
    assert [each["id"] for each in json.loads(run(desk, "search", query, "--json"))] == found


def test_a_table_says_the_day_of_a_message_once(desk: Path) -> None:
    found = " ".join(run(desk, "search", "message:m1@example.org").split())
    assert found.count("2021-03-01") == 1
    assert "message of 23:40" in found


def test_a_page_is_shown_alone_with_its_quotes(desk: Path) -> None:
    shown = run(desk, "show", "held", "--page", "119")
    assert "⟦1 kept in a single room that had been built for eight⟧" in shown
    assert "What we looked into" not in shown


def test_a_document_tells_what_it_was_read_from(desk: Path) -> None:
    shown = run(desk, "show", "the-list")
    assert "<m1@example.org>" in shown
    assert "letters.mbox; message 1; kept beside the archive" in shown
    assert "2021-03-15T08:12:44Z" in run(desk, "show", "statement")


def test_the_speakers_of_accepted_turns_and_quotations_are_theirs(desk: Path) -> None:
    quotes = [json.loads(run(desk, "show", number, "--json")) for number in ("2", "5")]
    assert [each["speaker"] for each in quotes] == ["Farideh Karimi", "Behrouz Amini"]


def test_everything_is_as_it_was_added(desk: Path) -> None:
    assert "Quotes: 5 exact. Texts: 7 same. Sources: 7 same. Originals: 7 same." in " ".join(
        run(desk, "verify").split()
    )


@pytest.mark.parametrize("number", range(1, sessions()))
def test_every_further_session_of_the_readme_prints_what_it_says(number: int, tmp_path: Path) -> None:
    """They are played where the sample files are."""
    shutil.copytree(FILES, tmp_path, dirs_exist_ok=True)
    for command, said in session(number):
        assert printed(command, tmp_path) == said, command


def test_a_copy_has_the_same_places(desk: Path, tmp_path: Path) -> None:
    run(desk, "export", "--format", "jsonl", "--output", str(tmp_path / "quotes.jsonl"))
    run(tmp_path, "-a", "copy.json", "import", "quotes.jsonl")
    places = [
        [each["locator"] for each in json.loads(run(folder, *archive, "search", "", "--json", "--limit", "0"))]
        for folder, archive in ((desk, ()), (tmp_path, ("-a", "copy.json")))
    ]
    assert places[0] == places[1]
