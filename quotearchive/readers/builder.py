"""Building a document's text of paragraphs, with the segments that start in them."""

import unicodedata
from itertools import dropwhile, pairwise
from typing import Final

from quotearchive.model import Segment
from quotearchive.text import canonical

#: What stands between two paragraphs.
_BREAK: Final = "\n\n"


#: The second half of a line's end.
_FEED: Final = "\n"

#: Vowels and final consonants of Korean, which join the consonant before them.
_JAMO: Final = range(0x1160, 0x1200)


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
        ends, whole = self._join()
        paragraph = whole.strip()
        if not paragraph:
            self._marks = [(0, *mark[1:]) for mark in self._marks]
            self._pieces = []
            return
        start = self._length + len(_BREAK) * bool(self._paragraphs)
        lead = len(whole) - len(whole.lstrip())
        last = lead + len(paragraph)
        later = []
        offset = lead
        for pieces, kind, label, ref in self._marks:
            offset = max(offset, ends[pieces])
            while offset < last and whole[offset].isspace():
                offset += 1
            if offset >= last:  # no more words in this paragraph
                later.append((0, kind, label, ref))
                continue
            self._segments.append(Segment(start + offset - lead, kind, label, ref))
        self._marks, self._pieces = later, []
        self._paragraphs.append(paragraph)
        self._length = start + len(paragraph)

    def _join(self) -> tuple[dict[int, int], str]:
        """Return the canonical words of the pieces, and their length up to the piece of each mark."""
        if not self._marks:
            return {}, canonical("".join(self._pieces))
        cuts = sorted({0, *(mark[0] for mark in self._marks), len(self._pieces)})
        runs = ["".join(self._pieces[first:last]) for first, last in pairwise(cuts)]
        joined: list[str] = []
        ends, length = {0: 0}, 0
        for number, run in enumerate(runs):
            own = run.lstrip(_FEED) if number and runs[number - 1].endswith("\r") else run
            own = "".join(dropwhile(_is_bound, own)) if number and _is_bound(own[:1]) else own
            if len(own) < len(run):  # what it begins with belongs to the run before
                joined[-1] = canonical(runs[number - 1] + run[: len(run) - len(own)])
                length = ends[cuts[number - 1]] + len(joined[-1])
                ends[cuts[number]] = length
            joined.append(canonical(own))
            length += len(joined[-1])
            ends[cuts[number + 1]] = length
        return ends, "".join(joined)

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


def _is_bound(character: str) -> bool:
    """Check whether a character may be joined to the one before it when a text is normalised."""
    return bool(character) and (unicodedata.category(character).startswith("M") or ord(character) in _JAMO)
