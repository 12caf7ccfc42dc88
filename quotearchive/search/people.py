"""People and topics in the index, with what the archive has of each."""

import sqlite3
from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from quotearchive.model import Speaker, Topic
from quotearchive.names.people import SpeakerSummary
from quotearchive.names.topics import TopicSummary, topic_key, upward
from quotearchive.search.schema import PEOPLE, stored

_SUMMARY: Final = "SELECT name, quotes, documents, first, last FROM people WHERE quotes > 0"

#: Who said something and to whom it was said, in the order of the quotes that are the first to name them.
_USED: Final = """
SELECT name FROM people JOIN (
    SELECT speaker AS person, 2 * min(id) AS place FROM quotes WHERE speaker > 0 GROUP BY speaker
    UNION ALL SELECT recipient, 2 * min(id) + 1 FROM quotes WHERE recipient > 0 GROUP BY recipient
) ON person = id GROUP BY id ORDER BY min(place)
"""

#: Who has a part in documents; of the last one, last.
_PARTIES: Final = f"""
SELECT name FROM people JOIN related ON target = id AND part IN {PEOPLE} GROUP BY id ORDER BY max(document)
"""

#: The names of what two speakers may have in common, and the condition that a speaker has it.
_SPOKEN: Final = "SELECT q.id FROM quotes q JOIN people p ON p.id = q.speaker WHERE p.name = ?"
_IN_BOTH: Final = {
    "documents": ("slug", f"id IN (SELECT document FROM quotes WHERE id IN ({_SPOKEN}))"),
    "topics": ("path", f"id IN (SELECT topic FROM tagged WHERE quote IN ({_SPOKEN}))"),
}


def list_speakers(database: sqlite3.Connection) -> list[SpeakerSummary]:
    """Return all speakers, those with most quotes first, and last those who are known but not quoted."""
    known = {speaker.name: speaker for speaker in speaker_records(database)}
    counted = database.execute(f"{_SUMMARY} ORDER BY quotes DESC, speaker_values, name").fetchall()
    quoted = {name for name, *_ in counted}
    return [
        *(_summary(known.get(name) or Speaker(name=name), *counts) for name, *counts in counted),
        *(SpeakerSummary(speaker=known[name]) for name in sorted(known.keys() - quoted)),
    ]


def _summary(speaker: Speaker, quotes: int, documents: int, first: str | None, last: str | None) -> SpeakerSummary:
    return SpeakerSummary(speaker=speaker, quotes=quotes, documents=documents, first=first, last=last)


def speaker_records(database: sqlite3.Connection) -> list[Speaker]:
    """Return the speakers that have a record, by number."""
    rows = database.execute("SELECT id, record FROM known_speakers ORDER BY id")
    return [stored(Speaker, number, record) for number, record in rows]


def summarise(database: sqlite3.Connection, speaker: Speaker) -> SpeakerSummary:
    """Return a speaker with what the archive has of them."""
    for _, *counts in database.execute(f"{_SUMMARY} AND name = ?", (speaker.name,)):
        return _summary(speaker, *counts)
    return SpeakerSummary(speaker=speaker)


def names_in_quotes(database: sqlite3.Connection) -> list[str]:
    """Return the names of who said something and to whom it was said, in the order of the quotes."""
    return [name for (name,) in database.execute(_USED)]


def names_in_documents(database: sqlite3.Connection) -> list[str]:
    """Return the names of who wrote, signed and got documents, in the order of the documents."""
    return [name for (name,) in database.execute(_PARTIES)]


def shared(database: sqlite3.Connection, table: Literal["documents", "topics"], one: str, other: str) -> list[str]:
    """Return the slugs of the documents that quote both of two speakers, or the topics that both spoke on."""
    name, condition = _IN_BOTH[table]
    select = f"SELECT {name} FROM {table} WHERE {condition} AND {condition} ORDER BY {name}"
    return [value for (value,) in database.execute(select, (one, other))]


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
