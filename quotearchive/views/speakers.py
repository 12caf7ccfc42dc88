"""Speakers as Rich renderables."""

import shlex
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from quotearchive.names.people import SpeakerSummary
from quotearchive.text import counted, visible
from quotearchive.views.cells import QUIET, cell, fields, table
from quotearchive.views.records import labelled

if TYPE_CHECKING:
    from quotearchive.archive.profiles import Pair, Profile
    from quotearchive.archive.speakers import SpeakerChange

#: How many of a speaker's quotes are listed by their numbers.
_LISTED: Final = 40


def speakers_table(summaries: Iterable[SpeakerSummary]) -> RenderableType:
    """List speakers with their aliases, roles, numbers of quotes and dates."""
    listing = table("Speaker", "Aliases", "Role", "Quotes", "First", "Last")
    for summary in summaries:
        speaker = summary.speaker
        aliases = cell("\n".join(speaker.aliases), QUIET)
        dates = (summary.first or "", summary.last or "")
        listing.add_row(speaker.name, aliases, speaker.role or "", str(summary.quotes), *dates)
    return listing


def profile(found: "Profile") -> RenderableType:
    """Show all that the archive holds on a speaker."""
    speaker, quotes = found.standing.speaker, found.quotes
    numbers = ", ".join(map(str, quotes[:_LISTED])) + (" …" if len(quotes) > _LISTED else "")
    known = {
        **labelled(speaker),
        "Roles in quotes": ", ".join(found.roles),
        "Quotes": f"{len(quotes)} ({numbers})" if quotes else "0",
        "Documents": str(found.standing.documents),
        "Dates": _dates(found.standing),
        "Topics": ", ".join(f"{topic} ({count})" for topic, count in found.topics),
    }
    return Group(Text(visible(speaker.name), style="bold"), Padding(fields(known), (1, 2, 0, 2)))


def pairs(found: Sequence["Pair"]) -> RenderableType:
    """List pairs of speakers who may be the same, each with the evidence and the command that merges them."""
    return Group(*map(_pair, found))


def _pair(pair: "Pair") -> RenderableType:
    one, other = pair.one, pair.other
    evidence = fields(
        {
            "Names": f"{pair.reason} ({pair.likeness:.0%} alike)",
            one.speaker.name: _quoted(one),
            other.speaker.name: _quoted(other),
            "Both in": ", ".join(pair.documents),
            "Both on": ", ".join(pair.topics),
        }
    )
    heading = Text.assemble(cell(one.speaker.name, "bold"), " and ", cell(other.speaker.name, "bold"))
    merge = shlex.join(["quotearchive", "speakers", "merge", other.speaker.name, "--into", one.speaker.name])
    return Group(heading, Padding(Group(evidence, Text(visible(merge), QUIET)), (0, 2, 1, 2)))


def speaker_change(done: "SpeakerChange") -> RenderableType:
    """Show a speaker after a change, and what else changed with it."""
    changed = f"{counted(len(done.quotes), 'quote')} changed" if done.quotes else "No quotes changed"
    documents = f", and {', '.join(done.documents)}" if done.documents else ""
    heading = Text(visible(done.speaker.name), style="bold")
    known = Padding(fields(labelled(done.speaker)), (0, 2))
    return Group(heading, known, Text(visible(f"{changed}{documents}.")))


def _quoted(summary: SpeakerSummary) -> str:
    """Return how often a speaker is quoted, and from when to when."""
    return ", ".join(filter(None, (counted(summary.quotes, "quote"), _dates(summary))))


def _dates(summary: SpeakerSummary) -> str:
    """Return the first and the last date of a speaker's quotes."""
    return " to ".join(dict.fromkeys(filter(None, (summary.first, summary.last))))
