"""`quotearchive edit`: edit quotes and documents."""

import shlex
from collections.abc import Mapping, Sequence
from typing import Any, Final

import click
import msgspec

from quotearchive.archive.edits import EditPlan, QuoteEdit, edit_document, edit_quotes, plan, plan_document
from quotearchive.archive.quotes import Wording
from quotearchive.archive.references import (
    are_numbers,
    document_numbers,
    quote_numbers,
    slugs_of,
    stored_document,
    stored_quote,
)
from quotearchive.cli.change_options import ChangeOptions
from quotearchive.cli.editor import edit_form
from quotearchive.cli.errors import ClashingOptionsError, NothingToChangeError
from quotearchive.cli.field_options import option_names, options
from quotearchive.cli.forms import document_form, quote_form
from quotearchive.cli.quote import span_option
from quotearchive.cli.session import Session, pass_session
from quotearchive.errors import UsageError
from quotearchive.fields import options_of
from quotearchive.json_values import description_values, quote_change_values
from quotearchive.model import Description, Document, Quote
from quotearchive.query import conditions_of, parse
from quotearchive.store import Snapshot
from quotearchive.text import counted
from quotearchive.views import edits as views

#: The options of a quote beside those of its fields.
_OF_QUOTES: Final = ("add_topics", "drop_topics", "passages", "spans", "occurrence", "start", "end")

_WORDING: Final = ("passages", "spans", "occurrence")


@click.command(short_help="Edit quotes or documents.")
@click.argument("references", metavar="[DOC|QUOTE]...", nargs=-1)
@click.option("--document", "are_documents", is_flag=True, help="Numbers mean documents.")
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
    help="A topic to remove, with those below it; may be repeated.",
)
@click.option("--passage", "passages", multiple=True, metavar="WORDS", help="Other words of the document.")
@span_option("Other words, by their character positions.")
@click.option("--occurrence", type=click.IntRange(min=1), metavar="N", help="Which occurrence of --passage.")
@click.option("--start", metavar="WORDS", help="The words it should begin with.")
@click.option("--end", metavar="WORDS", help="The words it should end with.")
@options(Document, clears=True)
@pass_session
def command(
    session: Session,
    /,
    references: tuple[str, ...],
    where: str | None,
    **given: Any,  # noqa: ANN401 - click's values
) -> None:
    """Edit quotes or documents: by options, or without any in your editor.

    Plain numbers, ranges such as 12-19, and `last` mean quotes. An empty value clears a field.
    The words stay the document's own: --start, --end and --passage choose other words of it.

    \b
    quotearchive edit 3 --speaker "Hashem Khastar" --add-topic prison
    quotearchive edit 12-19 last --drop-topic misc
    quotearchive edit 3 --start "With all these" --end "in the streets!"
    quotearchive edit open-letter --date "24 Bahman 1399" --recipient "Ali Khamenei"
    quotearchive edit --where "topic:prison phone" --add-topic prison/phone
    """
    are_documents, yes = given.pop("are_documents"), given.pop("yes") or where is None
    how = ChangeOptions(dry_run=given.pop("dry_run"), yes=yes, as_json=given.pop("as_json"))
    asked = {name: value for name, value in given.items() if value not in {None, ()}}
    if where is not None and references:
        option, reason = "--where", "chooses quotes by a query and can't be used with numbers or names"
        raise ClashingOptionsError(option, reason)
    if where is not None:
        _edit_found(session, where, asked, how)
    elif references:
        snapshot = session.archive.read()
        documents = [each for each in references if are_documents or not are_numbers(each)]
        if quotes := [each for each in references if each not in documents]:
            _edit_quotes(session, quote_numbers(snapshot, quotes), asked, how)
        for number in document_numbers(slugs_of(snapshot), documents):
            _edit_document(session, snapshot, number, asked, how)
    else:
        nothing = "Nothing to edit: name quotes or documents, or use --where QUERY."
        raise UsageError(nothing)


