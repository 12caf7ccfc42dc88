"""What `verify --repair` saves of a damaged archive."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.by_hand import Tables, cut_before_the_quotes, damage, line_of, repaired, spoil, tables, verified
from tests.cli.conftest import Run


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
    assert "it has an unresolved merge conflict" in with_letter("search").stderr
    assert "the second becomes 3" in with_letter("verify", "--repair", "--yes").stdout
    assert {each["speaker"] for each in tables(tmp_path)["quotes"].values()} >= {
        "Ruhollah Khomeini",
        "Somebody",
    }


def test_a_damaged_text_keeps_all_its_other_words_and_its_quotes(with_letter: Run, tmp_path: Path) -> None:
    text = tables(tmp_path)["documents"]["1"]["text"]
    damage(tmp_path, "documents", "1", lambda line: line.replace(b"Iran", b"I\xf2an"))
    assert "Recovered in part: byte" in repaired(with_letter)
    assert tables(tmp_path)["documents"]["1"]["text"] == text.replace("Iran", "I\ufffdan")
    assert verified(with_letter)[1]["outcomes"] == {"exact": 2}


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.replace(b'"text":"', b'"te\xf8t":"'),
        lambda line: line.replace(b'"text":"', b'"temt":"'),
        lambda line: line.replace(b'"text":"', b'"text":"Said \x00 "'),
        lambda line: line.replace(b"mullahs", b'mul"ahs'),
        lambda line: line.replace(b"mullahs", b"mul\\qahs"),
        lambda line: line.replace(b'"kind":"', b'"kind":x"'),
        lambda line: line.replace(b'"language":"', b'"language":{"'),
        lambda line: line[:-2],
    ],
)
def test_a_document_whose_record_is_no_json_is_saved_with_its_text(
    with_letter: Run, tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    text = tables(tmp_path)["documents"]["1"]["text"]
    damage(tmp_path, "documents", "1", change)
    repaired(with_letter)
    saved = tables(tmp_path)["documents"]["1"]["text"]
    assert saved[-200:] == text[-200:]
    assert abs(len(saved) - len(text)) < 10  # a mark, or a few characters that were put in
    assert list(tables(tmp_path)["quotes"]) == ["1", "2"]


def test_a_record_comes_from_the_backup_if_nothing_changed_it_since(with_letter: Run, tmp_path: Path) -> None:
    before = tables(tmp_path)
    for table, number in (("documents", "1"), ("quotes", "1")):
        damage(tmp_path, table, number, lambda line: line.replace(b"the", b"\xf4he"), has_backup=True)
    assert "From the backup: document 1. From the backup: quote 1." in repaired(with_letter)
    assert tables(tmp_path) == before


def test_a_record_that_changed_since_the_backup_is_not_taken_from_it(with_letter: Run, tmp_path: Path) -> None:
    with_letter("edit", "2", "--note", "a new note")
    damage(tmp_path, "quotes", "2", lambda line: line.replace(b"Khomeini", b"K\xe8omeini"), has_backup=True)
    assert "Recovered in part: byte" in repaired(with_letter)
    quote = tables(tmp_path)["quotes"]["2"]
    assert (quote["note"], quote["speaker"]) == ("a new note", "Ruhollah K\ufffdomeini")


def test_a_record_that_lost_fields_is_rather_taken_in_its_older_form(with_letter: Run, tmp_path: Path) -> None:
    before = tables(tmp_path)
    with_letter("edit", "2", "--note", "a new note")
    damage(tmp_path, "quotes", "2", lambda line: line[: line.index(b'"speaker"')], has_backup=True)
    assert "The whole backup will be restored" in repaired(with_letter)
    assert tables(tmp_path) == before


def test_where_the_newest_form_of_a_record_is_gone_the_whole_backup_is_restored(
    with_letter: Run, tmp_path: Path
) -> None:
    before = tables(tmp_path)
    with_letter("speakers", "rename", "Ruhollah Khomeini", "R. Khomeini")
    with_letter("quote", "khaster", "Under the Shah", "--speaker", "Hashem Khastar")
    with_letter("undo", "4")
    kept = json.loads((tmp_path / "archive.json.bak").read_bytes())
    damage(tmp_path, "quotes", "2", lambda line: b"\x00" * len(line), has_backup=True)
    said = repaired(with_letter)
    assert "The whole backup will be restored: the archive as it was before its last change." in said
    assert "record 6 of history: it is newer than the backup: undo 4" in said
    assert tables(tmp_path) == kept != before
    assert verified(with_letter)[0] == 0


def test_an_archive_that_is_cut_off_is_the_old_or_the_new_one_and_never_a_mixture(run: Run, tmp_path: Path) -> None:
    path, backup = tmp_path / "archive.json", tmp_path / "archive.json.bak"
    words = [f"The {place}th sentence says that number {place * 7} is not forgotten." for place in range(40)]
    (tmp_path / "old.txt").write_text("Open letter\n\n" + " ".join(words), encoding="utf-8")
    (tmp_path / "new.txt").write_text("Open letter\n\nDear friends! " + " ".join(words), encoding="utf-8")
    run("add", "old.txt")
    for sentence in words[::5]:
        assert run("quote", "1", sentence, "--speaker", "Ann").exit_code == 0
    assert run("add", "--replace", "1", "new.txt", "--yes").exit_code == 0
    assert run("undo").exit_code == 0
    new, old = path.read_bytes(), backup.read_bytes()
    states = [json.loads(each) for each in (old, new)]
    for length in range(200, len(new), 997):
        path.write_bytes(new[:length])
        backup.write_bytes(old)
        repaired(run)
        now = tables(tmp_path)
        assert (now["documents"], now["quotes"]) in [(each["documents"], each["quotes"]) for each in states]
        assert verified(run)[0] == 0
        (tmp_path / "archive.json.damaged").unlink()


def test_a_letter_of_the_history_that_was_altered_does_not_keep_the_backup_from_helping(
    with_letter: Run, tmp_path: Path
) -> None:
    path = tmp_path / "archive.json"
    path.write_bytes(path.read_bytes().replace(b"Ruhollah Khomeini'", b"Ruhollah Khomeino'", 1))
    cut_before_the_quotes(tmp_path)
    repaired(with_letter)
    assert tables(tmp_path)["quotes"]


def test_an_older_archive_is_not_mixed_with_a_newer_backup(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("Open letter\n\nWe will not be silent. We will resist.\n", encoding="utf-8")
    (tmp_path / "new.txt").write_text("Open letter\n\nDear friends! All say: We will resist.\n", encoding="utf-8")
    run("add", "old.txt")
    run("quote", "1", "We will resist")
    older = (tmp_path / "archive.json").read_bytes()
    run("add", "--replace", "1", "new.txt", "--yes")
    for note in "one", "two":
        run("edit", "1", "--note", note)
    kept = json.loads((tmp_path / "archive.json.bak").read_bytes())
    (tmp_path / "archive.json").write_bytes(older)
    cut_before_the_quotes(tmp_path)
    repaired(run)
    assert tables(tmp_path) == kept
    assert "Quotes: 1 exact." in run("verify").stdout


def test_what_was_cut_off_is_named_and_a_backup_of_another_archive_set_aside(with_letter: Run, tmp_path: Path) -> None:
    with_letter("-a", "other.json", "add", "-", "--title", "Other", stdin="Another letter.")
    with_letter("-a", "other.json", "edit", "1", "--document", "--place", "Mashhad")
    backup = (tmp_path / "other.json.bak").read_bytes()
    (tmp_path / "archive.json.bak").write_bytes(backup)
    cut_before_the_quotes(tmp_path)
    said = repaired(with_letter)
    assert "Lost: table quotes: the file ends before these records: numbers 1 to 2" in said
    assert "it will be kept as archive.json.bak-1." in said
    with_letter("edit", "1", "--document", "--place", "Mashhad")
    assert (tmp_path / "archive.json.bak-1").read_bytes() == backup


def test_damage_of_the_history_that_was_repaired_is_nobodys_deed(with_letter: Run, tmp_path: Path) -> None:
    path = tmp_path / "archive.json"
    with_letter("edit", "1", "--note", "new")
    content = path.read_bytes()
    (tmp_path / "archive.json.bak").unlink()
    path.write_bytes(content.replace(b'"3":{"when"', b'"3":{"w', 1))
    repaired(with_letter)
    with_letter("edit", "1", "--note", "newer")
    assert "Manual edits: none." in with_letter("verify").stdout


def test_a_record_that_the_last_change_added_is_not_taken_for_restored(with_letter: Run, tmp_path: Path) -> None:
    kept = tables(tmp_path)
    with_letter("quote", "khaster", "Under the Shah", "--speaker", "Hashem Khastar")
    damage(tmp_path, "quotes", "3", lambda line: b"\x00" * len(line), has_backup=True)
    assert "The whole backup will be restored" in repaired(with_letter)
    assert tables(tmp_path) == kept
    assert verified(with_letter)[0] == 0


def test_a_line_of_the_layout_that_is_lost_or_stands_twice_is_damage(with_letter: Run, tmp_path: Path) -> None:
    path = tmp_path / "archive.json"
    before, content = tables(tmp_path), path.read_bytes()
    for broken in (content.replace(b"},\n", b"},\n},\n", 1), content.replace(b"\n},\n", b"\n", 1)):
        path.write_bytes(broken)
        repaired(with_letter)
        assert tables(tmp_path) == before


def test_what_the_damaged_file_alone_holds_is_added_to_the_backup(with_letter: Run, tmp_path: Path) -> None:
    with_letter("quote", "khaster", "Under the Shah", "--speaker", "Hashem Khastar", "--topic", "monarchy")
    with_letter("edit", "1", "--note", "noted")
    with_letter("quote", "khaster", "regime", "--occurrence", "1", "--speaker", "Hashem Khastar")
    before = tables(tmp_path)
    content = (tmp_path / "archive.json").read_bytes()
    last = line_of(content, "history", "6")
    (tmp_path / "archive.json").write_bytes(content.replace(last, b"\x00" * len(last)))
    assert "From the damaged file: quote 4." in repaired(with_letter)
    assert tables(tmp_path)["quotes"] == before["quotes"]
    assert verified(with_letter)[0] == 0
    assert with_letter("undo").exit_code == 0
    assert "4" not in tables(tmp_path)["quotes"]


def test_half_a_character_is_reported_and_mended_without_loss(with_letter: Run, tmp_path: Path) -> None:
    before = tables(tmp_path)
    for name in ("archive.json", "archive.json.bak"):
        content = json.loads((tmp_path / name).read_bytes())
        for change in content["history"].values():  # the versions that wrote such names sealed nothing
            del change["digests"], change["seal"]
        text = json.dumps(content).replace("khastar-open-letter.txt", "Mu\\udcf1oz \\ud83d.txt")
        (tmp_path / name).write_text(text, encoding="utf-8")
    for command in ("list", "verify"):
        result = with_letter(command)
        assert (result.exit_code, "record 1 of documents, field source" in result.stderr) == (3, True)
    repaired(with_letter)
    escaped = json.dumps(before["documents"]).replace("khastar-open-letter.txt", r"Mu\\xf1oz \\ud83d.txt")
    now = tables(tmp_path)
    assert (now["documents"], now["quotes"]) == (json.loads(escaped), before["quotes"])
    assert verified(with_letter)[0] == 0
    assert with_letter("list").exit_code == 0


@pytest.mark.parametrize("has_backup", [True, False])
@pytest.mark.parametrize(
    "change",
    [
        lambda t: t["archive"].update({"1": 5}),
        lambda t: t["archive"]["1"].update(last={"quotes": "x"}, format="one"),
        lambda t: t["archive"]["1"].update(last=[1]),
        lambda t: t["history"].update({"1": None}),
        lambda t: t["history"].update({"x": {"when": "2026"}}),
        lambda t: t["history"]["1"].update(removed={"quotes": {"x": {}}}),
        lambda t: t["quotes"]["1"].update(topics="prison", note=5),
        lambda t: t["quotes"].update({"x": t["quotes"].pop("1")}),
    ],
)
def test_fields_and_tables_of_odd_types_are_mended(
    with_letter: Run, tmp_path: Path, change: Callable[[Tables], object], *, has_backup: bool
) -> None:
    words = [each["passages"] for each in tables(tmp_path)["quotes"].values()]
    spoil(tmp_path, change)
    if not has_backup:
        (tmp_path / "archive.json.bak").unlink()
    repaired(with_letter)
    assert all(each in [quote["passages"] for quote in tables(tmp_path)["quotes"].values()] for each in words)
    assert verified(with_letter)[1]["outcomes"]["exact"] >= 2
    assert with_letter("edit", "2", "--note", "x").exit_code == 0


def test_nothing_is_repaired_where_nothing_is_damaged(with_letter: Run, tmp_path: Path) -> None:
    content = (tmp_path / "archive.json").read_bytes()
    assert with_letter("verify", "--repair").exit_code == 0
    assert (tmp_path / "archive.json").read_bytes() == content


def test_what_holds_nothing_is_not_repaired(run: Run, tmp_path: Path) -> None:
    (tmp_path / "archive.json").write_bytes(b"\x00" * 100)
    result = run("verify", "--repair", "--yes")
    assert (result.exit_code, "can be recovered" in result.stderr) == (3, True)
