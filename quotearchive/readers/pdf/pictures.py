"""Pages of a PDF as pictures, for recognising the words in them."""

import ctypes
from collections.abc import Iterable, Iterator
from typing import Final

import pypdfium2

#: Dots an inch: what tesseract is trained for.
_RESOLUTION: Final = 300

#: The largest picture, in dots; larger pages are drawn coarser.
_MOST_DOTS: Final = 40_000_000


def pictures(document: pypdfium2.PdfDocument, indices: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    """Draw pages in grey, one after the other, as portable greymaps.

    Args:
        document: An open document.
        indices: The pages', from 0.
    """
    for index in indices:
        page = document[index]
        try:
            width, height = page.get_size()
            scale = min(_RESOLUTION / 72, (_MOST_DOTS / max(1.0, width * height)) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
            yield index, _greymap(bitmap)
            bitmap.close()
        finally:
            page.close()


def _greymap(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """Write a picture in the format PGM (https://netpbm.sourceforge.net/doc/pgm.html)."""
    whole = ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height)
    step = bitmap.n_channels
    rows = (whole[at * bitmap.stride : at * bitmap.stride + bitmap.width * step : step] for at in range(bitmap.height))
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows)
