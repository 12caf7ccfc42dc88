"""Changes to speakers: in their records, in all quotes and in all documents, in one write."""

import shlex
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

import msgspec

from quotearchive.archive.archive import Archive
from quotearchive.archive.errors import SpeakerNotFoundError
from quotearchive.archive.people import SpeakerNames, cleaned_name, find_speaker
from quotearchive.archive.references import refuse_removed
from quotearchive.archive.values import FieldValues, Values, fill
from quotearchive.errors import QuoteArchiveError, UsageError
from quotearchive.fields import Kind, fields_of, filled_of
from quotearchive.model import Change, Document, Quote, Speaker
from quotearchive.names import key
from quotearchive.names.people import SpeakerSummary
from quotearchive.store import Mention, Snapshot, Transaction


class SpeakerExistsError(QuoteArchiveError):
    """A name is another speaker's already."""

    def __init__(self, name: str, owner: str) -> None:
        self.owner = shlex.quote(owner)
        known = f"{name} is already a speaker" if name == owner else f"{name} is another name of {owner}"
        super().__init__(f"{known}. Nothing was changed.")


class NoRecordError(QuoteArchiveError):
    """A speaker has quotes, but no record that could be removed."""

    def __init__(self, name: str) -> None:
        self.name = shlex.quote(name)
        super().__init__(f"{name} has no record, only quotes.")


class SpeakerChange(msgspec.Struct, frozen=True, kw_only=True):
    """The effect of a change to a speaker.

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
_SINGLE: Final = tuple(field.name for field in filled_of(Speaker))

#: Fields that hold names of people.
_NAMED: Final = tuple(field.name for field in fields_of(Quote, Kind.NAME))
_PEOPLE: Final = tuple(field.name for field in fields_of(Document, Kind.NAMES))


def add_speaker(archive: Archive, speaker: Speaker, *, change: Change) -> SpeakerChange:
    """Add the record of a speaker, who may have quotes already.

    Raises:
        SpeakerExistsError: The name, or an alias, is another speaker's.
        UsageError: The name is empty.
    """
    with archive.transaction(change, create=True) as transaction:
        editor = _Editor(transaction, change.when)
        name = _cleaned(speaker.name)
        owner = editor.names.resolve(name) or name
        if editor.names.find_record(owner):
            raise SpeakerExistsError(name, owner)
        new = editor.recorded(msgspec.structs.replace(speaker, id=0, name=name, aliases=()))
        return editor.adopt(new, (name, *speaker.aliases))


def add_aliases(archive: Archive, name: str, aliases: Sequence[str], *, change: Change) -> SpeakerChange:
    """Add aliases to a speaker; quotes under one of them get the speaker's own name.

    Raises:
        SpeakerNotFoundError: There is no such speaker.
        SpeakerExistsError: An alias is another speaker's who has a record.
    """
    with archive.transaction(change) as transaction:
        editor = _Editor(transaction, change.when)
        return editor.adopt(editor.recorded(find_speaker(editor.names, name)), aliases)


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
    """Rename a speaker everywhere; the old name stays as an alias.

    Raises:
        SpeakerNotFoundError: There is no such speaker.
        SpeakerExistsError: Another speaker goes by the new name.
    """
    with archive.transaction(change) as transaction:
        editor = _Editor(transaction, change.when)
        speaker = find_speaker(editor.names, name)
        cleaned = _cleaned(new)
        owner = editor.names.resolve(cleaned)
        if not editor.names.is_new(cleaned) and owner != speaker.name:
            raise SpeakerExistsError(cleaned, owner or cleaned)
        renamed = msgspec.structs.replace(editor.recorded(speaker), name=cleaned)
        return editor.adopt(renamed, (speaker.name,))


def merge_speakers(archive: Archive, names: Sequence[str], into: str, *, change: Change) -> SpeakerChange:
    """Merge several speakers into one: names become aliases, and all quotes change in one write.

    Raises:
        SpeakerNotFoundError: One of them is not there.
        AmbiguousSpeakerError: A part of a name is in several.
    """
    with archive.transaction(change) as transaction:
        editor = _Editor(transaction, change.when)
        kept = editor.recorded(find_speaker(editor.names, into))
        others = {speaker.name: speaker for speaker in (find_speaker(editor.names, name) for name in names)}
        others.pop(kept.name, None)
        remarks: list[str] = []
        for other in others.values():
            new, differing = fill(kept, other, _SINGLE)
            remarks += [
                f"Kept {field} “{getattr(kept, field)}”; dropped “{getattr(other, field)}” from {other.name}."
                for field in differing
            ]
            kept = msgspec.structs.replace(kept, **new)
            if other.id:
                transaction.remove(other)
        spellings = [spelling for other in others.values() for spelling in other.names]
        merged = editor.adopt(kept, spellings, {other.id for other in others.values()})
        return msgspec.structs.replace(merged, remarks=tuple(remarks))


def edit_speaker(archive: Archive, name: str, values: Values, *, change: Change) -> SpeakerChange:
    """Change a speaker's record.

    Args:
        archive: The archive.
        name: The speaker.
        values: The new values by field, empty to take one away.
        change: The command, for the history.

    Raises:
        SpeakerNotFoundError: There is no such speaker.
    """
    with archive.transaction(change) as transaction:
        editor = _Editor(transaction, change.when)
        speaker = editor.recorded(find_speaker(editor.names, name))
        fields = FieldValues(transaction).typed(Speaker, values)
        changed = msgspec.structs.replace(speaker, **fields, modified=change.when)
        transaction.put(changed)
    return SpeakerChange(speaker=changed)


def plan_removal(snapshot: Snapshot, name: str, *, is_asked: bool = True) -> SpeakerSummary:
    """Plan the removal of a speaker's record: the speaker, with the number of quotes that keep the name.

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
        refuse_removed(
            snapshot, "speakers", lambda fields: key(fields.get("name", "")) == key(name), name, speaker.name
        )
    if not speaker.id:
        raise NoRecordError(speaker.name)
    quotes = sum(mention.speaker == speaker.name for mention in snapshot.mentions().values())
    return SpeakerSummary(speaker=speaker, quotes=quotes)


