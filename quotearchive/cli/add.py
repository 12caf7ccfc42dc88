"""`quotearchive add`: add documents, or replace the text of one."""

import contextlib
import functools
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import click
import msgspec

from quotearchive.anchoring.places import Places
from quotearchive.archive import replacement
from quotearchive.archive.candidates import count_likely
from quotearchive.archive.documents import AddOptions, AlreadyStored, Piped, Report, Source, add, read_source
from quotearchive.archive.remarks import on_reading, remarks
from quotearchive.archive.values import Values
from quotearchive.cli.change_options import ChangeOptions
from quotearchive.cli.errors import ClashingOptionsError
from quotearchive.cli.field_options import options
from quotearchive.cli.places import at_home
from quotearchive.cli.preview import show_previews
from quotearchive.cli.progress import bar, waiting
from quotearchive.cli.session import Session, pass_session
from quotearchive.errors import NO, UsageError
from quotearchive.json_values import description_values, quote_values
from quotearchive.model import Document
from quotearchive.readers import LIMIT, Options
from quotearchive.text import counted
from quotearchive.views.documents import addition, review_advice
from quotearchive.views.replacement import relocations

#: From so many files on, the results are summed up in one line.
_MANY = 20


@click.command(short_help="Add documents: files, folders, or - for standard input.")
@click.argument(
    "paths",
    metavar="PATH...",
    nargs=-1,
    type=click.Path(path_type=Path, allow_dash=True, readable=False),
)
@options(Document)
@click.option("--replace", "replaced", metavar="DOC", help="Replace the text of DOC with this one.")
@click.option("--dry-run", is_flag=True, help="With --replace: only show where the quotes would be.")
@click.option("--yes", is_flag=True, help="With --replace: don't ask.")
@click.option("--preview", is_flag=True, help="Show what would be added, and store nothing.")
@click.option("--text", "text_only", is_flag=True, help="With --preview: print the text alone.")
@click.option("--whole-page", is_flag=True, help="Take all that a web page shows, not its main text alone.")
@click.option(
    "--keep/--no-keep",
    "keeps",
    default=None,
    help="Keep a copy of each file beside the archive, or not.  [default: keep; see originals]",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@pass_session
def command(session: Session, /, paths: tuple[Path, ...], as_json: bool, replaced: str | None, **given: object) -> None:
    """Add documents: files, folders and archives of them, or - for standard input.

    Read are web pages (also saved ones: MHTML, WARC, WACZ, webarchive), PDF, Word (.docx), OpenDocument, RTF, EPUB,
    e-mail (.eml, .mbox, .msg), subtitles and transcripts, TEI, plain text and Markdown, also in .zip and .tar. What
    they say of themselves (title, date, authors) is used and reported; options override it. A text that is already in
    the archive is left as it is. Many files are one change, and one that can't be read doesn't keep out the others.

    A copy of each file is kept in a folder beside the archive, unless --no-keep is given. --replace DOC without
    a PATH reads that copy again, with today's reader.

    \b
    quotearchive add letter.txt
    quotearchive add letters/ --kind letter
    quotearchive add report.pdf --preview
    pbpaste | quotearchive add - --title "Open letter" --date 2021-02-12
    quotearchive add --replace open-letter corrected.txt --dry-run
    """
    how = ChangeOptions(dry_run=bool(given.pop("dry_run")), yes=bool(given.pop("yes")), as_json=as_json)
    keeps: bool | None = given.pop("keeps")  # type: ignore[assignment]
    preview, text_only = bool(given.pop("preview")), bool(given.pop("text_only"))
    language = given.get("language")
    options = Options(whole_page=bool(given.pop("whole_page")), language=str(language) if language else None)
    fields = {name: value for name, value in given.items() if value}
    how_to_add = AddOptions(reading=options, keeps=keeps, progress=functools.partial(bar, session, "Reading"))
    _check(preview=preview, text_only=text_only, others=bool(fields.keys() - {"language"}) or replaced is not None)
    if not paths and replaced is None:
        raise click.MissingParameter(param_hint="'PATH...'", param_type="argument")
    if preview:
        show_previews(session, _sources(paths), how_to_add, text_only=text_only, as_json=as_json)
        return
    if replaced is not None:
        again = functools.partial(replacement.read_again, session.archive, replaced, fields, options)
        new = _single(_sources(paths), fields, options) if paths else again()
        _replace(session, replaced, new, how, keeps=keeps)
        return
    if how.dry_run or how.yes:
        raise ClashingOptionsError("--dry-run" if how.dry_run else "--yes", "needs --replace DOC")
    report = add(session.archive, _sources(paths), given=fields, change=session.change, how=how_to_add)
    if as_json:
        session.write_json(_values(report))
    else:
        _tell(session, report)
    _remark(session, report, fields)
    if report.failed:
        click.get_current_context().exit(NO)


def _check(*, preview: bool, text_only: bool, others: bool) -> None:
    """Refuse options that mean nothing together."""
    if text_only and not preview:
        option, need = "--text", "needs --preview"
        raise ClashingOptionsError(option, need)
    if preview and others:
        option, need = "--preview", "shows what files say of themselves; it goes with --text, --whole-page and --json"
        raise ClashingOptionsError(option, need)


def _tell(session: Session, report: Report) -> None:
    """Show what was added and how many quotations it seems to hold: of a few documents each, of many in all."""
    if _are_many(report):
        found = 0
        with _skippable(session):
            found = sum(bar(session, "Looking for quotations", [each.document for each in report.added], count_likely))
        session.say(_summary(report, found))
        return
    is_wanted = True
    for each in report.added:
        session.show(addition(each))
        likely: int | None = None
        if is_wanted:
            with _skippable(session), waiting(session, "Looking for quotations"):
                likely = count_likely(each.document)
            is_wanted = likely is not None
        if likely:
            session.show(review_advice(likely, each.document))


@contextlib.contextmanager
def _skippable(session: Session) -> Iterator[None]:
    """Let Ctrl-C end the count and nothing else: the documents are stored by now."""
    try:
        yield
    except KeyboardInterrupt:
        session.remark("Stopped looking for quotations. What was added is in the archive.")


def _are_many(report: Report) -> bool:
    return len(report.added) + len(report.known) + report.unread >= _MANY


def _summary(report: Report, found: int) -> str:
    """Return one line on what became of many files."""
    twice = sum(each.is_new for each in report.known)
    before = len(report.known) - twice
    others = (
        f", {twice:,} with the same text as another" if twice else "",
        f", {before:,} already in the archive" if before else "",
        f", {report.unread:,} could not be read" if report.failed else "",
    )
    quotations = f" Found {counted(found, 'likely quotation')}." if found else ""
    passed_over = f" {_passed_over(report)}" if report.passed_over else ""
    return f"Added {counted(len(report.added), 'document')}{''.join(others)}.{quotations}{passed_over}"


def _passed_over(report: Report) -> str:
    """Return which files of folders were not read."""
    kinds = (f"{number:,} {suffix or 'without a suffix'}" for suffix, number in report.passed_over.items())
    return f"Skipped {counted(sum(report.passed_over.values()), 'file')}: {', '.join(kinds)}."


def _known(known: AlreadyStored) -> str:
    """Return which document has the text already, and what became of its original."""
    if known.is_new:
        return f"{known.name} has the same text as {known.slug} and was not added again."
    late = " Its original was not there, and is kept now." if known.is_kept_now else ""
    return f"{known.name} is already in the archive, as {known.slug}.{late}"


def _remark(session: Session, report: Report, fields: Collection[str]) -> None:
    """Print what needs attention; for many files that are already in the archive their number is enough."""
    are_many = _are_many(report)
    session.remark_all(remarks(report.added, in_brief=are_many))
    if report.added:
        session.name_elsewhere()
    for known in () if are_many else report.known:
        session.remark(_known(known))
    if report.known and fields:
        session.remark("Options change no document that is in the archive. To change one: quotearchive edit DOC")
    for error in report.failed:
        session.fail(error)
    if report.passed_over and not are_many:
        session.remark(_passed_over(report))


def _sources(paths: Sequence[Path]) -> list[Source]:
    """Return the sources that were named; - is read once, however often it is named."""
    names = dict.fromkeys(paths)
    return [Piped(sys.stdin.buffer.read(LIMIT + 1)) if str(path) == "-" else at_home(path) or path for path in names]


def _values(report: Report) -> dict[str, object]:
    return {
        "added": [
            {
                **description_values(each.document, 0),
                "taken": [msgspec.to_builtins(taken) for taken in each.taken],
                "remarks": list(on_reading(each.reading)),
            }
            for each in report.added
        ],
        "known": [{"source": known.name, "document": known.slug} for known in report.known],
        "failed": [str(error) for error in report.failed],
        "passed_over": dict(report.passed_over),
    }


def _single(sources: Sequence[Source], given: Values, options: Options) -> replacement.NewText:
    """Read the one text that is to replace another."""
    if len(sources) != 1:
        several = f"--replace takes one file, or - for standard input, and {len(sources)} were given."
        raise UsageError(several)
    return replacement.NewText(source=sources[0], reading=read_source(sources[0], options), given=given)


def _replace(
    session: Session, reference: str, new: replacement.NewText, how: ChangeOptions, *, keeps: bool | None
) -> None:
    """Show where every quote is now, ask if words of one change or are missing, and write."""
    planned = replacement.plan(session.archive.read(), reference, new, change=session.change)
    if not (planned.is_needed or new.given):
        how = msgspec.structs.replace(how, dry_run=True)
        session.remark(f"Read again, the original of {planned.before.slug} gives the same text.")
    if how.as_json:
        session.write_json(_replacement_values(planned, is_written=not how.dry_run))
    else:
        session.show(relocations(planned.findings))
    if not replacement.needs_consent(planned.findings):
        how = msgspec.structs.replace(how, yes=True)
    if not how.agree(session, f"Replace the text of {planned.before.slug}?"):
        session.remark("Nothing was written.")
        return
    session.remark_all(replacement.replace(session.archive, planned, change=session.change, keeps=keeps))
    session.remark(f"Replaced the text of {planned.before.slug}.")
    session.name_elsewhere()


def _replacement_values(planned: replacement.Replacement, *, is_written: bool) -> dict[str, object]:
    places = Places.of(planned.after)
    return {
        "document": description_values(planned.after, len(planned.findings)),
        "written": is_written,
        "quotes": [
            {
                **quote_values(finding.after, planned.after, places=places),
                "outcome": str(finding.outcome),
                "was": finding.before.text,
            }
            for finding in planned.findings
        ],
    }
