"""Cells of tables: text that no spreadsheet runs as a formula, and several names in one."""

import re
from collections.abc import Sequence
from typing import Final

#: What makes a spreadsheet read a cell as a formula, also in its full-width form, and the mark against it.
_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n']")


def neutralise_cell(cell: str) -> str:
    """Keep a spreadsheet from running a cell.

    >>> neutralise_cell("=HYPERLINK(1)"), neutralise_cell("a = b"), neutralise_cell("'tis")
    ("'=HYPERLINK(1)", 'a = b', "''tis")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def restore_cell(cell: str) -> str:
    """Undo `neutralise_cell`; leave alone what it would not have touched.

    >>> restore_cell("'=HYPERLINK(1)"), restore_cell("'tis")
    ('=HYPERLINK(1)', "'tis")
    """
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell, 1) else cell


def join_names(names: Sequence[str | None]) -> str:
    r"""Put names into one cell.

    >>> print(join_names(["Khastar, Hashem", "a; b"]))
    Khastar, Hashem; a\; b
    """
    return "; ".join(re.sub(r"([;\\])", r"\\\1", name or "") for name in names)


def split_names(cell: str) -> tuple[str, ...]:
    r"""Take names out of a cell; the inverse of `join_names`.

    >>> split_names(r"Khastar, Hashem; a\; b")
    ('Khastar, Hashem', 'a; b')
    """
    found = re.findall(r"(?:[^;\\]|\\.?)+", cell, re.DOTALL)
    return tuple(re.sub(r"\\(.)", r"\1", name.strip(), flags=re.DOTALL) for name in found)
