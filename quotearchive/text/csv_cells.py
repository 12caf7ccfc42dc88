"""Cells of tables: text that no spreadsheet runs as a formula, and several names in one."""

import re
from collections.abc import Sequence
from typing import Final

#: What makes a spreadsheet read a cell as a formula, also in its full-width form, and the mark against it.
_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n']")


def neutralise(cell: str) -> str:
    """Keep a spreadsheet from running a cell.

    >>> neutralise("=HYPERLINK(1)"), neutralise("a = b"), neutralise("'tis")
    ("'=HYPERLINK(1)", 'a = b', "''tis")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def restore(cell: str) -> str:
    """Undo `neutralise`; leave alone what it would not have touched.

    >>> restore("'=HYPERLINK(1)"), restore("'tis")
    ('=HYPERLINK(1)', "'tis")
    """
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell, 1) else cell


def join(names: Sequence[str | None]) -> str:
    r"""Put names into one cell.

    >>> print(join(["Khastar, Hashem", "a; b"]))
    Khastar, Hashem; a\; b
    """
    return "; ".join(re.sub(r"([;\\])", r"\\\1", name or "") for name in names)


def split(cell: str) -> tuple[str, ...]:
    r"""Take names out of a cell; the inverse of `join`.

    >>> split(r"Khastar, Hashem; a\; b")
    ('Khastar, Hashem', 'a; b')
    """
    found = re.findall(r"(?:[^;\\]|\\.?)+", cell, re.DOTALL)
    return tuple(re.sub(r"\\(.)", r"\1", name.strip(), flags=re.DOTALL) for name in found)
