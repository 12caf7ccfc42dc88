"""What an exporter is, what it takes and what it yields.

An exporter's module has a function `export(selections, options)`. It turns values into pieces and yields
them; it never opens or writes a file. Selections may come from a generator: they are gone through once.
"""

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import Final, Literal, cast

import msgspec

from quotearchive.errors import MissingPartError
from quotearchive.fields import FIELDS, Field
from quotearchive.model import Document, Quote, Selection, Speaker

#: What quotes can be gathered under, where a format has headings.
Grouping = Literal["document", "speaker", "topic", "date"]

#: Where a format of running text puts its citations.
Citations = Literal["footnotes", "text"]

#: What an exporter yields: pieces of a text file, pieces of a binary file, or the files of a folder.
Shape = Literal["text", "bytes", "folder"]

#: The default heading of an export; a query or a project's name says more.
TITLE: Final = "Quotes"


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """The wishes of a user for an export. A format ignores those that it has no place for.

    Attributes:
        by: What quotes are gathered under.
        context: How many words of the document to show on each side of a quote.
        citations: Where citations stand.
        title: The heading of the export.
        made: When the export is made, ISO 8601 in UTC; empty where it shall not be said.
        style: The name of a citation style, such as `apa`; None for the plain citation.
        template: The text of the user's template, for the formats that take one.
    """

    by: Grouping = "document"
    context: int = 0
    citations: Citations = "footnotes"
    title: str = TITLE
    made: str = ""
    style: str | None = None
    template: str | None = None


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a folder export.

    Attributes:
        name: Its name in the folder: one safe path component with its suffix, unique in the export.
        content: Its text.
    """

    name: str
    content: str


Piece = str | bytes | File


#: The names of all fields that users give.
ALL: Final = {kind: frozenset(field.name for field in fields) for kind, fields in FIELDS.items()}

#: What no format holds: the fields of speakers.
NO_SPEAKERS: Final[Mapping[type[msgspec.Struct], AbstractSet[str]]] = MappingProxyType({Speaker: ALL[Speaker]})

#: What a format without any of the fields leaves out.
_WHOLE: Final = {
    Quote: "the quotes",
    Document: "the fields of documents",
    Speaker: "everything about speakers but their names",
}


class Exporter(msgspec.Struct, frozen=True, kw_only=True):
    """A format, and where the code that writes it lives.

    Attributes:
        name: What the user calls it.
        purpose: What it is for, in one line.
        lacks: The names of the fields that it can't hold, by what they are fields of.
        omits: What else it can't hold, in one line; empty if nothing.
        suffix: How the name of a file of this format ends, with the dot; empty for a folder.
        module: The module that writes it, imported when it is asked for.
        function: The function there that writes it.
        shape: What its pieces are.
        holds_all: Whether documents of which nothing is quoted belong in an export of everything.
    """

    name: str
    purpose: str
    omits: str
    suffix: str
    module: str
    function: str = "export"
    lacks: Mapping[type[msgspec.Struct], AbstractSet[str]] = NO_SPEAKERS
    shape: Shape = "text"
    holds_all: bool = False

    @property
    def leaves_out(self) -> str:
        """What the archive has and the format can't hold, in one line."""
        lacking = (_lacking(kind, self.lacks.get(kind, frozenset())) for kind in FIELDS)
        return "; ".join(filter(None, (self.omits, *lacking)))

    def export(self, selections: Iterable[Selection], options: Options) -> Iterator[Piece]:
        """Yield the selections in this format, piece by piece.

        Args:
            selections: Documents with their chosen quotes; gone through once.
            options: What the user asks.

        Raises:
            MissingPartError: A library that this format needs is not installed.
        """
        return cast("_Export", self._part(self.function))(selections, options)

    def merge(self, existing: str, fresh: File) -> str:
        """Merge a fresh file of a folder export into an existing one, keeping the user's own words.

        Only a format whose shape is `folder` has this.

        Args:
            existing: The text of the file that is there.
            fresh: The file that would replace it.

        Raises:
            ForeignFileError: The existing file was not written by this format.
        """
        return cast("_Merge", self._part("merge"))(existing, fresh)

    def _part(self, name: str) -> object:
        try:
            module = importlib.import_module(self.module)
        except ModuleNotFoundError as error:
            if error.name is None or error.name.startswith("quotearchive"):
                raise
            raise MissingPartError(self.name, error.name) from error
        return getattr(module, name)


_Export = Callable[[Iterable[Selection], Options], Iterator[Piece]]
_Merge = Callable[[str, File], str]


def _lacking(kind: type[msgspec.Struct], lacks: AbstractSet[str]) -> str:
    """List the fields that a format can't hold, or those that it can where they are fewer."""
    fields = FIELDS[kind]
    if len(lacks) == len(fields):
        return _WHOLE[kind]
    is_most = len(lacks) > len(fields) / 2
    labels = [_label(field) for field in fields if (field.name in lacks) != is_most]
    whose = f"{kind.__name__.lower()}s"
    listed = ", ".join(labels)
    return "" if not lacks else f"everything about {whose} but {listed}" if is_most else f"{listed} of {whose}"


def _label(field: Field) -> str:
    return field.label if field.label.isupper() else field.label.lower()
