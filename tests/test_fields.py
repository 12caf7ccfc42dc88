"""The table of fields: a field in it has an option and a line in a form, is edited, merged and imported."""

import shutil
from pathlib import Path
from typing import Any, Final

import click
import msgspec
import pytest
from click.testing import CliRunner

from quotearchive.archive.archive import Archive
from quotearchive.archive.documents import Piped, add
from quotearchive.archive.merge import merge
from quotearchive.archive.quotes import Wording, quote
from quotearchive.archive.speakers import add_speaker
from quotearchive.cli import main
from quotearchive.cli.forms import document_form, quote_form
from quotearchive.errors import UsageError
from quotearchive.fields import FIELDS, Field, Kind
from quotearchive.model import Change, Document, Quote, Speaker
from quotearchive.store import Snapshot

CHANGE: Final = Change(when="2026-11-24T12:00:00Z", command="test")

#: By the kind of a field: a value as it is stored, and as it is typed.
VALUES: Final[dict[Kind, tuple[Any, str]]] = {
    Kind.TEXT: ("words", "words"),
    Kind.LINE: ("some words", "some words"),
    Kind.NAME: ("Ann Lee", "Ann Lee"),
    Kind.NAMES: (("Ann Lee",), "Ann Lee"),
    Kind.TOPICS: (("prison",), "prison"),
    Kind.DATE: ("1943-02", "February 1943"),
    Kind.CHOICE: ("speech", "speech"),
    Kind.COUNT: (3, "3"),
    Kind.QUOTE: (1, "1"),
    Kind.DOCUMENT: (2, "second"),
    Kind.DOCUMENTS: ((2,), "second"),
}

#: The commands that give fields, and what they are given of.
COMMANDS: Final = {
    Quote: (("quote",), ("edit", "2")),
    Document: (("add",), ("edit", "first")),
    Speaker: (("speakers", "add"), ("speakers", "edit", "Ben Ray")),
}

FIELD: Final = [pytest.param(of, field, id=f"{of.__name__}-{field.name}") for of in FIELDS for field in FIELDS[of]]

#: A title is never empty, so nothing fills it in.
FILLED: Final = [each for each in FIELD if each.id != "Document-title"]

