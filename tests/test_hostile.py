"""Nothing that a document brought is obeyed, and none of it is lost."""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotearchive import readers
from quotearchive.archive.archive import Archive
from quotearchive.cli import main
from quotearchive.errors import QuoteArchiveError
from quotearchive.model import Change, Quote

DATA = Path(__file__).parent / "data"

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


#: Fields that hold a document's own words: what is no longer these words is not shown at all.
_WORDS = frozenset({"text", "exact", "prefix", "suffix"})

_READING = """
search
search --full
search --documents regime
search --documents knife
search nothing
search --speaker nobody
search --count speaker
search --count topic
search --count document
search --count year
search --json
show 1
show 2
show 1 --document
show 2 --document
show 1 --document --json
list
list --sort date
list --from a
list --json
history
history 1
history 2 --document
history --json
speakers
speakers show a
speakers duplicates
topics
topics duplicates
verify
quote 1 nothing
quote 1 Khastar
quote 1 --detect
quote nowhere x
edit 1 --speaker x --dry-run
edit --where Shah --add-topic x --dry-run
speakers merge nobody --into nobody
add letter.txt
add --replace 1 other.txt --dry-run
undo
undo 3
remove 1 2 --yes
"""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive in which every field is filled in."""
    folder = tmp_path_factory.mktemp("full")
    letter = (DATA / "khastar-open-letter.txt").read_text(encoding="utf-8")
    (folder / "letter.txt").write_text(letter, encoding="utf-8")
    (folder / "other.txt").write_text(letter.replace("Shah", "Tsar"), encoding="utf-8")
    (folder / "answer.txt").write_text("Dear Ann,\n\nWe will not be silent. We resist.\n", encoding="utf-8")
    described = ["--author", "A", "--recipient", "B", "--place", "P", "--received", "2021", "--destination", "D"]
    described += ["--signatory", "S", "--publisher", "X", "--url", "http://u", "--date", "12 Feb 2021"]
    inner = "Take your knife off the people's throat to see who they stand with"
    attributed = ["--role", "r", "--to", "T", "--said", "2021", "--note", "n", "--topic", "elections/x"]
    for command in (
        ["add", str(folder / "letter.txt"), *described],
        ["add", str(folder / "answer.txt"), "--kind", "letter", "--replies-to", "1", "--enclose", "1"],
        ["quote", "1", "Under the Shah regime ... who they support.", "--speaker", "Ann Abel", *attributed],
        ["quote", "1", inner, "--speaker", "Bea Abel", "--within", "1", "--topic", "election"],
        ["quote", "2", "We resist"],
        ["speakers", "add", "Ann Abel", "Anna", "--role", "r", "--note", "n", "--wikidata", "Q1", "--gnd", "1"],
        ["topics", "describe", "elections", "d"],
        ["remove", "3", "--yes"],
        ["undo"],
    ):
        result = CliRunner().invoke(main, ["-a", str(folder / "archive.json"), *command], catch_exceptions=False)
        assert result.exit_code == 0, result.output
    return folder


def poisoned(value: Any, poison: str, spared: frozenset[str]) -> Any:  # noqa: ANN401 - a JSON value
    """Put something in front of every string, but for some fields."""
    if isinstance(value, dict):
        return {name: each if name in spared else poisoned(each, poison, spared) for name, each in value.items()}
    if isinstance(value, list):
        return [poisoned(each, poison, spared) for each in value]
    return f"{poison}{value}" if isinstance(value, str) else value


@settings(max_examples=6)
@given(
    poison=st.text("\x00\x07\x1b\x9b\u202e\u2066\u200b\r]0;[2Ja/'", min_size=1).filter(ACTIVE.search),
    spared=st.sampled_from((frozenset(), _WORDS)),
)
@example(poison=EVIL, spared=frozenset())
@example(poison=EVIL, spared=_WORDS)
@pytest.mark.usefixtures("_caches")
def test_no_field_of_an_archive_acts_on_the_terminal(full: Path, poison: str, spared: frozenset[str]) -> None:
    archive = json.loads((full / "archive.json").read_text(encoding="utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(full)
        patch.setenv("COLUMNS", "100")
        patch.setenv("QUOTEARCHIVE_CACHE", "")
        for command in _READING.strip().splitlines():
            Path("hostile.json").write_text(json.dumps(poisoned(archive, poison, spared)), encoding="utf-8")
            result = CliRunner().invoke(main, ["-a", "hostile.json", *command.split()], catch_exceptions=False)
            for line in (result.stdout + result.stderr).splitlines():
                assert not ACTIVE.search(line), f"{command}: {line!a}"


def test_nothing_is_lost(archive: Run) -> None:
    shown = json.loads(archive("show", "1", "--json").stdout)
    assert shown["text"] == "go \x1b[2J\u202e away now"
    assert shown["note"] == EVIL
    document = json.loads(archive("show", "1", "--document", "--json").stdout)
    assert document["title"] == EVIL
    assert "\x1b[2J\u202e" in document["text"]


def beside(folder: Path) -> set[Path]:
    """Return all that lies beside a folder, but for indexes, whose place is theirs."""
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
    with pytest.raises(QuoteArchiveError, match=r"is not a text file|is a program"):
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
        Archive(path).transaction(Change(when="")) as transaction,
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
