"""The flow of a document's text: paragraphs, tables, boxes that float beside them, and notes below them.

Readers of formats tell it what begins and ends, in the order of the file, and it puts each thing where it is read:
a box behind the paragraph that it floats beside, a row of a table on one line, notes at the end of their chapter.
"""

import enum
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from quotearchive.readers.builder import TextBuilder

#: What says that a line may be broken here, and is seen only if it is.
_SOFT_HYPHEN: Final = "\u00ad"


class _Mark(msgspec.Struct, frozen=True):
    """A segment that begins here."""

    kind: str
    label: str
    ref: str | int | None


class _NoteSign(str):
    """The sign of a note, which is no part of what a heading says."""

    __slots__ = ()


_Paragraph = list["str | _Mark"]

#: Paragraphs, and groups of them that came from deeper down.
_Blocks = list["_Paragraph | _Group"]


class _Group:
    """Paragraphs that were put together elsewhere and stand here."""

    def __init__(self, blocks: _Blocks) -> None:
        self.blocks = blocks


class _Place(enum.Enum):
    """Where a level of the flow is."""

    BODY = enum.auto()
    TABLE = enum.auto()
    ROW = enum.auto()
    CELL = enum.auto()
    BOX = enum.auto()
    NOTE = enum.auto()


class _Level:
    """What is gathered within a table, a row, a cell, a box, a note, or the body around them."""

    def __init__(self, place: _Place) -> None:
        self.place = place
        self.blocks: _Blocks = []
        self.pieces: _Paragraph = []
        self.boxes: _Blocks = []
        self.parts: list[_Level] = []  # the rows of a table, the cells of a row
        self.last = " "  # the last character of the paragraph
        self.is_behind_mark = False  # the mark of a note has come, and nothing else


class Flow:
    r"""A text that is put together from what a file's reader meets.

    >>> flow = Flow()
    >>> flow.add("Dear Ann")
    >>> with_note = flow.begin_note("1", "note-1")
    >>> flow.add("My aunt."), flow.end_note()
    (None, None)
    >>> flow.add(","), flow.end_paragraph()
    (None, None)
    >>> flow.add("we met."), flow.end_paragraph(), flow.close()
    (None, None, None)
    >>> flow.text
    'Dear Ann[1],\n\nwe met.\n\n[1] My aunt.'
    """

    def __init__(self) -> None:
        self._builder = TextBuilder()
        self._levels = [_Level(_Place.BODY)]
        self._notes: _Blocks = []
        self._endnotes: _Blocks = []
        self._note_ends: list[_Blocks] = []
        self._note_count = 0

    @property
    def text(self) -> str:
        """The text so far."""
        return self._builder.text

    @property
    def builder(self) -> TextBuilder:
        """What the text is built with; call `close` first."""
        return self._builder

    @property
    def words(self) -> str:
        """The words of the paragraph that is being built, white space in one space, without signs of notes."""
        pieces = self._levels[-1].pieces
        words = "".join(each for each in pieces if isinstance(each, str) and not isinstance(each, _NoteSign))
        return " ".join(words.split())

    @property
    def is_at_start(self) -> bool:
        """Whether no words have come yet in the paragraph that is being built."""
        return not any(isinstance(piece, str) and piece.strip() for piece in self._levels[-1].pieces)

    @property
    def ends_in_space(self) -> bool:
        """Whether the last words end in white space, or there are none in the paragraph."""
        return self._levels[-1].last.isspace()

    def add(self, words: str) -> None:
        """Add words to the paragraph that is being built; soft hyphens are dropped."""
        if _SOFT_HYPHEN in words:
            words = words.replace(_SOFT_HYPHEN, "")
        level = self._levels[-1]
        if level.is_behind_mark and words.strip():
            words, level.is_behind_mark = f" {words.lstrip()}", False
        if words and not level.is_behind_mark:
            level.pieces.append(words)
            level.last = words[-1]

    def break_line(self) -> None:
        """End a line within the paragraph; blanks at its end are dropped."""
        pieces = self._levels[-1].pieces
        while pieces and isinstance(pieces[-1], str) and not isinstance(pieces[-1], _NoteSign):
            pieces[-1] = pieces[-1].rstrip(" ")
            if pieces[-1]:
                break
            pieces.pop()
        self.add("\n")

    def drop_last(self, signs: str) -> None:
        """Take away the last character of the paragraph if it is one of these."""
        level = self._levels[-1]
        words = level.pieces[-1] if level.pieces else None
        if isinstance(words, str) and words.rstrip()[-1:] and words.rstrip()[-1] in signs:
            words = words.rstrip()[:-1]
            level.pieces[-1] = words
            level.last = words[-1:] or level.last

    def next_note(self) -> str:
        """Return the number of the next note that has none of its own."""
        self._note_count += 1
        return str(self._note_count)

    def mark(self, kind: str, label: str, ref: str | int | None = None) -> None:
        """Let a segment begin at the next word."""
        self._levels[-1].pieces.append(_Mark(kind, label, ref))

    def end_paragraph(self) -> None:
        """End the paragraph, if one has begun."""
        self._end_paragraph()

    def end_heading(self, ref: str | int | None = None, label: str = "") -> None:
        """End the paragraph and let it be the heading of a section that begins with it."""
        if label := label or self.words:
            self._levels[-1].pieces.insert(0, _Mark("section", label, ref))
        self._end_paragraph()

    def begin_table(self) -> None:
        """Begin a table; its rows come next."""
        self._end_paragraph()
        self._levels.append(_Level(_Place.TABLE))

    def begin_row(self) -> None:
        """Begin a row of a table; its cells come next."""
        self._levels.append(_Level(_Place.ROW))

    def begin_cell(self) -> None:
        """Begin a cell of a row."""
        self._levels.append(_Level(_Place.CELL))

    def end_cell(self) -> None:
        """End a cell."""
        self._end_paragraph()
        cell = self._levels.pop()
        self._levels[-1].parts.append(cell)

    def end_row(self) -> None:
        """End a row."""
        row = self._levels.pop()
        self._levels[-1].parts.append(row)

    def end_table(self) -> None:
        """End a table: a row whose cells hold a paragraph each is a line; others are paragraphs."""
        table = self._levels.pop()
        self._take(_Group(list(_table_blocks(table))))

    def begin_box(self) -> None:
        """Begin a box that floats beside the paragraph that is being built."""
        self._levels.append(_Level(_Place.BOX))

    def end_box(self) -> None:
        """End a box: it is read behind the paragraph beside it."""
        self._end_paragraph()
        box = self._levels.pop()
        self._levels[-1].boxes.append(_Group(box.blocks))

    def begin_note(
        self, label: str, ref: str | int | None = None, *, is_endnote: bool = False, is_marked: bool = False
    ) -> None:
        """Put the mark of a note where it is referred to, and begin the note.

        Args:
            label: The number or sign of the note.
            ref: Where the note is found in the file.
            is_endnote: Whether it stands at the end of the document, not of its chapter.
            is_marked: Whether the words have its mark themselves.
        """
        if not is_marked:
            self._levels[-1].pieces.append(_NoteSign(f"[{label}]"))
            self._levels[-1].last = "]"
        self._note_ends.append(self._endnotes if is_endnote else self._notes)
        self._levels.append(_Level(_Place.NOTE))
        self.mark("section", f"Note {label}", ref)
        if not is_marked:
            self.add(f"[{label}]")
            self._levels[-1].is_behind_mark = True

    def end_note(self) -> None:
        """End a note."""
        self._end_paragraph()
        self._note_ends.pop().append(_Group(self._levels.pop().blocks))

    def end_chapter(self) -> None:
        """Put the notes of a chapter at its end."""
        self._end_paragraph()
        notes, self._notes = self._notes, []
        self._take(_Group(notes))

    def close(self) -> None:
        """End the text: with what was left open, and the notes."""
        while len(self._levels) > 1:
            self._close_level()
        self.end_chapter()
        self._take(_Group(self._endnotes))

    def _close_level(self) -> None:
        ends = {
            _Place.TABLE: self.end_table,
            _Place.ROW: self.end_row,
            _Place.CELL: self.end_cell,
            _Place.BOX: self.end_box,
            _Place.NOTE: self.end_note,
        }
        ends[self._levels[-1].place]()

    def _end_paragraph(self) -> None:
        level = self._levels[-1]
        pieces, boxes = level.pieces, level.boxes
        level.pieces, level.boxes, level.last = [], [], " "
        if pieces:
            self._take(pieces)
        for box in boxes:
            self._take(box)

    def _take(self, block: "_Paragraph | _Group") -> None:
        """Put a block at the end of the innermost level; the body's go into the text at once."""
        level = self._levels[-1]
        if level.place is not _Place.BODY:
            level.blocks.append(block)
            return
        for paragraph in _flattened([block]):
            self._write(paragraph)

    def _write(self, paragraph: _Paragraph) -> None:
        for piece in paragraph:
            if isinstance(piece, str):
                self._builder.add(piece)
            else:
                self._builder.mark(piece.kind, piece.label, piece.ref)
        self._builder.end_paragraph()


