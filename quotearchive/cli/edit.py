"""`quotearchive edit`: change what is known of quotes and documents."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import click
import msgspec

from quotearchive.archive.edits import EditPlan, QuoteEdit, chosen, edit_document, edit_quotes, plan
from quotearchive.archive.quotes import Wording
from quotearchive.archive.references import are_numbers, document_numbers, find_document, quote_numbers
from quotearchive.cli.editor import edit_document_form, edit_quote_form
from quotearchive.cli.errors import (
    ClashingOptionsError,
    NothingNamedError,
    NothingToChangeError,
    UnusableOptionError,
    VagueEditError,
)
from quotearchive.cli.field_options import option_names, options
from quotearchive.cli.quote import Span
from quotearchive.cli.session import Session, pass_session
from quotearchive.exporters.json_values import description_values
from quotearchive.exporters.people_values import change_values
from quotearchive.fields import options_of
from quotearchive.model import Document, Quote
from quotearchive.query import conditions_of, parse
from quotearchive.text import counted
from quotearchive.views import edits as views

#: The options of a quote beside those of its fields.
_OF_QUOTES: Final = ("add_topics", "drop_topics", "passages", "spans", "occurrence", "start", "end")

_WORDING: Final = ("passages", "spans", "occurrence")

#: Options that say how a change is made.
_MANNER: Final = ("dry_run", "as_json")


@click.command(short_help="Change what is known of quotes or documents.")
@click.argument("references", metavar="[DOC|QUOTE]...", nargs=-1)
@click.option("--document", "are_documents", is_flag=True, help="The numbers are those of documents.")
@click.option("--where", metavar="QUERY", help="All quotes that a search for QUERY finds.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@options(Quote, clears=True)
@click.option("--add-topic", "add_topics", multiple=True, metavar="TOPIC", help="A topic to add; may be repeated.")
@click.option(
    "--drop-topic",
    "drop_topics",
    multiple=True,
    metavar="TOPIC",
    help="A topic to take away, with those below it; may be repeated.",
)
@click.option("--passage", "passages", multiple=True, metavar="WORDS", help="Other words of the document.")
@click.option("--span", "spans", type=Span(), multiple=True, help="Other words, by their characters.")
@click.option("--occurrence", type=click.IntRange(min=1), metavar="N", help="Which place of --passage.")
@click.option("--start", metavar="WORDS", help="The words it is to begin with.")
@click.option("--end", metavar="WORDS", help="The words it is to end with.")
@options(Document, clears=True)
@pass_session
def command(
    session: Session,
    /,
    references: tuple[str, ...],
    where: str | None,
    **given: Any,  # noqa: ANN401 - click's values
) -> None:
    """Change what is known of quotes or documents: by options, or without any in your editor.

    A number is that of a quote, as is a range such as 12-19, or `last`. An empty value takes a field away.
    The words stay the document's own: --start, --end and --passage choose others of them.

    \b
    quotearchive edit 3 --speaker "Hashem Khastar" --add-topic prison
    quotearchive edit 12-19 last --drop-topic misc
    quotearchive edit 3 --start "With all these" --end "in the streets!"
    quotearchive edit open-letter --date "24 Bahman 1399" --recipient "Ali Khamenei"
    quotearchive edit --where "topic:prison phone" --add-topic prison/phone
    """
    yes, are_documents = given.pop("yes") or where is None, given.pop("are_documents")
    manner = _Manner(yes=yes, **{name: given.pop(name) for name in _MANNER})
    asked = {name: value for name, value in given.items() if value not in {None, ()}}
    if where is not None and references:
        option, reason = "--where", "chooses quotes by a query, so no number or name goes with it"
        raise ClashingOptionsError(option, reason)
    if where is not None:
        _edit_found(session, where, asked, manner)
    elif references:
        _edit_named(session, references, asked, manner, are_documents=are_documents)
    else:
        raise NothingNamedError


class _Manner(msgspec.Struct, frozen=True, kw_only=True):
    """How a change is made: shown only, without asking, told as JSON."""

    dry_run: bool
    yes: bool
    as_json: bool


def _edit_found(session: Session, where: str, asked: Mapping[str, Any], manner: _Manner) -> None:
    parsed = parse(where)
    session.remark_all(parsed.remarks)
    if parsed.remarks or not conditions_of(parsed.query):
        raise VagueEditError(where)
    if not asked:
        raise NothingToChangeError(["--add-topic TOPIC", "--speaker NAME", "another option; see --help"])
    _edit_quotes(session, chosen(session.archive, parsed.query), asked, manner)


def _edit_named(
    session: Session,
    references: Sequence[str],
    asked: Mapping[str, Any],
    manner: _Manner,
    *,
    are_documents: bool,
) -> None:
    snapshot = session.archive.read()
    documents = [each for each in references if are_documents or not are_numbers(each)]
    quotes = [each for each in references if each not in documents]
    if quotes:
        _edit_quotes(session, quote_numbers(snapshot, quotes), asked, manner)
    for number in document_numbers(snapshot, documents):
        _edit_document(session, number, asked, as_json=manner.as_json)


def _refuse(asked: Mapping[str, Any], of: type[msgspec.Struct], what: str, also: Sequence[str] = ()) -> None:
    """Refuse options that say nothing of what is changed."""
    usable = {*(field.name for field in options_of(of)), *also}
    unusable = [option_names()[name] for name in asked if name not in usable]
    if unusable:
        raise UnusableOptionError(unusable, what)


def _edit_quotes(session: Session, numbers: list[int], asked: Mapping[str, Any], manner: _Manner) -> None:
    _refuse(asked, Quote, "a quote", _OF_QUOTES)
    if not asked:
        for number in numbers:
            _edit_in_form(session, number, manner)
        return
    edit = quote_edit(asked)
    planned = plan(session.archive.read(), numbers, edit)
    if not (manner.yes and not manner.dry_run):
        session.show_unless(manner.as_json and manner.dry_run, views.preview(planned))
    if not manner.dry_run and planned.edited:
        if not manner.yes:
            session.confirm(f"Change {counted(len(planned.edited), 'quote')}?")
        agreed = None if manner.yes else planned
        planned = edit_quotes(session.archive, numbers, edit, change=session.change, agreed=agreed)
    _tell(session, planned, manner)


def quote_edit(asked: Mapping[str, Any]) -> QuoteEdit:
    """Make a change of the options that were given."""
    values = {field.name: asked[field.name] for field in options_of(Quote) if field.name in asked}
    wording = {name: asked[name] for name in _WORDING if name in asked}
    rest = {name: value for name, value in asked.items() if name not in {*values, *wording}}
    return QuoteEdit(values=values, wording=Wording(**wording), **rest)


def _tell(session: Session, edition: EditPlan, manner: _Manner) -> None:
    session.remark_all(edition.remarks)
    if manner.as_json:
        session.write_json([change_values(each.before, each.after) for each in edition.edited])
    elif not edition.edited:
        session.remark("Nothing has to be changed.")
    elif not manner.dry_run:
        session.show(views.quotes_changed(edition))


def _edit_document(session: Session, number: int, asked: Mapping[str, Any], *, as_json: bool) -> None:
    _refuse(asked, Document, "a document")
    before = find_document(session.archive.read(), str(number))
    if not asked:
        edit_document_form(
            session, before, lambda values: _change(session, before, values, as_json=as_json, seen=before)
        )
        return
    _change(session, before, asked, as_json=as_json)


def _change(
    session: Session, before: Document, values: Mapping[str, Any], *, as_json: bool, seen: Document | None = None
) -> None:
    after = edit_document(session.archive, before.id, values, change=session.change, seen=seen)
    if as_json:
        quotes = len(session.archive.read().quotes_of(before.id))
        session.write_json(description_values(after, quotes))
    else:
        session.show(views.document_changed(before, after))


def _edit_in_form(session: Session, number: int, manner: _Manner) -> None:
    snapshot = session.archive.read()

    def apply(values: Mapping[str, Any]) -> None:
        edit = quote_edit(values)
        agreed = plan(snapshot, [number], edit)
        edition = edit_quotes(session.archive, [number], edit, change=session.change, agreed=agreed)
        _tell(session, edition, manner)

    edit_quote_form(session, snapshot, number, apply)
