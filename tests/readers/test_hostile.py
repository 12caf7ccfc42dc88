"""Files that were made to harm whoever reads them: each is one sentence, or what can be read of it."""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers import File, Options, Outcome, Reading, Refused, read_all, read_files
from quotearchive.readers.formats import SUFFIXES
from quotearchive.readers.reading import read_content

#: Bytes of zeros whose packed form is repeated.
BLOCK = 2**20


def packed_zeros(blocks: int) -> bytes:
    """So many MiB of zeros as a deflated stream; packing one is enough, since they are all alike."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    first = packer.compress(bytes(BLOCK)) + packer.flush(zlib.Z_FULL_FLUSH)
    return first * blocks + packer.flush()


def packed_text(text: str) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(text.encode()) + packer.flush()


def written(*members: tuple[str, bytes, int, int]) -> bytes:
    """A ZIP file with these members: name, deflated stream, checksum, and the size that it is said to have."""
    whole, listed = b"", b""
    for name, stream, checksum, size in members:
        head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, checksum, len(stream), size, len(name), 0)
        listed += b"PK\x01\x02" + struct.pack("<H", 20) + head
        listed += struct.pack("<HHHII", 0, 0, 0, 0, len(whole)) + name.encode()
        whole += b"PK\x03\x04" + head + name.encode() + stream
    numbers = (0, 0, len(members), len(members), len(listed), len(whole), 0)
    return whole + listed + b"PK\x05\x06" + struct.pack("<HHHHIIH", *numbers)


def bomb(name: str, blocks: int, *, told: int | None = None, others: tuple[tuple[str, str], ...] = ()) -> bytes:
    """A ZIP file with one member of so many MiB of zeros, which may say another size of it, behind others."""
    small = [(each, packed_text(text), zlib.crc32(text.encode()), len(text)) for each, text in others]
    return written(*small, (name, packed_zeros(blocks), 0, blocks * BLOCK if told is None else told))


def zipped(**members: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return file.getvalue()


def document(body: str) -> bytes:
    """A Word document with this body."""
    file = io.BytesIO()
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
        'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>'
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", body.replace("<w:document", f'<w:document xmlns:w="{namespace}"', 1))
    return file.getvalue()


def pdf(stream: bytes) -> bytes:
    """A PDF of one page with this packed stream as its content."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    whole, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        whole
        + b"xref\n0 5\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(whole)
    )


def outcomes(content: bytes, name: str) -> list[Outcome]:
    """What is read; a refusal is one line."""
    try:
        found = read_all(content, name=name)
    except QuoteArchiveError as error:
        found = [Refused(name=name, message=str(error))]
    for each in found:
        if isinstance(each, Refused):
            assert "\n" not in each.message
    return found


def refusals(content: bytes, name: str) -> str:
    return " ".join(each.message for each in outcomes(content, name) if isinstance(each, Refused))


def texts(content: bytes, name: str) -> list[str]:
    return [each.text for each in outcomes(content, name) if isinstance(each, Reading)]


def test_three_gigabytes_in_some_megabytes_are_refused_by_what_the_list_says() -> None:
    content = bomb("a.txt", 3_000)
    assert len(content) < 4 * 2**20
    assert "more than 512 MiB when it is unpacked" in refusals(content, "a.zip")


def test_three_gigabytes_that_say_they_are_few_are_counted() -> None:
    content = bomb("a.txt", 3_000, told=1_000, others=(("b.txt", "Dear all"),))
    found = outcomes(content, "a.zip")
    assert [each.text for each in found if isinstance(each, Reading)] == ["Dear all"]
    assert "a.txt" in refusals(content, "a.zip") or "a.zip" in refusals(content, "a.zip")


def test_a_compressed_file_is_counted_too() -> None:
    content = gzip.compress(bytes(900 * BLOCK), 9, mtime=0)
    assert "when it is unpacked" in refusals(content, "a.txt.gz")


def test_a_tar_that_holds_too_much_is_counted() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        member = tarfile.TarInfo("a.txt")
        member.size = 600 * BLOCK
        archive.addfile(member, io.BytesIO(bytes(600 * BLOCK)))
    assert "when it is unpacked" in refusals(file.getvalue(), "a.tgz")


def test_a_word_document_that_unpacks_to_gigabytes_is_refused() -> None:
    assert refusals(bomb("word/document.xml", 3_000, others=(("[Content_Types].xml", "<Types/>"),)), "a.docx")


def test_archives_in_archives_end_at_the_third() -> None:
    content = zipped(a__txt="Dear all")
    for _ in range(6):
        content = zipped(b__zip=content, c__txt="Dear Anna")
    found = outcomes(content, "a.zip")
    assert [each.text for each in found if isinstance(each, Reading)].count("Dear Anna") == 3
    assert "archives deep" in refusals(content, "a.zip")


def test_too_many_files_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}.txt", "")
    assert "more than 10,000 files" in refusals(file.getvalue(), "a.zip")


def test_names_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    content = zipped(**{"../../a__txt": "Dear all", "/etc/b__txt": "Dear Anna", "C:\\c__txt": "Dear Ben"})
    assert texts(content, "a.zip") == ["Dear all", "Dear Anna", "Dear Ben"]
    assert list(tmp_path.iterdir()) == []


