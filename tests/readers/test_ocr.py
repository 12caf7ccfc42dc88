"""Words that are recognised in pictures are read, marked and remarked on; without the program that is told."""

import shutil

import pypdfium2
import pytest

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers import Options, read
from quotearchive.readers.pdf.pictures import pictures
from tests.readers.tiny_pdf import Words, column, tiny_pdf

LINES = (
    "The prisoners were woken before dawn and taken to the yard, where an officer",
    "read out a list of names that nobody had seen before. Those who were named had",
    "to step forward.",
)
PAGE = [*column(72, 700, *LINES, size=12), *column(72, 600, "Nobody answered.", size=12)]

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs the program tesseract")


@pytest.fixture(scope="module")
def picture() -> bytes:
    """Draw a page as a portable greymap."""
    document = pypdfium2.PdfDocument(tiny_pdf([PAGE]))
    [(_, drawn)] = pictures(document, [0])
    document.close()
    return drawn


@pytest.fixture(scope="module")
def scan(picture: bytes) -> bytes:
    """Put the picture of a page into a PDF, with a page of text behind it."""
    head, grey = picture.split(b"\n", 1)
    width, height = (int(number) for number in head.split()[1:3])
    return tiny_pdf([[], [Words(72, 700, "The second page has its words as text.")]], picture=(width, height, grey))


def bitmap(picture: bytes) -> bytes:
    """Write a greymap as a Windows bitmap."""
    head, grey = picture.split(b"\n", 1)
    width, height = (int(number) for number in head.split()[1:3])
    rows = [grey[at * width : (at + 1) * width] + b"\x00" * (-width % 4) for at in range(height)]
    palette = b"".join(bytes((level, level, level, 0)) for level in range(256))
    sizes = (14 + 40 + len(palette), 40, width, height)
    numbers = [number.to_bytes(4, "little") for number in sizes]
    header = numbers[0] + numbers[1] + numbers[2] + numbers[3] + b"\x01\x00\x08\x00" + b"\x00" * 24
    content = header[4:] + palette + b"".join(reversed(rows))
    return b"BM" + (14 + len(content)).to_bytes(4, "little") + b"\x00" * 4 + header[:4] + content


@needs_tesseract
def test_a_scanned_page_is_recognised_and_the_others_are_read(scan: bytes) -> None:
    reading = read(scan, name="scan.pdf", options=Options(language="en"))
    assert "taken to the yard, where an officer read out a list" in reading.text
    assert "The second page has its words as text." in reading.text
    assert reading.is_recognised
    assert reading.original.recognised
    assert "tesseract" in reading.original.reader
    assert any("page 1 were recognised" in remark and "compare" in remark for remark in reading.remarks)
    assert [each.ref for each in reading.segments if each.kind == "page"] == [1, 2]


@needs_tesseract
def test_a_picture_is_recognised_in_paragraphs(picture: bytes) -> None:
    reading = read(bitmap(picture), name="scan.bmp", options=Options(language="en"))
    assert len(reading.text.split("\n\n")) == 2
    assert reading.text.split("\n\n")[1] == "Nobody answered."
    assert reading.is_recognised
    assert any("recognised" in remark for remark in reading.remarks)


def test_what_must_be_installed_is_told_and_the_text_pages_are_read(scan: bytes) -> None:
    reading = read(scan, name="scan.pdf", options=Options(language="xx"))
    assert reading.text == "The second page has its words as text."
    assert not reading.is_recognised
    assert any("no text layer (page 1): a scan" in remark and "nstall" in remark for remark in reading.remarks)


def test_a_picture_is_refused_with_what_to_install(picture: bytes) -> None:
    with pytest.raises(QuoteArchiveError, match=r"picture.*[Ii]nstall"):
        read(bitmap(picture), name="scan.bmp", options=Options(language="xx"))


@needs_tesseract
def test_a_picture_without_words_is_refused() -> None:
    blank = b"P5 400 200 255\n" + b"\xff" * 80_000
    with pytest.raises(QuoteArchiveError, match="picture"):
        read(bitmap(blank), name="blank.bmp", options=Options(language="en"))


@needs_tesseract
def test_a_damaged_picture_is_refused() -> None:
    with pytest.raises(QuoteArchiveError, match="picture"):
        read(b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, name="scan.png", options=Options(language="en"))
