"""The formats that are read: one line a format, whose module is imported when such a file comes."""

import importlib
from typing import Final, Literal, cast

import msgspec

from quotearchive.readers.extracts import Reader, TextReader


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """A format that is read.

    Attributes:
        name: What messages call it.
        module: The module whose function `extract` reads it.
        suffixes: How the names of its files end, in lower case, with the dot.
        media_type: Its media type.
        shape: What the function takes: decoded text, or bytes. Bytes are read in a process of their own.
        extra: The extra with the libraries that it needs; empty if it needs none.
        kinds: The kinds of `sniffing` that it reads, besides those that are called as its suffixes are.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    media_type: str
    shape: Literal["text", "bytes"] = "bytes"
    extra: str = ""
    kinds: tuple[str, ...] = ()

    def recognises(self, kind: str) -> bool:
        """Check whether it reads files of a kind, as `sniffing` calls it."""
        return kind in self.kinds or f".{kind}" in self.suffixes

    def load(self) -> Reader | TextReader:
        """Return the function that reads it.

        Raises:
            ImportError: A library that it needs is not installed.
        """
        return cast("Reader | TextReader", importlib.import_module(self.module).extract)


#: Also reads every other file that is text and was named outright.
PLAIN_TEXT: Final = Format(
    name="plain text",
    module="quotearchive.readers.plain_text",
    suffixes=(".txt", ".text"),
    media_type="text/plain",
    shape="text",
)

FORMATS: Final = (
    PLAIN_TEXT,
    Format(
        name="Markdown",
        module="quotearchive.readers.markdown",
        suffixes=(".md", ".markdown"),
        media_type="text/markdown",
        shape="text",
    ),
)

#: The suffixes of files that are read in folders.
SUFFIXES: Final = tuple(suffix for each in FORMATS for suffix in each.suffixes)
