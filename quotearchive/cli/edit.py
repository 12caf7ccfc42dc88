"""`quotearchive edit`: change what is known of quotes and documents."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import click
import msgspec

from quotearchive.archive.edits import EditPlan, QuoteEdit, edit_document, edit_quotes, plan
from quotearchive.archive.forms import DOCUMENT_FIELDS
from quotearchive.archive.quotes import Wording
from quotearchive.archive.references import are_numbers, document_numbers, find_document, quote_numbers, slugs_of
from quotearchive.cli.dates import CLEARABLE_DATE, WORDED_DATE
from quotearchive.cli.errors import (
    ClashingOptionsError,
    NothingNamedError,
    NothingToChangeError,
    UnusableOptionError,
    VagueEditError,
)
from quotearchive.cli.forms import edit_document_form, edit_quote_form
from quotearchive.cli.quote import Span
from quotearchive.cli.session import Session, pass_session
from quotearchive.exporters.json_values import description_values
from quotearchive.exporters.people_values import change_values
from quotearchive.model import KINDS, Document
from quotearchive.query import conditions_of, parse
from quotearchive.views import editions as views

#: Options that change a quote, and those that change a document; all others are the command's own.
_OF_QUOTES: Final = (
    *("speaker", "role", "to", "said", "note", "within", "topics", "add_topics", "drop_topics"),
    *("passages", "spans", "occurrence", "start", "end"),
)
_OF_DOCUMENTS: Final = tuple(DOCUMENT_FIELDS)

_WORDING: Final = ("passages", "spans", "occurrence")

#: Options that say how a change is made.
_MANNER: Final = ("dry_run", "as_json")


def _several(name: str, *, field: str | None = None, metavar: str = "NAME", text: str) -> Callable[..., Any]:
    return click.option(f"--{name}", field or f"{name}s", multiple=True, metavar=metavar, help=text)


@click.command(short_help="Change what is known of quotes or documents.")
@click.argument("references", metavar="[DOC|QUOTE]...", nargs=-1)
@click.option("--document", "are_documents", is_flag=True, help="The numbers are those of documents.")
@click.option("--where", metavar="QUERY", help="All quotes that a search for QUERY finds.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@click.option("--speaker", metavar="NAME", help="Who said it.")
@click.option("--role", help="What the speaker was then.")
@click.option("--to", metavar="NAME", help="To whom it was said.")
@click.option("--said", type=CLEARABLE_DATE, help="When it was said.")
@click.option("--note", help="Your own words on it.")
@click.option("--within", metavar="QUOTE", help="The number of the quote it is said in; '' for none.")
@_several("topic", metavar="TOPIC", text="What it is about, in place of all topics it has.")
@_several("add-topic", field="add_topics", metavar="TOPIC", text="A topic to add; may be repeated.")
@_several("drop-topic", field="drop_topics", metavar="TOPIC", text="A topic to take away, with those below it.")
@_several("passage", metavar="WORDS", text="Other words of the document.")
@click.option("--span", "spans", type=Span(), multiple=True, help="Other words, by their characters.")
@click.option("--occurrence", type=click.IntRange(min=1), metavar="N", help="Which place of --passage.")
@click.option("--start", metavar="WORDS", help="The words it is to begin with.")
@click.option("--end", metavar="WORDS", help="The words it is to end with.")
@click.option("--title", help="What the document is called.")
@click.option("--kind", type=click.Choice(KINDS), help="What the document is.")
@_several("author", text="Who wrote it, in place of those it has; may be repeated.")
@_several("recipient", text="To whom it is addressed.")
@click.option("--date", type=WORDED_DATE, help="When it was written, sent or published.")
@click.option("--place", help="Where it was written, sent from or published.")
@click.option("--received", type=CLEARABLE_DATE, help="When a letter arrived.")
@click.option("--destination", metavar="PLACE", help="Where a letter was sent to.")
@_several("signatory", field="signatories", text="Who signed it.")
@click.option("--signatories", "signatory_count", type=click.IntRange(0), metavar="N", help="How many signed it.")
@click.option("--replies-to", metavar="DOC", help="The letter that it answers; '' for none.")
@_several("enclose", field="encloses", metavar="DOC", text="A document that was sent with it.")
@click.option("--publisher", help="Who published it.")
@click.option("--url", help="Where it was found.")
@click.option("--language", metavar="TAG", help="Its language, such as en or fa.")
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
    _edit_quotes(session, session.archive.index.quote_numbers(parsed.query), asked, manner)


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
    for number in document_numbers(slugs_of(snapshot), documents):
        _edit_document(session, number, asked, as_json=manner.as_json)


def _refuse(asked: Mapping[str, Any], known: Sequence[str], what: str) -> None:
    unusable = [f"--{name.replace('_', '-')}" for name in asked if name not in known]
    if unusable:
        raise UnusableOptionError(unusable, what)


def _edit_quotes(session: Session, numbers: list[int], asked: Mapping[str, Any], manner: _Manner) -> None:
    _refuse(asked, _OF_QUOTES, "a quote")
    if not asked:
        for number in numbers:
            _edit_in_form(session, number, manner)
        return
    edit = quote_edit(asked)
    planned = plan(session.archive.read(), numbers, edit)
    if not (manner.yes and not manner.dry_run):
        session.show_unless(manner.as_json and manner.dry_run, views.preview(_pairs(planned)))
    if not manner.dry_run and planned.edited:
        if not manner.yes:
            session.confirm(f"Change {views.quotes(len(planned.edited))}?")
        agreed = None if manner.yes else planned
        planned = edit_quotes(session.archive, numbers, edit, change=session.change, agreed=agreed)
    _tell(session, planned, manner)


def quote_edit(asked: Mapping[str, Any]) -> QuoteEdit:
    """Make a change of the options that were given."""
    wording = {name: asked[name] for name in _WORDING if name in asked}
    plain = {name: value for name, value in asked.items() if name not in _WORDING}
    if "topics" in plain:
        plain["topics"] = tuple(filter(None, plain["topics"]))
    return msgspec.convert({**plain, "wording": Wording(**wording)}, QuoteEdit)


def _tell(session: Session, edition: EditPlan, manner: _Manner) -> None:
    session.remark_all(edition.remarks)
    if manner.as_json:
        session.write_json([change_values(before, after) for before, after in _pairs(edition)])
    elif not edition.edited:
        session.remark("Nothing has to be changed.")
    elif not manner.dry_run:
        session.show(views.changed(_pairs(edition)))


def _pairs(edition: EditPlan) -> list[tuple[Any, Any]]:
    return [(each.before, each.after) for each in edition.edited]


def _edit_document(session: Session, number: int, asked: Mapping[str, Any], *, as_json: bool) -> None:
    _refuse(asked, _OF_DOCUMENTS, "a document")
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
        session.show(views.changed([(before, after)]))


def _edit_in_form(session: Session, number: int, manner: _Manner) -> None:
    snapshot = session.archive.read()

    def apply(values: Mapping[str, Any]) -> None:
        edit = quote_edit(values)
        agreed = plan(snapshot, [number], edit)
        edition = edit_quotes(session.archive, [number], edit, change=session.change, agreed=agreed)
        _tell(session, edition, manner)

    edit_quote_form(session, snapshot, number, apply)
