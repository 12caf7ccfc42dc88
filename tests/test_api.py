"""The names that scripts rely on."""

from pathlib import Path

import pytest

from quotearchive import api
from quotearchive.cli import COMMANDS

CHANGE = api.Change(when="2026-01-31T12:00:00Z", by="A script")

#: What a command is called in a script, where it is called otherwise.
CALLED = {
    "show": "show_quote",
    "search": "Index",
    "list": "list_documents",
    "edit": "edit_quotes",
    "export": "exporter",
}
CALLED |= {"import": "import_file", "speakers": "list_speakers", "topics": "list_topics", "originals": "list_originals"}


def test_whatever_is_imported_is_offered() -> None:
    public = {name for name in vars(api) if not name.startswith("_")}
    assert public == set(api.__all__)
    assert len(api.__all__) == len(set(api.__all__))


def test_every_command_can_be_scripted() -> None:
    assert {CALLED.get(name, name) for name in COMMANDS} - {"completion"} <= set(api.__all__)


def test_a_script_does_what_the_commands_do(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Open letter\n\nWe will not be silent. We resist.\n", encoding="utf-8")
    archive = api.Archive(tmp_path / "archive.json")
    (added,) = api.add(archive, [tmp_path / "letter.txt"], given={}, change=CHANGE).added
    words = api.Wording(passages=("We resist",))
    api.quote(archive, added.document.slug, words, {"speaker": "Ann Lee"}, change=CHANGE)
    assert api.rename_speaker(archive, "Ann Lee", "A. Lee", change=CHANGE)
    assert [each.speaker.name for each in api.list_speakers(archive)] == ["A. Lee"]
    removed = api.remove(archive, api.plan_removal(archive.read(), quotes=["1"]), change=CHANGE)
    assert [each.text for each in removed.quotes] == ["We resist"]
    api.undo(archive, change=CHANGE)
    assert api.show_quote(archive, "last")[0].speaker == "A. Lee"
    with pytest.raises(api.QuoteArchiveError, match="no quote 7"):
        api.show_quote(archive, "7")
