"""Another archive that is merged into this one."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def other(with_letter: Run, tmp_path: Path) -> Run:
    """Run commands on another archive, of a letter of its own."""
    (tmp_path / "other.txt").write_text("Another letter\n\nWe will not be silent.\n", encoding="utf-8")

    def run_there(*words: str) -> Any:  # noqa: ANN401 - Click's result
        return with_letter("-a", "other.json", *words)

    assert run_there("add", "other.txt").exit_code == 0
    return run_there


def speakers(run: Run) -> dict[str, list[str]]:
    listed = json.loads(run("speakers", "--json").stdout)
    return {each["name"]: each["aliases"] for each in listed}


def test_a_speaker_gets_the_names_that_either_archive_knows(with_letter: Run, other: Run) -> None:
    assert with_letter("speakers", "alias", "Hashem Khastar", "Hashem Khaster").exit_code == 0
    assert other("speakers", "add", "Hashem Khaster").exit_code == 0
    assert other("speakers", "alias", "Hashem Khaster", "هاشم خواستار").exit_code == 0
    assert with_letter("merge", "other.json", "--ours").exit_code == 0
    assert set(speakers(with_letter)["Hashem Khastar"]) == {"Hashem Khaster", "هاشم خواستار"}


def test_speakers_of_whom_the_other_archive_knows_that_they_are_one_become_one(with_letter: Run, other: Run) -> None:
    for name in ("Ann Lee", "A. Lee"):
        assert with_letter("speakers", "add", name).exit_code == 0
        assert with_letter("quote", "khaster", "resign immediately", "--speaker", name).exit_code == 0
    assert other("speakers", "add", "Ann Lee").exit_code == 0
    assert other("speakers", "alias", "Ann Lee", "A. Lee").exit_code == 0
    merged = with_letter("merge", "other.json", "--ours")
    assert "A. Lee and Ann Lee are one speaker now, as in the other archive." in merged.stderr + merged.stdout
    assert speakers(with_letter)["Ann Lee"] == ["A. Lee"]
    assert [each["speaker"] for each in json.loads(with_letter("search", "resign", "--json").stdout)] == ["Ann Lee"] * 2


def test_a_description_of_a_topic_is_taken_over(with_letter: Run, other: Run) -> None:
    assert other("quote", "another", "We will not be silent", "--topic", "silence").exit_code == 0
    assert other("topics", "describe", "silence", "What nobody says").exit_code == 0
    assert with_letter("merge", "other.json").exit_code == 0
    assert "What nobody says" in with_letter("topics", "--json").stdout
    assert "Nothing" in with_letter("merge", "other.json").stdout


def test_words_that_are_not_in_the_other_archives_document_stay_out(
    with_letter: Run, other: Run, tmp_path: Path
) -> None:
    assert other("quote", "another", "We will not be silent").exit_code == 0
    path = tmp_path / "other.json"
    content = path.read_text(encoding="utf-8").replace('"exact":"We will not be silent"', '"exact":"We will be silent"')
    path.write_text(content, encoding="utf-8")
    merged = with_letter("merge", "other.json")
    assert (
        "Quote 1 of the other archive is not its document's own words; it was left out."
        in merged.stderr + merged.stdout
    )
    assert "silent" not in with_letter("search", "--json").stdout
