"""RTF: its words by striprtf, what they stand in (tables, notes, boxes, deletions) by a pass of our own before.

striprtf knows encodings, escapes and what is no text, and passes over notes and text boxes. So the source is first
cut into its tokens; groups that are read elsewhere are taken out, with a sign where they stood, and signs that no
text can hold stand for the ends of paragraphs, cells and rows. See Microsoft's RTF Specification 1.9.1.
"""

import codecs
import importlib.metadata
import re
from collections.abc import Iterator
from typing import Final

import msgspec
from striprtf.striprtf import rtf_to_text

from quotearchive.readers.errors import DamagedFileError
from quotearchive.readers.extracts import Extract, Options
from quotearchive.readers.office.flow import Flow
from quotearchive.readers.office.properties import Property, describe_document
from quotearchive.readers.office.remarks import Passed

_WHAT: Final = "RTF"

#: A control word, a byte in hexadecimal, another control sign, a brace, or words.
_TOKEN: Final = re.compile(
    r"\\([A-Za-z]{1,32})(-?[0-9]{1,10})? ?|\\'[0-9A-Fa-f]{2}|\\[^A-Za-z]|[{}]|[^\\{}]+|\\", re.DOTALL
)

#: How a group begins that says what it is.
_OPENING: Final = re.compile(r"\{[\r\n ]{0,9}(?:\\\*[\r\n ]{0,9})?\\([A-Za-z]{1,32})(?:-?[0-9]{1,10})? ?")

#: Signs that stand in for structure: Unicode keeps these code points for a program's own use, never for texts. The
#: number of what is read apart stands between two of them.
_PARAGRAPH, _CELL, _ROW, _APART_FROM, _APART_TO, _NEXT = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5"
_STRUCTURE: Final = re.compile(f"([{_PARAGRAPH}{_CELL}{_ROW}])")
_APART: Final = re.compile(f"{_APART_FROM}([0-9]{{1,9}}){_APART_TO}")

#: The control words that end a paragraph, a cell or a row, and what separates the cells of a table within a cell.
_ENDS: Final = {
    "par": _PARAGRAPH,
    "sect": _PARAGRAPH,
    "page": _PARAGRAPH,
    "cell": _CELL,
    "row": _ROW,
    "nestcell": "\t",
    "nestrow": _PARAGRAPH,
}

#: Groups that are read apart; and those around boxes, which hold numbers besides.
_READ_APART: Final = frozenset({"footnote", "shptxt", "dptxbxtext"})
_AROUND_BOXES: Final = frozenset({"shp", "shpinst", "shpgrp", "do"})

#: How deep a group that is read apart may lie within others.
_DEEPEST: Final = 4

#: Groups that hold no text, or the same as others.
_DROPPED: Final = frozenset(
    {
        "pict", "objdata", "fldinst", "listtext", "pntext", "nonesttables", "shprslt", "datastore", "themedata",
        "colorschememapping", "blipuid", "nonshppict", "annotation", "atnid", "atnauthor", "ftnsep", "ftnsepc",
        "aftnsep", "aftnsepc", "colortbl", "stylesheet", "listtable", "listoverridetable", "revtbl", "xe", "tc",
        "generator", "sn", "sv",
    }
)  # fmt: skip

#: Groups that are left out, and told if there are words in them.
_MARGINS: Final = frozenset({"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"})

#: What is told of a group that is dropped.
_TOLD: Final = {"annotation": "comments", "listtext": "numbers", "pntext": "numbers"}

#: The groups of the properties, and the fields they fill.
_PROPERTIES: Final = {"title": "title", "author": "authors"}
_INFO: Final = frozenset({*_PROPERTIES, "creatim", "fonttbl"})

#: What hides words, and what is told of it.
_HIDING: Final = {"v": "hidden passages", "deleted": "deletions"}

#: Words by which a file says its encoding without a number.
_ENCODINGS: Final = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}

#: Code pages that Python knows by another name.
_PAGES: Final = {"10000": "mac_roman", "10006": "mac_greek", "10007": "mac_cyrillic", "10029": "mac_latin2"}

