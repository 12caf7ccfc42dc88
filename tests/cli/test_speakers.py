"""What `speakers` does."""

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run


@pytest.fixture
def with_spellings(with_letter: Run) -> Run:
    """Run commands on an archive where one man stands under three names."""
    with_letter("quote", "khaster", "Comparing the mullahs’ regime", "--speaker", "Hashem Khaster")
    with_letter("quote", "khaster", "resign immediately", "--speaker", "هاشم خواستار", "--to", "Ali Khamenei")
    return with_letter


def said_by(run: Run, name: str) -> list[int]:
    return [quote["id"] for quote in json.loads(run("search", "--speaker", name, "--json").stdout)]


def listed(run: Run, *words: str) -> dict[str, Any]:
    return {each["name"]: each for each in json.loads(run("speakers", *words, "--json").stdout)}


def test_speakers_are_listed_with_what_is_counted(with_letter: Run) -> None:
    speakers = listed(with_letter)
    assert list(speakers) == ["Hashem Khastar", "Ruhollah Khomeini"]
    khastar = speakers["Hashem Khastar"]
    assert (khastar["quotes"], khastar["first"], khastar["last"]) == (1, "2021-02-12", "2021-02-12")
    assert "Khomeini" in with_letter("speakers", "khom").stdout
    assert "Khastar" not in with_letter("speakers", "khom").stdout


def test_a_new_name_that_is_like_a_known_one_is_remarked_on(with_letter: Run) -> None:
    result = with_letter("quote", "khaster", "Comparing the mullahs", "--speaker", "Hashem Khaster")
    assert result.exit_code == 0
    assert "speakers merge 'Hashem Khaster' --into 'Hashem Khastar'" in result.stderr
    again = with_letter("quote", "khaster", "resign immediately", "--speaker", "Hashem Khaster")
    assert not again.stderr


def test_any_spelling_finds_the_speaker(with_letter: Run) -> None:
    with_letter("speakers", "alias", "Hashem Khastar", "هاشم خواستار", "K. Hashem")
    for spelling in ("هاشم خواستار", "k hashem", "HASHEM KHĀSTAR"):
        quote = with_letter("quote", "khaster", "resign immediately", "--speaker", spelling, "--json")
        assert json.loads(quote.stdout)["speaker"] == "Hashem Khastar"
    assert said_by(with_letter, "خواستار") == said_by(with_letter, "khastar")


def test_merged_speakers_keep_all_their_quotes_and_names(with_spellings: Run) -> None:
    merged = with_spellings("speakers", "merge", "Hashem Khaster", "هاشم خواستار", "--into", "Hashem Khastar", "--json")
    assert sorted(json.loads(merged.stdout)["quotes"]) == [3, 4]
    assert said_by(with_spellings, "Hashem Khastar") == [1, 3, 4]
    assert listed(with_spellings)["Hashem Khastar"]["aliases"] == ["Hashem Khaster", "هاشم خواستار"]


def test_a_renamed_speaker_is_still_found_by_the_old_name(with_letter: Run) -> None:
    assert with_letter("speakers", "rename", "khomeini", "Sayyid Ruhollah Khomeini").exit_code == 0
    assert json.loads(with_letter("show", "2", "--json").stdout)["speaker"] == "Sayyid Ruhollah Khomeini"
    assert said_by(with_letter, "Ruhollah Khomeini") == [2]
    assert listed(with_letter)["Sayyid Ruhollah Khomeini"]["aliases"] == ["Ruhollah Khomeini"]


def test_a_record_is_made_edited_and_removed(with_letter: Run) -> None:
    with_letter("speakers", "add", "Ali Khamenei", "علی خامنه‌ای", "--role", "supreme leader")
    with_letter("speakers", "edit", "khamenei", "--wikidata", "Q57335", "--role", "")
    shown = json.loads(with_letter("speakers", "show", "علی خامنه‌ای", "--json").stdout)
    assert (shown["wikidata"], shown["role"], shown["quotes"]) == ("Q57335", None, 0)
    with_letter("speakers", "alias", "khamenei", "علی خامنه‌ای", "--drop")
    assert listed(with_letter)["Ali Khamenei"]["aliases"] == []
    assert with_letter("speakers", "remove", "khamenei", "--yes").exit_code == 0
    assert "Ali Khamenei" not in listed(with_letter)


def test_a_name_that_only_a_document_has_can_be_merged(with_letter: Run, tmp_path: Path) -> None:
    (tmp_path / "answer.txt").write_text("We answer.", encoding="utf-8")
    added = with_letter("add", "answer.txt", "--author", "Hashem Khaster")
    assert "speakers merge 'Hashem Khaster' --into 'Hashem Khastar'" in added.stderr
    with_letter("speakers", "merge", "Hashem Khaster", "--into", "Hashem Khastar")
    assert json.loads(with_letter("show", "last", "--document", "--json").stdout)[0]["authors"] == ["Hashem Khastar"]


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (("speakers", "show", "Khomaini"), 1, "Ruhollah Khomeini"),
        (("speakers", "show", "h"), 1, "could be any of 2"),
        (("speakers", "rename", "khomeini", "Hashem Khastar"), 1, "merge"),
        (("speakers", "alias", "khomeini", " . "), 2, "letters"),
        (("speakers", "edit", "khomeini"), 2, "--role"),
        (("speakers", "remove", "khomeini", "--yes"), 1, "no record"),
        (("speakers", "merge", "nobody", "--into", "khomeini"), 1, "no speaker"),
    ],
)
def test_a_mistake_changes_nothing(with_letter: Run, arguments: tuple[str, ...], exit_code: int, said: str) -> None:
    result = with_letter(*arguments)
    assert result.exit_code == exit_code
    assert said in result.stderr
    assert list(listed(with_letter)) == ["Hashem Khastar", "Ruhollah Khomeini"]


@pytest.mark.parametrize(
    ("words", "meant"), [("speakers shwo Ann", "speakers show"), ("topics renam a b", "topics rename")]
)
def test_a_command_with_a_mistake_in_it_is_proposed(with_letter: Run, words: str, meant: str) -> None:
    result = with_letter(*words.split())
    assert (result.exit_code, f"Did you mean quotearchive {meant}?" in result.stderr) == (0, True)
