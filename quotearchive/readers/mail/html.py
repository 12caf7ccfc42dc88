"""The body of an e-mail in HTML, as lines that tell how often they are repeated."""

from collections.abc import Iterator
from typing import Final

from quotearchive.readers.mail.history import Row
from quotearchive.readers.web.markup import Element, name_of, parse, render

#: Classes of what mail programs repeat, and of the signatures that they put in.
_REPEATED: Final = frozenset({"protonmail_quote", "yahoo_quoted", "tutanota_quote", "zmail_extra", "cite"})
_SIGNATURES: Final = frozenset({"gmail_signature", "moz-signature", "AppleMailSignature", "protonmail_signature_block"})


def html_rows(content: bytes | str, charset: str | None = None) -> list[Row]:
    """Return the lines of a body in HTML.

    >>> [(row.depth, row.words) for row in html_rows("Yes.<blockquote type=cite>Is<br>it?</blockquote>")]
    [(0, 'Yes.'), (0, ''), (1, 'Is'), (1, 'it?'), (1, '')]
    """
    builder = _Rows()
    render(parse(content, charset), builder, on_words=builder.stand_in)
    return builder.rows


class _Rows:
    """Takes the words of a page, paragraph by paragraph."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._pieces: list[str] = []
        self._depth = 0
        self._is_signature = False
        self._known: dict[Element, tuple[int, bool]] = {}

    def add(self, words: str) -> None:
        """Add words to the paragraph."""
        self._pieces.append(words)

    def end_paragraph(self) -> None:
        """End the paragraph."""
        words = "".join(self._pieces).strip()
        self._pieces = []
        if words:
            lines = [Row(self._depth, line.rstrip(), self._is_signature) for line in words.split("\n")]
            self.rows += [*lines, Row(self._depth, "", self._is_signature)]

    def stand_in(self, element: Element) -> None:
        """Note the element that the next words stand in."""
        if not self._pieces:
            self._depth, self._is_signature = self._place(element)

    def _place(self, element: Element) -> tuple[int, bool]:
        """Count the repetitions around an element; each element is asked once."""
        way = list(_unknown(element, self._known))
        above = way[-1].getparent() if way else element
        depth, is_signature = self._known.get(above, (0, False)) if above is not None else (0, False)
        for each in reversed(way):
            classes = (each.get("class") or "").split()
            depth += _is_repeated(each, classes)
            is_signature = is_signature or not _SIGNATURES.isdisjoint((*classes, each.get("id") or ""))
            self._known[each] = depth, is_signature
        return depth, is_signature


def _unknown(element: Element, known: dict[Element, tuple[int, bool]]) -> Iterator[Element]:
    each: Element | None = element
    while each is not None and each not in known:
        yield each
        each = each.getparent()


def _is_repeated(element: Element, classes: list[str]) -> bool:
    """Check for what a mail program repeats; a blockquote may also be a passage that the sender quotes."""
    if name_of(element) != "blockquote":
        return not _REPEATED.isdisjoint(classes)
    style = (element.get("style") or "").replace(" ", "").lower()
    is_cited = (
        element.get("type") == "cite" or element.get("cite") is not None or any("quote" in each for each in classes)
    )
    return is_cited or ("border-left:" in style and "border-left:none" not in style)
