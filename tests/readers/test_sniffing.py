"""What a file is taken for, whatever it is called."""

import bz2
import gzip
import io
import json
import lzma
import plistlib
import struct
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.kinds.sniffing import format_of, kind_of

MAIL = "From: Anna <anna@example.org>\r\nTo: Ben <ben@example.org>\r\nSubject: Port\r\n"
CUE = "00:00:01,000 --> 00:00:02,500\nGood evening.\n"
PAGE = "<html><head><title>Port</title></head><body><p>The port is open.</p></body></html>"


def zipped(*names: str, mimetype: str = "") -> bytes:
    """A ZIP file with members of these names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if mimetype:
            archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "words", zipfile.ZIP_DEFLATED)
    return file.getvalue()


def tarred(*names: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = 5
            archive.addfile(member, io.BytesIO(b"words"))
    return file.getvalue()


def ole(*streams: str) -> bytes:
    """The beginning of an OLE file, and names of streams as its directory has them."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(name.encode("utf-16-le") for name in streams)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4\n", "pdf"),
        (b"junk of a server\r\n%PDF-1.4\nobj\n%%EOF\n", "pdf"),
        (b"{\\rtf1\\ansi Dear all}", "rtf"),
        (zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "docx"),
        (zipped("docProps/app.xml", "word/document2.xml", "[Content_Types].xml"), "docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (zipped("content.xml", "META-INF/manifest.xml"), "odt"),
        (zipped("META-INF/container.xml", mimetype="application/epub+zip"), "epub"),
        (zipped("OEBPS/a.xhtml", "META-INF/container.xml"), "epub"),
        (zipped("datapackage.json", "archive/data.warc.gz"), "wacz"),
        (zipped("letters/a.docx", "word/a.txt"), "zip"),
        (zipped(), "zip"),
        (b"\x00" * 10 + zipped("a.txt"), "text"),
        (tarred("a.txt"), "tar"),
        (gzip.compress(tarred("a.txt"), mtime=0), "tar"),
        (bz2.compress(tarred("a.txt")), "tar"),
        (lzma.compress(tarred("a.txt")), "tar"),
        (gzip.compress(b"Dear all", mtime=0), "gz"),
        (gzip.compress(b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", mtime=0), "warc"),
        (b"WARC/1.1\r\nWARC-Type: response\r\n", "warc"),
        (ole("__properties_version1.0", "WordDocument"), "msg"),
        (ole("WordDocument"), "doc"),
        (ole("Workbook"), "xls"),
        (ole("EncryptedPackage"), "locked"),
        (plistlib.dumps({"WebMainResource": {"WebResourceURL": "a"}}, fmt=plistlib.FMT_BINARY), "webarchive"),
        (plistlib.dumps({"WebMainResource": {"WebResourceURL": "a"}}), "webarchive"),
        (plistlib.dumps({"a": 1}, fmt=plistlib.FMT_BINARY), "data"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "jpg"),
        (b"II*\x00\x08\x00", "tif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "webp"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", "recording"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "recording"),
        (b"ID3\x03\x00\x00\x00\x00\x00\x00", "recording"),
        (b"SQLite format 3\x00", "database"),
        (b"\x7fELF\x02\x01\x01", "program"),
        (b"OTTO\x00\x0a\x00\x80", "font"),
        (bytes(60) + b"BOOKMOBI", "kindle"),
    ],
    ids=lambda value: value if isinstance(value, str) else "bytes",
)
def test_bytes_are_told_by_their_signature(content: bytes, kind: str) -> None:
    assert kind_of(content, "letter.txt") == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!DOCTYPE html><title>Port</title><p>The port", "html"),
        (f"\n\n<!-- saved from url=(0019)https://example.org/ -->\n{PAGE}", "html"),
        (f'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "a.dtd">\n{PAGE}', "html"),
        (f"Warning: include() failed on line 3\n{PAGE}\n", "html"),
        ("<p>The port is open.</p>\n<p>It was closed.</p>", "html"),
        ("<DIV CLASS=a>The port<BR>is open</DIV>", "html"),
        ('<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"></TEI>', "tei"),
        ("<!-- a letter --><tei:TEI xmlns:tei='http://www.tei-c.org/ns/1.0'/>", "tei"),
        ("<!DOCTYPE TEI.2 [<!ENTITY a 'b'> ]>\n<TEI.2>words</TEI.2>", "tei"),
        ('<?xml version="1.0"?><rss><channel/></rss>', "other xml"),
        ("<note><to>Anna</to></note>", "other xml"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><text>a</text></svg>', "drawing"),
        (f"{MAIL}Message-ID: <1@example.org>\r\n\r\nDear Ben", "eml"),
        (f"Received: from a\r\n\tby b\r\n{MAIL}\r\nDear Ben", "eml"),
        (f"From anna@example.org Fri Feb 12 10:00:00 2021\n{MAIL}\nDear Ben", "mbox"),
        (
            (
                "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\nMIME-Version: 1.0\r\n"
                'Content-Type: multipart/related;\r\n\ttype="text/html"\r\n\r\n'
            ),
            "mhtml",
        ),
        (f"1\n{CUE}", "srt"),
        (f"\ufeff1\r\n{CUE}", "srt"),
        (f"WEBVTT\n\n{CUE.replace(',', '.')}", "vtt"),
        (json.dumps({"segments": [{"start": 0, "end": 1, "text": "Good evening."}]}), "json"),
        (json.dumps({"name": "Anna", "letters": [1, 2]}), "other json"),
        ('{"a": 1}\n{"a": 2}\n', "other json"),
        ("%!PS-Adobe-3.0\n", "postscript"),
    ],
)
def test_text_is_told_by_its_first_words(text: str, kind: str) -> None:
    encodings = ["utf-8"] if "json" in kind else ["utf-8", "utf-16"]  # JSON is UTF-8 (RFC 8259)
    assert [kind_of(text.encode(encoding), "letter.txt") for encoding in encodings] == [kind] * len(encodings)


