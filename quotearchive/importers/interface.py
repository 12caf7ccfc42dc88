"""What an importer is and what it yields.

An importer's module has one function, `read(content)`. It turns a file's content into rows, and knows
neither files nor archives: which document a row is about, and whether its words are there, is found out
by `archive.imports`. A row that can't be used is yielded as one that is refused; only a file that can't be
read at all raises an error.
"""

import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Literal, TypeVar

import msgspec

from quotearchive.errors import MissingPartError, QuoteArchiveError
from quotearchive.fields import FIELDS, Kind
from quotearchive.importers.errors import ForeignTextError, MalformedRowError, UnusableFileError
from quotearchive.model import Description, Passage, Quote
from quotearchive.text import split_names

#: What an importer takes: the bytes of a file, or its text, decoded.
Shape = Literal["bytes", "text"]

#: The start and end of a passage whose place the file doesn't have.
NOWHERE: Final = -1

#: The highest number of a record that is kept: the highest that every reader of JSON counts exactly.
HIGHEST: Final = 2**53 - 1

#: Bytes of the largest file that is read, and of what is unpacked from one.
LIMIT: Final = 2**30


class Naming(msgspec.Struct, frozen=True, kw_only=True):
    """The names by which a file refers to a document.

    Attributes:
        key: What rows of this file call it among themselves; empty if no row brings it.
        slug: Its slug.
        title: Its title.
        url: Its address.
        doi: Its Digital Object Identifier, without an address.
    """

    key: str = ""
    slug: str | None = None
    title: str | None = None
    url: str | None = None
    doi: str | None = None


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A document that a file brings, or only its metadata.

    Attributes:
        row: The number of the row, from 1.
        naming: What the file calls it.
        document: A `Document` if the file has its text. An `id` is its number in the archive that it
            came from, and a slug that is empty is to be made.
        remarks: Sentences on what was left out of it.
    """

    row: int
    naming: Naming
    document: Description
    remarks: tuple[str, ...] = ()


class QuoteRow(msgspec.Struct, frozen=True, kw_only=True):
    """A quote that a file brings.

    Attributes:
        row: The number of the row, from 1.
        naming: What the file calls its document.
        quote: The quote. Its passages have the words and places of the file, and places may be
            `NOWHERE`; `document` and `within` mean nothing yet.
        key: What rows of this file call the quote; empty if none does.
        within: The key of the quote it is said in.
        remarks: Sentences on what was left out of it.
    """

    row: int
    naming: Naming
    quote: Quote
    key: str = ""
    within: str = ""
    remarks: tuple[str, ...] = ()


class PassedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that holds nothing for an archive, such as a bookmark.

    Attributes:
        row: Its number, from 1.
        reason: Why, as the end of a sentence: "marks no words".
    """

    row: int
    reason: str


class RefusedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that can't be used.

    Attributes:
        row: Its number, from 1.
        error: What is wrong with it.
    """

    row: int
    error: QuoteArchiveError


Row = DocumentRow | QuoteRow | PassedRow | RefusedRow


class Importer(msgspec.Struct, frozen=True, kw_only=True):
    """A format, and where the code that reads it lives.

    Attributes:
        name: What the user calls it.
        purpose: What it brings, in one line.
        unit: What its rows are called.
        module: The module that reads it, imported when it is asked for.
        function: The function in it.
        shape: What it takes.
    """

    name: str
    purpose: str
    unit: str
    module: str
    function: str = "read"
    shape: Shape = "bytes"

    def read(self, content: bytes | str) -> Iterator[Row]:
        """Yield the rows of a file.

        Args:
            content: All of the file, in this format's shape.

        Raises:
            MissingPartError: A library that this format needs is not installed.
            UnusableFileError: The file is not in this format.
        """
        try:
            module = importlib.import_module(self.module)
        except ModuleNotFoundError as error:
            if error.name is None or error.name.startswith("quotearchive"):
                raise
            raise MissingPartError(self.name, error.name) from error
        try:
            yield from getattr(module, self.function)(content)
        except UnusableFileError as error:
            raise UnusableFileError(error.found, self.name) from error


_Record = TypeVar("_Record")


def rows(records: Iterable[tuple[int, _Record]], make: Callable[[int, _Record], Row]) -> Iterator[Row]:
    """Yield a row for each record: what `make` makes of it, or a refused row where it can't.

    Args:
        records: The number of each row and what it is made of.
        make: Makes a row of the two.
    """
    for number, record in records:
        try:
            yield make(number, record)
        except (ForeignTextError, MalformedRowError) as error:
            yield RefusedRow(row=number, error=error)
        except (msgspec.DecodeError, AttributeError, RecursionError, TypeError, ValueError) as error:
            yield RefusedRow(row=number, error=MalformedRowError(str(error)))


def field_values(kind: type[msgspec.Struct], words: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of fields from the words that an export of ours has for them.

    >>> from quotearchive.model import Document
    >>> field_values(Document, {"signatories": "Ann Lee; Omid Rad", "signatory_count": "12", "encloses": "3"})
    {'signatories': ('Ann Lee', 'Omid Rad'), 'signatory_count': 12}

    Args:
        kind: What they are fields of.
        words: The words by the names of the fields. Numbers of other records are left out: they are an archive's own.
    """
    known = ((field, words[field.name]) for field in FIELDS[kind] if words.get(field.name, "").strip())
    return {field.name: _READ.get(field.kind, str)(value) for field, value in known if field.kind not in _REFERENCES}


def _count(words: str) -> int | None:
    return int(words) if re.fullmatch(r"\s*[0-9]{1,9}\s*", words) else None


_READ: Final[Mapping[Kind, Callable[[str], Any]]] = {
    Kind.NAMES: split_names,
    Kind.TOPICS: split_names,
    Kind.COUNT: _count,
}
_REFERENCES: Final = frozenset({Kind.QUOTE, Kind.DOCUMENT, Kind.DOCUMENTS})


def passage(exact: str, start: int = NOWHERE, *, prefix: str = "", suffix: str = "") -> Passage:
    """Make a passage of the words and the place that a file has.

    >>> passage("To be", 4).end
    9
    """
    end = start + len(exact) if start >= 0 else NOWHERE
    return Passage(start=start, end=end, exact=exact, prefix=prefix, suffix=suffix)


def source_row(row: int, names: Mapping[str, object], fields: Mapping[str, object], remark: str = "") -> DocumentRow:
    """Make a row of what a list of sources has on a document.

    Args:
        row: The number of the row, from 1.
        names: The fields of its `Naming`.
        fields: The fields of its description; empty ones are left out.
        remark: What was left out, as a sentence.
    """
    known = {name: value for name, value in fields.items() if value}
    return DocumentRow(
        row=row,
        naming=msgspec.convert(names, Naming),
        document=msgspec.convert({"slug": "", "title": "", **known}, Description),
        remarks=(remark,) if remark else (),
    )
