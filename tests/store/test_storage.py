"""TinyDB's own operations behave on our storage as on TinyDB's."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import Query, TinyDB, where
from tinydb.operations import add, delete, increment
from tinydb.operations import set as assign

from quotearchive.errors import DamagedArchiveError
from quotearchive.store import ArchiveDatabase, ArchiveStorage
from quotearchive.store.errors import NotTablesError, ReadOnlyError, StorageOptionError

RECORDS: list[dict[str, Any]] = [
    {"speaker": "Hashem Khastar", "topics": ["prison"], "place": {"city": "Mashhad", "ward": 6}},
    {"speaker": "نرگس محمدی", "topics": [], "place": {"city": "Tehran"}, "count": 1},
    {"speaker": "[sic] “…” \x00\x1b\n", "count": 1.5, "none": None, "big": 2**70, "yes": True},
]

Change = Callable[[TinyDB], Any]

OPERATIONS: dict[str, Change] = {
    "insert": lambda db: db.insert({"a": 1, "n": {"b": [1, {"c": 2}]}}),
    "insert into a table": lambda db: db.table("quotes").insert({"a": 1}),
    "insert several": lambda db: db.table("quotes").insert_multiple([{"a": n} for n in range(5)]),
    "update all": lambda db: db.table("quotes").update({"seen": True}),
    "update some": lambda db: db.table("quotes").update({"seen": True}, where("place").city == "Tehran"),
    "update by number": lambda db: db.table("quotes").update({"x": [1]}, doc_ids=[2]),
    "increment": lambda db: db.table("quotes").update(increment("count"), where("count").exists()),
    "delete a field": lambda db: db.table("quotes").update(delete("speaker"), where("speaker").exists()),
    "set a field": lambda db: db.table("quotes").update(assign("speaker", "x"), where("count") == 1),
    "add to a field": lambda db: db.table("quotes").update(add("count", 2), where("count").exists()),
    "change a nested field": lambda db: db.table("quotes").update(
        lambda record: record["topics"].append("new"), where("topics").exists()
    ),
    "update several": lambda db: db.table("quotes").update_multiple([({"z": 1}, where("count") == 1)]),
    "upsert": lambda db: db.table("quotes").upsert({"speaker": "new"}, where("speaker") == "new"),
    "upsert over": lambda db: db.table("quotes").upsert({"m": 1}, where("count") == 1),
    "remove some": lambda db: db.table("quotes").remove(where("count") == 1),
    "remove by number": lambda db: db.table("quotes").remove(doc_ids=[1]),
    "truncate": lambda db: db.table("quotes").truncate(),
    "drop a table": lambda db: db.drop_table("quotes"),
    "drop all": lambda db: db.drop_tables(),
    "search": lambda db: db.table("quotes").search(Query().topics.any(["prison"])),
    "search nested": lambda db: db.table("quotes").search(Query().place.ward >= 6),
    "search fragment": lambda db: db.table("quotes").search(Query().fragment({"count": 1})),
    "get": lambda db: db.table("quotes").get(where("count") == 1),
    "get by number": lambda db: db.table("quotes").get(doc_id=3),
    "contains": lambda db: db.table("quotes").contains(where("speaker").matches("Hashem")),
    "count": lambda db: db.table("quotes").count(where("count") == 1),
    "iterate": lambda db: [dict(record) for record in db.table("quotes")],
    "length": lambda db: (len(db), len(db.table("quotes"))),
    "tables": lambda db: db.tables(),
}


def both(tmp_path: Path, indent: int | None = None) -> tuple[TinyDB, TinyDB]:
    """Open the same tables through TinyDB's storage and through ours."""
    tables = {"_default": {"1": {"a": 0}}, "quotes": {str(n): r for n, r in enumerate(RECORDS, 1)}}
    for name in ("theirs.json", "ours.json"):
        (tmp_path / name).write_text(json.dumps(tables, indent=indent), encoding="utf-8")
    return TinyDB(tmp_path / "theirs.json"), TinyDB(tmp_path / "ours.json", storage=ArchiveStorage)


