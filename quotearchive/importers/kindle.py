"""Kindle's `My Clippings.txt`, in the languages in which Kindles write it.

A clipping is a line of title and author, a line that says what it is and where, a blank line and the words;
a line of equals signs ends it. There is no specification: what is known is what files look like. A note is
put to the highlight at whose end it was made. Places are Kindle's own and are not kept.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from quotearchive.errors import MalformedRowError, UnusableFileError
from quotearchive.importers.interface import Naming, PassedRow, QuoteRow, RefusedRow, Row, passage
from quotearchive.model import Quote

#: What messages call the format.
_NAME: Final = "kindle"

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

#: The title, and the author in the last parentheses of the line, which may hold others.
_TITLE: Final = re.compile(r"(.*?)\s*\(((?:[^()]|\([^()]*\))*)\)\s*")

#: A place: a number, or two of which the second may be shortened: 3332-3334, 3332-34.
_PLACE: Final = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")


class _Clipping(msgspec.Struct, frozen=True, kw_only=True):
    """One clipping.

    Attributes:
        row: Its number, from 1.
        title: The title of the book.
        kind: What the second line says before the time, in lower case.
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
        reason = "it has no clippings"
        raise UnusableFileError(_NAME, reason)
    clippings = [each for each in found if isinstance(each, _Clipping)]
    notes = dict(_notes(clippings))
    taken = {note.row for note in notes.values()}
    for each in found:
        if isinstance(each, RefusedRow):
            yield each
        elif each.row not in taken:
            yield _row(each, notes.get(each.row))


def _clipping(number: int, part: str) -> _Clipping | RefusedRow:
    lines = part.strip("\n").split("\n", 2)
    if len(lines) < 2 or not lines[1].startswith("-"):  # noqa: PLR2004 - the second line says what it is
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
    """Say whether the second line calls a clipping by one of these names.

    >>> _is("- ihre markierung auf seite 42 | position 7", _HIGHLIGHTS)
    True
    """
    return any(name in kind for name in names)


def _row(clipping: _Clipping, note: _Clipping | None) -> Row:
    if _is(clipping.kind, _BOOKMARKS):
        return PassedRow(row=clipping.row, reason="bookmarks")
    if not _is(clipping.kind, _HIGHLIGHTS):
        is_note = _is(clipping.kind, _NOTES)
        reason = "notes on no highlight" if is_note else "neither highlights nor notes"
        return PassedRow(row=clipping.row, reason=reason)
    if not clipping.words:
        return PassedRow(row=clipping.row, reason="highlights without words")
    title = _TITLE.fullmatch(clipping.title)
    return QuoteRow(
        row=clipping.row,
        naming=Naming(title=title[1] if title and title[1] else clipping.title),
        quote=Quote(document=0, passages=(passage(clipping.words),), note=note.words if note else None),
    )


def _notes(clippings: Sequence[_Clipping]) -> Iterator[tuple[int, _Clipping]]:
    """Yield the number of each highlight that has a note, with the note."""
    highlights: dict[tuple[str, int], int] = {}
    for each in clippings:
        if each.places and _is(each.kind, _HIGHLIGHTS):
            highlights[each.title, each.places[-1][1]] = each.row
    for each in clippings:
        is_note = _is(each.kind, _NOTES) and not _is(each.kind, _HIGHLIGHTS)
        if is_note and each.places and (row := highlights.get((each.title, each.places[-1][0]))):
            yield row, each
