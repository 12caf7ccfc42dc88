"""Kindle's `My Clippings.txt`, in the languages in which Kindles write it.

A clipping is a line of title and author, a line that says what it is and where, a blank line and the words;
a line of equals signs ends it. There is no specification, only files to learn from. A note is
attached to the highlight in which it was made. Places are Kindle's own and are not kept.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from typing import Final

import msgspec

from quotearchive.importers.errors import MalformedRowError, UnusableFileError
from quotearchive.importers.interface import Naming, PassedRow, QuoteRow, RefusedRow, Row, passage
from quotearchive.model import Quote

#: What a highlight is called: "- Your Highlight on page 12", "- Ihre Markierung auf Seite 12",
#: "- Votre surlignement sur la page 12", "- Tu subrayado en la página 12" and so on.
_HIGHLIGHTS: Final = (
    *("highlight", "markierung", "surlignement", "subrayado", "evidenziazione", "destaque", "markering"),
    *("выделенный", "ハイライト", "标注", "하이라이트", "clip", "clipping", "artikelclip", "recorte"),
)

#: What a note is called: "- Your Note on Location 7", "- Ihre Notiz bei Position 7", "- Votre note",
#: "- Mi nota".
_NOTES: Final = ("note", "notiz", "nota", "notitie", "заметка", "メモ", "笔记", "메모")

#: What a bookmark is called: "- Your Bookmark", "- Ihr Lesezeichen", "- Votre signet", "- Mi marcador".
_BOOKMARKS: Final = (
    *("bookmark", "lesezeichen", "signet", "marcador", "segnalibro", "bladwijzer"),
    *("закладка", "ブックマーク", "书签", "북마크"),
)

_END: Final = re.compile(r"^={10,}[ \t]*$", re.MULTILINE)

_PARENTHESIS: Final = re.compile("[()]")

#: A place: a number, or two of which the second may be shortened: 3332-3334, 3332-34.
_PLACE: Final = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")


class _Clipping(msgspec.Struct, frozen=True, kw_only=True):
    """One clipping.

    Attributes:
        row: Its number, from 1.
        title: The title of the book.
        kind: The second line up to the time, in lower case.
        places: The places in that line, the last one being the narrowest.
        words: The words.
    """

    row: int
    title: str
    kind: str
    places: tuple[tuple[int, int], ...]
    words: str


def read(content: str) -> Iterator[Row]:
    """Yield a row for each clipping.

    Raises:
        UnusableFileError: There is none.
    """
    parts = [part for part in _END.split(content.replace("\r\n", "\n")) if part.strip("\ufeff \n")]
    found = [_clipping(number, part) for number, part in enumerate(parts, 1)]
    if not any(isinstance(each, _Clipping) for each in found):
        raise UnusableFileError(found="it has no clippings")
    clippings = [each for each in found if isinstance(each, _Clipping)]
    notes: dict[int, list[_Clipping]] = defaultdict(list)
    for row, note in _notes(clippings):
        notes[row].append(note)
    taken = {note.row for several in notes.values() for note in several}
    for each in found:
        if isinstance(each, RefusedRow):
            yield each
        elif each.row not in taken:
            yield _row(each, notes[each.row])


def _clipping(number: int, part: str) -> _Clipping | RefusedRow:
    lines = part.strip("\n").split("\n", 2)
    if len(lines) < 2 or not lines[1].startswith("-"):  # noqa: PLR2004 - the second line has the kind
        return RefusedRow(row=number, error=MalformedRowError("its second line does not begin with a hyphen"))
    about = lines[1].rpartition("|")[0] or lines[1]
    return _Clipping(
        row=number,
        title=lines[0].strip("\ufeff "),
        kind=about.lower(),
        places=tuple(_range(first, last) for first, last in _PLACE.findall(about)),
        words=lines[2].strip() if len(lines) > 2 else "",  # noqa: PLR2004 - a bookmark has no words
    )


def _range(first: str, last: str) -> tuple[int, int]:
    """Write out a place whose end is shortened.

    >>> _range("3332", "34")
    (3332, 3334)
    """
    whole = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    return int(first), int(whole or first)


def _is(kind: str, names: Sequence[str]) -> bool:
    """Check whether the second line calls a clipping by one of these names.

    >>> _is("- ihre markierung auf seite 42 | position 7", _HIGHLIGHTS)
    True
    """
    return any(name in kind for name in names)


def _row(clipping: _Clipping, notes: list[_Clipping]) -> Row:
    if _is(clipping.kind, _BOOKMARKS):
        return PassedRow(row=clipping.row, reason="bookmarks")
    if not _is(clipping.kind, _HIGHLIGHTS):
        is_note = _is(clipping.kind, _NOTES)
        reason = "notes without a highlight" if is_note else "neither highlights nor notes"
        return PassedRow(row=clipping.row, reason=reason)
    if not clipping.words:
        return PassedRow(row=clipping.row, reason="highlights without words")
    return QuoteRow(
        row=clipping.row,
        naming=Naming(title=_without_author(clipping.title)),
        quote=Quote(
            document=0,
            passages=(passage(clipping.words),),
            note="\n\n".join(note.words for note in notes if note.words) or None,
        ),
    )


def _without_author(line: str) -> str:
    """Return a title without the author, who is in the last parentheses of the line, which may hold other ones.

    >>> _without_author("A (very) old book (Jane (the elder) Doe)"), _without_author("(nothing else)")
    ('A (very) old book', '(nothing else)')
    """
    bare = line.rstrip()
    depth = 0
    for mark in _PARENTHESIS.finditer(bare[::-1]) if bare.endswith(")") else ():
        depth += 1 if mark[0] == ")" else -1
        if not depth:
            return bare[: -mark.end()].rstrip() or line
    return line


def _notes(clippings: Sequence[_Clipping]) -> Iterator[tuple[int, _Clipping]]:
    """Yield the number of each highlight that has a note, with the note."""
    books: dict[str, list[_Clipping]] = defaultdict(list)
    for each in clippings:
        if each.places:
            books[each.title].append(each)
    for book in books.values():
        yield from _noted(book)


def _noted(book: Sequence[_Clipping]) -> Iterator[tuple[int, _Clipping]]:
    """Attach each note of a book to the shortest highlight around its place, the last of several as short."""
    highlights = sorted((each for each in book if _is(each.kind, _HIGHLIGHTS)), key=lambda each: each.places[-1])
    notes = (each for each in book if _is(each.kind, _NOTES) and not _is(each.kind, _HIGHLIGHTS))
    waiting = iter(highlights)
    ahead = next(waiting, None)
    around: list[tuple[int, int, int]] = []
    for note in sorted(notes, key=lambda each: each.places[-1]):
        place = note.places[-1][0]
        while ahead and ahead.places[-1][0] <= place:
            first, last = ahead.places[-1]
            heappush(around, (last - first, -ahead.row, last))
            ahead = next(waiting, None)
        while around and around[0][2] < place:
            heappop(around)
        if around:
            yield -around[0][1], note
