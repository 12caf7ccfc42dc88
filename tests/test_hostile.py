"""Nothing that a document brought is obeyed, and none of it is lost."""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quotearchive import readers
from quotearchive.cli import main
from quotearchive.errors import NotTextError, QuoteArchiveError
from quotearchive.model import Change, Quote
from quotearchive.store import Store

EVIL = "\x1b[31mred\x1b]0;title\x07 \x9b2J\x00 [/bold] [red]sic[/red] \u202eabc\u2066 \u200bz\r ../../up"

#: What a terminal obeys, or hides.
ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066\u2067\ufeff]")

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("QUOTEARCHIVE_FILE", raising=False)

    def invoke(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)

    return invoke


@pytest.fixture
def archive(run: Run, tmp_path: Path) -> Run:
    """Run commands on an archive in which everything is hostile."""
    name = tmp_path / "evil\x1b[2J\u202e.txt"
    name.write_text(f"{EVIL}\n\nHe said “go \x1b[2J\u202e away now”. {'It was May. ' * 20}", encoding="utf-8")
    assert run("--by", EVIL.replace("\x00", ""), "add", str(name), "--title", EVIL, "--author", EVIL).exit_code == 0
    quote = (
        "quote",
        "1",
        "go \x1b[2J\u202e away now",
        "--speaker",
        EVIL,
        "--topic",
        "a \x1b[2J",
        "--note",
        EVIL,
    )
    assert run(*quote).exit_code == 0
    return run


@pytest.mark.parametrize(
    "command",
    [
        ("search",),
        ("search", "--full"),
        ("search", "nothing\x1b[2J\u202e"),
        ("search", "--json"),
        ("show", "1"),
        ("show", "1", "--document"),
        ("show", "1", "--json"),
        ("show", "evil\x1b[2J\u202e"),
        ("list",),
        ("list", "--json"),
        ("history",),
        ("history", "--json"),
        ("speakers",),
        ("topics",),
        ("verify",),
        ("verify", "--json"),
        ("undo",),
        ("remove", "1", "--yes"),
        ("quote", "1", "not \x1b[2J\u202e there"),
        ("add", "missing\x1b[2J\u202e.txt"),
        ("add", "evil\x1b[2J\u202e.txt"),
        ("add", "--date", "\x1b[2J\u202e", "x"),
        ("serch\x1b[2J\u202e",),
        ("list", "--\x1b[2J\u202e"),
        ("show", "a", "b\x1b[2J\u202e"),
        ("export", "--format", "x\x1b[2J\u202e"),
        ("-a", "x\x1b[2J\u202e.json", "list"),
    ],
)
def test_nothing_reaches_the_terminal_raw(archive: Run, command: tuple[str, ...]) -> None:
    result = archive(*command)
    for line in (result.stdout + result.stderr).splitlines():
        assert not ACTIVE.search(line.replace("\x1b[0m", "")), ascii(line)


def test_nothing_is_lost(archive: Run) -> None:
    shown = json.loads(archive("show", "1", "--json").stdout)
    assert shown["text"] == "go \x1b[2J\u202e away now"
    assert shown["note"] == EVIL
    document = json.loads(archive("show", "1", "--document", "--json").stdout)
    assert document["title"] == EVIL
    assert "\x1b[2J\u202e" in document["text"]


def beside(folder: Path) -> set[Path]:
    """Give all that lies beside a folder, but for indexes, whose place is theirs."""
    found = folder.parent.rglob("*")
    return {each for each in found if folder not in each.parents and each.suffix != ".index"}


def test_names_never_become_paths(archive: Run, tmp_path: Path) -> None:
    around = beside(tmp_path)
    before = set(tmp_path.rglob("*"))
    assert archive("export", "--format", "obsidian", "--output", "out").exit_code == 0
    assert beside(tmp_path) == around
    out = tmp_path / "out"
    assert all(each == out or out in each.parents for each in set(tmp_path.rglob("*")) - before)


def test_text_from_right_to_left_stays_in_its_cell(run: Run) -> None:
    words = "این نامه را در زندان نوشتم و هیچ کس آن را نخواند. " * 6
    run("add", "-", "--title", "نامه", stdin=words)
    run("quote", "1", "--span", "0:250", "--speaker", "نرگس محمدی")
    for line in run("search", "--full").stdout.splitlines():
        assert line.count("\u2068") == line.count("\u2069")
        for cell in re.findall("[\u0600-\u06ff][\u0600-\u06ff \u200c.,]*", line):
            before = line[: line.index(cell)]
            assert before.count("\u2068") > before.count("\u2069"), ascii(line)


@pytest.mark.parametrize(
    "text", ["\x1b[31mred\x1b[0m", "ab\x00cd", "one\x0cpage", "\x1b[1mA\x1b[0m \x1b[1mB\x1b[0m", "bell\x07"]
)
def test_a_short_text_with_controls_is_text(text: str) -> None:
    assert readers.read(text.encode(), name="a.txt").text == text


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(1, 32)) * 20,
        b"\x00" * 500 + b"abc",
        b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8,
        b"\x01\x02a" * 99,
    ],
)
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(NotTextError):
        readers.read(content, name="a.txt")


def test_utf16_without_a_mark_is_still_read() -> None:
    text = "A letter about the strike in the port.\n" * 5
    assert readers.read(text.encode("utf-16-le"), name="a.txt").text == text


def test_a_record_that_is_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.json"
    deep = "[" * 50_000 + "]" * 50_000
    path.write_text(f'{{"quotes":{{"1":{{"document":1,"passages":[],"x":{deep}}}}}}}', encoding="utf-8")
    with (
        pytest.raises(QuoteArchiveError, match="nested too deeply"),
        Store(path).transaction(Change(when="")) as transaction,
    ):
        transaction.put(Quote(id=1, document=1, passages=(), note="x"))


@pytest.mark.parametrize(
    "text", ['"' * 1_000_000, "“a” " * 250_000, "word " * 1_000_000, "\n" * 500_000 + "x", "«“‘" * 300_000]
)
def test_a_long_hostile_text_takes_bounded_time(text: str) -> None:
    start = time.monotonic()
    readers.read(text.encode(), name="a.txt")
    assert time.monotonic() - start < 30


def test_a_file_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotearchive.readers.files.LIMIT", 2**20)
    with pytest.raises(QuoteArchiveError, match="larger than"):
        readers.read(Path("/dev/zero"))
