"""Pages that browsers and crawlers saved: their text, their address, and when they were retrieved."""

import gzip
import io
import json
import plistlib
import zipfile
from email.message import EmailMessage

import pytest

pytest.importorskip("trafilatura", reason="the extra [files] is not installed")
pytest.importorskip("warcio", reason="the extra [files] is not installed")

from quotearchive.readers import Options, read
from quotearchive.readers.errors import UnreadFormatError
from quotearchive.readers.web import mhtml, wacz, warc, webarchive

URL = "https://example.org/harbour"

WORDS = "The council met on Monday to discuss the future of the old harbour, called “Zürich”. "

PAGE = f"<html><head><title>The old harbour</title></head><body><article><p>{WORDS * 3}</p></article></body></html>"

DEFAULTS = Options()


def records(*pages: tuple[str, str, str, str], status: str = "200 OK") -> bytes:
    """Return a WARC of pages: an address, a time, a type and the words; each record is compressed."""
    packed = b""
    for url, time, kind, words in pages:
        body = words.encode("cp1252" if "1252" in kind else "utf-8")
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {time}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        packed += gzip.compress(head.encode() + answer + b"\r\n\r\n")
    return packed


def test_mhtml_of_chromium_is_the_page_with_its_address_and_time() -> None:
    message = EmailMessage()
    message["Snapshot-Content-Location"] = URL
    message["Date"] = "Tue, 24 Nov 2026 10:26:15 -0000"
    message.set_content(PAGE, subtype="html", cte="quoted-printable")
    message.make_related()
    message.add_related(b"\x89PNG", "image", "png")
    found = next(iter(mhtml.extract(message.as_bytes(), "page.mhtml", DEFAULTS)))
    assert WORDS.strip() in found.text
    assert (found.url, found.retrieved) == (URL, "2026-11-24T10:26:15Z")


def test_the_charset_of_an_mhtml_part_counts() -> None:
    content = (
        b"Date: Fri, 10 Mar 2006 14:40:00 +0100\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/related; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/html; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b"Content-Location: https://example.org/\r\n\r\n<p>Z=FCrich is a town=\r\n in Switzerland.\r\n--b--\r\n"
    )
    found = next(iter(mhtml.extract(content, "page.mht", DEFAULTS)))
    assert found.text == "Zürich is a town in Switzerland."
    assert (found.url, found.retrieved) == ("https://example.org/", "2006-03-10T13:40:00Z")


def test_mhtml_without_a_page_is_refused() -> None:
    with pytest.raises(UnreadFormatError):
        list(mhtml.extract(b"Content-Type: text/plain\r\n\r\nHello", "page.mhtml", DEFAULTS))


def test_singlefile_says_where_the_page_was_and_when_it_was_saved() -> None:
    comment = f"""<!DOCTYPE html> <html><!--
 Page saved with SingleFile
 url: {URL}
 saved date: Thu Mar 04 2021 08:06:07 GMT+0330 (Iran Standard Time)
--><body><p>{WORDS}"""
    found = read(comment.encode(), name="page.html")
    assert (found.original.url, found.original.retrieved) == (URL, "2021-03-04T04:36:07Z")
    assert found.metadata["url"] == URL


def test_a_page_that_a_browser_saved_says_where_it_was() -> None:
    found = read(f"<!-- saved from url=(0027){URL} -->\n{PAGE}".encode(), name="page.html")
    assert found.metadata["url"] == URL


def test_the_address_of_a_file_is_no_address() -> None:
    found = read(f"<!-- saved from url=(0027)file:///home/me/page.html -->\n{PAGE}".encode(), name="page.html")
    assert found.original.url is None
    assert "url" not in found.metadata


def test_a_canonical_address_on_another_site_is_told_and_not_taken() -> None:
    head = f"<!-- saved from url=(0027){URL} --><link rel=canonical href=https://elsewhere.example/first>"
    found = read((head + PAGE).encode(), name="page.html")
    assert found.metadata["url"] == URL
    assert any("elsewhere.example" in remark for remark in found.remarks)


