"""One user's story, through the installed command: the session of the README, word for word."""

import json
import shutil
from pathlib import Path

import pytest

from tests.readme import LETTER, printed, session


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, str, str]]]:
    """Play the session once: each command with what the README says it prints and what it printed."""
    folder = tmp_path_factory.mktemp("journey")
    shutil.copy(LETTER, folder)
    return folder, [(command, said, printed(command, folder)) for command, said in session()]


def test_every_command_prints_what_the_readme_says(story: tuple[Path, list[tuple[str, str, str]]]) -> None:
    for command, said, did in story[1]:
        assert did == said, command


def test_the_archive_holds_the_documents_own_words(story: tuple[Path, list[tuple[str, str, str]]]) -> None:
    archive = json.loads((story[0] / "archive.json").read_text(encoding="utf-8"))
    text = LETTER.read_text(encoding="utf-8")
    passages = [passage for quote in archive["quotes"].values() for passage in quote["passages"]]
    assert len(passages) == 1
    assert all(text[passage["start"] : passage["end"]] == passage["exact"] for passage in passages)


def test_the_letter_itself_is_untouched(story: tuple[Path, list[tuple[str, str, str]]]) -> None:
    assert (story[0] / LETTER.name).read_bytes() == LETTER.read_bytes()
