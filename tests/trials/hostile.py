"""Add files that were made to harm, each beside a good one: python -m tests.trials.hostile [WORDS OF A NAME].

Each is one command of its own. What became of it is printed with its time and memory, which are those of the command
and of all that it started; the last line counts them.
"""

import gzip
import io
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from tests.readers.test_hostile import bomb, document, packed_zeros, pdf, written
from tests.readers.tiny_pdf import Words, tiny_pdf

#: Seconds and bytes that one file may cost, the good one and the command included.
TIME: Final = 150
MEMORY: Final = 2_200 * 2**20

GOOD: Final = b"Dear all,\n\nThe ships lay in the port for nine days, and nobody said when they would leave.\n"

DEEP: Final = 200_000
MAIL: Final = b"Message-ID: <a@example.org>\r\nFrom: a@example.org\r\nTo: b@example.org\r\n"
TEI: Final = b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>'
XXE: Final = b'<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
CONTAINER: Final = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
OPF: Final = (
    '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml"'
    ' media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
)


class Case(msgspec.Struct, frozen=True):
    """A file that was made to harm."""

    name: str
    suffix: str
    content: bytes


def laughs(root: str) -> bytes:
    """Entities that multiply to thousands of millions."""
    each = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY l0 "ha">{each}]>'.encode()


def package(**members: bytes | str) -> bytes:
    """A ZIP file of members whose names have / for __ and . for _dot_."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return file.getvalue()


def book(page: bytes | str) -> bytes:
    """A book of one page."""
    return package(
        mimetype="application/epub+zip",
        **{"META-INF__container_dot_xml": CONTAINER, "a_dot_opf": OPF, "a_dot_xhtml": page},
    )


def png(width: int, height: int) -> bytes:
    """A grey picture of this size, of which only zeros are stored."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        whole = kind + content
        return len(content).to_bytes(4, "big") + whole + zlib.crc32(whole).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    packed = b"\x78\x9c" + packed_zeros(width * height // 2**20)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def tif(width: int, height: int) -> bytes:
    """A picture that says that it is huge, and holds nothing."""
    tags = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (278, 4, height)]
    tags.append((279, 4, width * height % 2**32))
    listed = b"".join(
        tag.to_bytes(2, "little") + kind.to_bytes(2, "little") + (1).to_bytes(4, "little") + value.to_bytes(4, "little")
        for tag, kind, value in tags
    )
    return b"II*\x00\x08\x00\x00\x00" + len(tags).to_bytes(2, "little") + listed + bytes(4)


def ole(*, loops: bool) -> bytes:
    """An OLE file whose table of sectors leads in a circle, or out of the file."""
    name = "__properties_version1.0".encode("utf-16-le")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00" + bytes(10)
    numbers = [1, 1, 0, 4096, 2, 1, 2, 1] if loops else [2**31, 2**30, 0, 4096, 2**29, 2**28, 2**30, 2**30]
    head += b"".join(each.to_bytes(4, "little") for each in numbers)
    head += b"".join(place.to_bytes(4, "little") for place in ([0, *[2**32 - 1] * 108]))
    table = b"".join((1 if loops else 2**30).to_bytes(4, "little") for _ in range(128))
    entry = (name + b"\x00\x00").ljust(64, b"\x00") + bytes(64)
    return head.ljust(512, b"\x00")[:512] + table + (entry * 4) + bytes(512)


def warc(body: bytes, kind: str = "text/html") -> bytes:
    """A WARC file with one page."""
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2021-02-12T10:00:00Z\r\n"
        f"WARC-Target-URI: https://example.org/\r\nContent-Type: application/http\r\nContent-Length: {len(answer)}\r\n"
    )
    return f"{head}\r\n".encode() + answer + b"\r\n\r\n"


def packages() -> Iterator[Case]:
    """Files that unpack to more than any document has."""
    for suffix, member, others in (
        (".docx", "word/document.xml", (("[Content_Types].xml", "<Types/>"),)),
        (".odt", "content.xml", (("META-INF/manifest.xml", "<manifest/>"),)),
        (".epub", "a.xhtml", (("META-INF/container.xml", CONTAINER), ("a.opf", OPF))),
        (".wacz", "archive/a.warc", (("datapackage.json", "{}"), ("pages/pages.jsonl", "{}"))),
        (".zip", "a.txt", ()),
    ):
        yield Case("3 GB in some MB", suffix, bomb(member, 3_000, others=others))
        yield Case("3 GB that say they are few", suffix, bomb(member, 3_000, told=1_000, others=others))
    stream = packed_zeros(900)
    gz = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03" + stream + bytes(8)
    yield Case("900 MB packed", ".html.gz", gz)
    yield Case("900 MB of spaces packed", ".warc.gz", gzip.compress(warc(b"<p>" + b" " * 300 * 2**20), 9, mtime=0))
    yield Case("many files that overlap", ".zip", overlapping())
    nested = package(a_dot_txt=b"Dear Anna")
    for _ in range(40):
        nested = package(a_dot_zip=nested, b_dot_zip=nested)[: 2**20]
    yield Case("archives in archives", ".zip", nested)