def test_a_page_of_the_wayback_machine_has_its_own_address_and_no_toolbar() -> None:
    head = f"""<html><head><script>__wm.wombat("{URL}","20160330101229","https://web.archive.org/");</script>
    <link rel=canonical href="https://web.archive.org/web/20160330101229/{URL}"></head><body>
    <div id="wm-ipp-base"><p>Ask the publishers to restore access to 500,000 books.</p></div>
    <article><p>{WORDS}</p><p>{WORDS}</p></article>"""
    found = read(head.encode(), name="page.html", options=Options(whole_page=True))
    assert "restore access" not in found.text
    assert (found.original.url, found.original.retrieved) == (URL, "2016-03-30T10:12:29Z")
    assert found.metadata["url"] == URL


def test_a_page_that_safari_saved_is_read_in_its_encoding() -> None:
    resource = {
        "WebResourceURL": URL,
        "WebResourceTextEncodingName": "windows-1252",
        "WebResourceData": PAGE.encode("cp1252"),
    }
    content = plistlib.dumps({"WebMainResource": resource}, fmt=plistlib.FMT_BINARY)
    found = next(iter(webarchive.extract(content, "page.webarchive", DEFAULTS)))
    assert WORDS.strip() in found.text
    assert found.url == URL


@pytest.mark.parametrize("content", [b"bplist00broken", plistlib.dumps({}), plistlib.dumps([1]), b"<plist>" * 1000])
def test_a_webarchive_without_a_page_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadFormatError):
        list(webarchive.extract(content, "page.webarchive", DEFAULTS))


def test_each_page_of_a_warc_is_a_document() -> None:
    content = records(
        (URL, "2021-03-04T05:06:07Z", "text/html; charset=windows-1252", PAGE),
        (f"{URL}.css", "2021-03-04T05:06:07Z", "text/css", "p { color: red }"),
        (f"{URL}/2", "2021-03-05T05:06:07Z", "text/html", PAGE),
        (f"{URL}/2", "2021-03-05T05:06:07Z", "text/html", PAGE),
    )
    found = list(warc.extract(content, "crawl.warc.gz", DEFAULTS))
    assert [(each.url, each.retrieved, each.member) for each in found] == [
        (URL, "2021-03-04T05:06:07Z", "record 1"),
        (f"{URL}/2", "2021-03-05T05:06:07Z", "record 3"),
    ]
    assert all(WORDS.strip() in each.text for each in found)


def test_a_warc_that_is_not_compressed_is_read_as_well() -> None:
    content = gzip.decompress(records((URL, "2021-03-04T05:06:07Z", "text/html", PAGE)))
    assert [each.member for each in warc.extract(content, "crawl.warc", DEFAULTS)] == [None]


def test_pages_that_were_not_found_are_passed_over() -> None:
    content = records((URL, "2021-03-04T05:06:07Z", "text/html", PAGE), status="404 Not Found")
    with pytest.raises(UnreadFormatError):
        list(warc.extract(content, "crawl.warc.gz", DEFAULTS))


@pytest.mark.parametrize("content", [b"WARC/1.0\r\nbroken", b"", b"\x1f\x8b" + b"x" * 100, b"WARC/1.0\r\n" * 1000])
def test_a_damaged_warc_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadFormatError):
        list(warc.extract(content, "crawl.warc", DEFAULTS))


def test_a_warc_that_was_cut_off_yields_what_it_holds() -> None:
    whole = records(
        (URL, "2021-03-04T05:06:07Z", "text/html", PAGE), (f"{URL}/2", "2021-03-04T05:06:08Z", "text/html", PAGE)
    )
    assert next(iter(warc.extract(whole[:-200], "crawl.warc.gz", DEFAULTS))).url == URL


def test_of_a_wacz_the_pages_are_read_that_it_lists() -> None:
    file = io.BytesIO()
    crawl = records(
        (URL, "2021-03-04T05:06:07Z", "text/html", PAGE),
        (f"{URL}/frame", "2021-03-04T05:06:07Z", "text/html", PAGE),
    )
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("archive/data.warc.gz", crawl)
        packed.writestr("pages/pages.jsonl", json.dumps({"format": "json-pages-1.0"}) + "\n" + json.dumps({"url": URL}))
    found = list(wacz.extract(file.getvalue(), "crawl.wacz", DEFAULTS))
    assert [(each.url, each.member) for each in found] == [(URL, "data.warc.gz record 1")]


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b""])
def test_a_damaged_wacz_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadFormatError):
        list(wacz.extract(content, "crawl.wacz", DEFAULTS))
