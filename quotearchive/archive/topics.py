"""Topics as a tree, and changes to whole branches in all quotes, in one write."""

import shlex
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

import msgspec

from quotearchive.archive.archive import Archive
from quotearchive.archive.errors import AmbiguousTopicError, EmptyTopicError, TopicNotFoundError
from quotearchive.archive.people import SpeakerNames
from quotearchive.archive.references import refuse_removed
from quotearchive.errors import QuoteArchiveError, UsageError
from quotearchive.model import Change, Topic
from quotearchive.names.topics import is_in, replant, tidy, topic_key, upward
from quotearchive.store import Snapshot, Transaction
from quotearchive.text.nearest import nearest


class TopicExistsError(QuoteArchiveError):
    """A topic can't get a path that another has."""

    def __init__(self, topic: str, taken: str) -> None:
        self.merge = shlex.join([topic, "--into", taken])
        super().__init__(f"There is already a topic {taken}. Nothing was changed.")


class TopicChange(msgspec.Struct, frozen=True, kw_only=True):
    """The effect of a change to topics.

    Attributes:
        paths: What each topic that was there is now; None for one that is gone.
        quotes: The numbers of the quotes that were changed.
    """

    paths: tuple[tuple[str, str | None], ...]
    quotes: tuple[int, ...]


#: How many similar topics a remark offers.
_OFFERED: Final = 3