def overlapping() -> bytes:
    """A ZIP file whose list names the same bytes 9,000 times."""
    one = written(("a.txt", packed_zeros(60), 0, 60 * 2**20))
    at = one.find(b"PK\x01\x02")
    end = one.rfind(b"PK\x05\x06")
    entry = one[at:end]
    listed = entry * 9_000
    numbers = b"".join(each.to_bytes(size, "little") for each, size in ((0, 2), (0, 2), (9_000, 2), (9_000, 2)))
    places = len(listed).to_bytes(4, "little") + at.to_bytes(4, "little") + b"\x00\x00"
    return one[:at] + listed + b"PK\x05\x06" + numbers + places


def nested() -> Iterator[Case]:
    """Tags in tags."""
    tags = b"<div>" * DEEP + b"<p>The ships left in the end.</p>" + b"</div>" * DEEP
    yield Case("200,000 nested tags", ".html", b"<html><body>" + tags)
    yield Case("200,000 nested tags", ".tei", TEI + tags + b"</body></text></TEI>")
    yield Case("200,000 nested tags", ".epub", book(b"<html xmlns='http://www.w3.org/1999/xhtml'><body>" + tags))
    runs = "<w:p><w:r><w:t>Port.</w:t></w:r></w:p>" + "<w:sdt><w:sdtContent>" * DEEP
    yield Case("200,000 nested tags", ".docx", document(f"<w:document><w:body>{runs}"))
    yield Case("200,000 unclosed tables", ".html", b"<html><body>" + b"<table><tr><td>" * DEEP + b"words")
    yield Case("20 MB of <", ".html", b"<html><body>" + b"<" * 20_000_000)
    yield Case("500,000 nested groups", ".rtf", b"{\\rtf1 " + b"{" * 500_000 + b"words")
    yield Case("200,000 nested lists", ".json", b'{"segments": ' + b"[" * DEEP)
    yield Case("3,000 nested messages", ".eml", MAIL + (b"Content-Type: message/rfc822\r\n\r\n" + MAIL) * 3_000)
    yield Case("quotes 1,000,000 deep", ".eml", MAIL + b"\r\n" + b">" * 1_000_000 + b" words\r\n")


def entities() -> Iterator[Case]:
    """Entities that multiply, and that lead to other files."""
    words = "<w:document><w:body><w:p><w:r><w:t>Dear all {}</w:t></w:r></w:p></w:body></w:document>"
    yield Case("billion laughs", ".docx", document(laughs("a").decode() + words.format("&l11;")))
    yield Case("billion laughs", ".tei", laughs("TEI") + TEI + b"<p>Dear all &l11;</p></body></text></TEI>")
    yield Case("billion laughs", ".html", laughs("html") + b"<html><body><p>Dear all &l11;</p></body></html>")
    yield Case("entity of a file", ".tei", XXE + TEI + b"<p>Dear all &x;</p></body></text></TEI>")
    yield Case("entity of a file", ".docx", document(XXE.decode() + words.format("&x;")))
    yield Case("entity of a file", ".epub", book(XXE + b"<html><body><p>Dear all &x;</p></body></html>"))
    dtd = b'<!DOCTYPE TEI SYSTEM "http://127.0.0.1:9/x.dtd">' + TEI + b"<p>Dear all</p></body></text></TEI>"
    yield Case("type at an address", ".tei", dtd)
    include = b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    yield Case("inclusion of a file", ".tei", TEI + include + b"<p>Dear all</p></body></text></TEI>")
    yield Case("picture of an address", ".html", b"<html><body><p>Dear all</p><img src=http://127.0.0.1:9/a.png>")
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
        ' TargetMode="External" Target="http://127.0.0.1:9/a.dotm"/></Relationships>'
    )
    macro = io.BytesIO(document(words.format("")))
    with zipfile.ZipFile(macro, "a") as archive:
        archive.writestr("word/_rels/document.xml.rels", link)
        archive.writestr("word/vbaProject.bin", bytes(1_000))
    yield Case("macros and a template elsewhere", ".docm", macro.getvalue())


def mail() -> Iterator[Case]:
    """Messages of too many parts."""
    parts = MAIL + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    yield Case("300,000 parts", ".eml", parts + b"--b\r\n\r\n" * 300_000)
    yield Case("300,000 parts", ".mbox", b"From a Fri Feb 12 10:00:00 2021\n" + parts + b"--b\r\n\r\n" * 300_000)
    yield Case("300,000 headers", ".eml", MAIL + b"".join(b"X-%d: a\r\n" % n for n in range(300_000)) + b"\r\nwords")
    yield Case("20,000 brackets in To", ".eml", b"To: " + b"(" * 20_000 + b"\r\n" + MAIL + b"\r\nDear all")
    yield Case("300,000 empty envelopes", ".mbox", b"From a Fri Feb 12 10:00:00 2021\nA: b\n\n" * 300_000)
    yield Case("sectors in a circle", ".msg", ole(loops=True))
    yield Case("sectors out of the file", ".msg", ole(loops=False))
    yield Case("300,000 parts", ".mhtml", parts.replace(b"mixed", b"related") + b"--b\r\n\r\n" * 300_000)