@pytest.mark.parametrize(
    "text",
    [
        "Write <b> for bold letters, and </b> where they end.",
        "<b> makes letters bold, <i> slants them. So I learnt it in 1996, and",
        "<Anna> Is the port open?\n<Ben> It is.",
        "<- From the left comes Anna.",
        "< 5 years",
        "The page began with <!doctype html> and held nothing else.",
        "{Anna enters.} What do they want?",
        "[Applause.] Thank you. [They sit down.]",
        '["A port", he said]',
        "From 1990 to 2000 we lived at the port.\nIt was: cold.",
        "From: Anna\nTo: Ben\nDate: 12 February 2021\nSubject: The port\n\nDear Ben,\n",
        "Subject: The port\n\nDear Ben,\n",
        "Anna: Is the port open?\nBen: It is.\n",
        "At 00:01:02 she said: no.",
        "name,date\nAnna,2021-02-12\n",
        "def port():\n    return '<p>open</p>'\n",
        "body { color: red }\n",
        "ID3 is how music is labelled.",
        "RIFFs and WEBP",
        "BZhang wrote a letter.",
        "WEBVTTs are subtitles.",
        "PK met him in 1990.",
        "MZ and PE are initials.",
        "1\n2\n3\n",
    ],
)
def test_words_for_people_stay_text(text: str) -> None:
    assert kind_of(text.encode(), "letter.txt") == "text"
    assert format_of(text.encode(), "letter.txt").name == "plain text"


@pytest.mark.parametrize(
    "text",
    [
        "# Port\n\n<div align=center>open</div>\n\nMore words.\n",
        "<div align=center>\n\n# Port\n\n</div>\n",
        "# Port\n\n```html\n<html></html>\n```\n",
    ],
)
def test_markdown_with_html_stays_markdown(text: str) -> None:
    assert format_of(text.encode(), "port.md").name == "Markdown"


def test_a_page_is_no_markdown_whatever_it_is_called() -> None:
    assert kind_of(PAGE.encode(), "port.md") == "html"


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (ole("WordDocument"), "a.txt", "'a.txt' is an old Word document (.doc); save it as .docx and add that."),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a.docx", "a spreadsheet (.xlsx)"),
        (b"SQLite format 3\x00", "a", "an SQLite database"),
        (b"ID3\x03\x00\x00\x00", "a.mp3", "add the transcript"),
        (b'<?xml version="1.0"?><rss/>', "a.txt", "neither a web page nor TEI"),
        (b'{"a": 1}', "a.txt", "JSON that is no transcript"),
    ],
)
def test_what_is_not_read_is_named_with_what_to_do(content: bytes, name: str, told: str) -> None:
    with pytest.raises(QuoteArchiveError) as raised:
        format_of(content, name)
    assert told in str(raised.value)


@given(
    content=st.binary(max_size=400), start=st.sampled_from([b"", b"PK\x03\x04", b"<", b"{", b"From ", b"\x1f\x8b\x08"])
)
def test_any_bytes_have_a_kind(content: bytes, start: bytes) -> None:
    assert kind_of(start + content, "a")


@given(offset=st.integers(0, 2**32 - 1), size=st.integers(0, 2**32 - 1))
def test_a_list_of_members_that_lies_is_survived(offset: int, size: int) -> None:
    end = b"PK\x05\x06" + bytes(8) + struct.pack("<II", size, offset) + bytes(2)
    assert kind_of(zipped("a.txt")[:-22] + end, "a") == "zip"
