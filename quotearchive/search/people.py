"""Speakers and topics in the index, with what the archive has of each."""

import sqlite3
from collections.abc import Sequence

import msgspec

from quotearchive.model import Speaker, Topic
from quotearchive.names.people import SpeakerSummary
from quotearchive.names.topics import TopicSummary, topic_key, upward


def list_speakers(database: sqlite3.Connection) -> list[SpeakerSummary]:
    """Return all speakers, those with most quotes first, and last those who are known but not quoted."""
    rows = database.execute("SELECT name, id, record FROM known_speakers ORDER BY id")
    known = {name: _speaker(number, record) for name, number, record in rows}
    counted = database.execute(
        "SELECT name, quotes, documents, first, last FROM people WHERE quotes > 0"
        " ORDER BY quotes DESC, speaker_values, name"
    ).fetchall()
    quoted = {name for name, *_ in counted}
    return [
        *(_summary(known.get(name) or Speaker(name=name), *counts) for name, *counts in counted),
        *(SpeakerSummary(speaker=known[name]) for name in sorted(known.keys() - quoted)),
    ]


def _summary(speaker: Speaker, quotes: int, documents: int, first: str | None, last: str | None) -> SpeakerSummary:
    return SpeakerSummary(speaker=speaker, quotes=quotes, documents=documents, first=first, last=last)


def _speaker(number: int, record: bytes) -> Speaker:
    return msgspec.structs.replace(msgspec.json.decode(record, type=Speaker), id=number)


def list_topics(database: sqlite3.Connection) -> list[TopicSummary]:
    """Return all topics and those above them, in the order of the tree, each with what lies under it."""
    own: dict[str, tuple[int, int]] = {
        path: (number, quotes) for path, number, quotes in database.execute("SELECT path, id, quotes FROM topics")
    }
    rows = database.execute("SELECT record FROM known_topics")
    known = {topic.path: topic for topic in (msgspec.json.decode(record, type=Topic) for (record,) in rows)}
    below: dict[str, list[int]] = {above: [] for path in known for above in upward(path)}
    for path, (number, _) in own.items():
        for above in upward(path):
            below.setdefault(above, []).append(number)
    spelled = {topic_key(path): path for path in sorted(below, reverse=True)}
    return [
        TopicSummary(
            path=path,
            own=own.get(path, (0, 0))[1],
            whole=_number_on(database, below[path]),
            description=known[path].description if path in known else None,
        )
        for path in sorted(spelled.values(), key=lambda path: path.split("/"))
    ]


def _number_on(database: sqlite3.Connection, topics: Sequence[int]) -> int:
    """Count the quotes on any of some topics. One topic has counted its own."""
    if len(topics) == 1:
        statement = "SELECT quotes FROM topics WHERE id = ?"
    else:
        places = ", ".join("?" * len(topics))
        statement = f"SELECT count(DISTINCT quote) FROM tagged WHERE topic IN ({places})"
    return int(database.execute(statement, topics).fetchone()[0])