def test_hidden_files_and_those_of_macos_are_passed_over() -> None:
    content = zipped(**{"__MACOSX/._a.txt": "x", ".b.txt": "x", "c/.d/e.txt": "x", "f.txt": "Dear all"})
    assert texts(content.replace(b".MACOSX", b"__MACOSX"[:7]), "a.zip")[-1] == "Dear all"


def test_a_locked_archive_is_told() -> None:
    content = bytearray(zipped(a__txt="Dear all"))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(signature) + place] |= 1
    assert "locked with a password" in refusals(bytes(content), "a.zip")


def test_what_links_and_devices_in_a_tar_lead_to_is_not_read() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, kind in (("a.txt", tarfile.SYMTYPE), ("b.txt", tarfile.LNKTYPE), ("c.txt", tarfile.CHRTYPE)):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
        member = tarfile.TarInfo("d.txt")
        member.size = 8
        archive.addfile(member, io.BytesIO(b"Dear all"))
    assert texts(file.getvalue(), "a.tar") == ["Dear all"]


def test_a_pdf_whose_content_is_gigabytes_is_one_sentence() -> None:
    zeros = zlib.compressobj(9)
    packed = zeros.compress(b"q " * 2**19) + zeros.flush(zlib.Z_FULL_FLUSH)
    body = packed[2:]
    outcomes(pdf(packed[:2] + body * 1_500), "a.pdf")


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 9>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        b"%PDF-1.4\n" + b"[" * 200_000,
        b"%PDF-1.7\n%%EOF",
    ],
)
def test_a_broken_pdf_is_one_sentence(content: bytes) -> None:
    assert refusals(content, "a.pdf")


def test_entities_of_a_word_document_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a password", encoding="utf-8")
    body = (
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "{secret.as_uri()}">]>'
        "<w:document><w:body><w:p><w:r><w:t>Dear all &b;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert not any("password" in text for text in texts(document(body), "a.docx"))


def test_entities_that_multiply_are_one_sentence() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    body = (
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]>'
        "<w:document><w:body><w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:body></w:document>"
    )
    found = outcomes(document(body), "a.docx")
    assert all(len(each.text) < 10**6 for each in found if isinstance(each, Reading))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<div>" * 200_000 + b"Dear all"),
        ("a.xml", b"<TEI>" + b"<div>" * 200_000 + b"Dear all" + b"</div>" * 200_000 + b"</TEI>"),
        ("a.rtf", b"{\\rtf1 " + b"{" * 200_000 + b"Dear all" + b"}" * 200_001),
        ("a.json", b'{"segments": ' + b"[" * 200_000),
        ("a.md", b"> " * 50_000 + b"Dear all"),
        ("a.eml", b"Message-ID: <a@b>\r\nTo: " + b"(" * 20_000 + b"\r\n\r\nDear all"),
    ],
)
def test_deep_nesting_is_read_or_one_sentence(name: str, content: bytes) -> None:
    outcomes(content, name)


def nested_mail(depth: int) -> bytes:
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth))
    return f"Message-ID: <a@b>\r\nFrom: a@b\r\n{head}Content-Type: text/plain\r\n\r\nDear all\r\n".encode()


def test_messages_in_messages_are_read_or_one_sentence() -> None:
    outcomes(nested_mail(3_000), "a.eml")


def test_a_message_of_300_000_parts_is_read_or_one_sentence() -> None:
    head = b"Message-ID: <a@b>\r\nFrom: a@b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    outcomes(head + b"--b\r\n\r\n" * 300_000 + b"--b--\r\n", "a.eml")


def test_the_files_around_a_hostile_one_are_read() -> None:
    files = [File(b"Dear all", "a.txt"), File(b"%PDF-1.7\n%%EOF", "b.pdf"), File(b"Dear Ben", "c.txt")]
    before, broken, behind = read_files(files, Options())
    assert isinstance(broken, QuoteArchiveError)
    for results, text in ((before, "Dear all"), (behind, "Dear Ben")):
        assert not isinstance(results, QuoteArchiveError)
        assert [each.text for each in results if isinstance(each, Reading)] == [text]


#: What files begin with that are read, so that chance gets further in.
BEGINNINGS = (
    *(b"", b"%PDF-1.4\n", b"PK\x03\x04", b"{\\rtf1 ", b"<html>", b"<TEI>", b"WEBVTT\n\n", b"\x1f\x8b\x08"),
    *(b"From a@b Fri Feb 12 10:00:00 2021\nFrom: a\n", b"Message-ID: <a@b>\nTo: a\n\n", b"WARC/1.0\r\n", b"bplist00"),
    *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"1\n00:00:01,000 --> 00:00:02,000\n", b'{"segments": ['),
)

#: Pictures are another program's to read.
PICTURES = frozenset((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp"))


@settings(deadline=None)
@given(
    content=st.binary(max_size=300),
    start=st.sampled_from(BEGINNINGS),
    suffix=st.sampled_from([*(each for each in SUFFIXES if each not in PICTURES), ""]),
)
def test_any_bytes_with_any_suffix_are_read_or_refused_in_one_line(content: bytes, start: bytes, suffix: str) -> None:
    try:
        found = read_content(start + content, f"a{suffix}", Options())
    except QuoteArchiveError as error:
        found = [Refused(name="a", message=str(error))]
    for each in found:
        assert each.text.strip() if isinstance(each, Reading) else "\n" not in each.message