def _edit_found(session: Session, where: str, asked: Mapping[str, Any], how: ChangeOptions) -> None:
    parsed = parse(where)
    session.remark_all(parsed.remarks)
    if parsed.remarks or not conditions_of(parsed.query):
        vague = (
            f"--where {shlex.quote(where)} does not narrow down which quotes to change. Nothing was changed."
            " Try it with: quotearchive search"
        )
        raise UsageError(vague)
    if not asked:
        raise NothingToChangeError(["--add-topic TOPIC", "--speaker NAME", "another option; see --help"])
    _edit_quotes(session, session.archive.index.quote_numbers(parsed.query), asked, how)


def _refuse(asked: Mapping[str, Any], of: type[msgspec.Struct], what: str, also: Sequence[str] = ()) -> None:
    """Refuse options that don't fit what is changed."""
    usable = {*(field.name for field in options_of(of)), *also}
    unusable = [option_names()[name] for name in asked if name not in usable]
    if unusable:
        raise ClashingOptionsError(", ".join(unusable), f"can't be used on {what}")


def _edit_quotes(session: Session, numbers: list[int], asked: Mapping[str, Any], how: ChangeOptions) -> None:
    _refuse(asked, Quote, "a quote", _OF_QUOTES)
    if not asked:
        for number in numbers:
            _edit_in_form(session, number, how)
        return
    edit, agreed = quote_edit(asked), None
    if how.dry_run or not how.yes:
        agreed = plan(session.archive.read(), numbers, edit)
        if not (how.as_json and how.dry_run):
            session.show(views.preview(agreed))
        if not agreed.edited or not how.agree(session, f"Change {counted(len(agreed.edited), 'quote')}?"):
            _tell(session, agreed, how, is_shown=True)
            return
    _tell(session, edit_quotes(session.archive, numbers, edit, change=session.change, agreed=agreed), how)


def quote_edit(asked: Mapping[str, Any]) -> QuoteEdit:
    """Return the edit that options ask for."""
    values = {field.name: asked[field.name] for field in options_of(Quote) if field.name in asked}
    wording = {name: asked[name] for name in _WORDING if name in asked}
    rest = {name: value for name, value in asked.items() if name not in {*values, *wording}}
    return QuoteEdit(values=values, wording=Wording(**wording), **rest)


def _tell(session: Session, planned: EditPlan, how: ChangeOptions, *, is_shown: bool = False) -> None:
    session.remark_all(planned.remarks)
    if how.as_json:
        session.write_json([quote_change_values(each.before, each.after) for each in planned.edited])
    elif not planned.edited:
        session.remark("Nothing to change.")
    elif not is_shown:
        session.show(views.quotes_changed(planned))


def _edit_document(
    session: Session, snapshot: Snapshot, number: int, asked: Mapping[str, Any], how: ChangeOptions
) -> None:
    _refuse(asked, Document, "a document")
    before = stored_document(snapshot, number)

    def apply(values: Mapping[str, Any], seen: Document | None = before) -> None:
        if how.dry_run:
            after: Description = plan_document(snapshot, before, values)
        else:
            after = edit_document(session.archive, number, values, change=session.change, seen=seen)
        if how.as_json:
            session.write_json(description_values(after, len(snapshot.quotes_of(number))))
        else:
            session.show(views.document_changed(before, after))

    if asked:
        apply(asked, seen=None)
    else:
        edit_form(session, before, document_form(before), apply)


def _edit_in_form(session: Session, number: int, how: ChangeOptions) -> None:
    snapshot = session.archive.read()

    def apply(values: Mapping[str, Any]) -> None:
        edit = quote_edit(values)
        agreed = plan(snapshot, [number], edit)
        changed = edit_quotes(session.archive, [number], edit, change=session.change, agreed=agreed)
        _tell(session, changed, how)

    quote = stored_quote(snapshot, number)
    edit_form(session, quote, quote_form(quote, stored_document(snapshot, quote.document)), apply)
