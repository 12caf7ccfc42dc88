"""`verify` finds what is not as it was."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .by_hand import Tables, spoil, verified
from .conftest import Run


def forged(content: Tables) -> dict[str, Any]:
    """Change a text and its SHA-256 together."""
    text = content["documents"]["1"]["text"].replace("resign", "remain")
    return {"text": text, "sha256": hashlib.sha256(text.encode()).hexdigest(), "characters": len(text)}


def test_what_nobody_touched_is_exact(with_letter: Run) -> None:
    code, found = verified(with_letter, "--strict")
    assert (code, found["outcomes"], found["problems"]) == (0, {"exact": 2}, [])
    assert [found["documents"][0][key] for key in ("text", "source")] == ["same", "same"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t["quotes"]["2"]["passages"][0].update(exact="Take the knife off"), "changed"),
        (lambda t: t["quotes"].pop("2"), "Quote 2 was removed by hand"),
        (lambda t: t["quotes"].update({"9": t["quotes"]["2"]}), "Quote 9 was added by hand"),
        (lambda t: t["documents"]["1"].update(text=t["documents"]["1"]["text"] + "x"), "changed"),
        (lambda t: t["documents"].pop("1"), "Quote 1 is of document 1, which is not in the archive"),
        (lambda t: t["quotes"]["2"].update(topics="prison"), "Record 2 of quotes, field topics"),
        (lambda t: t["quotes"]["2"].update(speaker="Somebody"), "Quote 2 was changed by hand"),
        (lambda t: t["quotes"]["2"].pop("speaker"), "Quote 2 was changed by hand"),
        (lambda t: t["documents"]["1"].update(authors=["Somebody"]), "Document 1 was changed by hand"),
        (lambda t: t["documents"]["1"].update(forged(t)), "Document 1 was changed by hand"),
        (lambda t: t["archive"]["1"]["last"].update(quotes=9), "The archive's own record was changed by hand"),
        (lambda t: t["history"]["2"].update(by="Somebody"), "Change 2 of the history was changed by hand"),
        (lambda t: t["history"]["2"]["digests"]["quotes"].update({"1": "0"}), "Change 2 of the history was changed"),
        (lambda t: t["history"]["3"].pop("seal"), "Change 3 of the history was changed by hand"),
        (lambda t: t["history"].pop("2"), "Change 2 was removed from the history by hand"),
        (lambda t: t["history"].pop("3"), "Change 3 was removed from the history by hand"),
        (lambda t: t["history"].clear(), "Change 1 was removed from the history by hand"),
        (lambda t: t.update(speakers={"1": {"name": "A", "aliases": ["x"]}, "2": {"name": "X"}}), "both called X"),
        (lambda t: t.update(topics={"1": {"path": "a/b"}, "2": {"path": "A/b"}}), "Topics 1 and 2 are both called A/b"),
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
    assert "found quote 2 edited by hand" in " ".join(with_letter("history").stdout.split())


def test_an_archive_of_an_earlier_version_is_sealed_by_the_next_change(with_letter: Run, tmp_path: Path) -> None:
    def unseal(content: Tables) -> None:
        for change in content["history"].values():
            del change["seal"], change["digests"]
        del content["archive"]["1"]["tables"]

    spoil(tmp_path, unseal)
    assert "Manual edits: unknown" in with_letter("verify").stdout
    assert with_letter("edit", "1", "--note", "x").exit_code == 0
    assert verified(with_letter) == (0, verified(with_letter)[1] | {"sealed": True, "problems": []})
    spoil(tmp_path, lambda t: t["quotes"]["2"].update(speaker="Somebody"))
    assert "Quote 2 was changed by hand" in with_letter("verify").stdout


def test_an_archive_that_claims_any_number_of_changes_is_verified_in_time(with_letter: Run, tmp_path: Path) -> None:
    spoil(tmp_path, lambda t: t["archive"]["1"]["last"].update(history=10**15))
    result = with_letter("verify")
    assert (result.exit_code, "The archive's own record was changed by hand" in result.stdout) == (1, True)


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


def test_a_change_is_not_blamed_for_one_that_was_taken_out_before_it(with_letter: Run, tmp_path: Path) -> None:
    spoil(tmp_path, lambda content: content["history"].popitem())
    with_letter("edit", "1", "--note", "new")
    said = with_letter("verify").stdout
    assert "Change 3 was removed from the history by hand." in said
    assert "Change 4" not in said


def test_a_source_that_a_merge_named_outside_is_not_opened_unasked(run: Run, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}.txt"
    outside.write_text("We will not be silent.", encoding="utf-8")
    (tmp_path / "inside.txt").write_text("We will resist.", encoding="utf-8")
    run("-a", "theirs.json", "add", str(outside))
    assert "Sources: 1 same" in run("-a", "theirs.json", "verify").stdout
    run("add", "inside.txt")
    run("merge", "theirs.json")
    result = run("verify")
    assert (result.exit_code, "Sources: 1 same, 1 outside" in result.stdout) == (0, True)
    assert "Sources not opened: 1 (we-will-not-be-silent)." in " ".join(result.stdout.split())
    assert run("verify", "--strict").exit_code == 1
    assert "Sources: 2 same" in run("verify", "--anywhere").stdout


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="it needs a device without an end")
@pytest.mark.parametrize("options", [(), ("--anywhere",)])
def test_an_endless_source_does_not_hold_verify_up(with_letter: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    spoil(tmp_path, lambda content: content["documents"]["1"].update(source="/dev/zero"))
    assert verified(with_letter, *options)[1]["documents"][0]["source"] == "gone"
