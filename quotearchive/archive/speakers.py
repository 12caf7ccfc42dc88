"""Change what is known of speakers: in their records, in all quotes and in all documents, in one write."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from quotearchive.archive.archive import Archive
from quotearchive.archive.errors import (
    NamelessError,
    NoRecordError,
    PartOfNameError,
    SpeakerExistsError,
    SpeakerNotFoundError,
)
from quotearchive.archive.people import SpeakerNames, cleaned_name, find_speaker
from quotearchive.archive.references import removal_of
from quotearchive.archive.standings import standings
from quotearchive.model import Change, Speaker
from quotearchive.names import key
from quotearchive.names.people import SpeakerSummary
from quotearchive.store import Snapshot, Transaction
from quotearchive.store.errors import ChangedMeanwhileError


class SpeakerChange(msgspec.Struct, frozen=True, kw_only=True):
    """What a change to a speaker did.

    Attributes:
        speaker: The speaker after it.
        quotes: The numbers of the quotes that were changed.
        documents: The slugs of the documents that were changed.
        remarks: Sentences that the user should read.
    """

    speaker: Speaker
    quotes: tuple[int, ...] = ()
    documents: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


#: Fields of a speaker that hold one value, which a merge keeps from whoever has one.
_SINGLE: Final = ("role", "note", "wikidata", "viaf", "gnd")


def add_speaker(archive: Archive, speaker: Speaker, *, change: Change) -> SpeakerChange:
    """Archive the record of a speaker, who may have quotes already.

    Raises:
        SpeakerExistsError: The name, or an alias, is another speaker's.
        NamelessError: The name is empty.
    """
    with archive.transaction(change, create=True) as transaction:
        directory = SpeakerNames(transaction)
        name = _cleaned(speaker.name)
        if directory.find_record(directory.resolve(name) or name):
            raise SpeakerExistsError(name, directory.resolve(name) or name)
        stored = msgspec.structs.replace(speaker, name=name, created=change.when, modified=change.when, aliases=())
        number = transaction.add(stored)
        return _take_over(
            transaction, msgspec.structs.replace(stored, id=number), (name, *speaker.aliases), change.when
        )


def add_aliases(archive: Archive, name: str, aliases: Sequence[str], *, change: Change) -> SpeakerChange:
    """Return a speaker other names; quotes that bear one of them bear the speaker's own name from now on.

    Raises:
        SpeakerNotFoundError: There is no such speaker.
        SpeakerExistsError: An alias is another speaker's who has a record.
    """
    with archive.transaction(change) as transaction:
        speaker = _recorded(transaction, find_speaker(SpeakerNames(transaction), name), change.when)
        return _take_over(transaction, speaker, aliases, change.when)


def drop_aliases(archive: Archive, name: str, aliases: Sequence[str], *, change: Change) -> SpeakerChange:
    """Take other names from a speaker; quotes stay as they are.

    Raises:
        SpeakerNotFoundError: There is no such speaker, or the speaker has no such alias.
    """
    dropped = {key(alias) for alias in aliases}
    with archive.transaction(change) as transaction:
        speaker = find_speaker(SpeakerNames(transaction), name)
        unknown = dropped - {key(alias) for alias in speaker.aliases}
        if unknown:
            raise SpeakerNotFoundError(min(unknown), list(speaker.aliases))
        kept = tuple(alias for alias in speaker.aliases if key(alias) not in dropped)
        changed = msgspec.structs.replace(speaker, aliases=kept, modified=change.when)
        transaction.put(changed)
    return SpeakerChange(speaker=changed)


def rename_speaker(archive: Archive, name: str, new: str, *, change: Change) -> SpeakerChange:
    """Return a speaker another name everywhere; the old one stays as an alias.

    Raises:
        SpeakerNotFoundError: There is no such speaker.
        SpeakerExistsError: Another speaker goes by the new name.
    """
    with archive.transaction(change) as transaction:
        directory = SpeakerNames(transaction)
        speaker = find_speaker(directory, name)
        cleaned = _cleaned(new)
        owner = directory.resolve(cleaned)
        if not directory.is_new(cleaned) and owner != speaker.name:
            raise SpeakerExistsError(cleaned, owner or cleaned)
        record = _recorded(transaction, speaker, change.when)
        renamed = msgspec.structs.replace(record, name=cleaned)
        return _take_over(transaction, renamed, (speaker.name,), change.when)


def merge_speakers(archive: Archive, names: Sequence[str], into: str, *, change: Change) -> SpeakerChange:
    """Make several speakers one: names become aliases, and all quotes change in one write.

    Raises:
        SpeakerNotFoundError: One of them is not there.
        AmbiguousSpeakerError: A part of a name is in several.
    """
    with archive.transaction(change) as transaction:
        directory = SpeakerNames(transaction)
        kept = _recorded(transaction, find_speaker(directory, into), change.when)
        others = {speaker.name: speaker for speaker in (find_speaker(directory, name) for name in names)}
        others.pop(kept.name, None)
        remarks = []
        for other in others.values():
            remarks += list(_differing(kept, other))
            kept = msgspec.structs.replace(kept, **_filled(kept, other))
            if other.id:
                transaction.remove(other)
        spellings = [spelling for other in others.values() for spelling in other.names]
        merged = _take_over(transaction, kept, spellings, change.when)
        return msgspec.structs.replace(merged, remarks=tuple(remarks))


def edit_speaker(archive: Archive, name: str, values: Mapping[str, str | None], *, change: Change) -> SpeakerChange:
    """Change what a speaker's record says.

    Args:
        archive: The archive.
        name: The speaker.
        values: By field, the new value; empty to forget it.
        change: The command, for the history.

    Raises:
        SpeakerNotFoundError: There is no such speaker.
    """
    with archive.transaction(change) as transaction:
        speaker = _recorded(transaction, find_speaker(SpeakerNames(transaction), name), change.when)
        fields: dict[str, Any] = {field: value or None for field, value in values.items()}
        changed = msgspec.structs.replace(speaker, **fields, modified=change.when)
        transaction.put(changed)
    return SpeakerChange(speaker=changed)


def plan_removal(snapshot: Snapshot, name: str, *, is_asked: bool = True) -> SpeakerSummary:
    """Return the speaker whose record would go, with the number of quotes that keep the name.

    Args:
        snapshot: The archive.
        name: A name or an alias, or a part of one that no other has.
        is_asked: Whether somebody sees what would go and agrees.

    Raises:
        SpeakerNotFoundError: There is no such speaker.
        AmbiguousSpeakerError: A part of a name is in several.
        PartOfNameError: A part of a name was that of a removed speaker, and nobody is asked.
        NoRecordError: There are only quotes of that name.
    """
    speaker = find_speaker(SpeakerNames(snapshot), name)
    if not is_asked and key(name) not in map(key, speaker.names):
        removed = removal_of(snapshot, "speakers", lambda fields: key(fields.get("name", "")) == key(name))
        if removed:
            raise PartOfNameError(name, speaker.name, removed)
    if not speaker.id:
        raise NoRecordError(speaker.name)
    return standings(snapshot)[speaker.name]


def remove_speaker(archive: Archive, planned: SpeakerSummary, *, change: Change) -> None:
    """Remove a speaker's record; quotes keep the name.

    Raises:
        ChangedMeanwhileError: The record is no longer the one that was planned for.
        ArchiveError: The archive can't be read or written.
    """
    with archive.transaction(change) as transaction:
        if planned.speaker not in transaction.speakers():
            raise ChangedMeanwhileError(archive.real_path)
        transaction.remove(planned.speaker)


def _cleaned(name: str) -> str:
    cleaned = cleaned_name(name)
    if not cleaned or not key(cleaned):
        raise NamelessError(name)
    return cleaned


def _recorded(transaction: Transaction, speaker: Speaker, when: str) -> Speaker:
    """Return a speaker a record if there is none yet."""
    if speaker.id:
        return speaker
    new = msgspec.structs.replace(speaker, created=when, modified=when)
    return msgspec.structs.replace(new, id=transaction.add(new))


def _filled(kept: Speaker, other: Speaker) -> dict[str, Any]:
    """Take from the other what the kept speaker's record does not say."""
    return {field: getattr(kept, field) or getattr(other, field) for field in _SINGLE}


