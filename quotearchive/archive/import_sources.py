"""The sources of an imported file: documents, found by text, slug, address or title, and the passages in them.

A quote may be found by a title alone, as its words then tell whether it is of that document. What is known of
a source is believed of a document only if something identifies it, or if title, authors and year are the same.
"""

import shlex
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from quotearchive.anchoring.errors import AmbiguousPassageError, PassageError
from quotearchive.anchoring.location import locate, take
from quotearchive.anchoring.relocation import Outcome, relocate
from quotearchive.archive.quotes import refuse_overlap
from quotearchive.dates import bounds
from quotearchive.errors import QuoteArchiveError, excerpt
from quotearchive.importers.interface import Naming
from quotearchive.importers.offsets import Counting, Offsets, Unit
from quotearchive.model import Description, Document, Passage
from quotearchive.names import key
from quotearchive.store import Snapshot
from quotearchive.text import canonical, folded

#: Where DOIs lead, which are the same in small and large letters.
_RESOLVERS: Final = ("doi.org/", "dx.doi.org/")

#: Separators of a title and its subtitle, which one program keeps and another leaves out.
_SUBTITLES: Final = (": ", " - ", " – ", " — ", " (")


class UnplacedPassageError(PassageError):
    """An imported passage stands in several places, and nothing tells which is meant."""

    def __init__(self, passage: str, count: int) -> None:
        self.passage, self.count = passage, count

    def __str__(self) -> str:
        return (
            f"{excerpt(self.passage)} occurs {self.count} times in {self.document}, and the file does not say where."
            f" See the places with: quotearchive quote {self.document} PASSAGE"
        )


