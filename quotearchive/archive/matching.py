"""Find the documents that an imported file speaks of: by text, slug, address or title."""

from collections.abc import Iterator
from typing import Final

from quotearchive.errors import NoSuchSourceError, SeveralSourcesError
from quotearchive.importers.interface import Naming
from quotearchive.model import Description
from quotearchive.store import Snapshot
from quotearchive.text import folded

#: What stands between a title and its subtitle, which one program keeps and another leaves out.
_SUBTITLES: Final = (": ", " - ", " – ", " — ", " (")


class Shelf:
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

    def replace(self, document: Description) -> None:
        """Put what is known of a document in the place of what was."""
        self.descriptions[document.id] = document

    def call(self, key: str, number: int) -> None:
        """Note what the file calls a document among its own rows."""
        if key:
            self._keys.setdefault(key, number)

    def find_text(self, sha256: str) -> int | None:
        """Give the number of the document that has a text."""
        return self._texts.get(sha256)

    def find(self, naming: Naming, *, loosely: bool = True) -> int:
        """Give the number of the document that a row is of.

        Args:
            naming: What the file calls it.
            loosely: Whether a title without its subtitle will do: its words tell whether a quote is of
                this document, and of what is known of a document nothing does.

        Raises:
            NoSuchSourceError: There is none.
            SeveralSourcesError: There are several.
        """
        if self._pinned is not None:
            return self._pinned
        if naming.key in self._keys:
            return self._keys[naming.key]
        called = naming.title or naming.slug or naming.url or ""
        for found in self._ways(naming, loosely=loosely):
            if len(found) > 1:
                slugs = [self.descriptions[number].slug for number in found]
                raise SeveralSourcesError(called, slugs)
            if found:
                return found[0]
        raise NoSuchSourceError(called)

    def _ways(self, naming: Naming, *, loosely: bool) -> Iterator[list[int]]:
        """Yield what each way to find a document finds, the surest way first."""
        yield [self._slugs[naming.slug]] if naming.slug in self._slugs else []
        yield self._addresses.get(address(naming.url or ""), [])
        title = naming.title or ""
        yield self._titles.get(folded(title), [])
        if loosely:
            yield self._titles.get(folded(main_title(title)), [])
            yield self._main_titles.get(folded(title), [])

    def _index(self, number: int, document: Description) -> None:
        if document.url:
            self._addresses.setdefault(address(document.url), []).append(number)
        if document.title:
            self._titles.setdefault(folded(document.title), []).append(number)
        short = main_title(document.title)
        if short != document.title:
            self._main_titles.setdefault(folded(short), []).append(number)


def address(url: str) -> str:
    """Leave out of an address what makes no difference to where it leads.

    >>> address("https://www.example.org/letter/#top") == address("http://example.org/letter")
    True
    """
    bare = url.strip().partition("#")[0].rstrip("/")
    for start in ("https://", "http://", "www."):
        bare = bare.removeprefix(start)
    return bare


def main_title(title: str) -> str:
    """Give a title without its subtitle.

    >>> main_title("The Premonition: A Pandemic Story")
    'The Premonition'
    """
    ends = [end for mark in _SUBTITLES if (end := title.find(mark)) > 0]
    return title[: min(ends)] if ends else title
