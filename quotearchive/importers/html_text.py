"""The text of a fragment of HTML, and the way to it from offsets that count all of its text."""

from bisect import bisect_left, bisect_right
from typing import Final

import msgspec
from lxml import etree

from quotearchive.importers.errors import MalformedRowError
from quotearchive.importers.offsets import Offsets
from quotearchive.model import Passage, Span

#: Elements that are set apart from what is around them, as paragraphs are.
_BLOCKS: Final = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"),
        *("main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    }
)

#: Elements behind which a new line begins.
_LINES: Final = frozenset({"br", "td", "th", "caption"})

#: Elements whose text is none of the document's, and that in which white space counts.
_SILENT: Final = frozenset({"script", "style", "template", "title"})
_VERBATIM: Final = "pre"

#: What libxml2 calls an error behind which it reads nothing more.
_FATAL: Final = 3


class _Piece(msgspec.Struct, frozen=True):
    """A run of text.

    Attributes:
        source: Where it starts in all text, in code points.
        start: Where it starts in the text that is made of it, in code points.
        words: The run.
    """

    source: int
    start: int
    words: str


class HtmlText:
    r"""The text of a fragment of HTML, its paragraphs apart, without the white space between them.

    >>> html = HtmlText("<p><u>Hello</u> there <i>World</i></p>\n<p>Bye</p>")
    >>> html.text
    'Hello there World\n\nBye'
    >>> html.source, html.passage((7, 14)).exact
    ('Hello there World\nBye', 'here Wo')

    Args:
        html: The fragment.

    Attributes:
        text: Its text.
        source: All text in it, with all of its white space and what is none of the document's.

    Raises:
        MalformedRowError: It can't be read to its end.
    """

    def __init__(self, html: str) -> None:
        self._pieces: list[_Piece] = []
        self._parts: list[str] = []
        self._length = 0
        self._sources: list[str] = []
        self._place = 0
        self._break = 0
        self._gather(html)
        self.text = "".join(self._parts)
        self.source = "".join(self._sources)
        self._offsets = Offsets(self.text)

    def passage(self, span: Span) -> Passage | None:
        """Cut out the words at a place of `source`, without white space at its ends; None if there are none.

        Args:
            span: Half-open, in code points.
        """
        if not self._pieces:
            return None
        first, last = self._forward(span[0]), self._backward(span[1])
        words = self.text[first:last]
        first, last = first + len(words) - len(words.lstrip()), first + len(words.rstrip())
        return self._offsets.passage(first, last) if first < last else None

    def _forward(self, offset: int) -> int:
        """Return the place of an offset, or of the next piece where white space was left out."""
        place = bisect_right(self._pieces, offset, key=lambda piece: piece.source) - 1
        if place >= 0 and offset < self._pieces[place].source + len(self._pieces[place].words):
            return self._pieces[place].start + offset - self._pieces[place].source
        return self._pieces[place + 1].start if place + 1 < len(self._pieces) else self._length

    def _backward(self, offset: int) -> int:
        """Return the place of an offset, or of the end of the piece before it."""
        place = bisect_left(self._pieces, offset, key=lambda piece: piece.source) - 1
        if place < 0:
            return 0
        piece = self._pieces[place]
        return piece.start + min(offset - piece.source, len(piece.words))

    def _gather(self, html: str) -> None:
        root = _parsed(html)
        silent = verbatim = 0
        for event, element in etree.iterwalk(root, events=("start", "end")) if root is not None else ():
            tag, step = element.tag, 1 if event == "start" else -1
            silent += step * (tag in _SILENT)
            verbatim += step * (tag == _VERBATIM)
            if tag in _BLOCKS:
                self._break = max(self._break, 2)
            elif tag in _LINES and event == "end":
                self._break = max(self._break, 1)
            self._add(
                element.text if event == "start" else element.tail,
                is_kept=not silent,
                is_verbatim=bool(verbatim),
            )

    def _add(self, words: str | None, *, is_kept: bool, is_verbatim: bool) -> None:
        if not words:
            return
        is_blank = not words.strip() and (self._break or not self._parts)
        if is_kept and not is_blank:
            gap = "\n" * self._break if self._parts else ""
            shown = words if is_verbatim else words.replace("\n", " ")
            self._pieces.append(_Piece(self._place, self._length + len(gap), words))
            self._parts += [gap, shown]
            self._length += len(gap) + len(shown)
            self._break = 0
        self._sources.append(words)
        self._place += len(words)


def _parsed(html: str) -> etree._Element | None:
    """Read HTML without network; what is nested too deep to be read is refused, and never left out."""
    parser = etree.HTMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    kept = html.replace("\0", "\ufffd")  # as browsers show it; a parser may end there
    whole = f"<html><body><div>{kept}</div></body></html>".encode("utf-8", "replace")
    root = etree.fromstring(whole, parser)
    fatal = next((entry for entry in parser.error_log if entry.level == _FATAL), None)
    if fatal is not None:
        raise MalformedRowError(found=f"its HTML can't be read after line {fatal.line} ({fatal.message.strip()})")
    return root
