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
    """Return what an archive holds, without numbers, times and slugs."""
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
    assert "Nothing was added or changed." in run("-a", str(one), "merge", str(other)).stdout
    assert one.read_bytes() == before


def test_conflicts_that_nobody_decides_are_listed_and_nothing_is_changed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS, encoding="utf-8")
    run("add", "a.txt", "--place", "Ulm")
    run("-a", "other.json", "add", "a.txt", "--place", "Munich", "--date", "1943")
    refused = run("merge", "other.json")
    assert refused.exit_code == 1
    assert "conflict in 1 field. Nothing was changed:" in refused.stderr
    assert 'ours "Ulm", theirs "Munich"' in refused.stderr
    assert json.loads(run("list", "--json").stdout)[0]["date"] is None
    assert "Place" in run("merge", "other.json", "--dry-run").stdout
    assert run("merge", "other.json", "--theirs").exit_code == 0
    document = json.loads(run("list", "--json").stdout)[0]
    assert (document["place"], document["date"]) == ("Munich", "1943")


def test_an_archive_is_not_merged_with_itself(run: Run, two: tuple[Path, Path]) -> None:
    assert run("-a", str(two[0]), "merge", str(two[0])).exit_code == 2


def spoiled(run: Run, tmp_path: Path, spoil: Any) -> Path:  # noqa: ANN401 - any change of tables
    """Make another archive of a letter with a quote within a quote, and change it by hand."""
    (tmp_path / "letter.txt").write_text(WORDS, encoding="utf-8")
    other = tmp_path / "other.json"
    run("-a", str(other), "add", "letter.txt")
    run("-a", str(other), "quote", "1", "Freedom is never given")
    run("-a", str(other), "quote", "1", "never given", "--within", "1")
    tables = json.loads(other.read_bytes())
    spoil(tables)
    other.write_text(json.dumps(tables), encoding="utf-8")
    return other


def test_a_text_that_does_not_match_its_hash_stays_out_with_its_quotes(run: Run, tmp_path: Path) -> None:
    def alter(tables: Any) -> None:  # noqa: ANN401 - tables
        tables["documents"]["1"]["text"] = WORDS.replace("never", "always")

    result = run("merge", str(spoiled(run, tmp_path, alter)), "--theirs")
    assert (result.exit_code, "does not match its SHA-256" in result.stderr) == (0, True)
    assert "list" not in result.stderr
    assert json.loads(run("list", "--json").stdout or "[]") == []


@pytest.mark.parametrize("slug", ["../../etc/passwd", "*", "a\nb", "\x1b]0;x\x07", "12-19", ""])
def test_a_name_that_cannot_be_typed_is_made_anew(run: Run, tmp_path: Path, slug: str) -> None:
    other = spoiled(run, tmp_path, lambda tables: tables["documents"]["1"].update(slug=slug, title="A letter"))
    assert run("merge", str(other)).exit_code == 0
    assert [each["slug"] for each in json.loads(run("list", "--json").stdout)] == ["a-letter"]


def test_quotes_within_each_other_or_within_what_does_not_hold_them_stand_by_themselves(
    run: Run, tmp_path: Path
) -> None:
    other = spoiled(run, tmp_path, lambda tables: tables["quotes"]["1"].update(within=2))
    result = run("merge", str(other))
    assert (result.exit_code, "is a quote of its own" in result.stderr) == (0, True)
    assert json.loads(run("verify", "--json").stdout)["failed"] is False


def test_a_quote_whose_words_are_missing_comes_over_as_such(run: Run, tmp_path: Path) -> None:
    def miss(tables: Any) -> None:  # noqa: ANN401 - tables
        tables["quotes"]["2"]["passages"][0]["exact"] = "ever given"
        tables["quotes"]["2"]["missing"] = True

    assert run("merge", str(spoiled(run, tmp_path, miss))).exit_code == 0
    assert [each.get("missing") for each in json.loads(run("search", "--json").stdout)][-1] in (True, None)
    assert json.loads(run("verify", "--json").stdout)["outcomes"] == {"exact": 1, "missing": 1}


def test_merging_does_not_put_quotes_within_each_other(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(WORDS, encoding="utf-8")
    for path, outer in (("archive.json", "1"), ("other.json", "2")):
        run("-a", path, "add", "letter.txt")
        for speaker in ("Ann", "Bob"):
            run("-a", path, "quote", "1", "never given", "--speaker", speaker)
        run("-a", path, "edit", str(3 - int(outer)), "--within", outer)
    assert run("-a", "archive.json", "merge", "other.json", "--theirs").exit_code == 0
    assert json.loads(run("verify", "--json").stdout)["failed"] is False
