"""An archive that is asked and changed by one script."""

from pathlib import Path

import pytest

from quotearchive.archive.archive import Archive
from quotearchive.archive.edits import QuoteEdit, edit_quotes
from quotearchive.archive.lookup import show_quote
from quotearchive.model import Change
from quotearchive.query import parse
from quotearchive.search import Order

CHANGE = Change(when="2026-02-01T10:00:00Z")


@pytest.mark.usefixtures("with_letter")
@pytest.mark.parametrize("caches", ["caches", None])
def test_what_a_script_has_changed_it_sees(tmp_path: Path, caches: str | None) -> None:
    archive = Archive(tmp_path / "archive.json", tmp_path / caches if caches else None)
    assert archive.index.search(parse("note:checked").query, Order()).total == 0
    edit_quotes(archive, [1], QuoteEdit(values={"note": "To be checked"}), change=CHANGE)
    assert show_quote(archive, "1")[0].note == "To be checked"
    assert archive.index.search(parse("note:checked").query, Order()).total == 1