def content(tmp_path: Path, name: str) -> Any:  # noqa: ANN401 - a JSON value
    return json.loads((tmp_path / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("indent", [None, 0, 2])
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_of_tinydb_does_the_same(tmp_path: Path, name: str, indent: int | None) -> None:
    theirs, ours = both(tmp_path, indent)
    assert OPERATIONS[name](ours) == OPERATIONS[name](theirs)
    assert content(tmp_path, "ours.json") == content(tmp_path, "theirs.json")
    theirs.close()


@given(indent=st.sampled_from([None, 0, 4]), names=st.lists(st.sampled_from(sorted(OPERATIONS)), max_size=12))
@settings(deadline=None, max_examples=60)
def test_any_sequence_of_operations_does_the_same(
    tmp_path_factory: pytest.TempPathFactory, indent: int | None, names: list[str]
) -> None:
    tmp_path = tmp_path_factory.mktemp("db")
    theirs, ours = both(tmp_path, indent)
    for name in names:
        results = []
        for db in (ours, theirs):
            try:
                results.append(OPERATIONS[name](db))
            except (KeyError, TypeError) as error:
                results.append(type(error))
        assert results[0] == results[1]
    assert content(tmp_path, "ours.json") == content(tmp_path, "theirs.json")
    theirs.close()


def test_plain_tinydb_reads_what_was_written(tmp_path: Path) -> None:
    TinyDB(tmp_path / "a.json", storage=ArchiveStorage).table("quotes").insert_multiple(RECORDS)
    with TinyDB(tmp_path / "a.json", encoding="utf-8") as plain:
        assert plain.table("quotes").all() == RECORDS


def test_one_record_stands_on_a_line_unescaped(tmp_path: Path) -> None:
    TinyDB(tmp_path / "a.json", storage=ArchiveStorage).table("quotes").insert({"speaker": "نرگس"})
    lines = (tmp_path / "a.json").read_text(encoding="utf-8").splitlines()
    assert lines == ["{", '"quotes":{', '"1":{"speaker":"نرگس"}', "}", "}"]


def test_a_reformatted_archive_gets_its_lines_back(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"notes": {"1": {"a": 0}}, "quotes": {"1": {}, "2": {"b": [0]}}}, indent=4))
    TinyDB(path, storage=ArchiveStorage).table("quotes").insert({"a": 1})
    assert len(path.read_bytes().splitlines()) == 1 + 3 + 5 + 1


def test_the_bytes_of_an_untouched_record_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{\n"quotes":{\n"1":{"n":1.50e1,"w":"\\u0041"},\n"2":{"n":2}\n}\n}\n', encoding="utf-8")
    TinyDB(path, storage=ArchiveStorage).table("quotes").update({"n": 3}, doc_ids=[2])
    assert '"1":{"n":1.50e1,"w":"\\u0041"}' in path.read_text(encoding="utf-8")


def test_opening_makes_no_file(tmp_path: Path) -> None:
    assert TinyDB(tmp_path / "a.json", storage=ArchiveStorage).table("quotes").all() == []
    assert list(tmp_path.iterdir()) == []


def test_a_new_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    TinyDB(tmp_path / "a.json", storage=ArchiveStorage).insert({})
    assert (tmp_path / "a.json").stat().st_mode & 0o777 == 0o600


def test_the_mode_of_a_file_is_kept_and_the_old_content_stands_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("{}", encoding="utf-8")
    path.chmod(0o640)
    TinyDB(path, storage=ArchiveStorage).insert({})
    assert path.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "a.json.bak").read_text(encoding="utf-8") == "{}"
    assert sorted(found.name for found in tmp_path.iterdir()) == ["a.json", "a.json.bak"]


def test_a_value_that_is_no_json_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    database = TinyDB(tmp_path / "a.json", storage=ArchiveStorage)
    with pytest.raises(TypeError):
        database.insert({"words": {1, 2}})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "7",
        "{",
        '{"quotes":[]}',
        '{"quotes":{"1":{}}',
        '{"quotes":{"1":{},"1":{"a":1}}}',
        '{\n"quotes":{\n"1":{"a":1},\n"1":{"a":2}\n}\n}\n',
        '{"quotes":{"1":{}},"quotes":{}}',
        "no JSON at all",
        "[" * 100_000,
    ],
)
def test_what_is_no_table_is_refused_and_kept(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DamagedArchiveError):
        TinyDB(path, storage=ArchiveStorage).table("quotes").insert({})
    assert path.read_text(encoding="utf-8") == content


OPTIONS: dict[str, dict[str, Any]] = {
    "no folder": {"path": "missing/a.json"},
    "make folders": {"path": "missing/a.json", "create_dirs": True},
    "encoding": {"encoding": "UTF8"},
    "no such encoding": {"encoding": "no-such"},
    "read alone": {"access_mode": "r"},
    "read bytes alone": {"access_mode": "rb"},
    "read a missing file": {"path": "missing.json", "access_mode": "r"},
    "unescaped": {"encoding": "utf-8", "ensure_ascii": False},
    "default": {"default": str},
    "no NaN": {"allow_nan": False},
    "the layout we have": {"indent": None, "separators": (",", ":"), "sort_keys": False, "skipkeys": False},
    "circles": {"check_circular": True},
    "no such option": {"no_such_option": 1},
}