def pages() -> Iterator[Case]:
    """PDF, pictures, saved pages, subtitles."""
    packer = zlib.compressobj(9)
    one = packer.compress(b"q " * 2**19) + packer.flush(zlib.Z_FULL_FLUSH)
    yield Case("3 GB of content", ".pdf", pdf(one[:2] + one[2:] * 3_000))
    loop = b"1 0 obj\n<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 9>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    yield Case("pages in a circle", ".pdf", b"%PDF-1.4\n" + loop)
    count = tiny_pdf([[Words(72, 700, "Dear all, the ships left.")]])
    yield Case("says it has 1,000,000 pages", ".pdf", count.replace(b"/Count 1", b"/Count 1000000"))
    many = " ".join(f"{n} <</S/r/St {n + 1}>>" for n in range(1_000_000))
    yield Case("1,000,000 page labels", ".pdf", tiny_pdf([[Words(72, 700, "Dear all, the ships left.")]], labels=many))
    yield Case("20,001 pages", ".pdf", tiny_pdf([[]] * 20_001))
    yield Case("200,000 brackets", ".pdf", b"%PDF-1.4\n" + b"[" * DEEP)
    yield Case("60,000 x 60,000 dots", ".png", png(60_000, 60_000))
    yield Case("60,000 x 60,000 dots", ".tif", tif(60_000, 60_000))
    deep = b'<?xml version="1.0"?><plist><dict><key>WebMainResource</key>' + b"<array>" * DEEP
    yield Case("200,000 nested lists", ".webarchive", deep)
    circle = b"bplist00" + b"\xd1\x01\x00\x5fWebMainResource" + b"\x08\x0b" + bytes(6) + b"\x01\x01" + bytes(7)
    yield Case("lists in a circle", ".webarchive", circle + b"\x02" + bytes(7) + b"\x00" + bytes(7) + b"\x1c")
    yield Case(
        "record without an end", ".warc", warc(b"<p>Dear all</p>").replace(b"Content-Length: ", b"Content-Length: 9")
    )
    packed = gzip.compress(bytes(400 * 2**20), 9, mtime=0)
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"
    )
    yield Case("400 MB in an answer", ".warc", warc(head.encode() + packed))
    cues = "".join(
        f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.000 --> 99:00:00.000\nword\n\n" for n in range(250_000)
    )
    yield Case("250,000 cues", ".vtt", f"WEBVTT\n\n{cues}".encode())


def make(folder: Path, wanted: str) -> None:
    """Write the files whose names hold some words, each into a folder of its own."""
    families = (packages, nested, entities, mail, pages)
    cases = (case for family in families for case in family())
    for number, case in enumerate(case for case in cases if wanted in f"{case.name} {case.suffix}"):
        place = folder / f"{number:03} {case.name}"
        place.mkdir()
        (place / f"a{case.suffix}").write_bytes(case.content)
        (place / "good.txt").write_bytes(GOOD)


def cost(folder: Path, name: str) -> tuple[str, float, int, bool]:
    """Add a file beside a good one; return what is said of it, the seconds, the bytes, and whether all is well."""
    command = [sys.executable, "-P", "-m", "quotearchive", "-a", "archive.json"]
    said, archive = folder / "said", folder / "archive.json"
    begun = time.perf_counter()
    with said.open("wb") as errors:
        process = subprocess.Popen(
            [*command, "add", name, "good.txt"], cwd=folder, stdout=subprocess.DEVNULL, stderr=errors
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = code = os.waitstatus_to_exitcode(status)
    took = time.perf_counter() - begun
    words = said.read_text(encoding="utf-8", errors="replace").strip()
    listed = subprocess.run([*command, "list", "--json"], cwd=folder, capture_output=True, check=False)
    text = archive.read_text(encoding="utf-8") if archive.exists() else ""
    read = len(json.loads(listed.stdout)) - 1 if listed.returncode == 0 else -1
    memory = used.ru_maxrss * 1024
    is_told = code == 1 or (code == 0 and read > 0)
    is_clean = "nine days" in text and "root:x:" not in text and "Traceback" not in words
    is_well = is_clean and is_told and took < TIME and memory < MEMORY
    return f"[{code}] {read} read; {words}", took, memory, is_well


def main() -> None:
    """Print a line for each file."""
    tried = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        # In a process of its own, whose memory would be counted with that of each command.
        maker = multiprocessing.get_context("spawn").Process(target=make, args=(Path(folder), " ".join(sys.argv[1:])))
        maker.start()
        maker.join()
        for place in sorted(Path(folder).iterdir()):
            file = next(place.glob("a.*"))
            said, took, memory, is_well = cost(place, file.name)
            tried += 1
            failed += not is_well
            line = " / ".join(said.splitlines())
            sizes = f"{file.stat().st_size / 2**20:6.1f} MB {took:6.1f} s {memory / 2**20:6.0f} MB"
            print(f"{' ' if is_well else '!'} {place.name[4:]:32} {file.name[1:]:11} {sizes}  {line[:150]}", flush=True)
    print(f"{tried} files, {failed} that went wrong")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
