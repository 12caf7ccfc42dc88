"""`quotearchive quote`: tag passages of a document."""

import re
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

import click

from quotearchive.anchoring.location import Rung
from quotearchive.archive.errors import NoPassageError
from quotearchive.archive.quotes import Wording, quote
from quotearchive.archive.values import Values
from quotearchive.cli.errors import ClashingOptionsError
from quotearchive.cli.field_options import option_names, options
from quotearchive.cli.numbers import Amount
from quotearchive.cli.session import Session, pass_session
from quotearchive.json_values import quote_values
from quotearchive.model import Quote, relay
from quotearchive.views.quotes import quote_page

_SPAN: Final = re.compile(r"(\d{1,18}):(\d{1,18})")

#: Remarks on a passage that was not found character by character.
_FOUND: Final = {
    Rung.FOLDED: "Matched ignoring quotation marks, spacing and case; stored in the document's wording.",
    Rung.ENDS: "Stored everything from the first words to the last.",
}


def _span(value: str) -> tuple[int, int]:
    """Read a half-open span of code points, `START:END`."""
    match = _SPAN.fullmatch(value)
    if not match:
        unread = f"{value!r} is not a span. A span is START:END, in characters, such as 120:180."
        raise click.BadParameter(unread)
    return int(match[1]), int(match[2])


def span_option(words: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option that chooses words by their characters, as a decorator."""
    return click.option("--span", "spans", type=_span, metavar="START:END", multiple=True, help=words)


@click.command(short_help="Tag a passage of a document: who said it, on what.")
@click.argument("document", metavar="DOC")
@click.argument("passages", metavar="[PASSAGE]...", nargs=-1)
@options(Quote)
@click.option("--occurrence", type=click.IntRange(min=1), metavar="N", help="Which occurrence, if there are several.")
@span_option("A passage by its character positions; may be repeated.")
@click.option("--detect", "only_detect", is_flag=True, help="List the likely quotations of DOC.")
@click.option("--accept", "accepted", metavar="NUMBERS", help="Store these: 1,3-5 or all.")
@click.option(
    "--min-confidence",
    type=Amount(0, 1),
    metavar="X",
    help="Only those at least this likely, 0 to 1.  [default: 0.5 for --accept all, else 0]",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@pass_session
def command(session: Session, /, document: str, as_json: bool, **given: Any) -> None:  # noqa: ANN401 - click's values
    """Tag a passage of DOC as a quote. What is stored is always the document's own words.

    PASSAGE is found as it is given, or else with other quotation marks, spacing or case, or else by
    its two ends: 'first words ... last words'. Several PASSAGEs make one quote with gaps. - reads a
    PASSAGE from standard input; a dash itself is quoted by --span.

    Without PASSAGE, the likely quotations of the document are shown one by one, with their speakers, to
    accept, correct or skip.

    \b
    quotearchive quote open-letter "You've created a prison within the prison for me." \\
        --speaker "Hashem Khastar" --topic prison/conditions
    quotearchive quote open-letter "With all these ... in the streets!" --speaker "Hashem Khastar"
    pbpaste | quotearchive quote open-letter - --topic prison
    quotearchive quote open-letter
    quotearchive quote open-letter --detect
    quotearchive quote open-letter --accept 1,3-5
    """
    only_detect, accepted, least = (given.pop(name) for name in ("only_detect", "accepted", "min_confidence"))
    given["passages"] = tuple(_piped() if passage == "-" else passage for passage in given["passages"])
    wording = Wording(**{name: given.pop(name) for name in ("passages", "spans", "occurrence")})
    proposing = {"--accept": accepted, "--detect": only_detect, "--min-confidence": least}
    if wording.passages or wording.spans:
        _refuse(proposing, "proposes quotations and can't be used with PASSAGE or --span")
        _quote(session, document, wording, given, as_json=as_json)
    elif accepted is not None or only_detect or session.is_interactive:
        _refuse({option_names()[name]: value for name, value in given.items()}, "needs a PASSAGE or --span")
        _review(
            session,
            document,
            accepted,
            least,
            listing="json" if as_json else "table" if only_detect else None,
        )
    else:
        raise NoPassageError


def _piped() -> str:
    """Read a passage from standard input."""
    from quotearchive.readers import LIMIT, read  # noqa: PLC0415 - only for what is piped in

    return read(sys.stdin.buffer.read(LIMIT + 1), name="standard input").text.strip()


def _refuse(options: Mapping[str, Any], reason: str) -> None:
    """Refuse options that would have no effect."""
    for option, value in options.items():
        if value not in {None, False, ()}:
            raise ClashingOptionsError(option, reason)


def _quote(
    session: Session,
    document: str,
    wording: Wording,
    values: Values,
    *,
    as_json: bool,
) -> None:
    quoted = quote(session.archive, document, wording, values, change=session.change)
    session.remark_all(quoted.remarks)
    if as_json:
        session.write_json(quote_values(quoted.quote, quoted.document, quoted.enclosing))
        return
    for rung in sorted(_FOUND.keys() & set(quoted.rungs)):
        session.remark(_FOUND[rung])
    session.show(quote_page(quoted.quote, quoted.document, relay(quoted.quote, quoted.enclosing)))


def _review(session: Session, document: str, accepted: str | None, least: float | None, listing: str | None) -> None:
    """Review the likely quotations of a document: by numbers, in a list, or one by one."""
    from quotearchive.cli import candidates  # noqa: PLC0415 - detection costs more than a PASSAGE does

    if accepted is not None:
        candidates.accept(session, document, candidates.numbers(accepted), least)
    elif listing:
        candidates.show_list(session, document, least or 0, as_json=listing == "json")
    else:
        from quotearchive.cli import review  # noqa: PLC0415 - prompts cost more than a list does

        review.ask(session, document)
