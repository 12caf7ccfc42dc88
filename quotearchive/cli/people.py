"""The commands below `quotearchive speakers`: show, name, merge and describe who is quoted."""

import click
import msgspec

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
from quotearchive.archive.standings import find_pairs, show_speaker
from quotearchive.cli.errors import NothingToChangeError
from quotearchive.cli.field_options import option_names, options
from quotearchive.cli.session import Session, pass_session
from quotearchive.cli.speakers import command
from quotearchive.exporters.people_values import pair_values, profile_values, rewriting_values
from quotearchive.model import Speaker
from quotearchive.text import counted
from quotearchive.views import speakers as views

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")


@command.command(short_help="Show all that is known of a speaker.")
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
    """Make a record of a speaker, who may be quoted already, with ALIASes: other spellings and scripts."""
    given = {field: value for field, value in fields.items() if value}
    speaker = msgspec.convert({"name": name, "aliases": aliases, **given}, Speaker)
    _tell(session, add_speaker(session.archive, speaker, change=session.change), as_json=as_json)


@command.command(short_help="Give a speaker other names, or take them away.")
@click.argument("name")
@click.argument("aliases", metavar="ALIAS...", nargs=-1, required=True)
@click.option("--drop", is_flag=True, help="Take these names away.")
@_json
@pass_session
def alias(session: Session, /, name: str, aliases: tuple[str, ...], drop: bool, as_json: bool) -> None:
    """Return a speaker other names: spellings, scripts, short names. Quotes that bear one bear NAME then."""
    act = drop_aliases if drop else add_aliases
    _tell(session, act(session.archive, name, aliases, change=session.change), as_json=as_json)


@command.command(short_help="Give a speaker another name in all quotes.")
@click.argument("name")
@click.argument("new")
@_json
@pass_session
def rename(session: Session, /, name: str, new: str, as_json: bool) -> None:
    """Return a speaker another name, in all quotes and documents; the old one stays as an alias."""
    _tell(session, rename_speaker(session.archive, name, new, change=session.change), as_json=as_json)


@command.command(short_help="Make several speakers one.")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option("--into", required=True, metavar="NAME", help="The speaker that stays.")
@_json
@pass_session
def merge(session: Session, /, names: tuple[str, ...], into: str, as_json: bool) -> None:
    """Make speakers one: their names become aliases, and all their quotes change in one write."""
    _tell(session, merge_speakers(session.archive, names, into, change=session.change), as_json=as_json)


@command.command(short_help="Change what is known of a speaker.")
@click.argument("name")
@options(Speaker, clears=True)
@_json
@pass_session
def edit(session: Session, /, name: str, as_json: bool, **fields: str | None) -> None:
    """Change a speaker's role, note or identifiers; an empty value takes one away."""
    given = {field: value for field, value in fields.items() if value is not None}
    if not given:
        raise NothingToChangeError([option_names()[field] for field in fields])
    _tell(session, edit_speaker(session.archive, name, given, change=session.change), as_json=as_json)


@command.command(short_help="Remove what is known of a speaker; quotes keep the name.")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Don't ask.")
@pass_session
def remove(session: Session, /, name: str, yes: bool) -> None:
    """Remove a speaker's record: aliases, role, note, identifiers. Quotes keep the name."""
    planned = plan_removal(session.archive.read(), name, is_asked=not yes)
    if not yes:
        session.confirm(f"Remove the record of {planned.speaker.name}?")
    remove_speaker(session.archive, planned, change=session.change)
    session.say(f"Removed the record of {planned.speaker.name}; {counted(planned.quotes, 'quote')} keep the name.")


@command.command(short_help="Propose speakers who may be one.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Show so many at most.")
@_json
@pass_session
def doubles(session: Session, /, limit: int | None, as_json: bool) -> None:
    """Propose pairs of speakers who may be one, the likest first, with the evidence. Nothing is changed."""
    pairs = find_pairs(session.archive)[:limit]
    if as_json:
        session.write_json([pair_values(pair) for pair in pairs])
    elif pairs:
        session.show(views.pairs(pairs))
    else:
        session.remark("No two speakers have names that are much alike.")


def _tell(session: Session, done: SpeakerChange, *, as_json: bool) -> None:
    session.remark_all(done.remarks)
    if as_json:
        session.write_json(rewriting_values(done))
    else:
        session.show(views.speaker_change(done))
