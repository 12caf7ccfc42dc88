"""Write small PDF files: lines of words at places of pages, in Helvetica."""

import zlib
from collections.abc import Sequence
from typing import NamedTuple


class Words(NamedTuple):
    """Words at a place of a page, in points from its lower left corner."""

    x: float
    y: float
    words: str
    size: float = 10
    is_upward: bool = False


def tiny_pdf(
    pages: Sequence[Sequence[Words]],
    *,
    information: str = "",
    labels: str = "",
    picture: tuple[int, int, bytes] | None = None,
    trailer: str = "",
) -> bytes:
    """Write a PDF.

    Args:
        pages: The words of each page, in the order in which they are written.
        information: Entries of its information, in PDF's syntax.
        labels: The numbers of its page labels, in PDF's syntax.
        picture: Width, height and bytes of a grey picture that fills the first page.
        trailer: More entries of the trailer.
    """
    objects: dict[int, bytes] = {}
    kids = " ".join(f"{10 + 2 * at} 0 R" for at in range(len(pages)))
    numbered = f"/PageLabels <</Nums [{labels}]>>" if labels else ""
    objects[1] = f"<</Type/Catalog/Pages 2 0 R{numbered}>>".encode()
    objects[2] = f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode()
    objects[3] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    objects[4] = f"<<{information}>>".encode()
    for at, page in enumerate(pages):
        drawn = b"\n".join(map(_shown, page))
        images = b""
        if picture and at == 0:
            images = b"/XObject<</Im 5 0 R>>"
            drawn = b"q 612 0 0 792 0 0 cm /Im Do Q\n" + drawn
            kind = f"/Type/XObject/Subtype/Image/Width {picture[0]}/Height {picture[1]}/BitsPerComponent 8"
            objects[5] = _stream(picture[2], f"{kind}/ColorSpace/DeviceGray".encode())
        head = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>"
        objects[10 + 2 * at] = head + images + b">>/Contents %d 0 R>>" % (11 + 2 * at)
        objects[11 + 2 * at] = _stream(drawn, b"")
    return _file(objects, trailer)


def _shown(words: Words) -> bytes:
    escaped = words.words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    turn = "0 1 -1 0" if words.is_upward else "1 0 0 1"
    return f"BT /F {words.size} Tf {turn} {words.x} {words.y} Tm (".encode() + escaped.encode("cp1252") + b") Tj ET"


def _stream(content: bytes, entries: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (entries, len(packed), packed)


def _file(objects: dict[int, bytes], trailer: str) -> bytes:
    written = bytearray(b"%PDF-1.4\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(written)
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(written)
    written += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        written += b"%d 1\n%010d 00000 n \n" % (number, place)
    ending = f"trailer\n<</Size {max(objects) + 1}/Root 1 0 R/Info 4 0 R{trailer}>>\nstartxref\n{start}\n%%EOF"
    return bytes(written) + ending.encode()


def column(x: float, y: float, *lines: str, indent: float = 0, size: float = 10) -> list[Words]:
    """Return lines one under the other, the first perhaps set in."""
    return [Words(x + (0 if at else indent), y - 12 * at, line, size) for at, line in enumerate(lines)]
