"""What adding files would store, without storing it."""

from collections.abc import Iterable

import msgspec

from quotearchive.archive.documents import AddOptions, Source, name_of, read_sources
from quotearchive.archive.remarks import on_reading
from quotearchive.errors import QuoteArchiveError
from quotearchive.model import Document
from quotearchive.readers import Reading
from quotearchive.readers.extracts import Extracted
from quotearchive.text import sha256_of, slugify


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """A document as it would be stored in an empty archive.

    Attributes:
        name: The file that it is from.
        document: The document, without a number.
        reading: What its file gave, guesses among it.
    """

    name: str
    document: Document
    reading: Reading

    @property
    def taken(self) -> tuple[Extracted, ...]:
        """What was taken from the file, and what could be guessed, each with where it stands."""
        return self.reading.extracted

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sentences on what was passed over, or may be wrong."""
        return tuple(on_reading(self.reading))


def preview(sources: Iterable[Source], how: AddOptions) -> tuple[list[Preview], list[QuoteArchiveError]]:
    """Read sources, and store nothing.

    Returns:
        The documents in them, and the errors of what can't be read.
    """
    readings, failed, _ = read_sources(sources, how.reading, how.progress)
    taken: set[str] = set()
    previews = []
    for source, reading in readings:
        slug = slugify(reading.metadata["title"], taken)
        taken.add(slug)
        previews.append(Preview(name=name_of(source), document=_document(slug, reading), reading=reading))
    return previews, failed


def _document(slug: str, reading: Reading) -> Document:
    return Document(
        slug=slug,
        **{name: value for name, value in reading.metadata.items() if value},
        segments=reading.segments,
        original=reading.original,
        sha256=sha256_of(reading.text),
        characters=len(reading.text),
        text=reading.text,
    )
