"""`verify` finds what is not as it was, and `--repair` saves what can be saved."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

Tables = dict[str, dict[str, dict[str, Any]]]


def tables(folder: Path) -> Tables:
    content: Tables = json.loads((folder / "archive.json").read_bytes())
    return content


def spoil(folder: Path, change: Callable[[Tables], object]) -> None:
    content = tables(folder)
    change(content)
    (folder / "archive.json").write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def forged(content: Tables) -> dict[str, Any]:
    """Change a text and its SHA-256 together."""
    text = content["documents"]["1"]["text"].replace("resign", "remain")
    return {"text": text, "sha256": hashlib.sha256(text.encode()).hexdigest(), "characters": len(text)}


def verified(run: Run, *options: str) -> tuple[int, dict[str, Any]]:
    result = run("verify", "--json", *options)
    return result.exit_code, json.loads(result.stdout)


def test_what_nobody_touched_is_exact(with_letter: Run) -> None:
    code, found = verified(with_letter, "--strict")
    assert (code, found["outcomes"], found["problems"]) == (0, {"exact": 2}, [])
    assert [found["documents"][0][key] for key in ("text", "source")] == ["same", "same"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t["quotes"]["2"]["passages"][0].update(exact="Take the knife off"), "changed"),
        (lambda t: t["quotes"].pop("2"), "Quote 2 was taken out by hand"),
        (lambda t: t["quotes"].update({"9": t["quotes"]["2"]}), "Quote 9 was put in by hand"),
        (lambda t: t["documents"]["1"].update(text=t["documents"]["1"]["text"] + "x"), "changed"),
        (lambda t: t["documents"].pop("1"), "Quote 1 is of document 1, which is not in the archive"),
        (lambda t: t["quotes"]["2"].update(topics="prison"), "Record 2 of quotes, field topics"),
        (lambda t: t["quotes"]["2"].update(speaker="Somebody"), "Quote 2 was changed by hand"),
        (lambda t: t["quotes"]["2"].pop("speaker"), "Quote 2 was changed by hand"),
        (lambda t: t["documents"]["1"].update(authors=["Somebody"]), "Document 1 was changed by hand"),
        (lambda t: t["documents"]["1"].update(forged(t)), "Document 1 was changed by hand"),
        (lambda t: t["archive"]["1"]["last"].update(quotes=9), "What the archive notes of itself was changed by hand"),
        (lambda t: t["history"]["2"].update(by="Somebody"), "Change 2 of the history was changed by hand"),
        (lambda t: t["history"]["2"]["digests"]["quotes"].update({"1": "0"}), "Change 2 of the history was changed"),
        (lambda t: t["history"]["3"].pop("seal"), "Change 3 of the history was changed by hand"),
        (lambda t: t["history"].pop("2"), "Change 2 was taken out of the history by hand"),
        (lambda t: t["history"].pop("3"), "Change 3 was taken out of the history by hand"),
        (lambda t: t["history"].clear(), "Change 1 was taken out of the history by hand"),
        (lambda t: t["quotes"]["2"].update(within=7), "within quote 7, which is not in the archive"),
    ],
)  # fmt: skip
def test_what_somebody_did_by_hand_is_said(
    with_letter: Run, tmp_path: Path, change: Callable[[Tables], object], said: str
) -> None:
    spoil(tmp_path, change)
    result = with_letter("verify")
    assert result.exit_code == 1
    assert said in " ".join(result.stdout.split())


def test_what_was_changed_by_hand_stays_in_the_history_when_it_is_changed_again(
    with_letter: Run, tmp_path: Path
) -> None:
    spoil(tmp_path, lambda t: t["quotes"]["2"].update(speaker="Somebody"))
    with_letter("edit", "2", "--note", "to be checked")
    assert verified(with_letter)[0] == 0
    (last,) = json.loads(with_letter("history", "--limit", "1", "--json").stdout)
    assert last["by_hand"] == {"quotes": [2]}
    assert "found quote 2 changed by hand" in " ".join(with_letter("history").stdout.split())


def test_an_archive_of_an_earlier_version_is_sealed_by_the_next_change(with_letter: Run, tmp_path: Path) -> None:
    def unseal(content: Tables) -> None:
        for change in content["history"].values():
            del change["seal"], change["digests"]

    spoil(tmp_path, unseal)
    assert "not known" in with_letter("verify").stdout
    assert with_letter("edit", "1", "--note", "x").exit_code == 0
    assert verified(with_letter) == (0, verified(with_letter)[1] | {"sealed": True, "problems": []})
    spoil(tmp_path, lambda t: t["quotes"]["2"].update(speaker="Somebody"))
    assert "Quote 2 was changed by hand" in with_letter("verify").stdout


def test_any_flipped_bit_is_found(with_letter: Run, tmp_path: Path) -> None:
    path = tmp_path / "archive.json"
    content = path.read_bytes()
    for bit in range(7, 8 * len(content), 997):
        flipped = bytearray(content)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        assert with_letter("verify").exit_code in (1, 3), f"bit {bit}"


def test_a_changed_source_fails_and_one_that_is_gone_fails_if_strict(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "letter.txt"
    source.write_text("Freedom is never given.", encoding="utf-8")
    run("add", "letter.txt")
    source.write_text("Freedom is sometimes given.", encoding="utf-8")
    assert verified(run)[0] == 1
    source.unlink()
    assert verified(run)[0] == 0
    assert verified(run, "--strict")[0] == 1


def test_repair_takes_from_the_backup_what_the_archive_lost(with_letter: Run, tmp_path: Path) -> None:
    path = tmp_path / "archive.json"
    before, content = tables(tmp_path), path.read_bytes()
    path.write_bytes(content.replace(b'"1":{"document"', b'"1":{"docu\xffent', 1))
    assert with_letter("search").exit_code == 3
    assert with_letter("verify", "--repair").exit_code == 2
    result = with_letter("verify", "--repair", "--yes")
    assert (result.exit_code, "From the backup: quote 1." in result.stdout) == (0, True)
    assert tables(tmp_path) == before
    assert b"\xff" in (tmp_path / "archive.json.damaged").read_bytes()


def test_repair_shows_what_it_can_save_from_nowhere(with_letter: Run, tmp_path: Path) -> None:
    path = tmp_path / "archive.json"
    path.write_bytes(path.read_bytes().replace(b'"2":{"document":1', b'"2":{"document":x', 1))
    result = with_letter("verify", "--repair", "--yes")
    assert "Lost: byte" in result.stdout
    assert "record 2 of quotes" in result.stdout
    assert list(tables(tmp_path)["quotes"]) == ["1"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_an_archive_cut_off_is_repaired(with_letter: Run, tmp_path: Path, share: float) -> None:
    path = tmp_path / "archive.json"
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with_letter("verify", "--repair", "--yes")
    assert "1" in tables(tmp_path)["quotes"]
    assert verified(with_letter)[1]["outcomes"]["exact"] >= 1


def test_both_sides_of_a_conflict_are_kept(with_letter: Run, tmp_path: Path) -> None:
    path = tmp_path / "archive.json"
    ours = path.read_text(encoding="utf-8").splitlines()
    line = next(line for line in ours if line.startswith('"2":{"document"'))
    at = ours.index(line)
    theirs = line.replace("Ruhollah Khomeini", "Somebody")
    conflict = ["<<<<<<< HEAD", line, "=======", theirs, ">>>>>>> theirs"]
    path.write_text("\n".join([*ours[:at], *conflict, *ours[at + 1 :]]), encoding="utf-8")
    assert "nobody settled the conflict" in with_letter("search").stderr
    assert "the second becomes 3" in with_letter("verify", "--repair", "--yes").stdout
    assert {each["speaker"] for each in tables(tmp_path)["quotes"].values()} >= {
        "Ruhollah Khomeini",
        "Somebody",
    }


def test_nothing_is_repaired_where_nothing_is_damaged(with_letter: Run, tmp_path: Path) -> None:
    content = (tmp_path / "archive.json").read_bytes()
    assert with_letter("verify", "--repair").exit_code == 0
    assert (tmp_path / "archive.json").read_bytes() == content


def test_what_holds_nothing_is_not_repaired(run: Run, tmp_path: Path) -> None:
    (tmp_path / "archive.json").write_bytes(b"\x00" * 100)
    result = run("verify", "--repair", "--yes")
    assert (result.exit_code, "Nothing can be saved" in result.stderr) == (3, True)
