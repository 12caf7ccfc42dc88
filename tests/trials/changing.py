"""Change what is well formed, in ways that files get changed: by disks, by other programs, by people who mean harm."""

import io
import json
import random
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, Final

#: Bytes that mean something to somebody.
PIECES: Final = (
    *(b"\x00", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\n", b"\n\n", b"\x1b[2J", b"\xe2\x80\xae", b"\x0c"),
    *(b'"', b"'", b",", b"{", b"}", b"[", b"]" * 40, b"[" * 5000, b":", b"\\", b"\\ud800", b"<a>", b"</", b"&x;"),
    *(b"-1", b"0", b"1e999", b"NaN", b"9" * 30, b"9" * 5000, b"null", b"true", b"\t" * 2000, b"A" * 20_000, b" " * 300),
    *(
        "؟".encode(),
        "𝒳".encode(),
        b"e\xcc\x81",
        "“".encode(),
        b"---\n",
        b"=?utf-8?q?a?=",
        b"../",
        b"%s",
        b"*",
        b"(" * 500,
    ),
)

#: Values of every type, where another was expected.
ODD: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**53, 2**64, -(10**30), 0.5, 1e308, float("nan"), "", " ", "x", "\x00"),
    *("\ud800", "\x1b[2J", "\u202e", "a\nb", "9" * 5000, "2021-13-45", "../../x", [], {}, [[]], [None], {"": None}),
    *({"1": {}}, ["x", 1], [{"start": 0}], 10**400, "é", "x" * 10_000),
)


def change_bytes(dice: random.Random, content: bytes) -> bytes:
    """Flip, cut, put in, repeat or exchange a few stretches."""
    for _ in range(dice.choice((1, 1, 2, 5))):
        start = dice.randrange(len(content) + 1)
        end = min(len(content), start + dice.choice((0, 1, 1, 2, 8, 100, 3000)))
        piece, again = dice.choice(PIECES), content[start:end] * dice.choice((2, 3, 50))
        content = content[:start] + dice.choice((b"", piece, piece, again, dice.randbytes(1))) + content[end:]
    return content[: dice.randrange(len(content) + 1)] if dice.random() < 0.1 else content


def change_tree(dice: random.Random, value: Any) -> Any:  # noqa: ANN401 - a JSON value
    """Return a few values another type, take some away, and repeat some."""
    value = json.loads(json.dumps(value))
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        spots = list(_spots(value))
        if not spots:
            return dice.choice(ODD)
        holder, key = dice.choice(spots)
        what = dice.randrange(8)
        if what == 0:
            del holder[key]
        elif what == 1 and isinstance(holder, dict):
            holder[dice.choice(("", "1", "x", "id", "-1", "9" * 30, "\ud800"))] = holder.pop(key)
        elif what == 2 and isinstance(holder, list):
            holder.insert(key, holder[key])
        else:
            holder[key] = json.loads(json.dumps(dice.choice((dice.choice(spots)[0], *dice.choices(ODD, k=5)))))
    return value


def _spots(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - a JSON value
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _spots(value[key])


def dumped(value: Any) -> bytes:  # noqa: ANN401 - a JSON value
    """Write JSON as it would come from a program that checks nothing."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def change_json(dice: random.Random, content: bytes) -> bytes:
    """Change the tree of a JSON file, or one line of JSON Lines."""
    try:
        return dumped(change_tree(dice, json.loads(content)))
    except ValueError:
        lines = content.splitlines()
    number = dice.randrange(len(lines))
    lines[number] = dumped(change_tree(dice, json.loads(lines[number])))
    if dice.random() < 0.2:
        lines.insert(dice.randrange(len(lines)), dice.choice(lines))
    return b"\n".join(lines)


def change_text(dice: random.Random, content: bytes) -> bytes:
    """Change words, cells, numbers or attributes, which leaves the form whole."""
    tokens = re.split(rb"""([\s,;:"'<>=|()/-]+)""", content)
    for _ in range(dice.choice((1, 1, 2, 4))):
        number = dice.randrange(len(tokens))
        tokens[number] = dice.choice((b"", dice.choice(PIECES), dice.choice(tokens), tokens[number] * 2))
    return b"".join(tokens)


def change_zip(dice: random.Random, content: bytes) -> bytes:
    """Change a member of a zip file."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    name = dice.choice(list(members))
    how = dice.choice((change_bytes, change_text, change_text))
    if dice.random() < 0.1:
        members[dice.choice(("../x", "/x", "project.qde", "sources/é", "x"))] = members.pop(name)
    else:
        members[name] = how(dice, members[name])
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, member in members.items():
            packed.writestr(name, member)
    return sink.getvalue()


def change_database(dice: random.Random, content: bytes) -> bytes:
    """Change cells of an SQLite file, or its tables."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for _ in range(dice.choice((1, 1, 2, 4))):
        table = dice.choice(tables)
        column = dice.choice([row[1] for row in connection.execute(f"PRAGMA table_info({table})")])
        odd = dice.choice([each for each in ODD if each is None or isinstance(each, (str, float, bytes))])
        value = dice.choice((odd, dice.choice(PIECES), dice.choice((0, -1, 2**31, 2**62, 5))))
        try:
            connection.execute(f"UPDATE {table} SET {column} = ?", (value,))  # noqa: S608 - names of our own
        except (sqlite3.Error, UnicodeEncodeError):
            connection.execute(f"ALTER TABLE {table} RENAME COLUMN {column} TO {column}_")
    connection.commit()
    return connection.serialize()


Changing = Callable[[random.Random, bytes], bytes]