#: Numbers of character sets of which Python has no codec, and the nearest of which it has one.
_SETS: Final = {"78": "128", "79": "136", "80": "129", "82": "177", "85": "134", "88": "222"}

_FONT: Final = re.compile(r"\\(f|fcharset)([0-9]{1,5})(?![0-9])|;")

#: The last number that sixteen bits hold.
_LAST_UNIT: Final = 0xFFFF

#: The longest table of fonts that is read, in characters; one with a hundred fonts has a tenth of it.
_LONGEST_TABLE: Final = 2**17

_DATE: Final = re.compile(r"\\(yr|mo|dy)([0-9]{1,4})")


def extract(content: bytes, name: str, options: Options) -> Iterator[Extract]:  # noqa: ARG001
    """Read an RTF file.

    Args:
        content: The file's bytes.
        name: The file's name.
        options: Of no use here.

    Raises:
        DamagedFileError: It is no RTF.
    """
    source = content.decode("latin-1")
    if "{\\rtf" not in source[:_START]:
        raise DamagedFileError(name, _WHAT)
    cutter = _Cutter(source)
    cutter.cut()
    text, properties, apart = _decoded(cutter)
    flow = Flow()
    _Text(flow, apart).finish(text)
    flow.close()
    yield Extract(
        text=flow.text,
        extracted=describe_document(flow.text, properties),
        remarks=cutter.passed.remarks(),
        segments=flow.builder.segments,
        reader=f"rtf striprtf {importlib.metadata.version('striprtf')}",
    )


#: Characters among which a file begins as RTF.
_START: Final = 64


class _Apart(msgspec.Struct, frozen=True):
    """A group that is read apart: a footnote, an endnote or a box; and its words."""

    is_note: bool
    is_endnote: bool
    has_own_mark: bool
    words: str


class _Group:
    """A group of the source that is open.

    Attributes:
        pieces: Where its source goes; None if it is dropped.
        boxes: Where the sign of a box or a note in it goes; None if those are dropped too.
        word: What it is, if it is read by itself.
        hiding: The word that hides what comes, if one does.
    """

    def __init__(self, pieces: list[str] | None, boxes: list[str] | None, word: str = "", hiding: str = "") -> None:
        self.pieces, self.boxes, self.word, self.hiding = pieces, boxes, word, hiding