class Tree:
    """The topics of an archive: those of quotes, those that are described, and all that they lie under.

    Args:
        snapshot: The archive.
        names: Its speakers, if they were read already: the names in quotes are read once for both.
    """

    def __init__(self, snapshot: Snapshot, names: SpeakerNames | None = None) -> None:
        self._snapshot = snapshot
        self._names = names or SpeakerNames(snapshot)
        self._spelled: dict[str, str] = {}

    @cached_property
    def records(self) -> dict[str, Topic]:
        """The topics that have a record, by path."""
        return {topic.path: topic for topic in self._snapshot.topics()}

    @cached_property
    def tagged(self) -> Mapping[str, set[int]]:
        """The numbers of the quotes on each topic that has some."""
        found: dict[str, set[int]] = defaultdict(set)
        for number, mention in self._names.mentions.items():
            for path in mention.topics:
                found[path].add(number)
        return found

    @cached_property
    def paths(self) -> dict[str, str]:
        """Every topic as it is spelled, by its key."""
        everything = sorted({above for path in (*self.tagged, *self.records) for above in upward(path)})
        return {topic_key(path): path for path in reversed(everything)}

    def spell(self, path: str) -> str:
        """Write a path as the archive writes it, as far as it has it.

        Raises:
            EmptyTopicError: It has no words.
        """
        if path not in self._spelled:
            self._spelled[path] = self._spell(written(path))
        return self._spelled[path]

    def _spell(self, tidied: str) -> str:
        if self._is_used(tidied):
            return tidied
        for above in reversed(list(upward(tidied))):
            if known := self.paths.get(topic_key(above)):
                return replant(tidied, above, known)
        return tidied

    def spell_all(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Write paths as they are stored: as the archive writes them, sorted, each once.

        Raises:
            EmptyTopicError: One has no words.
        """
        return tuple(sorted({self.spell(path) for path in paths}))

    def spell_new(self, path: str) -> str:
        """Write a path as it was typed, below what the archive has already.

        Raises:
            EmptyTopicError: It has no words.
        """
        self.spell(path)
        above, _, last = tidy(path).rpartition("/")
        return f"{self.spell(above)}/{last}" if above else last

    def find(self, name: str) -> str:
        """Find the topic that a path, or a part of one that no other has, names.

        Raises:
            TopicNotFoundError: There is none.
            AmbiguousTopicError: There are several.
        """
        wanted = topic_key(tidy(name))
        ending = [path for known, path in self.paths.items() if known.endswith(f"/{wanted}")]
        partly = [path for known, path in self.paths.items() if wanted and wanted in known]
        found = [self.paths[wanted]] if wanted in self.paths else (wanted and ending) or _uppermost(partly)
        if not found:
            raise TopicNotFoundError(name, [self.paths[each] for each in nearest(wanted, self.paths)])
        if len(found) > 1:
            raise AmbiguousTopicError(name, found)
        return found[0]

    def _is_used(self, path: str) -> bool:
        """Check whether a quote is on exactly this topic; the newest ones are looked at first, for speed."""
        newest = self._snapshot.newest_mentions.values()
        return any(path in mention.topics for mention in newest) or path in self.tagged

    def remarks(self, paths: Iterable[str]) -> Iterator[str]:
        """Yield which known topics new ones are much like, and how to merge them."""
        said: set[str] = set()
        for path in paths:
            if self._is_used(path):
                continue
            new = next((above for above in upward(path) if topic_key(above) not in self.paths), None)
            if new and new not in said:
                said.add(new)
                yield from self._like(new)

    def _like(self, path: str) -> Iterator[str]:
        from quotearchive.names.likeness import CERTAIN_ENOUGH  # noqa: PLC0415 - only a new topic is worth
        from quotearchive.names.topic_likeness import compare_paths  # noqa: PLC0415 - the 40 ms that they take

        found = [(compare_paths(path, known).degree, known) for known in self.paths.values()]
        near = sorted((each for each in found if each[0] >= CERTAIN_ENOUGH), key=lambda each: -each[0])
        for _, known in near[:_OFFERED]:
            merge = shlex.join(["quotearchive", "topics", "merge", path, "--into", known])
            yield f"{path} is new, and much like {known}. To merge the two: {merge}"


def written(path: str) -> str:
    """Bring a path into the form in which it is stored where the archive has nothing like it.

    >>> written(" prison / conditions/")
    'prison/conditions'

    Raises:
        EmptyTopicError: It has no words.
    """
    tidied = tidy(path)
    if not topic_key(tidied).strip("/ "):
        raise EmptyTopicError(path)
    return tidied


def find_like_topics(archive: Archive) -> list[tuple[str, str, str]]:
    """Propose pairs of topics that may be one, each with the reason.

    Raises:
        ArchiveError: The archive can't be read.
    """
    from quotearchive.names.likeness import CERTAIN_ENOUGH  # noqa: PLC0415 - no other command here needs
    from quotearchive.names.topic_likeness import compare_paths  # noqa: PLC0415 - them, and they take 40 ms

    branches = sorted(archive.index.topics(), key=lambda each: -each.whole)
    pairs = [(one, other) for place, one in enumerate(branches) for other in branches[place + 1 :]]
    likely = [(one, other, compare_paths(one.path, other.path)) for one, other in pairs]
    return [(one.path, other.path, like.reason) for one, other, like in likely if like.degree >= CERTAIN_ENOUGH]


def rename_topic(archive: Archive, name: str, new: str, *, change: Change) -> TopicChange:
    """Rename a topic, with all that is below it.

    Raises:
        TopicNotFoundError: There is no such topic.
        TopicExistsError: There is one of the new path.
        UsageError: The new path lies below the old one.
    """
    return _replant(archive, [name], lambda tree, _: tree.spell_new(new), change, is_merge=False)


def move_topic(archive: Archive, name: str, under: str, *, change: Change) -> TopicChange:
    """Put a topic, with all that lies below it, under another one; empty for the top.

    Raises:
        TopicNotFoundError: There is no such topic.
        TopicExistsError: There is one of that name already.
        UsageError: It would lie below itself.
    """

    def place(tree: Tree, path: str) -> str:
        last = path.rpartition("/")[2]
        return tree.spell(f"{under}/{last}")

    return _replant(archive, [name], place, change, is_merge=False)


def merge_topics(archive: Archive, names: Sequence[str], into: str, *, change: Change) -> TopicChange:
    """Merge several topics into one, with all that is below them.

    Raises:
        TopicNotFoundError: One of them is not there.
        UsageError: One would lie below itself.
    """
    return _replant(archive, names, lambda tree, _: tree.find(into), change, is_merge=True)


def describe_topic(archive: Archive, name: str, words: str, *, change: Change) -> Topic:
    """Describe a topic; empty words remove the description.

    Raises:
        EmptyTopicError: The path has no words.
    """
    with archive.transaction(change) as transaction:
        tree = Tree(transaction)
        try:
            path = tree.find(name)
        except TopicNotFoundError:
            path = tree.spell(name)
        topic = tree.records.get(path) or Topic(path=path, created=change.when)
        described = msgspec.structs.replace(topic, description=words or None, modified=change.when)
        if described.id:
            transaction.put(described)
            return described
        return msgspec.structs.replace(described, id=transaction.add(described))


class Pruning(msgspec.Struct, frozen=True, kw_only=True):
    """A topic that is removed, with all that is below it.

    Attributes:
        path: The topic.
        branch: It and all that is below it.
        quotes: The numbers of the quotes that have one of these.
    """

    path: str
    branch: frozenset[str]
    quotes: frozenset[int]


def plan_removal(snapshot: Snapshot, name: str, *, is_asked: bool = True) -> Pruning:
    """Plan the removal of a topic, without changing anything.

    Args:
        snapshot: The archive.
        name: A path, or a part of one that no other has.
        is_asked: Whether somebody sees what would go and agrees.

    Raises:
        TopicNotFoundError: There is no such topic.
        AmbiguousTopicError: There are several.
        PartOfNameError: A part of a path was that of a removed topic, and nobody is asked.
    """
    tree = Tree(snapshot)
    path = tree.find(name)
    wanted = topic_key(tidy(name))
    if not is_asked and wanted != topic_key(path):
        refuse_removed(
            snapshot, "quotes", lambda fields: wanted in map(topic_key, fields.get("topics", ())), name, path
        )
    return _pruning(tree, path)


def _pruning(tree: Tree, branch: str) -> Pruning:
    paths = [path for path in tree.paths.values() if is_in(path, branch)]
    quotes = (number for path in paths for number in tree.tagged.get(path, ()))
    return Pruning(path=branch, branch=frozenset(paths), quotes=frozenset(quotes))


def remove_topic(archive: Archive, planned: Pruning, *, change: Change) -> TopicChange:
    """Remove a topic, and all that is below it, from all quotes.

    Raises:
        ChangedMeanwhileError: What goes is no longer what was planned.
        ArchiveError: The archive can't be read or written.
    """
    with archive.transaction(change) as transaction:
        tree = Tree(transaction)
        archive.expect(planned, _pruning(tree, planned.path))
        places = {path: None for path in tree.paths.values() if path in planned.branch}
        return _apply(transaction, tree, places, change.when)


def _replant(
    archive: Archive,
    names: Sequence[str],
    place: Callable[[Tree, str], str],
    change: Change,
    *,
    is_merge: bool,
) -> TopicChange:
    with archive.transaction(change) as transaction:
        tree = Tree(transaction)
        places: dict[str, str | None] = {}
        for branch in dict.fromkeys(map(tree.find, names)):
            target = place(tree, branch)
            if target != branch:
                _refuse(tree, branch, target, is_merge=is_merge)
                inside = (path for path in tree.paths.values() if is_in(path, branch))
                places |= {path: replant(path, branch, target) for path in inside}
        return _apply(transaction, tree, places, change.when)


def _refuse(tree: Tree, branch: str, target: str, *, is_merge: bool) -> None:
    if target.startswith(f"{branch}/"):
        circle = f"{branch} can't become {target}, which is below it. Nothing was changed."
        raise UsageError(circle)
    if not is_merge and topic_key(target) in tree.paths and topic_key(target) != topic_key(branch):
        raise TopicExistsError(branch, target)


def _apply(transaction: Transaction, tree: Tree, places: Mapping[str, str | None], when: str) -> TopicChange:
    """Move topics to their new paths in all quotes and records; remove those without one."""
    numbers = sorted({number for path in places for number in tree.tagged.get(path, ())})
    for quote in filter(None, map(transaction.find_quote, numbers)):
        topics = {places.get(path, path) for path in quote.topics} - {None}
        transaction.put(msgspec.structs.replace(quote, topics=tuple(sorted(filter(None, topics))), modified=when))
    records = dict(tree.records)
    for path, place in places.items():
        if path in records:
            _move_record(transaction, records, path, place, when)
    return TopicChange(paths=tuple(places.items()), quotes=tuple(numbers))


def _move_record(transaction: Transaction, records: dict[str, Topic], path: str, place: str | None, when: str) -> None:
    """Move a record to its new path, unless one with a description is at that place, which then stays."""
    topic = records.pop(path)
    there = records.get(place or "")
    if place is None or (there and there.description):
        transaction.remove(topic)
        return
    if there:
        transaction.remove(there)
    records[place] = msgspec.structs.replace(topic, path=place, modified=when)
    transaction.put(records[place])


def _uppermost(paths: Iterable[str]) -> list[str]:
    """Leave out paths that are below another of them."""
    kept: list[str] = []
    for path in sorted(paths, key=lambda path: path.count("/")):
        if not any(is_in(path, other) for other in kept):
            kept.append(path)
    return kept
