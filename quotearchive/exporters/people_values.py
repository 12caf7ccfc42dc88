"""The JSON shape of speakers, topics and changes, as `json_values` has that of quotes and documents."""

from typing import Any

import msgspec

from quotearchive.archive.profiles import Pair, Profile
from quotearchive.archive.speakers import SpeakerChange
from quotearchive.archive.topics import TopicChange
from quotearchive.model import Quote, Speaker
from quotearchive.names.people import SpeakerSummary


def speaker_values(speaker: Speaker) -> dict[str, Any]:
    """Spell what is known of a speaker; `id` is null where there is no record.

    >>> speaker_values(Speaker(name="Hashem Khastar"))["aliases"]
    []
    """
    return {
        "id": speaker.id or None,
        "name": speaker.name,
        "aliases": list(speaker.aliases),
        "role": speaker.role,
        "note": speaker.note,
        "wikidata": speaker.wikidata,
        "viaf": speaker.viaf,
        "gnd": speaker.gnd,
        "created": speaker.created or None,
        "modified": speaker.modified or None,
    }


def standing_values(standing: SpeakerSummary) -> dict[str, Any]:
    """Spell a speaker with what is counted."""
    return {
        **speaker_values(standing.speaker),
        "quotes": standing.quotes,
        "documents": standing.documents,
        "first": standing.first,
        "last": standing.last,
    }


def profile_values(profile: Profile) -> dict[str, Any]:
    """Spell a speaker with topics, roles and the numbers of the quotes."""
    return {
        **standing_values(profile.standing),
        "topics": dict(profile.topics),
        "roles": list(profile.roles),
        "numbers": list(profile.quotes),
    }


def pair_values(pair: Pair) -> dict[str, Any]:
    """Spell two speakers who may be one."""
    return {
        "one": standing_values(pair.one),
        "other": standing_values(pair.other),
        "likeness": pair.likeness,
        "reason": pair.reason,
        "documents": list(pair.documents),
        "topics": list(pair.topics),
    }


def rewriting_values(done: SpeakerChange) -> dict[str, Any]:
    """Spell what a change to a speaker did."""
    return {
        "speaker": speaker_values(done.speaker),
        "quotes": list(done.quotes),
        "documents": list(done.documents),
        "remarks": list(done.remarks),
    }


def replanting_values(done: TopicChange) -> dict[str, Any]:
    """Spell what a change to topics did; a topic that is gone is null."""
    return {"topics": dict(done.paths), "quotes": list(done.quotes)}


def change_values(before: Quote, after: Quote) -> dict[str, Any]:
    """Spell a change to a quote: each field that differs, as it was and as it is."""
    old, new = (msgspec.to_builtins(msgspec.structs.replace(each, modified="")) for each in (before, after))
    differing = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return {
        "id": after.id,
        "changed": {name: {"before": old.get(name), "after": new.get(name)} for name in differing},
    }
