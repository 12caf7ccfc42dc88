"""A damaged archive is refused with its place, and nothing is overwritten."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from quotearchive.cli import main
from quotearchive.errors import DamagedArchiveError, QuoteArchiveError
from quotearchive.model import Change, Document, Passage, Quote
from quotearchive.store import ArchiveFile

CHANGE = Change(when="2026-01-05T09:30:00Z", command="test", by="me")
TEXT = "To be, or not to be — زندگی."


def make(path: Path) -> bytes:
    """Make an archive of one document and two quotes, whose backup has one."""
    with ArchiveFile(path).transaction(CHANGE, create=True) as transaction:
        transaction.add(Document(slug="letter", title="A letter", text=TEXT, characters=len(TEXT)))
        transaction.add(Quote(document=1, passages=(Passage(start=0, end=5, exact=TEXT[:5]),)))
    with ArchiveFile(path).transaction(CHANGE) as transaction:
        transaction.add(Quote(document=1, passages=(Passage(start=7, end=9, exact=TEXT[7:9]),)))
    return path.read_bytes()


def read_all(path: Path) -> list[object]:
    snapshot = ArchiveFile(path).read()
    return [*snapshot.documents(), *snapshot.quotes(), *snapshot.changes()]


def refusal_of(path: Path) -> str:
    """Return what is said of an archive that can't be read; empty for one that can."""
    try:
        read_all(path)
    except QuoteArchiveError as error:
        return str(error)
    return ""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damage") / "archive.json"


@pytest.fixture(scope="module")
def content(path: Path) -> bytes:
    return make(path)


def test_an_archive_cut_at_any_byte_is_refused_with_its_place(path: Path, content: bytes) -> None:
    whole = content.rstrip()
    for length in range(len(whole)):
        path.write_bytes(content[:length])
        with pytest.raises(DamagedArchiveError) as refusal, ArchiveFile(path).transaction(CHANGE):
            read_all(path)
        assert str(path) in str(refusal.value)
        assert not length or "byte" in str(refusal.value)
        assert "holds the archive of" in str(refusal.value)
        assert "\n" not in str(refusal.value)
        assert path.read_bytes() == content[:length]


def test_any_flipped_byte_is_refused_or_leaves_an_archive(path: Path, content: bytes) -> None:
    for place in range(len(content)):
        for bit in (0x01, 0x80):
            path.write_bytes(content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :])
            said = refusal_of(path)
            assert not said or (str(path) in said and "\n" not in said)


@given(content=st.binary(max_size=60) | st.text(alphabet='{}[]":,1a\n \\u', max_size=60).map(str.encode))
@settings(deadline=None, max_examples=150)
def test_any_bytes_are_refused_or_read(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    for wrapped in (content, b'{"documents":{"1":' + content + b"}}", b'{"quotes":' + content + b"}"):
        path.write_bytes(wrapped)
        said = refusal_of(path)
        assert not said or str(path) in said


def spoil(path: Path, table: str, number: str, field: str, value: object) -> None:
    tables = json.loads(path.read_bytes())
    tables[table][number][field] = value
    path.write_text(json.dumps(tables, indent=0), encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "field", "value", "named"),
    [
        ("quotes", "document", "one", "record 1 of quotes, field document"),
        ("quotes", "passages", [{"start": "a", "end": 1, "exact": "x"}], r"field passages\[0\].start"),
        ("documents", "text", None, "record 1 of documents, field text"),
        ("documents", "authors", "Nobody", "field authors"),
        ("history", "added", [], "record 1 of history, field added"),
    ],
)
def test_a_record_of_the_wrong_type_is_named(tmp_path: Path, table: str, field: str, value: object, named: str) -> None:
    path = tmp_path / "archive.json"
    make(path)
    spoil(path, table, "1", field, value)
    with pytest.raises(DamagedArchiveError, match=named):
        read_all(path)


def test_bytes_that_are_no_utf8_are_named_with_their_field(path: Path, content: bytes) -> None:
    path.write_bytes(content.replace(b'"title":"A letter"', b'"title":"A \xff letter"'))
    with pytest.raises(
        DamagedArchiveError, match=r"not UTF-8 \(byte \d+, line \d+, record 1 of documents, field title"
    ):
        read_all(path)


