"""How failures are put into words."""

import importlib
import pkgutil
from pathlib import Path

import pytest

import quotearchive
from quotearchive.errors import (
    ArchiveMissingError,
    Backup,
    DamagedArchiveError,
    FileLocation,
    QuoteArchiveError,
    TooLargeError,
    did_you_mean,
    excerpt,
    shorten,
    system_reason,
)


def test_every_failure_has_an_exit_code_that_scripts_know() -> None:
    for module in pkgutil.walk_packages(quotearchive.__path__, "quotearchive."):
        if module.name.endswith(".errors"):
            importlib.import_module(module.name)
    found = [QuoteArchiveError]
    for each in found:
        found += each.__subclasses__()
    assert len(found) > 50
    assert {each.exit_code for each in found} == {1, 2, 3}


@pytest.mark.parametrize(
    ("location", "words"),
    [
        (FileLocation(), ""),
        (FileLocation(byte=0), "byte 0"),
        (FileLocation(line=3, table="quotes"), "line 3, table quotes"),
        (FileLocation(table="quotes", record="2", field="topics"), "record 2 of quotes, field topics"),
        (FileLocation(record="2"), ""),
    ],
)
def test_a_place_in_the_file_is_named_as_far_as_it_is_known(location: FileLocation, words: str) -> None:
    assert str(location) == words


def test_a_missing_archive_is_restored_from_the_backup_that_there_is() -> None:
    path, kept = Path("my archive.json"), Path("my archive.json.bak")
    assert str(ArchiveMissingError(path)).endswith(
        "Make one with: quotearchive add FILE, or name another with -a FILE."
    )
    message = str(ArchiveMissingError(path, Backup(kept, "2026-01-31", 2, 7)))
    assert "holds the archive of 2026-01-31: documents 2, quotes 7. Restore it with: " in message
    assert "cp 'my archive.json.bak' 'my archive.json'" in message


def test_a_damaged_archive_says_where_and_what_stands_beside_it() -> None:
    backup = Backup(Path("a.json.bak"), "2026-01-31")
    message = str(DamagedArchiveError(Path("a.json"), "it has no end", FileLocation(line=7), backup))
    assert message == (
        "a.json is not a readable archive: it has no end (line 7). Nothing was changed."
        " a.json.bak, from 2026-01-31, is damaged too. To see what can be recovered: quotearchive verify --repair"
    )


def test_long_words_are_shortened_around_what_matters() -> None:
    words = " ".join(f"word{number}" for number in range(100))
    assert excerpt("two\n words") == '"two words"'
    assert excerpt(words).startswith('"word0 ')
    assert excerpt(words).endswith('..."')
    around = excerpt(words, words.index("word50"))
    assert around.startswith('"...word')
    assert "word50" in around
    assert not excerpt(words, len(words)).endswith('..."')


def test_lists_are_cut_and_counted() -> None:
    assert shorten([1, 2, 3], 3) == "1, 2, 3"
    assert shorten([1, 2, 3, 4], 2, "; ") == "1; 2 and 2 more"
    assert did_you_mean([]) == ""
    assert did_you_mean(["a", "b"]) == " Did you mean a or b?"


def test_a_reason_is_the_systems_or_our_own() -> None:
    assert system_reason(OSError(2, "No such file")) == "no such file"
    assert system_reason(OSError("Odd")) == "odd"


def test_a_limit_is_told_in_whole_units() -> None:
    assert str(TooLargeError("a.txt", 64 * 2**20)).startswith("'a.txt' is larger than 64 MiB.")
