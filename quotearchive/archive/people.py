"""Which name a speaker goes by: any spelling and any alias finds it."""

import difflib
import shlex
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

from quotearchive.archive.errors import AmbiguousSpeakerError, SpeakerNotFoundError
from quotearchive.model import Speaker
from quotearchive.names.keys import key
from quotearchive.store import Mention, Snapshot
from quotearchive.text import canonical

#: How many similar names an error offers, and how similar they must be, 0..1.
_OFFERED: Final = 3
_SIMILAR: Final = 0.6

#: How many like names a remark speaks of.
_REMARKED: Final = 2


class SpeakerNames:
    """The speakers of an archive by all their names: those of records, and those that only quotes have.

    Args:
        snapshot: The archive.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

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
        return {
            key(name): name
            for each in self._snapshot.descriptions()
            for name in (*each.authors, *each.recipients, *each.signatories)
        }

    @cached_property
    def names(self) -> dict[str, str]:
        """The name that each spelling stands for, by key; a record's own name counts more than an alias."""
        return {key(name): name for name in reversed(self.used)} | self.recorded

    @cached_property
    def recorded(self) -> dict[str, str]:
        """The same of the speakers that have a record."""
        aliases = {key(alias): speaker.name for speaker in self.speakers for alias in speaker.aliases}
        return aliases | {key(speaker.name): speaker.name for speaker in self.speakers}

    @cached_property
    def aliases(self) -> dict[str, tuple[str, ...]]:
        """The other names of each speaker that has some, by name, as queries take them."""
        return {speaker.name: speaker.aliases for speaker in self.speakers if speaker.aliases}

    def resolve(self, name: str | None) -> str | None:
        """Return the name that a spelling stands for: itself, cleaned, if it is new."""
        cleaned = cleaned_name(name)
        if cleaned is None or self._is_used(cleaned):
            return cleaned
        return self.recorded.get(key(cleaned)) or self.names.get(key(cleaned), cleaned)

    def is_new(self, name: str) -> bool:
        """Check whether nobody goes by a name yet."""
        return not self._is_used(name) and key(name) not in self.names

    def _is_used(self, name: str) -> bool:
        """Check whether quotes have exactly this name, and no record has it otherwise."""
        return key(name) not in self.recorded and (name in self._newest or name in self.used)

    @cached_property
    def _newest(self) -> frozenset[str | None]:
        """The names in the quotes that were added last, which are known in no time."""
        mentions = self._snapshot.newest_mentions.values()
        return frozenset(name for each in mentions for name in (each.speaker, each.to))

    def find_record(self, name: str) -> Speaker | None:
        """Return the record of a speaker; None if there is none."""
        return next((speaker for speaker in self.speakers if speaker.name == name), None)

    def remarks(self, names: Iterable[str | None]) -> Iterator[str]:
        """Say of new names which known ones they are much like, and how to make them one."""
        for name in dict.fromkeys(filter(None, names)):
            if self.is_new(name):
                yield from self._like(name)

    def _like(self, name: str) -> Iterator[str]:
        from quotearchive.names.many import find_like  # noqa: PLC0415 - only a new name is worth its 40 ms

        spellings = {spelling for speaker in self.speakers for spelling in speaker.names}
        found = find_like(name, {*self.used, *spellings})
        names = dict.fromkeys(self.names[key(double.other)] for double in found)
        for other in list(names)[:_REMARKED]:
            merge = shlex.join(["quotearchive", "speakers", "merge", name, "--into", other])
            yield f"{name} is new, and much like {other}. If they are one: {merge}"


def cleaned_name(name: str | None) -> str | None:
    """Take needless white space out of a name; None if nothing remains.

    >>> cleaned_name("  Hashem  Khastar ")
    'Hashem Khastar'
    """
    return " ".join(canonical(name or "").split()) or None


def find_speaker(directory: SpeakerNames, name: str) -> Speaker:
    """Find a speaker by a name, an alias, or a part of one that no other has.

    Returns:
        The record, or one with the name alone and number 0 where only quotes or documents have it.

    Raises:
        SpeakerNotFoundError: There is none.
        AmbiguousSpeakerError: There are several.
    """
    names = directory.names
    exact = names.get(key(name))
    wanted = key(name).split()
    found = (
        [exact] if exact else sorted({owner for spelling, owner in names.items() if wanted and holds(spelling, wanted)})
    )
    if len(found) > 1:
        raise AmbiguousSpeakerError(name, found)
    if not found and key(name) in directory.people:
        return Speaker(name=directory.people[key(name)])
    if not found:
        raise SpeakerNotFoundError(name, _similar(key(name), names))
    return directory.find_record(found[0]) or Speaker(name=found[0])


def _similar(wanted: str, names: Mapping[str, str]) -> list[str]:
    """Offer speakers with a name, or a word of one, that is much like what was asked for."""
    spellings = {word: owner for spelling, owner in names.items() for word in spelling.split()} | dict(names)
    near = difflib.get_close_matches(wanted, spellings, _OFFERED, _SIMILAR)
    return list(dict.fromkeys(spellings[each] for each in near))


def holds(spelling: str, wanted: Iterable[str]) -> bool:
    """Check whether a name's key holds all of some words."""
    return all(word in spelling for word in wanted)