def test_a_conflict_of_versions_is_said(path: Path, content: bytes) -> None:
    ours = b'\n<<<<<<< HEAD\n"2":'
    theirs = b'\n=======\n"2":{"document":1,"passages":[]}\n>>>>>>> theirs\n}'
    path.write_bytes(content.replace(b'\n"2":', ours, 1).replace(b"\n}", theirs, 1))
    with pytest.raises(DamagedArchiveError, match=r"unresolved merge conflict.*line \d+"):
        read_all(path)


def test_a_record_that_occurs_twice_is_named(path: Path, content: bytes) -> None:
    line = next(line for line in content.splitlines() if line.startswith(b'"2":{"document"'))
    path.write_bytes(content.replace(line, line + b",\n" + line))
    with pytest.raises(DamagedArchiveError, match=r'"2" occurs twice.*record 2 of quotes'):
        read_all(path)


HALF_A_CHARACTER = b'"title":"A \\udcf1 letter"'


@pytest.mark.parametrize("broken", [b'"title":"A \xec letter"', HALF_A_CHARACTER], ids=["flipped bit", "surrogate"])
@pytest.mark.parametrize("change", ["edit 1 --note x", "quote 1 be", "undo", "remove 1 --yes", "add new.txt"])
def test_no_command_writes_a_damaged_archive_or_rotates_its_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: bytes, change: str
) -> None:
    path = tmp_path / "archive.json"
    damaged = make(path).replace(b'"title":"A letter"', broken)
    path.write_bytes(damaged)
    (tmp_path / "new.txt").write_text("New.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    kept = path.with_name("archive.json.bak").read_bytes()
    result = CliRunner().invoke(main, change.split(), catch_exceptions=False)
    assert (result.exit_code, "record 1 of documents" in result.stderr) == (3, True), result.output
    assert (path.read_bytes(), path.with_name("archive.json.bak").read_bytes()) == (damaged, kept)


@pytest.mark.parametrize("broken", [b'"text":"To \xe2e', b'"text":"To \\udcf1e'])
@pytest.mark.parametrize(
    "command", ["list", "search", "search --documents be", "show 1", "show letter", "export", "verify"]
)
def test_what_reads_a_damaged_archive_says_which_record_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, broken: bytes
) -> None:
    path = tmp_path / "archive.json"
    path.write_bytes(make(path).replace(b'"text":"To be', broken))
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, command.split(), catch_exceptions=False)
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1), result.output
    assert "record 1 of documents, field text" in result.stderr


@pytest.mark.parametrize("command", ["edit 1 --note x", "quote 1 be", "undo", "history", "verify", "history --json"])
@pytest.mark.parametrize(
    ("table", "record"),
    [
        ("archive", {"format": "one"}),
        ("archive", {"format": 1, "last": [1]}),
        ("archive", {"format": 1, "last": {"quotes": "x"}}),
        ("archive", {"format": 1, "last": {"quotes": -1}}),
        ("archive", [1]),
        ("history", {"when": "2026", "changed": {"quotes": {"x": {}}}}),
        ("history", {"when": "2026", "removed": {"quotes": {"": {}}}}),
        ("history", None),
    ],
)
def test_what_the_archive_says_of_itself_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, table: str, record: object
) -> None:
    path = tmp_path / "archive.json"
    tables = json.loads(make(path))
    tables[table]["1"] = record
    path.write_text(json.dumps(tables), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, command.split(), catch_exceptions=False)
    if table == "archive" or "history" in command:
        assert (result.exit_code, result.stderr.count("\n")) == (3, 1), result.output


@pytest.mark.parametrize(
    "command", ["list", "quote 1 be", "add new.txt", "undo", "verify", "verify --repair", "search"]
)
@pytest.mark.parametrize("name", ["loop", "long" * 100, "closed/archive.json", "file/archive.json"])
def test_a_path_that_leads_nowhere_is_said_in_a_sentence(
    unprivileged: Path, monkeypatch: pytest.MonkeyPatch, command: str, name: str
) -> None:
    monkeypatch.chdir(unprivileged)
    Path("loop").symlink_to("loop")
    Path("closed").mkdir(0)
    Path("file").touch()
    Path("new.txt").write_text("New.", encoding="utf-8")
    result = CliRunner().invoke(main, ["-a", name, *command.split()], catch_exceptions=False)
    Path("closed").chmod(0o700)
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1), result.output
