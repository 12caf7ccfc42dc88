"""The names of speakers: any spelling and any alias finds the name that a speaker goes by."""

import shlex
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

from quotearchive.archive.errors import AmbiguousSpeakerError, SpeakerNotFoundError
from quotearchive.fields import Kind, fields_of
from quotearchive.model import Description, Document, Speaker
from quotearchive.names import key
from quotearchive.search import Index
from quotearchive.store import Mention, Snapshot
from quotearchive.text import canonical
from quotearchive.text.nearest import nearest

#: Fields of a document that hold names of people.
_PEOPLE: Final = fields_of(Document, Kind.NAMES)

#: How many like names a remark speaks of.
_REMARKED: Final = 2


class SpeakerNames:
    """The speakers of an archive by all their names: those of records, and those that only quotes have.

    Args:
        snapshot: The archive.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._found: dict[str, str | None] = {}

    @cached_property
    def speakers(self) -> tuple[Speaker, ...]:
        """The records."""
        return tuple(self._snapshot.speakers())

    @cached_property
    def mentions(self) -> Mapping[int, Mention]:
        """Who said each quote, to whom and on what."""
        return self._snapshot.mentions()

    @cached_property
    def used(self) -> dict[str, None]:
        """The names in quotes, said and spoken to, each once, in the order of their first use."""
        mentions = self.mentions.values()
        return dict.fromkeys(name for each in mentions for name in (each.speaker, each.to) if name is not None)

    @cached_property
    def people(self) -> dict[str, str]:
        """The names of who wrote, signed and got documents, by key; it takes reading all documents."""
        return {key(name): name for each in self._snapshot.descriptions() for name in people_of(each)}

    @cached_property
    def owners(self) -> dict[str, str]:
        """The name that each spelling means, by key; a record's own name counts more than an alias."""
        return {key(name): name for name in reversed(self.used)} | self.recorded

    @cached_property
    def recorded(self) -> dict[str, str]:
        """The same of the speakers that have a record."""
        aliases = {key(alias): speaker.name for speaker in self.speakers for alias in speaker.aliases}
        return aliases | {key(speaker.name): speaker.name for speaker in self.speakers}

    def resolve(self, name: str | None) -> str | None:
        """Return the name that a spelling stands for: itself, cleaned, if it is new."""
        cleaned = cleaned_name(name)
        return cleaned and (self._known(cleaned) or cleaned)

    def resolve_all(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the names that spellings stand for, each once."""
        return tuple(dict.fromkeys(filter(None, map(self.resolve, names))))

    def is_new(self, name: str) -> bool:
        """Check whether no speaker goes by a name yet."""
        return self._known(name) is None

    def _known(self, name: str) -> str | None:
        """Return the name that a spelling is known to stand for; the names in quotes are read only if need be."""
        if name not in self._found:
            spelling = key(name)
            is_used = spelling not in self.recorded and (name in self._newest or name in self.used)
            self._found[name] = name if is_used else self.recorded.get(spelling) or self.owners.get(spelling)
        return self._found[name]

    @cached_property
    def _newest(self) -> frozenset[str | None]:
        """The names in the quotes that were added last, which are known in no time."""
        mentions = self._snapshot.newest_mentions.values()
        return frozenset(name for each in mentions for name in (each.speaker, each.to))

    def find_record(self, name: str) -> Speaker | None:
        """Return the record of a speaker; None if there is none."""
        return next((speaker for speaker in self.speakers if speaker.name == name), None)

    def remarks(self, names: Iterable[str | None]) -> Iterator[str]:
        """Yield which known names new ones are much like, and how to merge them."""
        for name in dict.fromkeys(filter(None, names)):
            if self.is_new(name):
                yield from self._like(name)

    def _like(self, name: str) -> Iterator[str]:
        from quotearchive.names.duplicates import find_like  # noqa: PLC0415 - only a new name is worth its 40 ms

        spellings = {spelling for speaker in self.speakers for spelling in speaker.names}
        found = find_like(name, {*self.used, *spellings})
        names = dict.fromkeys(self.owners[key(pair.other)] for pair in found)
        for other in list(names)[:_REMARKED]:
            merge = shlex.join(["quotearchive", "speakers", "merge", name, "--into", other])
            yield f"{name} is new, and much like {other}. To merge the two: {merge}"


class IndexedNames(SpeakerNames):
    """The same as the index knows them, without reading the archive.

    Args:
        index: The index.
    """

    def __init__(self, index: Index) -> None:
        self._index = index

    @cached_property
    def speakers(self) -> tuple[Speaker, ...]:
        """The records."""
        return tuple(self._index.speaker_records())

    @cached_property
    def used(self) -> dict[str, None]:
        """The names in quotes, said and spoken to, each once."""
        return dict.fromkeys(self._index.names_in_quotes())

    @cached_property
    def people(self) -> dict[str, str]:
        """The names of who wrote, signed and got documents, by key."""
        return {key(name): name for name in self._index.names_in_documents()}


def people_of(document: Description) -> Iterator[str]:
    """Yield the people whom a document names as its authors, recipients and the like."""
    for field in _PEOPLE:
        yield from getattr(document, field.name)


def cleaned_name(name: str | None) -> str | None:
    """Return a name without needless white space; None if nothing remains.

    >>> cleaned_name("  Hashem  Khastar ")
    'Hashem Khastar'
    """
    return " ".join(canonical(name or "").split()) or None


def find_speaker(speakers: SpeakerNames, name: str) -> Speaker:
    """Find a speaker by a name, an alias, or a part of one that no other has.

    Returns:
        The record, or one with the name alone and number 0 where only quotes or documents have it.

    Raises:
        SpeakerNotFoundError: There is none.
        AmbiguousSpeakerError: There are several.
    """
    owners = speakers.owners
    wanted = key(name).split()
    partly = {owner for spelling, owner in owners.items() if wanted and holds(spelling, wanted)}
    found = [owners[key(name)]] if key(name) in owners else sorted(partly)
    if len(found) > 1:
        raise AmbiguousSpeakerError(name, found)
    if not found and key(name) in speakers.people:
        return Speaker(name=speakers.people[key(name)])
    if not found:
        raise SpeakerNotFoundError(name, _similar(key(name), owners))
    return speakers.find_record(found[0]) or Speaker(name=found[0])


def _similar(wanted: str, names: Mapping[str, str]) -> list[str]:
    """Return speakers with a name, or a word of one, that is much like what was asked for."""
    spellings = {word: owner for spelling, owner in names.items() for word in spelling.split()} | dict(names)
    return list(dict.fromkeys(spellings[each] for each in nearest(wanted, spellings)))


def holds(spelling: str, wanted: Iterable[str]) -> bool:
    """Check whether a name's key holds all of some words."""
    return all(word in spelling for word in wanted)
