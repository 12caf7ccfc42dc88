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
        is_web_page: Whether it is a web page, which holds more than its main text.
        is_archive: Whether it is nothing but files, each a document of its own.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    media_type: str
    shape: Literal["text", "bytes"] = "bytes"
    extra: str = ""
    kinds: tuple[str, ...] = ()
    is_web_page: bool = False
    is_archive: bool = False

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

#: Files, each of which is read by its own format.
ARCHIVE: Final = Format(
    name="archive",
    module="quotearchive.readers.archives",
    suffixes=(".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".tbz2", ".txz"),
    media_type="application/zip",
    is_archive=True,
)

FORMATS: Final = (
    PLAIN_TEXT,
    ARCHIVE,
    Format(
        name="Markdown",
        module="quotearchive.readers.markdown",
        suffixes=(".md", ".markdown"),
        media_type="text/markdown",
        shape="text",
    ),
    Format(
        name="e-mail",
        module="quotearchive.readers.mail.message",
        suffixes=(".eml", ".emlx"),
        media_type="message/rfc822",
        extra="files",
    ),
    Format(
        name="mailbox",
        module="quotearchive.readers.mail.mbox",
        suffixes=(".mbox", ".mbx"),
        media_type="application/mbox",
        extra="files",
    ),
    Format(
        name="Outlook message",
        module="quotearchive.readers.mail.outlook",
        suffixes=(".msg",),
        media_type="application/vnd.ms-outlook",
        extra="files",
    ),
    Format(
        name="Word",
        module="quotearchive.readers.office.docx",
        suffixes=(".docx", ".docm", ".dotx", ".dotm"),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        extra="files",
    ),
    Format(
        name="OpenDocument text",
        module="quotearchive.readers.office.odt",
        suffixes=(".odt", ".ott", ".fodt"),
        media_type="application/vnd.oasis.opendocument.text",
        extra="files",
    ),
    Format(
        name="RTF",
        module="quotearchive.readers.office.rtf",
        suffixes=(".rtf",),
        media_type="application/rtf",
        extra="files",
    ),
    Format(
        name="EPUB",
        module="quotearchive.readers.books.epub",
        suffixes=(".epub",),
        media_type="application/epub+zip",
        extra="files",
    ),
    Format(
        name="TEI",
        module="quotearchive.readers.books.tei",
        suffixes=(".tei", ".xml"),
        media_type="application/tei+xml",
        extra="files",
    ),
    Format(
        name="WebVTT",
        module="quotearchive.readers.talk.subtitles",
        suffixes=(".vtt",),
        media_type="text/vtt",
        shape="text",
    ),
    Format(
        name="subtitles",
        module="quotearchive.readers.talk.subtitles",
        suffixes=(".srt", ".sbv"),
        media_type="application/x-subrip",
        shape="text",
    ),
    Format(
        name="transcript in JSON",
        module="quotearchive.readers.talk.whisper",
        suffixes=(".json",),
        media_type="application/json",
        shape="text",
    ),
    Format(
        name="PDF",
        module="quotearchive.readers.pdf.document",
        suffixes=(".pdf",),
        media_type="application/pdf",
        extra="files",
    ),
    *(
        Format(name="picture", module="quotearchive.readers.pdf.recognition", suffixes=suffixes, media_type=media_type)
        for media_type, suffixes in (
            ("image/png", (".png",)),
            ("image/jpeg", (".jpg", ".jpeg")),
            ("image/tiff", (".tif", ".tiff")),
            ("image/webp", (".webp",)),
            ("image/bmp", (".bmp",)),
        )
    ),
    Format(
        name="web page",
        module="quotearchive.readers.web.html",
        suffixes=(".html", ".htm", ".xhtml", ".xht"),
        media_type="text/html",
        extra="files",
        is_web_page=True,
    ),
    Format(
        name="MHTML",
        module="quotearchive.readers.web.mhtml",
        suffixes=(".mhtml", ".mht"),
        media_type="multipart/related",
        extra="files",
        is_web_page=True,
    ),
    Format(
        name="Safari web archive",
        module="quotearchive.readers.web.webarchive",
        suffixes=(".webarchive",),
        media_type="application/x-webarchive",
        extra="files",
        is_web_page=True,
    ),
    Format(
        name="WARC",
        module="quotearchive.readers.web.warc",
        suffixes=(".warc", ".warc.gz"),
        media_type="application/warc",
        extra="files",
        is_web_page=True,
    ),
    Format(
        name="WACZ",
        module="quotearchive.readers.web.wacz",
        suffixes=(".wacz",),
        media_type="application/wacz",
        extra="files",
        is_web_page=True,
    ),
)

#: The suffixes of files that are read in folders.
SUFFIXES: Final = tuple(suffix for each in FORMATS for suffix in each.suffixes)
