"""What `merge` does: one archive of two, in whichever order."""

import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

WORDS = "Freedom is never given. It is taken, said the teacher, and kept by those who speak."


def fill(run: Run, path: Path, seed: int) -> None:
    """Make an archive of documents, quotes, speakers and topics that is like others and unlike them."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    archive = ("-a", str(path))
    for number in chance.sample(range(4), 3):
        source = path.parent / f"{number}.txt"
        source.write_text(f"Letter {number}. {WORDS}", encoding="utf-8")
        date = ("--date", chance.choice(["1942", "1943"]))
        run(
            *archive,
            "add",
            str(source),
            "--title",
            f"Letter {number}",
            *(date if chance.random() < 0.5 else ()),
        )
        for words in chance.sample(["Freedom is never given", "It is taken", "kept by those", "who speak"], 3):
            speaker = chance.choice(["Hashem Khastar", "hashem khastar", "هاشم خواستار", "Sophie Scholl"])
            topic = chance.choice(["freedom", "Freedom", "speech/free"])
            run(*archive, "quote", f"letter-{number}", words, "--speaker", speaker, "--topic", topic)
        outer, inner = f"Letter {number}", "Letter"
        run(*archive, "quote", f"letter-{number}", outer, "--speaker", "A")
        run(*archive, "quote", f"letter-{number}", inner, "--speaker", "B", "--within", "last")
    if chance.random() < 0.7:
        run(*archive, "speakers", "add", "Hashem Khastar", "هاشم خواستار")
    run(*archive, "topics", "describe", "freedom", chance.choice(["all of it", "some of it"]))


def content(run: Run, path: Path) -> dict[str, Any]:
    """Give what an archive holds, without numbers, times and slugs."""
    archive = ("-a", str(path))
    quotes = json.loads(run(*archive, "search", "--json").stdout)
    documents = json.loads(run(*archive, "list", "--json").stdout)
    speakers = json.loads(run(*archive, "speakers", "--json").stdout)
    told = sorted(
        (
            quote["title"],
            quote["text"],
            quote["speaker"],
            [topic.casefold() for topic in quote["topics"]],
            quote["relay"],
        )
        for quote in quotes
    )
    return {
        "quotes": told,
        "documents": sorted((each["sha256"], each["date"], each["title"]) for each in documents),
        "speakers": sorted((each["name"], sorted(each["aliases"]), each["quotes"]) for each in speakers),
    }


@pytest.fixture
def two(run: Run, tmp_path: Path) -> tuple[Path, Path]:
    """Two archives."""
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    fill(run, one, 1)
    fill(run, other, 2)
    return one, other


def merge(run: Run, into: Path, other: Path, side: str) -> dict[str, Any]:
    result = run("-a", str(into), "merge", str(other), side, "--json")
    assert result.exit_code == 0, result.stderr
    values: dict[str, Any] = json.loads(result.stdout)
    return values


def test_merging_twice_changes_nothing(run: Run, two: tuple[Path, Path]) -> None:
    one, other = two
    assert merge(run, one, other, "--theirs")["quotes"] > 0
    before = one.read_bytes()
    again = merge(run, one, other, "--theirs")
    assert (again["documents"], again["quotes"], again["changed"]) == (0, 0, 0)
    assert one.read_bytes() == before


@pytest.mark.parametrize("seeds", [(1, 2), (3, 4), (5, 6)])
def test_the_order_does_not_matter(run: Run, tmp_path: Path, seeds: tuple[int, int]) -> None:
    paths = [tmp_path / f"{seed}.json" for seed in seeds]
    copies = [tmp_path / f"copy-{seed}.json" for seed in seeds]
    for path, copy, seed in zip(paths, copies, seeds, strict=True):
        fill(run, path, seed)
        shutil.copy(path, copy)
    merge(run, paths[0], copies[1], "--ours")
    merge(run, paths[1], copies[0], "--theirs")
    assert content(run, paths[0]) == content(run, paths[1])


def test_a_merge_is_one_change_that_can_be_undone(run: Run, two: tuple[Path, Path]) -> None:
    one, other = two
    before = content(run, one)
    merge(run, one, other, "--ours")
    assert content(run, one) != before
    assert run("-a", str(one), "undo").exit_code == 0
    assert content(run, one) == before


def test_an_archive_merged_with_its_copy_stays_as_it_is(run: Run, two: tuple[Path, Path]) -> None:
    one, other = two
    shutil.copy(one, other)
    before = one.read_bytes()
    assert "Nothing had to be changed" in run("-a", str(one), "merge", str(other)).stdout
    assert one.read_bytes() == before


def test_conflicts_that_nobody_decides_are_listed_and_nothing_is_changed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS, encoding="utf-8")
    run("add", "a.txt", "--place", "Ulm")
    run("-a", "other.json", "add", "a.txt", "--place", "Munich", "--date", "1943")
    refused = run("merge", "other.json")
    assert refused.exit_code == 1
    assert 'ours "Ulm", theirs "Munich"' in refused.stderr
    assert json.loads(run("list", "--json").stdout)[0]["date"] is None
    assert "place" in run("merge", "other.json", "--dry-run").stdout
    assert run("merge", "other.json", "--theirs").exit_code == 0
    document = json.loads(run("list", "--json").stdout)[0]
    assert (document["place"], document["date"]) == ("Munich", "1943")


def test_an_archive_is_not_merged_with_itself(run: Run, two: tuple[Path, Path]) -> None:
    assert run("-a", str(two[0]), "merge", str(two[0])).exit_code == 2
