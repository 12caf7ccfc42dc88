"""Reading a file's bytes: which format they are, what its reader makes of them, and of the files within."""

import hashlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import cast

import msgspec

from quotearchive.errors import MissingPartError, QuoteArchiveError, TooLargeError
from quotearchive.model import Original
from quotearchive.readers.encodings import Decoded, decode
from quotearchive.readers.errors import EmptyFileError, WordlessError
from quotearchive.readers.extracts import (
    Extract,
    Extracted,
    Member,
    Options,
    Outcome,
    Reader,
    Reading,
    Refused,
    TextReader,
    metadata_of,
)
from quotearchive.readers.files import LIMIT
from quotearchive.readers.formats import Format
from quotearchive.readers.isolation.limits import CHARACTERS, DEPTH, MEMBERS, SIGNS, TooMuchError
from quotearchive.readers.kinds.sniffing import format_of
from quotearchive.readers.soundness import LOST, doubts
from quotearchive.readers.talk.transcripts import with_turns
from quotearchive.text import canonical


def read_content(content: bytes, name: str, options: Options, *, way: tuple[str, ...] = ()) -> list[Outcome]:
    """Read a file's bytes.

    Args:
        content: All of them.
        name: The file's name.
        options: How to read it.
        way: Its name within the file that it is a part of, behind those of the files between; empty if it is none.

    Returns:
        The documents in it, each before what was sent with it, and what could not be read.

    Raises:
        QuoteArchiveError: Nothing of it can be read.
    """
    if len(content) > LIMIT:
        raise TooLargeError(name, LIMIT)
    if not content or content.isspace():
        raise EmptyFileError(name)
    outermost = format_of(content, name)
    original = Original(
        sha256=hashlib.sha256(content).hexdigest(),
        name=PurePath(name).name or name,
        size=len(content),
        media_type=outermost.media_type,
        reader="",
    )
    documents = _Documents(original, options)
    documents.read(outermost, content, name, way=way)
    return documents.found


def unpack(content: bytes, name: str, options: Options) -> Iterator[Member | Refused]:
    """Yield the files in an archive as they are, unread.

    Raises:
        QuoteArchiveError: It can't be unpacked.
    """
    for part, _ in _parts(format_of(content, name), content, name, options):
        if not isinstance(part, Extract):
            yield part


class _Documents:
    """The documents that are found in one file, also in files within it."""

    def __init__(self, original: Original, options: Options) -> None:
        self.found: list[Outcome] = []
        self._original = original
        self._options = options
        self._members = 0

    def read(
        self, form: Format, content: bytes, name: str, *, way: tuple[str, ...] = (), enclosed_in: int | None = None
    ) -> None:
        """Read one file; the way to it leads through the names of the files around it.

        Raises:
            QuoteArchiveError: It can't be read.
        """
        for part, decoded in _parts(form, content, name, self._options):
            SIGNS.give()
            if isinstance(part, Refused):
                self.found.append(part)
                continue
            if isinstance(part, Member):
                self._read_member(part, way, enclosed_in)
                continue
            place = len(self.found)
            spoken = part if form.shape == "text" else with_turns(part)
            try:
                self.found.append(self._reading(form, spoken, name, decoded, (way, enclosed_in)))
            except QuoteArchiveError as error:
                if not part.member:
                    raise
                self.found.append(Refused(name=part.member, message=f"{part.member}: {error}"))
            for member in part.enclosures:
                self._read_member(member, (*way, part.member) if part.member else way, place)

    def _read_member(self, member: Member, way: tuple[str, ...], enclosed_in: int | None) -> None:
        way = (*way, member.name)
        whole = "/".join(way)
        self._members += 1
        try:
            if self._members > MEMBERS:
                raise TooMuchError(self._original.name, f"more than {MEMBERS:,} files")
            if len(way) > DEPTH:
                too_deep = f"{whole!r} was not read: it lies more than {DEPTH} files deep."
                raise QuoteArchiveError(too_deep)  # noqa: TRY301
            self.read(format_of(member.content, member.name), member.content, whole, way=way, enclosed_in=enclosed_in)
        except QuoteArchiveError as error:
            is_wordless = isinstance(error, WordlessError)
            self.found.append(Refused(name=whole, message=str(error), is_wordless=is_wordless))

    def _reading(
        self, form: Format, part: Extract, name: str, decoded: Decoded, place: tuple[tuple[str, ...], int | None]
    ) -> Reading:
        if not part.text or part.text.isspace():
            raise EmptyFileError(name)
        if len(part.text) > CHARACTERS:
            raise TooMuchError(name, f"more than {CHARACTERS:,} characters")
        way, enclosed_in = place
        extracted = part.extracted
        if not any(each.field == "title" and not each.is_guess for each in extracted):
            extracted += (Extracted("title", PurePath(name).stem or name, source="file name"),)
        original = msgspec.structs.replace(
            self._original,
            url=part.url,
            retrieved=part.retrieved,
            member="/".join((*way, part.member) if part.member else way) or None,
            reader=part.reader or form.name.lower(),
            recognised=part.is_recognised,
        )
        # What is sent with it is read by itself.
        is_told = any(LOST in remark for remark in part.remarks)  # by its reader, and more closely
        remarks = (*part.remarks, *(each for each in doubts(part.text) if not (is_told and LOST in each)))
        values = {field: getattr(part, field) for field in part.__struct_fields__ if field != "enclosures"}
        return Reading(
            **(values | {"extracted": extracted, "remarks": remarks}),
            metadata=metadata_of(extracted),
            original=original,
            encoding=decoded.encoding,
            is_encoding_guessed=decoded.is_guessed,
            enclosed_in=enclosed_in,
        )


def _parts(
    form: Format, content: bytes, name: str, options: Options
) -> Iterator[tuple[Extract | Member | Refused, Decoded]]:
    try:
        extract = form.load()
    except ImportError as error:
        raise MissingPartError(form.name, error.name or "a library", form.extra) from error
    if form.shape == "text":
        decoded = decode(content, name)
        yield cast("TextReader", extract)(canonical(decoded.text), name), decoded
        return
    for part in cast("Reader", extract)(content, name, options):
        yield part, Decoded("", "")
