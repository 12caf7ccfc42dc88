"""Forms in the user's editor.

While one is wrong, it is opened again with the message above the line, if the user wants that; if not, or if
nobody is there to be asked, the form is kept beside the archive. Nothing that was typed is lost.
"""

import contextlib
import os
import shlex
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

import click

from quotearchive.cli.errors import EditorError, FormError, FormKeptError
from quotearchive.cli.forms import read_form, with_mistake
from quotearchive.cli.session import Session
from quotearchive.errors import ArchiveError, QuoteArchiveError, UsageError
from quotearchive.model import Document, Quote
from quotearchive.store import outputs

#: Takes the fields that were changed, each with its new value, empty where it was taken away.
Apply = Callable[[Mapping[str, Any]], None]


def edit_form(session: Session, value: Quote | Document, form: str, apply: Apply) -> None:
    """Let the user edit the fields of a quote or a document.

    Args:
        session: The run.
        value: The quote or the document, as the user is shown it.
        form: Its form.
        apply: Stores the changes, unless somebody else changed the same meanwhile.

    Raises:
        UsageError: There is no editor to do it in.
        EditorError: It can't be used.
        FormKeptError: There is a mistake in the form that the user does not correct now.
    """
    if not (session.is_interactive or os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        nowhere = "There is no terminal to edit in. Give the change as options; see: quotearchive edit --help"
        raise UsageError(nowhere)
    of = type(value)
    original = read_form(form, of)
    with _Sheet(f"{of.__name__.lower()}-{value.id}", form) as sheet:
        while True:
            try:
                values = read_form(sheet.edited(), of)
                if changes := _changes(original, values):
                    apply(changes)
                else:
                    session.remark("Nothing was changed.")
            except QuoteArchiveError as error:
                _ask_again(session, sheet, error)
            else:
                return


def _changes(original: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that differ; one whose line is gone is empty, but a form that was emptied changes nothing."""
    if not values:
        return {}
    gone = {name: () if isinstance(original[name], tuple) else "" for name in original.keys() - values.keys()}
    return {name: value for name, value in values.items() if value != original.get(name)} | gone


def _ask_again(session: Session, sheet: "_Sheet", mistake: QuoteArchiveError) -> None:
    """Mark a mistake in a form if the user wants to edit it again; keep what was typed if not."""
    if not sheet.is_typed():
        raise mistake
    folder = session.archive.real_path.parent
    if isinstance(mistake, ArchiveError):
        session.remark(str(FormKeptError(sheet.keep(folder))))
        raise mistake
    if not session.is_interactive:
        raise FormKeptError(sheet.keep(folder), mistake) from mistake
    session.fail(mistake)
    try:
        is_wanted = click.confirm("Edit again?", default=True, err=True)
    except click.Abort:
        session.fail(FormKeptError(sheet.keep(folder)))
        raise
    if not is_wanted:
        raise FormKeptError(sheet.keep(folder)) from mistake
    sheet.mark(mistake)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Leave Ctrl-C to the editor, which may have another use for it."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class _Sheet:
    """The file in which a form is edited, where nobody else can read it; its name begins that of a kept copy."""

    def __init__(self, name: str, form: str) -> None:
        self._name, self._form = name, form
        self._is_kept = False
        try:
            self._folder = Path(tempfile.mkdtemp(prefix="quotearchive-"))
            self._path = self._folder / "form.yaml"
            self._path.write_bytes(form.encode())
        except OSError as error:
            raise EditorError(str(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._is_kept:
            shutil.rmtree(self._folder, ignore_errors=True)

    def edited(self) -> str:
        """Let the user edit it, and read it.

        Raises:
            EditorError: The editor can't be run, or took the file away.
            FormError: It was saved in another encoding.
        """
        try:
            with _undisturbed():
                click.edit(filename=str(self._path))
            content = self._path.read_bytes()
        except click.ClickException as error:
            raise EditorError(_why(error.__cause__ or error)) from error
        except (OSError, ValueError) as error:  # a value for EDITOR that no shell could split is one of these
            raise EditorError(_why(error)) from error
        try:
            return content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise FormError(line, "This is not UTF-8. Save it as UTF-8.") from error

    def is_typed(self) -> bool:
        """Check whether it is there and holds something that the user typed."""
        return self._path.is_file() and self._path.read_bytes() != self._form.encode()

    def mark(self, mistake: QuoteArchiveError) -> None:
        """Put a message above the line of a mistake, in a form that can be read."""
        with contextlib.suppress(UnicodeDecodeError, OSError):
            text = self._path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            marked = with_mistake(text, getattr(mistake, "line", 1), getattr(mistake, "mistake", str(mistake)))
            outputs.write(self._path, [marked.encode()], mode=0o600)

    def keep(self, folder: Path) -> Path:
        """Keep what was typed, in a folder if that can be written, or where it was edited."""
        try:
            handle, name = tempfile.mkstemp(prefix=f"{self._name}.", suffix=".yaml", dir=folder)
            with os.fdopen(handle, "wb") as copy:
                copy.write(self._path.read_bytes())
        except OSError:
            self._is_kept = True
            return self._path
        return Path(name)


def _why(error: BaseException) -> str:
    """Return why an editor or its form can't be used, in words."""
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    name = f"{shlex.quote(str(error.filename))}: " if error.filename else ""
    return f"{name}{error.strerror.lower()}"
