"""Building a document's text of paragraphs, with the segments that start in them."""

from typing import Final

from quotearchive.model import Segment
from quotearchive.text import canonical

#: What stands between two paragraphs.
_BREAK: Final = "\n\n"


class TextBuilder:
    r"""Text and segments that are built together, so that each segment starts where its words do.

    >>> builder = TextBuilder()
    >>> builder.mark("page", "iv", 4)
    >>> builder.add("Cafe\u0301 and ")
    >>> builder.mark("page", "v", 5)
    >>> builder.add("bar.")
    >>> builder.end_paragraph()
    >>> builder.text, [(segment.start, segment.label) for segment in builder.segments]
    ('Café and bar.', [(0, 'iv'), (9, 'v')])
    """

    def __init__(self) -> None:
        self._paragraphs: list[str] = []
        self._length = 0
        self._pieces: list[str] = []
        self._marks: list[tuple[int, str, str, str | int | None]] = []
        self._segments: list[Segment] = []

    def add(self, words: str) -> None:
        """Add words to the paragraph that is being built."""
        if words:
            self._pieces.append(words)

    def mark(self, kind: str, label: str, ref: str | int | None = None) -> None:
        """Let a segment start at the next word."""
        self._marks.append((len(self._pieces), kind, label, ref))

    def end_paragraph(self) -> None:
        """End the paragraph; white space at its ends is dropped, and one without words is none."""
        whole = canonical("".join(self._pieces))
        paragraph = whole.strip()
        if not paragraph:
            self._marks = [(0, *mark[1:]) for mark in self._marks]
            self._pieces = []
            return
        start = self._length + len(_BREAK) * bool(self._paragraphs)
        lead = len(whole) - len(whole.lstrip())
        later = []
        for pieces, kind, label, ref in self._marks:
            before = canonical("".join(self._pieces[:pieces]))
            rest = paragraph[max(0, len(before) - lead) :]
            if not rest:  # no more words in this paragraph
                later.append((0, kind, label, ref))
                continue
            offset = len(paragraph) - len(rest.lstrip())
            self._segments.append(Segment(start + offset, kind, label, ref))
        self._marks, self._pieces = later, []
        self._paragraphs.append(paragraph)
        self._length = start + len(paragraph)

    def paragraph(self, words: str) -> None:
        """Add a paragraph of its own."""
        self.end_paragraph()
        self.add(words)
        self.end_paragraph()

    @property
    def text(self) -> str:
        """The text of the paragraphs that are ended, in canonical form."""
        return _BREAK.join(self._paragraphs)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments that start in it, by where they start."""
        return tuple(sorted(self._segments, key=lambda segment: segment.start))