def chapter_level(levels: Iterable[int]) -> int | None:
    """Return the highest level that several headings have: at its headings, chapters end."""
    return min((level for level, count in Counter(levels).items() if count > 1), default=None)


def _flattened(blocks: _Blocks) -> Iterator[_Paragraph]:
    """Yield the paragraphs of groups within groups."""
    open_blocks = [iter(blocks)]
    while open_blocks:
        block = next(open_blocks[-1], None)
        if block is None:
            open_blocks.pop()
        elif isinstance(block, _Group):
            open_blocks.append(iter(block.blocks))
        else:
            yield block


def _table_blocks(table: _Level) -> "Iterator[_Paragraph | _Group]":
    """Yield rows in a row as one paragraph with a line each, and each other row as its paragraphs."""
    lines: list[_Paragraph] = []
    for row in table.parts:
        line = _line(row)
        if line is not None and len(row.parts) > 1:
            lines += [line] if line else []
            continue
        if lines:
            yield _joined(lines, "\n")
            lines = []
        yield from (_Group(cell.blocks) for cell in row.parts)
    if lines:
        yield _joined(lines, "\n")


def _line(row: _Level) -> _Paragraph | None:
    """Return the cells of a row on one line; None if one of them holds more than a paragraph."""
    cells: list[_Paragraph] = []
    for cell in row.parts:
        paragraphs = [block for block in cell.blocks if not isinstance(block, _Group)]
        if len(cell.blocks) > 1 or len(paragraphs) < len(cell.blocks):
            return None
        cells.append([_on_one_line(piece) for paragraph in paragraphs for piece in paragraph])
    while cells and not cells[-1]:
        cells.pop()
    return _joined(cells, "\t")


def _on_one_line(piece: "str | _Mark") -> "str | _Mark":
    return piece.replace("\n", " ") if isinstance(piece, str) else piece


def _joined(paragraphs: list[_Paragraph], between: str) -> _Paragraph:
    whole: _Paragraph = []
    for number, paragraph in enumerate(paragraphs):
        whole += [between] if number else []
        whole += paragraph
    return whole
