"""An archive's file, read and changed as no command does it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .conftest import Run

Tables = dict[str, dict[str, dict[str, Any]]]


def tables(folder: Path) -> Tables:
    content: Tables = json.loads((folder / "archive.json").read_bytes())
    return content


def spoil(folder: Path, change: Callable[[Tables], object]) -> None:
    content = tables(folder)
    change(content)
    (folder / "archive.json").write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def verified(run: Run, *options: str) -> tuple[int, dict[str, Any]]:
    result = run("verify", "--json", *options)
    return result.exit_code, json.loads(result.stdout)


def line_of(content: bytes, table: str, number: str) -> bytes:
    """Return the line of a record, as the archive is laid out."""
    start = content.index(b'\n"%s":{' % table.encode())
    start = content.index(b'\n"%s":{' % number.encode(), start) + 1
    return content[start : content.index(b"\n", start)]


def damage(
    folder: Path, table: str, number: str, change: Callable[[bytes], bytes], *, has_backup: bool = False
) -> None:
    path = folder / "archive.json"
    content = path.read_bytes()
    line = line_of(content, table, number)
    path.write_bytes(content.replace(line, change(line)))
    if not has_backup:
        (folder / "archive.json.bak").unlink()


def repaired(run: Run) -> str:
    result = run("verify", "--repair", "--yes")
    assert "Repaired." in result.stderr, result.output
    return " ".join(result.stdout.split())


def cut_before_the_quotes(folder: Path) -> None:
    content = (folder / "archive.json").read_bytes()
    (folder / "archive.json").write_bytes(content[: content.rindex(b'"quotes"')])
