"""Lines of an archive, and changed lines laid over them."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotearchive.errors import DamagedArchiveError
from quotearchive.store.lines import Table, is_laid_out, parse, refuse_broken_text, render
from quotearchive.store.strict_json import encode

PATH = Path("archive.json")

#: Stands for the layout of the store among the indents of the standard library.
OURS = -1


class Glance(msgspec.Struct):
    """As little as these tests ask for."""

    a: int = 0


NUMBERS = st.integers(1, 40).map(str)
RECORDS = st.fixed_dictionaries({"a": st.integers(-9, 9)}, optional={"text": st.text(max_size=5)})
TABLES = st.dictionaries(NUMBERS, RECORDS, max_size=12).map(lambda table: dict(sorted(table.items(), key=by_number)))
CHANGES = st.lists(st.tuples(NUMBERS, st.none() | RECORDS), max_size=8)


def by_number(item: tuple[str, Any]) -> int:
    return int(item[0])


def laid_out(table: dict[str, Any]) -> bytes:
    """Return a file of one table as the store lays it out."""
    lines = b",\n".join(b'"%s":%s' % (number.encode(), encode(record)) for number, record in table.items())
    return b'{\n"quotes":%s\n}\n' % (b"{\n%s\n}" % lines if table else b"{}")


def decoded(table: Table) -> list[tuple[str, Any]]:
    return [(number, json.loads(bytes(raw))) for number, raw in table.items()]


@given(table=TABLES, changes=CHANGES, indent=st.sampled_from([None, 0, 2, OURS]), is_asked=st.booleans())
@settings(deadline=None)
def test_any_changes_of_any_layout_are_those_of_a_dict(
    table: dict[str, Any],
    changes: list[tuple[str, Any]],
    indent: int | None,
    is_asked: bool,  # noqa: FBT001
) -> None:
    content = laid_out(table) if indent == OURS else json.dumps({"quotes": table}, indent=indent).encode()
    lines = parse(content, PATH)["quotes"]
    if is_asked:
        lines.parts(Glance)
    expected = dict(table)
    for number, record in changes:
        lines.put(number, None if record is None else encode(record))
        expected.pop(number, None) if record is None else expected.update({number: record})
    expected = dict(sorted(expected.items(), key=by_number))
    assert decoded(lines) == list(expected.items())
    assert {number: each.a for number, each in lines.parts(Glance).items()} == {
        int(number): record["a"] for number, record in expected.items()
    }
    assert all(lines.holds(number) == (number in expected) for number in map(str, range(1, 41)))
    assert b"".join(render({"quotes": lines})) == laid_out(expected)


@given(table=TABLES, new=st.lists(RECORDS, min_size=1, max_size=4))
def test_what_is_added_is_behind_the_others(table: dict[str, Any], new: list[dict[str, Any]]) -> None:
    lines = parse(laid_out(table), PATH)["quotes"]
    added = {str(number): record for number, record in enumerate(new, 41)}
    for number, record in added.items():
        lines.add(number, encode(record))
    assert b"".join(render({"quotes": lines})) == laid_out(table | added)


@given(count=st.integers(1, 30_000), numbers=st.lists(st.integers(0, 31_000), max_size=20))
@settings(deadline=None, max_examples=10)
def test_a_line_is_found_by_its_number_in_any_table(count: int, numbers: list[int]) -> None:
    lines = parse(laid_out({str(number): {"a": number} for number in range(1, count + 1)}), PATH)["quotes"]
    for number in numbers:
        found = lines.find(str(number))
        assert (found and json.loads(bytes(found))) == ({"a": number} if 1 <= number <= count else None)


def test_a_line_is_found_where_the_numbers_do_not_ascend() -> None:
    numbers = [*range(5_000, 0, -1), *range(5_001, 10_000)]
    lines = parse(laid_out({str(number): {"a": number} for number in numbers}), PATH)["quotes"]
    assert [bytes(lines.find(str(number)) or b"") for number in (1, 4_999, 9_999, 10_000)] == [
        b'{"a":1}',
        b'{"a":4999}',
        b'{"a":9999}',
        b"",
    ]


def test_a_line_is_found_before_between_and_behind_lines_of_any_length() -> None:
    for lengths in ((300_000, 1, 1), (1, 300_000, 1), (1, 1, 300_000), (90_000, 300_000, 70_000)):
        table = {str(2 * number): {"a": number, "text": "x" * length} for number, length in enumerate(lengths, 1)}
        lines = parse(laid_out(table), PATH)["quotes"]
        found = [lines.find(str(number)) for number in range(8)]
        assert [json.loads(bytes(raw)) if raw else None for raw in found] == [
            table.get(str(number)) for number in range(8)
        ]


def test_an_untouched_line_stays_byte_for_byte() -> None:
    content = b'{\n"quotes":{\n"1":{"a":1, "n":1.50e1,"w":"\\u0041"},\n"2":{"a":2}\n}\n}\n'
    lines = parse(content, PATH)["quotes"]
    lines.put("2", b'{"a":3}')
    assert b"".join(render({"quotes": lines})) == content.replace(b'{"a":2}', b'{"a":3}')


def test_what_was_laid_over_a_line_is_taken_away_again() -> None:
    lines = parse(laid_out({"1": {"a": 1}}), PATH)["quotes"]
    for number in ("1", "2"):
        lines.put(number, b'{"a":9}')
        lines.drop(number)
    assert b"".join(render({"quotes": lines})) == laid_out({"1": {"a": 1}})
    assert decoded(lines.as_read) == [("1", {"a": 1})]


def test_the_newest_lines_are_those_at_the_end_without_changed_ones() -> None:
    table = {str(number): {"a": number, "text": "x" * 1_000} for number in range(1, 1_001)}
    lines = parse(laid_out(table), PATH)["quotes"]
    lines.put("1000", b'{"a":0}')
    newest = lines.newest(Glance)
    assert list(newest) == list(range(min(newest), 1_000))
    assert 100 < len(newest) < 999


def test_not_a_number_is_read_as_the_standard_library_reads_it() -> None:
    lines = parse(b'{"quotes":{"1":{"a":1,"odd":NaN},"2":{"a":2}}}', PATH)["quotes"]
    assert {number: each.a for number, each in lines.parts(Glance).items()} == {1: 1, 2: 2}
    lines.put("2", b'{"a":3}')
    assert b"".join(render({"quotes": lines})) == b'{\n"quotes":{\n"1":{"a":1,"odd":NaN},\n"2":{"a":3}\n}\n}\n'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'{\n"quotes":{\n"1":{"a":1},\n"2":{}\n}\n}\n', True),
        (b'{\n"quotes":{}\n}\n', True),
        (b"{\n}\n", True),
        (b'{"quotes":{"1":{}}}', False),
        (b'{\n"quotes":{\n"1":{"a":1},"2":{"a":2}\n}\n}\n', False),
        (b'{\n"quotes":{\n"1":{"a":1,\n"b":{}},\n"2":{"a":2}\n}\n}\n', False),
    ],
)
def test_a_layout_is_ours_or_not(content: bytes, expected: object) -> None:
    assert is_laid_out(content, PATH) is expected


@pytest.mark.parametrize("text", ["", "a", "é" * 40_000, "𝄞" * 30_000, "a" + "語" * 9_999])
def test_a_text_is_utf8_or_refused_with_the_byte(text: str) -> None:
    content = text.encode()
    refuse_broken_text(content, PATH)
    with pytest.raises(DamagedArchiveError) as refusal:
        refuse_broken_text(content + b"\xff", PATH)
    assert refusal.value.location.byte == len(content)
