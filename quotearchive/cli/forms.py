"""Forms in the user's editor: opened again, with the message above the line, while one is wrong."""

import os
from collections.abc import Callable, Mapping
from typing import Any

import click

from quotearchive.archive.forms import (
    DOCUMENT_FIELDS,
    QUOTE_FIELDS,
    document_form,
    quote_form,
    read_form,
    with_mistake,
)
from quotearchive.archive.references import find_document, find_quote
from quotearchive.cli.session import Session
from quotearchive.errors import NoEditorError, QuoteArchiveError

#: Takes the fields that were changed, each with its new value, empty where it was taken away.
Apply = Callable[[Mapping[str, Any]], None]


def edit_quote_form(session: Session, number: int, apply: Apply) -> None:
    """Let the user edit what is known of a quote.

    Raises:
        NoEditorError: There is no editor to do it in.
        QuoteArchiveError: A mistake was left as it was.
    """
    snapshot = session.store.read()
    quote = find_quote(snapshot, str(number))
    form = quote_form(quote, find_document(snapshot, str(quote.document)))
    _edit(session, form, QUOTE_FIELDS, apply)


def edit_document_form(session: Session, number: int, apply: Apply) -> None:
    """Let the user edit what is known of a document.

    Raises:
        NoEditorError: There is no editor to do it in.
        QuoteArchiveError: A mistake was left as it was.
    """
    form = document_form(find_document(session.store.read(), str(number)))
    _edit(session, form, DOCUMENT_FIELDS, apply)


def _edit(session: Session, form: str, fields: Mapping[str, Callable[[str], Any]], apply: Apply) -> None:
    original = read_form(form, fields)
    text, mistake = form, None
    while (edited := _open_editor(session, text)) != text:
        try:
            apply(_changes(original, read_form(edited, fields)))
        except QuoteArchiveError as error:
            mistake = error
            text = with_mistake(edited, getattr(error, "line", 1), getattr(error, "mistake", str(error)))
        else:
            return
    if mistake:
        raise mistake
    session.remark("Nothing was changed.")


def _changes(original: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields that differ; one whose line is gone is empty."""
    gone = {name: () if isinstance(original[name], tuple) else "" for name in original.keys() - values.keys()}
    return {name: value for name, value in values.items() if value != original.get(name)} | gone


def _open_editor(session: Session, text: str) -> str:
    if not (session.is_interactive or os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        raise NoEditorError
    edited = click.edit(text, extension=".yaml", require_save=False)
    return text if edited is None else edited.rstrip("\n") + "\n"
