"""`quotearchive speakers`: who is quoted, and under which names."""

import click
import msgspec

from quotearchive.archive import lookup
from quotearchive.archive.profiles import find_pairs, show_speaker
from quotearchive.archive.speakers import (
    SpeakerChange,
    add_aliases,
    add_speaker,
    drop_aliases,
    edit_speaker,
    merge_speakers,
    plan_removal,
    remove_speaker,
    rename_speaker,
)
from quotearchive.cli.errors import NothingToChangeError
from quotearchive.cli.field_options import option_names, options
from quotearchive.cli.groups import ListingGroup, suggestion
from quotearchive.cli.numbers import positive
from quotearchive.cli.order_options import SHOWN, limit_option
from quotearchive.cli.session import Session, pass_session
from quotearchive.json_values import pair_values, profile_values, speaker_change_values, summary_values
from quotearchive.model import Speaker
from quotearchive.text import counted
from quotearchive.views import speakers as views

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")


@click.group(cls=ListingGroup, short_help="List speakers; rename, merge and describe them.")
def command() -> None:
    """List the speakers, or those whose names contain certain words; give them aliases, and merge them.

    \b
    quotearchive speakers
    quotearchive speakers khast
    quotearchive speakers alias "Narges Mohammadi" "نرگس محمدی"
    quotearchive speakers merge "Hashem Khaster" --into "Hashem Khastar"
    """


@command.command("list", short_help="List speakers with their quotes and dates.")
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@limit_option
@_json
@pass_session
def list_speakers(session: Session, /, words: tuple[str, ...], limit: int | None, *, as_json: bool) -> None:
    """List the speakers, or those whose name or aliases contain all WORDS."""
    found = lookup.list_speakers(session.archive, " ".join(words))
    shown = found[: (0 if as_json else SHOWN) if limit is None else limit] or found
    if as_json:
        session.write_json([summary_values(each) for each in shown])
    elif shown:
        session.show(views.speakers_table(shown))
    else:
        session.remark(f"No matching speakers.{suggestion(words)}" if words else "No quote has a speaker yet.")
    session.remark_rest(len(shown), len(found), "speakers")


@command.command(short_help="Show a speaker with topics and quotes.")
@click.argument("name")
@_json
@pass_session
def show(session: Session, /, name: str, as_json: bool) -> None:
    """Show a speaker: names, role, identifiers, topics and quotes. Any name or part of one will do."""
    profile = show_speaker(session.archive, name)
    if as_json:
        session.write_json(profile_values(profile))
    else:
        session.show(views.profile(profile))


@command.command(short_help="Describe a speaker, with other names.")
@click.argument("name")
@click.argument("aliases", metavar="[ALIAS]...", nargs=-1)
@options(Speaker)
@_json
@pass_session
def add(session: Session, /, name: str, aliases: tuple[str, ...], as_json: bool, **fields: str | None) -> None:
    """Create a speaker's record, with ALIASes: other spellings and scripts. The speaker may be quoted already."""
    given = {field: value for field, value in fields.items() if value}
    speaker = msgspec.convert({"name": name, "aliases": aliases, **given}, Speaker)
    _tell(session, add_speaker(session.archive, speaker, change=session.change), as_json=as_json)


@command.command(short_help="Add other names to a speaker, or remove them.")
@click.argument("name")
@click.argument("aliases", metavar="ALIAS...", nargs=-1, required=True)
@click.option("--drop", is_flag=True, help="Remove these names.")
@_json
@pass_session
def alias(session: Session, /, name: str, aliases: tuple[str, ...], drop: bool, as_json: bool) -> None:
    """Add other names to a speaker: spellings, scripts, short names. Quotes under one of them move to NAME."""
    act = drop_aliases if drop else add_aliases
    _tell(session, act(session.archive, name, aliases, change=session.change), as_json=as_json)


@command.command(short_help="Rename a speaker in all quotes.")
@click.argument("name")
@click.argument("new")
@_json
@pass_session
def rename(session: Session, /, name: str, new: str, as_json: bool) -> None:
    """Rename a speaker in all quotes and documents; the old name stays as an alias."""
    _tell(session, rename_speaker(session.archive, name, new, change=session.change), as_json=as_json)


@command.command(short_help="Merge several speakers into one.")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option("--into", required=True, metavar="NAME", help="The speaker that stays.")
@_json
@pass_session
def merge(session: Session, /, names: tuple[str, ...], into: str, as_json: bool) -> None:
    """Merge speakers into one: their names become aliases, and all their quotes change in one write."""
    _tell(session, merge_speakers(session.archive, names, into, change=session.change), as_json=as_json)


@command.command(short_help="Edit a speaker's record.")
@click.argument("name")
@options(Speaker, clears=True)
@_json
@pass_session
def edit(session: Session, /, name: str, as_json: bool, **fields: str | None) -> None:
    """Edit a speaker's role, note or identifiers; an empty value clears one."""
    given = {field: value for field, value in fields.items() if value is not None}
    if not given:
        raise NothingToChangeError([option_names()[field] for field in fields])
    _tell(session, edit_speaker(session.archive, name, given, change=session.change), as_json=as_json)


@command.command(short_help="Remove a speaker's record; quotes keep the name.")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Don't ask.")
@pass_session
def remove(session: Session, /, name: str, yes: bool) -> None:
    """Remove a speaker's record: aliases, role, note, identifiers. Quotes keep the name."""
    planned = plan_removal(session.archive.read(), name, is_asked=not yes)
    session.confirm(f"Remove the record of {planned.speaker.name}?", is_agreed=yes)
    remove_speaker(session.archive, planned, change=session.change)
    session.say(f"Removed the record of {planned.speaker.name}; {counted(planned.quotes, 'quote')} keep the name.")


@command.command(short_help="Propose duplicate speakers.")
@click.option("--limit", type=positive, metavar="N", help="Show at most N.")
@_json
@pass_session
def duplicates(session: Session, /, limit: int | None, as_json: bool) -> None:
    """Propose pairs of speakers who may be the same, the likeliest first, with the evidence. Nothing is changed."""
    pairs = find_pairs(session.archive)[:limit]
    if as_json:
        session.write_json([pair_values(pair) for pair in pairs])
    elif pairs:
        session.show(views.pairs(pairs))
    else:
        session.remark("No two speakers have similar names.")


def _tell(session: Session, done: SpeakerChange, *, as_json: bool) -> None:
    session.remark_all(done.remarks)
    if as_json:
        session.write_json(speaker_change_values(done))
    else:
        session.show(views.speaker_change(done))