class _Cutter:
    """The pass over a source that cuts it into the text and what is read apart.

    Attributes:
        main: The source of the text, with signs for structure and for what is read apart.
        apart: What is read apart, by its words and source.
        info: The sources of the properties, by their words.
        encoding: That of bytes which no font declares.
        passed: What was left out.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self.main: list[str] = []
        self.apart: list[tuple[str, str]] = []
        self.info: dict[str, str] = {}
        self.encoding = "cp1252"
        self.passed = Passed()
        self._groups: list[_Group] = []
        self._depth = 0  # of groups that are read apart

    def cut(self) -> None:
        """Cut the source."""
        at = self._source.find("{\\rtf")
        self._groups.append(_Group(self.main, self.main))
        while token := _TOKEN.match(self._source, at):
            at = token.end()
            if token[0] == "{":
                at = self._open(token.start())
            elif token[0] == "}":
                self._close()
            elif token[1] == "bin":
                at += max(0, int(token[2] or 0))
            elif token[1]:
                self._word(token[1], token[2] or "", token[0])
            elif not self._groups[-1].hiding:
                self._write(token[0])
            if len(self._groups) == 1:
                break
        while len(self._groups) > 1:
            self._close()

    def _write(self, source: str) -> None:
        pieces = self._groups[-1].pieces
        if pieces is not None:
            pieces.append(source)

    def _open(self, at: int) -> int:
        """Begin a group, and return where its content begins."""
        outer = self._groups[-1]
        opening = _OPENING.match(self._source, at)
        word = opening[1] if opening else ""
        if opening and word in _READ_APART and outer.boxes is not None:
            if self._depth == _DEEPEST:  # its words stay where they are
                self._groups.append(_Group(outer.boxes, outer.boxes, "", outer.hiding))
                self._write("{")
                return opening.end()
            pieces: list[str] = []
            self._depth += 1
            self._groups.append(_Group(pieces, pieces, word, outer.hiding))
            return opening.end()
        if opening and (word in _INFO or word in _MARGINS):
            self._groups.append(_Group([], None, word))
            return opening.end()
        if opening and (word in _DROPPED or word in _AROUND_BOXES):
            boxes = outer.boxes if word in _AROUND_BOXES else None
            if word in _TOLD and outer.pieces is not None:
                self.passed.add(_TOLD[word])
            self._groups.append(_Group(None, boxes, "", outer.hiding))
            return opening.end()
        self._groups.append(_Group(outer.pieces, outer.boxes, "", outer.hiding))
        self._write("{")
        return at + 1

    def _close(self) -> None:
        group = self._groups.pop()
        outer = self._groups[-1]
        if not group.word:
            if group.pieces is not None:
                group.pieces.append("}")
        elif group.word in _MARGINS:
            self.passed.add("headers and footers", any(map(_has_letters, group.pieces or ())))
        elif group.word in _INFO:
            self.info.setdefault(group.word, "".join(group.pieces or ()))
        else:
            self._depth -= 1
            if not outer.hiding and outer.boxes is not None:
                number = str(len(self.apart))
                self.apart.append((group.word, "".join(group.pieces or ())))
                outer.boxes.append(f"{{\\uc0\\u{ord(_APART_FROM)} {number}\\u{ord(_APART_TO)} }}")

    def _word(self, word: str, argument: str, whole: str) -> None:
        group = self._groups[-1]
        if word == "ansicpg" or word in _ENCODINGS:
            self._choose(word, argument)
        elif word in _HIDING and argument != "0":
            if not group.hiding and group.pieces is not None:
                self.passed.add(_HIDING[word])
            group.hiding = group.hiding or word
        elif word == "plain" or word in _HIDING:
            group.hiding = ""
            self._write(whole)
        elif word in _ENDS:
            if group.hiding != "deleted":
                self._write(_sign(_ENDS[word]))
        elif not (group.hiding and word == "u") and _is_sound(word, argument):
            self._write(whole)

    def _choose(self, word: str, argument: str) -> None:
        encoding = _PAGES.get(argument, f"cp{argument}") if word == "ansicpg" else _ENCODINGS[word]
        try:
            self.encoding = codecs.lookup(encoding).name
        except LookupError:
            return


def _has_letters(token: str) -> bool:
    """Check whether a token of the source is words, or a byte of some."""
    return token.startswith("\\'") or (token[:1] != "\\" and any(map(str.isalpha, token)))


def _is_sound(word: str, argument: str) -> bool:
    """Check whether striprtf can take a control word: a code point has sixteen bits, and a count is one."""
    if word == "uc":
        return bool(argument)
    return word != "u" or not argument or abs(int(argument)) <= _LAST_UNIT


def _sign(character: str) -> str:
    """Write a character so that nothing behind it is taken for its stand-in."""
    return f"{{\\uc0\\u{ord(character)} }}"


def _decoded(cutter: _Cutter) -> tuple[str, tuple[Property, ...], list[_Apart]]:
    """Return the words of the text, of the properties, and of what is read apart: striprtf runs once."""
    known = [word for word in _PROPERTIES if word in cutter.info]
    sources = ["".join(cutter.main), *(cutter.info[word] for word in known), *(source for _, source in cutter.apart)]
    fonts = _fonts(cutter.info.get("fonttbl", "")[:_LONGEST_TABLE])
    whole = _sign(_NEXT).join(f"{{{source}}}" for source in sources)
    words: str = rtf_to_text(  # type: ignore[no-untyped-call]
        f"{{\\rtf1{fonts}{whole}}}", encoding=cutter.encoding, errors="replace"
    )
    # Characters beyond the first plane come as two halves, which are put together here.
    text, *rest = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace").split(_NEXT)
    properties = tuple(Property(_PROPERTIES[word], rest[at], f"info {word}") for at, word in enumerate(known))
    apart = [
        _Apart(word == "footnote", "\\ftnalt" in source, "\\chftn" not in source, words)
        for (word, source), words in zip(cutter.apart, rest[len(known) :], strict=False)
    ]
    return text, (*properties, *_created(cutter.info.get("creatim", ""))), apart


def _created(source: str) -> tuple[Property, ...]:
    found = {unit: int(digits) for unit, digits in _DATE.findall(source)}
    if not found.keys() >= {"yr", "mo", "dy"} or not found["yr"]:
        return ()
    return (Property("date", f"{found['yr']:04}-{found['mo']:02}-{found['dy']:02}", "info creatim"),)


def _fonts(table: str) -> str:
    """Write the table of fonts with the character sets that Python can decode, and nothing else."""
    entries, font, charset = [], "", ""
    for found in _FONT.finditer(f"{table};"):
        if found[1] == "f":
            font = found[2]
        elif found[1]:
            charset = _SETS.get(found[2], found[2])
        elif font and charset:
            entries.append(f"{{\\f{font}\\fcharset{charset} x;}}")
            font = charset = ""
        else:
            font = charset = ""
    return f"{{\\fonttbl{''.join(entries)}}}" if entries else ""


class _Text:
    """Words with signs for structure, as they are put into the flow."""

    def __init__(self, flow: Flow, apart: list[_Apart]) -> None:
        self._flow, self._apart = flow, apart
        self._rows: list[list[list[str]]] = []
        self._cells: list[list[str]] = []
        self._paragraphs: list[str] = []
        self._notes = {False: 0, True: 0}

    def read(self, text: str) -> None:
        """Put a text into the flow."""
        parts = [*_STRUCTURE.split(text), _PARAGRAPH]
        for words, end in zip(parts[::2], parts[1::2], strict=True):
            self._paragraphs.append(words)
            if end == _CELL:
                self._cells.append(self._paragraphs)
                self._paragraphs = []
            elif end == _ROW:
                self._end_row()
            elif not self._cells:
                self._end_table()
        self._end_row()
        self._end_table()

    def _end_row(self) -> None:
        rest = [words for words in self._paragraphs if words.strip()]
        cells = [*self._cells, *([rest] if rest else [])]
        self._rows += [cells] if cells else []
        self._cells, self._paragraphs = [], []

    def _end_table(self) -> None:
        """Put the rows so far into the flow, if any, and the paragraphs behind them."""
        paragraphs, self._paragraphs = self._paragraphs, []
        if self._rows:
            if not any(words.strip() for words in paragraphs):
                return
            self._write_table()
        for words in paragraphs:
            self._write(words)

    def _write_table(self) -> None:
        rows, self._rows = self._rows, []
        self._flow.begin_table()
        for row in rows:
            self._flow.begin_row()
            for cell in row:
                self._flow.begin_cell()
                for words in cell:
                    self._write(words)
                self._flow.end_cell()
            self._flow.end_row()
        self._flow.end_table()

    def _write(self, words: str) -> None:
        """Put a paragraph into the flow, with the notes and boxes in it."""
        for number, piece in enumerate(_APART.split(words)):
            if number % 2 and int(piece) < len(self._apart):
                self._write_apart(self._apart[int(piece)])
            elif not number % 2:
                self._flow.add(piece)
        self._flow.end_paragraph()

    def _write_apart(self, part: _Apart) -> None:
        if not part.is_note:
            self._flow.begin_box()
            _Text(self._flow, self._apart).finish(part.words)
            self._flow.end_box()
            return
        self._notes[part.is_endnote] += not part.has_own_mark
        label = "*" if part.has_own_mark else str(self._notes[part.is_endnote])
        self._flow.begin_note(label, is_endnote=part.is_endnote, is_marked=part.has_own_mark)
        _Text(self._flow, self._apart).finish(part.words)
        self._flow.end_note()

    def finish(self, text: str) -> None:
        """Put a whole text into the flow, with the table at its end."""
        self.read(text)
        if self._rows:
            self._write_table()