OPTION: Final = [
    pytest.param(of, field, id=f"{of.__name__}-{field.name}") for of in FIELDS for field in FIELDS[of] if field.option
]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive of two documents, a quote that can be said in another, and a speaker, each as bare as may be."""
    archive = Archive(tmp_path / "archive.json")
    for title in "First", "Second":
        text = f"{title}.\n\nHe said that it is cold and that we go home."
        add(archive, [Piped(text.encode())], given={"title": title}, change=CHANGE)
    with archive.transaction(CHANGE) as transaction:
        for document in list(transaction.documents()):
            transaction.put(msgspec.structs.replace(document, language=None))
    for words in "He said that it is cold and that we go home.", "it is cold":
        quote(archive, "first", Wording(passages=(words,)), {}, change=CHANGE)
    add_speaker(archive, Speaker(name="Ben Ray"), change=CHANGE)
    return archive


def value_of(snapshot: Snapshot, of: type[msgspec.Struct]) -> Any:  # noqa: ANN401 - a quote, a document or a speaker
    if of is Speaker:
        return next(iter(snapshot.speakers()))
    return snapshot.find_quote(2) if of is Quote else snapshot.find_document(1)


def run(archive: Archive, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["-a", str(archive.path), *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def given(of: type[msgspec.Struct], field: Field) -> dict[str, Any]:
    """A value for a field; words of a date come with the date."""
    dates = [each for each in FIELDS[of] if each.words == field.name]
    return {each.name: VALUES[each.kind][0] for each in (*dates, field)}


def write(archive: Archive, of: type[msgspec.Struct], field: Field) -> None:
    """Put a value for a field into an archive, as if it had been there before."""
    with archive.transaction(CHANGE) as transaction:
        transaction.put(msgspec.structs.replace(value_of(transaction, of), **given(of, field)))


@pytest.mark.parametrize(("of", "field"), OPTION)
def test_a_field_has_an_option_wherever_it_is_given(of: type[msgspec.Struct], field: Field) -> None:
    for path in COMMANDS[of]:
        command: click.Command = main
        for name in path[: 2 if path[0] == "speakers" else 1]:
            assert isinstance(command, click.Group)
            found = command.get_command(click.Context(command), name)
            assert found
            command = found
        options = {each.opts[0]: each for each in command.params}
        option = options[f"--{field.option}"]
        assert (option.name, option.multiple) == (field.name, field.is_plural)


@pytest.mark.parametrize(("of", "field"), OPTION)
def test_a_field_is_edited_and_taken_away(archive: Archive, of: type[msgspec.Struct], field: Field) -> None:
    stored, typed = VALUES[field.kind]
    empty = getattr(value_of(archive.read(), of), field.name)
    run(archive, *COMMANDS[of][1], f"--{field.option}", typed)
    assert getattr(value_of(archive.read(), of), field.name) == stored
    if not field.is_required:
        run(archive, *COMMANDS[of][1], f"--{field.option}", "0" if field.kind is Kind.COUNT else "")
        assert getattr(value_of(archive.read(), of), field.name) == empty


def test_a_value_for_a_field_that_there_is_not_is_refused(archive: Archive) -> None:
    with pytest.raises(UsageError, match=r"There is no field 'speakr'\. The fields are speaker, role"):
        quote(archive, "first", Wording(passages=("it is cold",)), {"speakr": "Ann Lee"}, change=CHANGE)


@pytest.mark.parametrize(("of", "field"), [each for each in OPTION if each.values[0] is not Speaker])
def test_a_form_has_a_line_for_a_field(archive: Archive, of: type[msgspec.Struct], field: Field) -> None:
    write(archive, of, field)
    snapshot = archive.read()
    document = value_of(snapshot, Document)
    form = document_form(document) if of is Document else quote_form(value_of(snapshot, of), document)
    value = given(of, field)[field.name]
    written = f"\n- {value[0]}" if isinstance(value, tuple) else f" {value}"
    assert f"\n{field.name}:{written}\n" in form


@pytest.mark.parametrize(("of", "field"), FILLED)
def test_a_merge_fills_a_field_in(archive: Archive, of: type[msgspec.Struct], field: Field, tmp_path: Path) -> None:
    theirs = Archive(Path(shutil.copy(archive.path, tmp_path / "theirs.json")))
    write(theirs, of, field)
    merged = merge(archive, theirs.path, change=CHANGE, choose=None)
    assert getattr(value_of(archive.read(), of), field.name) == given(of, field)[field.name]
    assert not merged.conflicts


@pytest.mark.parametrize(("of", "field"), [each for each in FILLED if each.values[0] is not Speaker])
def test_an_import_of_an_export_brings_a_field_back(
    archive: Archive, of: type[msgspec.Struct], field: Field, tmp_path: Path
) -> None:
    bare = Archive(Path(shutil.copy(archive.path, tmp_path / "bare.json")))
    write(archive, of, field)
    run(archive, "export", "--format", "json", "--output", str(tmp_path / "export.json"))
    for other in bare, Archive(tmp_path / "new.json"):
        run(other, "import", str(tmp_path / "export.json"))
        assert getattr(value_of(other.read(), of), field.name) == given(of, field)[field.name]


def test_a_merge_keeps_all_values_of_fields_that_unite(archive: Archive, tmp_path: Path) -> None:
    theirs = Archive(Path(shutil.copy(archive.path, tmp_path / "theirs.json")))
    united = [(of, field) for of in FIELDS for field in FIELDS[of] if field.is_united]
    for of, field in united:
        write(theirs, of, field)
        with archive.transaction(CHANGE) as transaction:
            transaction.put(msgspec.structs.replace(value_of(transaction, of), **{field.name: ("another",)}))
    merge(archive, theirs.path, change=CHANGE, choose=None)
    for of, field in united:
        assert set(getattr(value_of(archive.read(), of), field.name)) == {"another", *VALUES[field.kind][0]}