def _differing(kept: Speaker, other: Speaker) -> Iterator[str]:
    for field in _SINGLE:
        mine, theirs = getattr(kept, field), getattr(other, field)
        if mine and theirs and mine != theirs:
            yield f"The {field} of {other.name}, “{theirs}”, gave way to “{mine}”."


def _take_over(transaction: Transaction, speaker: Speaker, names: Iterable[str], when: str) -> SpeakerChange:
    """Make names a speaker's own: as aliases in the record, and wherever quotes and documents have them."""
    directory = SpeakerNames(transaction)
    cleaned = [_cleaned(name) for name in names]
    for name in cleaned:
        owner = directory.resolve(name) or name
        record = directory.find_record(owner)
        if record and record.id != speaker.id:
            raise SpeakerExistsError(name, owner)
    spellings = {key(name): name for name in reversed((speaker.name, *speaker.aliases, *cleaned))}
    aliases = tuple(name for name in reversed(spellings.values()) if name != speaker.name)
    changed = msgspec.structs.replace(speaker, aliases=aliases, modified=when)
    transaction.put(changed)
    return rewrite(transaction, changed, when)


def rewrite(transaction: Transaction, speaker: Speaker, when: str) -> SpeakerChange:
    """Write a speaker's name where quotes and documents have another spelling or an alias of it."""
    keys = {key(name) for name in speaker.names}
    quotes = [
        transaction.find_quote(number)
        for number, mention in transaction.mentions().items()
        if any(_is_other(name, speaker.name, keys) for name in (mention.speaker, mention.to))
    ]
    for quote in filter(None, quotes):
        transaction.put(
            msgspec.structs.replace(
                quote,
                speaker=_named(quote.speaker, speaker.name, keys),
                to=_named(quote.to, speaker.name, keys),
                modified=when,
            )
        )
    documents = tuple(_rewritten_documents(transaction, speaker.name, keys, when))
    return SpeakerChange(speaker=speaker, quotes=tuple(quote.id for quote in quotes if quote), documents=documents)


def _rewritten_documents(transaction: Transaction, name: str, keys: set[str], when: str) -> Iterator[str]:
    for description in list(transaction.descriptions()):
        people = {field: getattr(description, field) for field in ("authors", "recipients", "signatories")}
        if any(_is_other(each, name, keys) for values in people.values() for each in values):
            document = transaction.find_document(description.id)
            fields = {
                field: tuple(dict.fromkeys(_named(each, name, keys) for each in values))
                for field, values in people.items()
            }
            if document:
                transaction.put(msgspec.structs.replace(document, **fields, modified=when))
                yield document.slug


def _is_other(found: str | None, name: str, keys: set[str]) -> bool:
    return found is not None and found != name and key(found) in keys


def _named(found: str | None, name: str, keys: set[str]) -> str | None:
    return name if found is not None and key(found) in keys else found