class DocumentFinder:
    """The documents that rows can be of: those of the archive, and those that rows bring.

    Attributes:
        descriptions: Them, by number.
        slugs: Their numbers by slug.

    Args:
        snapshot: The archive.
        pinned: The number of the document that all quotes are of, if the user said so.
    """

    def __init__(self, snapshot: Snapshot, pinned: int | None = None) -> None:
        self.descriptions = {document.id: document for document in snapshot.descriptions()}
        self._snapshot = snapshot
        self._documents: dict[int, Document] = {}
        self._pinned = pinned
        self._keys: dict[str, int] = {}
        self._texts = {each.sha256: number for number, each in self.descriptions.items() if each.sha256}
        self.slugs = {each.slug: number for number, each in self.descriptions.items()}
        self._addresses: dict[str, list[int]] = {}
        self._titles: dict[str, list[int]] = {}
        self._main_titles: dict[str, list[int]] = {}
        for number, document in self.descriptions.items():
            self._index(number, document)

    def text(self, number: int) -> str:
        """Return the text of a document of the archive, or of one that a row brings."""
        if number not in self._documents and (document := self._snapshot.find_document(number)):
            self._documents[number] = document
        return self._documents[number].text if number in self._documents else ""

    def put(self, number: int, document: Document) -> None:
        """Place a document that a row brings."""
        self._documents[number] = document
        self.descriptions[number] = document
        self.slugs[document.slug] = number
        self._texts[document.sha256] = number
        self._index(number, document)

    def call(self, key: str, number: int) -> None:
        """Note what the file calls a document among its own rows."""
        if key:
            self._keys.setdefault(key, number)

    def find_text(self, sha256: str) -> int | None:
        """Return the number of the document that has a text."""
        return self._texts.get(sha256)

    def find(self, naming: Naming) -> int:
        """Return the number of the document that a quote is of; its words tell whether it really is.

        Args:
            naming: What the file calls it.

        Raises:
            QuoteArchiveError: There is none, or several.
        """
        named = self._named(naming)
        if named is not None:
            return named
        title = naming.title or ""
        ways = (
            self._titles.get(folded(title), []),
            self._titles.get(folded(main_title(title)), []),
            self._main_titles.get(folded(title), []),
        )
        return self._one(naming, ways)

    def find_source(self, naming: Naming, told: Description) -> int:
        """Return the number of the document that a list of sources speaks of.

        Nothing but what identifies it will do, or its title together with its authors and its year.

        Args:
            naming: What the file calls it.
            told: Its description in the file.

        Raises:
            QuoteArchiveError: There is none, or several, or nothing but a title tells that it is this one.
        """
        named = self._named(naming) if self._texts.get(told.sha256) is None else self._texts[told.sha256]
        if named is not None:
            return named
        titled = self._titles.get(folded(naming.title or ""), [])
        same = [number for number in titled if _is_same(self.descriptions[number], told)]
        if titled and not same:
            slugs = self._slugs_of(titled)
            alone = (
                f"{excerpt(naming.title or '')} is the title of {', '.join(slugs)} in the archive, but a title alone"
                " doesn't show that it is the same source."
                f" If it is, import it alone with --document {shlex.quote(slugs[0])}."
            )
            raise QuoteArchiveError(alone)
        return self._one(naming, [same])

    def _named(self, naming: Naming) -> int | None:
        """Find the document that is identified: by the user, within the file, by its slug or its address."""
        if self._pinned is not None:
            return self._pinned
        if naming.key in self._keys:
            return self._keys[naming.key]
        ways = [self._slugged(naming), *(self._addresses.get(address(url), []) for url in _urls(naming))]
        return self._one(naming, ways) if any(ways) else None

    def _slugged(self, naming: Naming) -> list[int]:
        """Find the document of a slug; not if its title is another one, as other programs number their items."""
        number = self.slugs.get(naming.slug or "")
        if number is None:
            return []
        titles = (naming.title or "", self.descriptions[number].title)
        is_same = not all(titles) or naming.title == naming.slug or len(set(map(folded, map(main_title, titles)))) == 1
        return [number] if is_same else []

    def _one(self, naming: Naming, ways: Iterable[list[int]]) -> int:
        """Return the one document that the first of several ways finds."""
        called = naming.title or naming.slug or naming.url or ""
        found = next(filter(None, ways), [])
        if not found:
            missing = (
                f"The document {excerpt(called)} is not in the archive. Add its text with: quotearchive add FILE"
                f" --title {shlex.quote(called)}; or choose the document with --document DOC."
                if called
                else "It doesn't name its document. Choose one with --document DOC."
            )
            raise QuoteArchiveError(missing)
        if len(found) > 1:
            slugs = ", ".join(self._slugs_of(found))
            several = f"{excerpt(called)} could be any of the documents {slugs}. Choose one with --document DOC."
            raise QuoteArchiveError(several)
        return found[0]

    def _slugs_of(self, numbers: Iterable[int]) -> list[str]:
        return [self.descriptions[number].slug for number in numbers]

    def _index(self, number: int, document: Description) -> None:
        if document.url:
            self._addresses.setdefault(address(document.url), []).append(number)
        if document.title:
            self._titles.setdefault(folded(document.title), []).append(number)
        short = main_title(document.title)
        if short != document.title:
            self._main_titles.setdefault(folded(short), []).append(number)


def contradictions(here: Description, told: Description) -> list[str]:
    """Return the fields in which a source contradicts the document it may be.

    >>> here = Description(slug="a", title="A", authors=("Havel, Václav",), date="1975-04-08")
    >>> contradictions(here, Description(slug="", title="", authors=("V. Havel",), date="1976"))
    ['date']
    """
    found = [
        name
        for name in ("authors", "recipients")
        if getattr(here, name) and getattr(told, name) and not _share(getattr(here, name), getattr(told, name))
    ]
    found += ["date"] if here.date and told.date and not _overlap(bounds(here.date), bounds(told.date)) else []
    found += ["url"] if here.url and told.url and address(here.url) != address(told.url) else []
    return found


def _is_same(here: Description, told: Description) -> bool:
    """Check whether two sources of one title have authors and a year in common."""
    if not here.date or not told.date or not _share(here.authors, told.authors):
        return False
    years = [tuple(day[:4] for day in bounds(date)) for date in (here.date, told.date)]
    return _overlap((years[0][0], years[0][1]), (years[1][0], years[1][1])) and not contradictions(here, told)


