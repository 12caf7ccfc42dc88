"""What can be read of a damaged archive is taken out of it."""

from pathlib import Path

import pytest

from quotearchive.store.salvage import salvage

PATH = Path("archive.json")
LETTER = '"1":{"slug":"letter","title":"A letter","text":"To be"}'
ANSWER = '"2":{"slug":"answer","title":"An answer","text":"Not to be"}'


def archive(*lines: str) -> bytes:
    return ('{\n"documents":{\n' + ",\n".join(lines) + "\n}\n}\n").encode("utf-8", "surrogateescape")


def test_a_sound_archive_is_whole() -> None:
    found = salvage(archive(LETTER, ANSWER), PATH)
    assert (found.is_whole, set(found.closed), list(found.tables["documents"])) == (True, {"documents"}, ["1", "2"])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (LETTER.replace("A letter", "A \udcff letter"), "it is not UTF-8"),
        (LETTER.replace('"To be"', '"To be'), "unterminated string starting at: line 1 column 44 (char 43)"),
        (LETTER.replace('"text":"To be"', '"text":7'), "Expected `str`, got `int` - at `$.text`"),
    ],
)
def test_a_damaged_record_is_told_apart_from_the_sound_ones(line: str, why: str) -> None:
    found = salvage(archive(line, ANSWER), PATH)
    assert (list(found.tables["documents"]), found.is_whole) == (["2"], False)
    assert [(loss.place, loss.why) for loss in found.losses] == [(("documents", "1"), why)]


def test_as_much_of_a_record_as_there_is_comes_with_a_mark_for_each_lost_byte() -> None:
    found = salvage(archive(LETTER.replace("A letter", "A \udcff letter"), ANSWER), PATH)
    assert found.mended["documents"]["1"]["title"] == "A \ufffd letter"


def test_a_number_that_occurs_twice_is_given_to_one_of_the_two() -> None:
    found = salvage(archive(LETTER, ANSWER.replace('"2"', '"1"')), PATH)
    assert found.renumbered == (("documents", "1", "2"),)
    assert {number: each["slug"] for number, each in found.tables["documents"].items()} == {
        "1": "letter",
        "2": "answer",
    }


def test_a_conflict_of_versions_gives_the_records_of_both() -> None:
    content = archive(LETTER, f"<<<<<<< ours\n{ANSWER},\n=======").replace(b"=======", b"=======\n>>>>>>> theirs")
    found = salvage(content, PATH)
    assert (list(found.tables["documents"]), found.is_laid_out) == (["1", "2"], False)


def test_what_is_no_archive_holds_nothing() -> None:
    assert not any(salvage(b"no JSON at all", PATH).tables.values())
