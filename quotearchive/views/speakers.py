"""Speakers as Rich renderables."""

import shlex
from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from quotearchive.archive.profiles import Pair, Profile
from quotearchive.archive.speakers import SpeakerChange
from quotearchive.model import Speaker
from quotearchive.names.people import SpeakerSummary
from quotearchive.text import visible
from quotearchive.views import QUIET, cell, fields, table

#: How many of a speaker's quotes are named by their numbers.
_NAMED = 40


def speakers_table(standings: Iterable[SpeakerSummary]) -> RenderableType:
    """List speakers with their other names, roles, number of quotes and dates."""
    listing = table("Speaker", "Also", "Role", "Quotes", "First", "Last")
    listing.columns[3].justify = "right"
    for each in standings:
        speaker = each.speaker
        listing.add_row(
            cell(speaker.name),
            Text("\n").join(cell(alias, QUIET) for alias in speaker.aliases),
            cell(speaker.role),
            str(each.quotes),
            cell(each.first),
            cell(each.last),
        )
    return listing


def profile(found: Profile) -> RenderableType:
    """Show all that is known of a speaker."""
    numbers = ", ".join(map(str, found.quotes[:_NAMED])) + (" …" if len(found.quotes) > _NAMED else "")
    known = fields(
        {
            **_record(found.standing.speaker),
            "roles in quotes": ", ".join(found.roles),
            "quotes": f"{len(found.quotes)}{f' ({numbers})' if found.quotes else ''}",
            "documents": str(found.standing.documents),
            "dates": span(found.standing),
            "topics": ", ".join(f"{topic} ({count})" for topic, count in found.topics),
        }
    )
    return Group(Text(visible(found.standing.speaker.name), style="bold"), Padding(known, (1, 2, 0, 2)))


def pairs(found: Sequence[Pair]) -> RenderableType:
    """List speakers who may be one, each pair with its evidence and the command that merges it."""
    return Group(*(_pair(each) for each in found))


def _pair(pair: Pair) -> RenderableType:
    one, other = pair.one, pair.other
    evidence = fields(
        {
            "names": f"{pair.reason} ({pair.likeness:.0%} alike)",
            one.speaker.name: quoted(one),
            other.speaker.name: quoted(other),
            "both in": ", ".join(pair.documents),
            "both on": ", ".join(pair.topics),
        }
    )
    heading = Text.assemble(cell(one.speaker.name, "bold"), " and ", cell(other.speaker.name, "bold"))
    merge = shlex.join(["quotearchive", "speakers", "merge", other.speaker.name, "--into", one.speaker.name])
    return Group(heading, Padding(Group(evidence, Text(visible(merge), QUIET)), (0, 2, 1, 2)))


def rewriting(done: SpeakerChange) -> RenderableType:
    """Say what a change to a speaker did."""
    known = fields(_record(done.speaker))
    changed = f"{quotes(len(done.quotes))} changed" if done.quotes else "No quote had to be changed"
    documents = f", and {', '.join(done.documents)}" if done.documents else ""
    heading = Text(visible(done.speaker.name), style="bold")
    return Group(heading, Padding(known, (0, 2)), Text(visible(f"{changed}{documents}.")))


def quoted(standing: SpeakerSummary) -> str:
    """Say how often a speaker is quoted, and from when to when."""
    dates = span(standing)
    return quotes(standing.quotes) + (f", {dates}" if dates else "")


def span(standing: SpeakerSummary) -> str:
    """Return the first and the last date of a speaker's quotes."""
    return " to ".join(dict.fromkeys(filter(None, (standing.first, standing.last))))


def quotes(count: int) -> str:
    """Return a number of quotes.

    >>> quotes(1), quotes(12)
    ('1 quote', '12 quotes')
    """
    return f"{count} quote{'' if count == 1 else 's'}"


def _record(speaker: Speaker) -> dict[str, str | None]:
    return {
        "also": ", ".join(speaker.aliases),
        "role": speaker.role,
        "note": speaker.note,
        "Wikidata": speaker.wikidata,
        "VIAF": speaker.viaf,
        "GND": speaker.gnd,
    }