def _overlap(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _share(names: Iterable[str], others: Sequence[str]) -> bool:
    return any(_is_one_name(name, other) for name in names for other in others)


def _is_one_name(name: str, other: str) -> bool:
    """Check whether two names are one, whatever their order, with initials or parts left out."""
    fewer, more = sorted((key(name).split(), key(other).split()), key=len)
    return all(any(_is_one_word(word, each) for each in more) for word in fewer)


def _is_one_word(word: str, other: str) -> bool:
    shorter, longer = sorted((word, other), key=len)
    return word == other or (len(shorter) == 1 and longer.startswith(shorter))


def _urls(naming: Naming) -> list[str]:
    return [url for url in (naming.url, naming.doi and f"https://doi.org/{naming.doi}") if url]


def address(url: str) -> str:
    """Leave out of an address what makes no difference to where it leads.

    >>> address("https://www.example.org/letter/#top") == address("http://example.org/letter")
    True
    """
    bare = url.strip().partition("#")[0].rstrip("/")
    for start in ("https://", "http://", "www."):
        bare = bare.removeprefix(start)
    is_doi = bare.lower().startswith(_RESOLVERS)
    return f"doi.org/{bare.partition('/')[2].lower()}" if is_doi else bare


def main_title(title: str) -> str:
    """Return a title without its subtitle.

    >>> main_title("The Premonition: A Pandemic Story")
    'The Premonition'
    """
    ends = [end for mark in _SUBTITLES if (end := title.find(mark)) > 0]
    return title[: min(ends)] if ends else title


def place_all(text: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Find the passages of a quote in a document's text.

    Args:
        text: The document's text.
        passages: As another program has them; see `place`.

    Returns:
        The document's own words, in reading order.

    Raises:
        PassageError: One of them is empty, isn't in the text, or occurs there several times.
        UsageError: Two of them share words.
    """
    found = sorted((place(text, passage) for passage in passages), key=lambda each: (each.start, each.end))
    refuse_overlap(text, found)
    return tuple(found)


def place(text: str, passage: Passage) -> Passage:
    """Find a passage: at its offset, or by its context, or as typed words are found.

    Args:
        text: The document's text.
        passage: Its words; its start may be below 0 and its context empty where they are not known.

    Raises:
        PassageError: It is empty, isn't in the text, or occurs there several times.

    >>> place("To be or not to be", Passage(start=13, end=15, exact="be", prefix="not to ")).start
    16
    """
    exact = canonical(passage.exact)
    held = []
    for start in _starts(text, passage.start):
        if exact and text.startswith(exact, start):
            if _has_context(text, passage, start, start + len(exact)):
                return take(text, start, start + len(exact))
            held.append(start)
    found = _by_context(text, passage, exact) if exact.strip() and exact in text else None
    if held and not found:
        return take(text, held[0], held[0] + len(exact))
    return found or _by_words(text, passage.exact)


def _starts(text: str, offset: int) -> Iterator[int]:
    """Yield where an offset is, as the standards count and as browsers do, which count UTF-16 units."""
    if 0 <= offset <= len(text):
        yield offset
    place = _offsets(text).place(offset, Counting(Unit.UTF_16))
    if place is not None:
        yield place


@lru_cache(maxsize=1)
def _offsets(text: str) -> Offsets:
    """Measure a text that many passages are looked for in, one after the other."""
    return Offsets(text)


def _has_context(text: str, passage: Passage, start: int, end: int) -> bool:
    """Check whether a passage has the context that a file gives for it, as far as it gives any."""
    prefix, suffix = canonical(passage.prefix), canonical(passage.suffix)
    return text.endswith(prefix, 0, start) and text.startswith(suffix, end)


def _by_context(text: str, passage: Passage, exact: str) -> Passage | None:
    if passage.start < 0 and not passage.prefix and not passage.suffix:
        return None
    prefix, suffix = canonical(passage.prefix), canonical(passage.suffix)
    known = msgspec.structs.replace(passage, exact=exact, prefix=prefix, suffix=suffix)
    found = relocate(text, known)
    return found.passage if found.outcome in {Outcome.EXACT, Outcome.MOVED} else None


def _by_words(text: str, words: str) -> Passage:
    try:
        location = locate(text, words)
    except AmbiguousPassageError as error:
        raise UnplacedPassageError(words, error.count) from error
    return take(text, location.start, location.end)