def use(storage: Callable[..., TinyDB], folder: Path, options: dict[str, Any]) -> object:
    """Read and write through a storage; return what is in the file then, or which kind of error there was."""
    path = folder / options.get("path", "a.json")
    others = {name: value for name, value in options.items() if name != "path"}
    try:
        with storage(path, **others) as database:
            before = database.table("quotes").all()
            database.table("quotes").insert({"a": "é", "b": 1})
            after = database.table("quotes").all()
    except (LookupError, OSError, TypeError, ValueError) as error:
        known = (LookupError, FileNotFoundError, OSError, TypeError, ValueError)
        return next(kind for kind in known if isinstance(error, kind))
    return before, after, json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", OPTIONS)
def test_options_do_what_they_do_in_tinydb(tmp_path: Path, name: str) -> None:
    results = []
    for folder, storage in (
        ("theirs", TinyDB),
        ("ours", lambda *a, **o: TinyDB(*a, storage=ArchiveStorage, **o)),
        ("database", ArchiveDatabase),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.json").write_text('{"quotes":{"1":{"a":"b"}}}', encoding="utf-8")
        results.append(use(storage, tmp_path / folder, OPTIONS[name]))
    assert results[1:] == results[:1] * 2


def test_default_and_allow_nan_are_those_of_the_standard_library(tmp_path: Path) -> None:
    table = TinyDB(tmp_path / "a.json", storage=ArchiveStorage, default=sorted).table("quotes")
    table.insert({"words": {"b", "a"}})
    assert table.all() == [{"words": ["a", "b"]}]
    with pytest.raises(ValueError, match="Out of range float"):
        TinyDB(tmp_path / "a.json", storage=ArchiveStorage, allow_nan=False).insert({"odd": float("nan")})


@pytest.mark.parametrize(
    "option",
    [
        {"indent": 4},
        {"separators": (", ", ": ")},
        {"ensure_ascii": True},
        {"sort_keys": True},
        {"skipkeys": True},
        {"check_circular": False},
        {"cls": json.JSONEncoder},
        {"encoding": "latin-1"},
        {"access_mode": "w"},
    ],
)
def test_an_option_that_contradicts_the_format_is_refused_in_a_sentence(tmp_path: Path, option: dict[str, Any]) -> None:
    ((name, value),) = option.items()
    with pytest.raises(StorageOptionError) as refusal:
        TinyDB(tmp_path / "a.json", storage=ArchiveStorage, **option)
    assert str(refusal.value) == (
        f"An archive can't be opened with {name}={value!r}: it is UTF-8, read with access_mode 'r' or 'r+',"
        " with one record on a line, unescaped, complete and in the order of its fields. Leave the option out."
    )


@pytest.mark.parametrize("data", [[1], "words", 7, {"quotes": None}, {"quotes": [{}]}, {"quotes": {"1": None}}])
def test_what_is_no_table_is_not_written(tmp_path: Path, data: Any) -> None:  # noqa: ANN401 - anything
    path = tmp_path / "a.json"
    path.write_text('{"quotes":{"1":{}}}', encoding="utf-8")
    storage = ArchiveStorage(path)
    storage.read()
    with pytest.raises(NotTablesError, match="An archive holds tables, each with its records by number"):
        storage.write(data)
    assert path.read_text(encoding="utf-8") == '{"quotes":{"1":{}}}'


def test_what_is_opened_to_read_alone_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"quotes":{"1":{}}}', encoding="utf-8")
    for database in TinyDB(path, storage=ArchiveStorage, access_mode="r"), ArchiveDatabase(path, access_mode="r"):
        with pytest.raises(ReadOnlyError, match="it was opened with access_mode='r'"):
            database.table("quotes").insert({"a": 1})
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.json"]


@pytest.mark.parametrize(("old", "new"), [(1, True), (0, False), (1, 1.0), ({"a": 1, "b": 2}, {"b": 2, "a": 1})])
def test_a_value_that_python_holds_equal_is_changed(tmp_path: Path, old: object, new: object) -> None:
    table = TinyDB(tmp_path / "a.json", storage=ArchiveStorage).table("quotes")
    table.insert({"value": old})
    table.update({"value": new})
    assert f'"value":{json.dumps(new, separators=(",", ":"))}' in (tmp_path / "a.json").read_text(encoding="utf-8")