def remove_speaker(archive: Archive, planned: SpeakerSummary, *, change: Change) -> None:
    """Remove a speaker's record; quotes keep the name.

    Raises:
        ChangedMeanwhileError: The record is no longer the one that was planned for.
        ArchiveError: The archive can't be read or written.
    """
    with archive.transaction(change) as transaction:
        archive.expect(planned.speaker, SpeakerNames(transaction).find_record(planned.speaker.name))
        transaction.remove(planned.speaker)


def _cleaned(name: str) -> str:
    cleaned = cleaned_name(name)
    if not cleaned or not key(cleaned):
        nameless = f"{shlex.quote(name)} is not a name. A name has letters."
        raise UsageError(nameless)
    return cleaned


class _Editor:
    """The speakers of a transaction, as they were at its start, and their changes."""

    def __init__(self, transaction: Transaction, when: str) -> None:
        self.names = SpeakerNames(transaction)
        self._transaction = transaction
        self._when = when

    def recorded(self, speaker: Speaker) -> Speaker:
        """Return the record of a speaker, which is made if there is none yet."""
        if speaker.id:
            return speaker
        new = msgspec.structs.replace(speaker, created=self._when, modified=self._when)
        return msgspec.structs.replace(new, id=self._transaction.add(new))

    def adopt(self, speaker: Speaker, names: Iterable[str], absorbed: Collection[int] = ()) -> SpeakerChange:
        """Make names a speaker's own: as aliases in the record, and wherever quotes and documents have them.

        Args:
            speaker: The speaker's record.
            names: The names.
            absorbed: The numbers of records that become one with it.

        Raises:
            SpeakerExistsError: A name is that of another speaker who has a record.
            UsageError: A name has no letters.
        """
        cleaned = [_cleaned(name) for name in names]
        for name in cleaned:
            owner = self.names.resolve(name) or name
            record = self.names.find_record(owner)
            if record and record.id not in {speaker.id, *absorbed}:
                raise SpeakerExistsError(name, owner)
        spellings = {key(name): name for name in reversed((speaker.name, *speaker.aliases, *cleaned))}
        aliases = tuple(name for name in reversed(spellings.values()) if name != speaker.name)
        changed = msgspec.structs.replace(speaker, aliases=aliases, modified=self._when)
        self._transaction.put(changed)
        return rewrite(self._transaction, changed, self._when)


def rewrite(transaction: Transaction, speaker: Speaker, when: str) -> SpeakerChange:
    """Write a speaker's name where quotes and documents have another spelling or an alias of it."""
    keys = {key(name) for name in speaker.names}

    def named(found: Any) -> Any:  # noqa: ANN401 - a name, or several
        if isinstance(found, tuple):
            names = tuple(map(named, found))
            return found if names == found else tuple(dict.fromkeys(names))
        return speaker.name if found is not None and found != speaker.name and key(found) in keys else found

    def changed(value: msgspec.Struct | Mention, fields: Iterable[str]) -> dict[str, Any]:
        return {field: new for field in fields if (new := named(getattr(value, field))) != getattr(value, field)}

    numbers = [number for number, mention in transaction.mentions().items() if changed(mention, _NAMED)]
    quotes = [quote for quote in map(transaction.find_quote, numbers) if quote]
    found = [each.id for each in transaction.descriptions() if changed(each, _PEOPLE)]
    documents = [document for document in map(transaction.find_document, found) if document]
    for quote in quotes:
        transaction.put(msgspec.structs.replace(quote, **changed(quote, _NAMED), modified=when))
    for document in documents:
        transaction.put(msgspec.structs.replace(document, **changed(document, _PEOPLE), modified=when))
    return SpeakerChange(
        speaker=speaker, quotes=tuple(each.id for each in quotes), documents=tuple(each.slug for each in documents)
    )
