"""`quotearchive add`: take documents in."""

import contextlib
import functools
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec

from quotearchive import views
from quotearchive.archive.candidates import count_likely
from quotearchive.archive.documents import Addition, Overrides, Piped, Report, Source, add, remarks
from quotearchive.cli.dates import DATE, WORDED_DATE
from quotearchive.cli.errors import ClashingOptionsError
from quotearchive.cli.places import at_home
from quotearchive.cli.progress import bar, counted, waiting
from quotearchive.cli.replacing import Consent, replace, single
from quotearchive.cli.session import Session, pass_session
from quotearchive.errors import NO
from quotearchive.exporters.json_values import description_values
from quotearchive.model import KINDS
from quotearchive.readers import LIMIT

#: From so many files on, what became of them is told in one line.
_MANY = 20


@click.command(short_help="Add documents: files, folders, or - for standard input.")
@click.argument(
    "paths",
    metavar="PATH...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, allow_dash=True, readable=False),
)
@click.option("--title", help="What the document is called.")
@click.option("--kind", type=click.Choice(KINDS), help="What the document is.")
@click.option("--author", "authors", multiple=True, metavar="NAME", help="Who wrote it; may be repeated.")
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    metavar="NAME",
    help="To whom it is addressed; may be repeated.",
)
@click.option("--date", type=WORDED_DATE, help="When it was written or published.")
@click.option("--place", help="Where it was written or published.")
@click.option("--received", type=DATE, help="When a letter arrived.")
@click.option("--destination", metavar="PLACE", help="Where a letter was sent to.")
@click.option("--signatory", "signatories", multiple=True, metavar="NAME", help="Who signed it; may be repeated.")
@click.option("--signatories", "signatory_count", type=click.IntRange(1), metavar="N", help="How many signed it.")
@click.option("--replies-to", metavar="DOC", help="The letter that it answers.")
@click.option("--enclose", "encloses", multiple=True, metavar="DOC", help="What was sent with it; may be repeated.")
@click.option("--publisher", help="Who published it.")
@click.option("--url", help="Where it was found.")
@click.option("--language", metavar="TAG", help="Its language, such as en or fa.")
@click.option("--replace", "replaced", metavar="DOC", help="Put this text in the place of that of DOC.")
@click.option("--dry-run", is_flag=True, help="With --replace: only show what would become of the quotes.")
@click.option("--yes", is_flag=True, help="With --replace: don't ask.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@pass_session
def command(session: Session, /, paths: tuple[Path, ...], as_json: bool, replaced: str | None, **given: object) -> None:
    """Add documents: plain text and Markdown files, folders of them, or - for standard input.

    What a text says of itself (title, dateline, byline, front matter) is taken over and told; options
    say it instead. A text that is there already is left as it is. Many files are one change.

    \b
    quotearchive add letter.txt
    quotearchive add letters/ --kind letter
    pbpaste | quotearchive add - --title "Open letter" --date 2021-02-12
    quotearchive add --replace open-letter corrected.txt --dry-run
    """
    consent = Consent(is_dry=bool(given.pop("dry_run")), is_given=bool(given.pop("yes")))
    fields = msgspec.convert({name: value for name, value in given.items() if value}, Overrides)
    progress = functools.partial(bar, session, "Reading")
    if replaced is not None:
        replace(session, replaced, single(_sources(paths), fields), consent, as_json=as_json)
        return
    if consent.is_dry or consent.is_given:
        raise ClashingOptionsError("--dry-run" if consent.is_dry else "--yes", "goes with --replace DOC")
    report = add(session.archive, _sources(paths), given=fields, change=session.change, progress=progress)
    if as_json:
        session.write_json(_values(report))
    else:
        _tell(session, report)
    _remark(session, report)
    if report.failed:
        click.get_current_context().exit(NO)


def _tell(session: Session, report: Report) -> None:
    """Show what was added and how many quotations it seems to hold: of a few documents each, of many in all."""
    if _are_many(report):
        found = 0
        with _skippable(session):
            found = sum(bar(session, "Looking for quotations", report.added, _count))
        session.say(_summary(report, found))
        return
    is_wanted = True
    for each in report.added:
        taken = [(taken.field, taken.value, taken.line) for taken in each.taken]
        session.show(views.addition(each.document, taken))
        likely: int | None = None
        if is_wanted:
            with _skippable(session), waiting(session, "Looking for quotations", each.document.characters):
                likely = _count(each)
            is_wanted = likely is not None
        if likely:
            session.show(views.review_advice(likely, each.document))


@contextlib.contextmanager
def _skippable(session: Session) -> Iterator[None]:
    """Let Ctrl-C end the count and nothing else: what was added is stored by now."""
    try:
        yield
    except KeyboardInterrupt:
        session.remark("Stopped looking for quotations. What was added is in the archive.")


def _count(addition: Addition) -> int:
    return count_likely(addition.document)


def _are_many(report: Report) -> bool:
    return len(report.added) + len(report.known) + len(report.failed) >= _MANY


def _summary(report: Report, found: int) -> str:
    """Return one line on what became of many files."""
    others = (
        f", {len(report.known):,} already in the archive" if report.known else "",
        f", {len(report.failed):,} could not be read" if report.failed else "",
    )
    quotations = f" Found {counted(found, 'likely quotation')}." if found else ""
    passed_over = f" {_passed_over(report)}" if report.passed_over else ""
    return f"Added {counted(len(report.added), 'document')}{''.join(others)}.{quotations}{passed_over}"


def _passed_over(report: Report) -> str:
    """Return which files of folders were not read."""
    kinds = (f"{number:,} {suffix or 'without a suffix'}" for suffix, number in report.passed_over.items())
    return f"Passed over {counted(sum(report.passed_over.values()), 'file')}: {', '.join(kinds)}."


def _remark(session: Session, report: Report) -> None:
    """Print what needs attention; of many files that are here already their number is enough."""
    are_many = _are_many(report)
    for each in report.added:
        session.remark_all(remarks(each))
    if report.added:
        session.name_elsewhere()
    for known in () if are_many else report.known:
        session.remark(f"{known.name} is here already, as {known.slug}.")
    for error in report.failed:
        session.fail(error)
    if report.passed_over and not are_many:
        session.remark(_passed_over(report))


def _sources(paths: Sequence[Path]) -> list[Source]:
    """Turn what was named into what is read; - is read once, however often it is named."""
    names = dict.fromkeys(paths)
    return [Piped(sys.stdin.buffer.read(LIMIT + 1)) if str(path) == "-" else at_home(path) or path for path in names]


def _values(report: Report) -> dict[str, object]:
    return {
        "added": [
            {
                **description_values(each.document, 0),
                "taken": [msgspec.to_builtins(taken) for taken in each.taken],
            }
            for each in report.added
        ],
        "known": [{"source": known.name, "document": known.slug} for known in report.known],
        "failed": [str(error) for error in report.failed],
        "passed_over": dict(report.passed_over),
    }
