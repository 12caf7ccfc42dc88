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
        is_archive: Whether it is nothing but files, each a document of its own.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    media_type: str
    shape: Literal["text", "bytes"] = "bytes"
    extra: str = ""
    is_archive: bool = False

    def recognises(self, kind: str) -> bool:
        """Check whether it reads files of a kind, as `sniffing` calls it."""
        return f".{kind}" in self.suffixes

    def load(self) -> Reader | TextReader:
        """Return the function that reads it.

        Raises:
            ImportError: A library that it needs is not installed.
        """
        return cast("Reader | TextReader", importlib.import_module(self.module).extract)


def _text(name: str, module: str, suffixes: str, media_type: str) -> Format:
    return Format(
        name=name,
        module=f"quotearchive.readers.{module}",
        suffixes=tuple(suffixes.split()),
        media_type=media_type,
        shape="text",
    )


def _bytes(name: str, module: str, suffixes: str, media_type: str, extra: str = "files") -> Format:
    return Format(
        name=name,
        module=f"quotearchive.readers.{module}",
        suffixes=tuple(suffixes.split()),
        media_type=media_type,
        extra=extra,
    )


#: Also reads every other file that is text and was named outright.
PLAIN_TEXT: Final = _text("plain text", "plain_text", ".txt .text", "text/plain")

#: Files, each of which is read by its own format.
ARCHIVE: Final = Format(
    name="archive",
    module="quotearchive.readers.archives",
    suffixes=(".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".tbz2", ".txz"),
    media_type="application/zip",
    is_archive=True,
)

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMATS: Final = (
    PLAIN_TEXT,
    ARCHIVE,
    _text("Markdown", "markdown", ".md .markdown", "text/markdown"),
    _bytes("e-mail", "mail.message", ".eml .emlx", "message/rfc822"),
    _bytes("mailbox", "mail.mbox", ".mbox .mbx", "application/mbox"),
    _bytes("Outlook message", "mail.outlook", ".msg", "application/vnd.ms-outlook"),
    _bytes("Word", "office.docx", ".docx .docm .dotx .dotm", _WORD),
    _bytes("OpenDocument text", "office.odt", ".odt .ott .fodt", "application/vnd.oasis.opendocument.text"),
    _bytes("RTF", "office.rtf", ".rtf", "application/rtf"),
    _bytes("EPUB", "books.epub", ".epub", "application/epub+zip"),
    _bytes("TEI", "books.tei", ".tei .xml", "application/tei+xml"),
    _text("WebVTT", "talk.subtitles", ".vtt", "text/vtt"),
    _text("subtitles", "talk.subtitles", ".srt .sbv", "application/x-subrip"),
    _text("transcript in JSON", "talk.whisper", ".json", "application/json"),
    _bytes("PDF", "pdf.document", ".pdf", "application/pdf"),
    _bytes("picture", "pdf.recognition", ".png", "image/png", extra=""),
    _bytes("picture", "pdf.recognition", ".jpg .jpeg", "image/jpeg", extra=""),
    _bytes("picture", "pdf.recognition", ".tif .tiff", "image/tiff", extra=""),
    _bytes("picture", "pdf.recognition", ".webp", "image/webp", extra=""),
    _bytes("picture", "pdf.recognition", ".bmp", "image/bmp", extra=""),
    _bytes("web page", "web.html", ".html .htm .xhtml .xht", "text/html"),
    _bytes("MHTML", "web.mhtml", ".mhtml .mht", "multipart/related"),
    _bytes("Safari web archive", "web.webarchive", ".webarchive", "application/x-webarchive"),
    _bytes("WARC", "web.warc", ".warc .warc.gz", "application/warc"),
    _bytes("WACZ", "web.wacz", ".wacz", "application/wacz"),
)

#: The suffixes of files that are read in folders.
SUFFIXES: Final = tuple(suffix for each in FORMATS for suffix in each.suffixes)
