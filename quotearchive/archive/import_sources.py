"""Find the documents that an imported file speaks of: by text, slug, address or title.

A quote may be found by a title alone, as its words then tell whether it is of that document. What is known of
a source is believed of a document only if something identifies it, or if title, authors and year are the same.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from quotearchive.archive.errors import NoSuchSourceError, SeveralSourcesError, TitleAloneError
from quotearchive.dates import bounds
from quotearchive.importers.interface import Naming
from quotearchive.model import Description
from quotearchive.names import key
from quotearchive.store import Snapshot
from quotearchive.text import folded

#: Where DOIs lead, which are the same in small and large letters.
_RESOLVERS: Final = ("doi.org/", "dx.doi.org/")

#: What stands between a title and its subtitle, which one program keeps and another leaves out.
_SUBTITLES: Final = (": ", " - ", " – ", " — ", " (")


class DocumentFinder:
    """The documents that rows can be of: those of the archive, and those that rows bring.

    Args:
        snapshot: The archive.
        pinned: The number of the document that all quotes are of, if the user said so.
    """

    def __init__(self, snapshot: Snapshot, pinned: int | None = None) -> None:
        self.descriptions = {document.id: document for document in snapshot.descriptions()}
        self._pinned = pinned
        self._keys: dict[str, int] = {}
        self._texts = {each.sha256: number for number, each in self.descriptions.items() if each.sha256}
        self._slugs = {each.slug: number for number, each in self.descriptions.items()}
        self._addresses: dict[str, list[int]] = {}
        self._titles: dict[str, list[int]] = {}
        self._main_titles: dict[str, list[int]] = {}
        for number, document in self.descriptions.items():
            self._index(number, document)

    @property
    def slugs(self) -> dict[str, int]:
        """The documents' numbers by slug."""
        return self._slugs

    def put(self, number: int, document: Description) -> None:
        """Place a document that a row brings."""
        self.descriptions[number] = document
        self._slugs[document.slug] = number
        self._texts[document.sha256] = number
        self._index(number, document)

    def replace(self, number: int, document: Description) -> None:
        """Put what is known of a document in the place of what was."""
        self.descriptions[number] = document

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
            NoSuchSourceError: There is none.
            SeveralSourcesError: There are several.
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
            told: What the file knows of it.

        Raises:
            NoSuchSourceError: There is none.
            SeveralSourcesError: There are several.
            TitleAloneError: One has its title, and nothing else tells that it is this one.
        """
        named = self._named(naming) if self._texts.get(told.sha256) is None else self._texts[told.sha256]
        if named is not None:
            return named
        titled = self._titles.get(folded(naming.title or ""), [])
        same = [number for number in titled if _is_same(self.descriptions[number], told)]
        if titled and not same:
            raise TitleAloneError(naming.title or "", [self.descriptions[number].slug for number in titled])
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
        number = self._slugs.get(naming.slug or "")
        if number is None:
            return []
        titles = (naming.title or "", self.descriptions[number].title)
        is_same = not all(titles) or naming.title == naming.slug or len(set(map(folded, map(main_title, titles)))) == 1
        return [number] if is_same else []

    def _one(self, naming: Naming, ways: Iterable[list[int]]) -> int:
        """Take the one document that the first of several ways finds."""
        called = naming.title or naming.slug or naming.url or ""
        found = next(filter(None, ways), [])
        if not found:
            raise NoSuchSourceError(called)
        if len(found) > 1:
            raise SeveralSourcesError(called, [self.descriptions[number].slug for number in found])
        return found[0]

    def _index(self, number: int, document: Description) -> None:
        if document.url:
            self._addresses.setdefault(address(document.url), []).append(number)
        if document.title:
            self._titles.setdefault(folded(document.title), []).append(number)
        short = main_title(document.title)
        if short != document.title:
            self._main_titles.setdefault(folded(short), []).append(number)


def contradictions(here: Description, told: Description) -> list[str]:
    """Name what is told of a source that can't be true of the one that is known.

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
