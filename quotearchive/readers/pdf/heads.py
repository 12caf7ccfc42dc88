"""Running heads, feet and page numbers: the outermost lines of pages that recur at the same height."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Sequence
from itertools import pairwise
from statistics import median_low
from typing import Final

from quotearchive.readers.pdf.lines import Line, Page

#: How many lines at the top and at the foot of a page may be running ones.
_DEEPEST: Final = 3

#: How far apart, in points, the same line may stand on two pages.
_TOLERANCE: Final = 2.0

#: How much of the lines at one height must recur or be numbered for all of them to be running ones.
_SHARE: Final = 0.6

#: How much farther from the text than its lines from each other a line stands apart.
_APART: Final = 1.3

#: The same in sizes of its letters, where the lines tell less.
_APART_BY_SIZE: Final = 1.4

#: How far apart, in sizes of the letters, pieces of one row stand.
_SAME_ROW: Final = 0.35

#: The parts of a page, from its edges, in which they stand.
_MARGIN: Final = 0.17

#: Stands for a page's own number.
_OWN: Final = "\0"

#: The longest running line, in characters.
_LONGEST: Final = 200

_AT_THE_END: Final = re.compile(r"^\W*(\w+)\b|\b(\w+)\W*$")
_NUMBER_ALONE: Final = re.compile(
    r"\W*(?:\w{1,9}\.?\s)?\W*(\d{1,4}|[ivxlcdm]{1,7})\W*(?:(?:of|/|von|de|sur|из|از|من)\s*\d+)?\W*", re.IGNORECASE
)


def without_heads(pages: Sequence[Page], labels: Sequence[str]) -> tuple[list[list[Line]], dict[int, str]]:
    """Take the running lines off pages.

    Args:
        pages: All pages of a document.
        labels: What the file calls them.

    Returns:
        The lines that are left of each page, and by a page's index the number that was printed on it.
    """
    rows = [_rows(page.lines) for page in pages]
    taken: set[int] = set()
    printed: dict[int, str] = {}
    for is_head in (True, False):
        known: set[tuple[int, str]] = set()
        outermost = {index: _outermost(each, is_head=is_head) for index, each in enumerate(rows)}
        for index in _running(outermost, rows, pages, labels, is_head=is_head):
            lines = outermost[index]
            for line in lines:
                _note_number(line, index, printed)
            taken.update(map(id, lines))
            rows[index] = [row for row in rows[index] if id(row[0]) not in taken]
            known.update((round(line.baseline / _TOLERANCE), line.words) for line in lines)
        for each in rows:
            row = each[0 if is_head else -1] if each and known else []
            if row and all(_is_known(line, known) for line in row):
                taken.update(map(id, row))
                each.remove(row)
    return [[line for line in page.lines if id(line) not in taken] for page in pages], printed


def _outermost(rows: Sequence[list[Line]], *, is_head: bool) -> list[Line]:
    """Return the lines farthest up or down that stand apart from the others; none if they are the text's own."""
    if len(rows) < 2:  # noqa: PLR2004
        return rows[0] if rows else []
    spaces = [above[0].baseline - below[0].baseline for above, below in pairwise(rows)]
    usual = median_low(spaces)
    ordered = rows if is_head else rows[::-1]
    for deep, space in enumerate((spaces if is_head else spaces[::-1])[:_DEEPEST], start=1):
        if space > max(_APART * usual, _APART_BY_SIZE * ordered[deep - 1][0].size):
            return [line for row in ordered[:deep] for line in row]
    return []


def _is_known(line: Line, known: Container[tuple[int, str]]) -> bool:
    """Check whether a line is a running one of other pages."""
    height = round(line.baseline / _TOLERANCE)
    return any((near, line.words) in known for near in (height - 1, height, height + 1))


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Return lines by height, from the top; those at one height are a row."""
    rows: list[list[Line]] = []
    for line in sorted((line for line in lines if line.is_upright), key=lambda line: -line.baseline):
        if rows and rows[-1][0].baseline - line.baseline <= _SAME_ROW * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _running(
    outermost: dict[int, list[Line]],
    rows: Sequence[Sequence[list[Line]]],
    pages: Sequence[Page],
    labels: Sequence[str],
    *,
    is_head: bool,
) -> list[int]:
    """Return the pages whose outermost lines are running ones: most at that height recur or bear the page's number."""
    heights: dict[int, list[int]] = defaultdict(list)
    for index, lines in outermost.items():
        if lines and _in_margin(lines, pages[index], is_head=is_head):
            heights[round(lines[0].baseline / _TOLERANCE)].append(index)
    shift = _shift(outermost)
    found: list[int] = []
    done: set[int] = set()
    for height in sorted(heights, key=lambda each: -len(heights[each])):
        near = (height - 1, height, height + 1)
        indices = [index for each in near for index in heights.get(each, ()) if index not in done]
        done.update(indices)
        proven = _proven(indices, outermost, labels, shift)
        are_running = len(indices) > 1 and len(proven) >= _SHARE * len(indices)
        if are_running and any(sum(map(len, rows[index])) > len(outermost[index]) for index in proven):
            found.extend(indices)
        else:
            found.extend(index for index in indices if _is_bare(outermost[index], index, labels, shift))
    return found


def _in_margin(lines: Sequence[Line], page: Page, *, is_head: bool) -> bool:
    if page.height <= 0:
        return False
    if is_head:
        return all(line.baseline > (1 - _MARGIN) * page.height for line in lines)
    return all(line.baseline < _MARGIN * page.height for line in lines)


def _shift(outermost: dict[int, list[Line]]) -> int | None:
    """Return by how much the printed numbers of pages differ from their places, if it is the same on many."""
    shifts = Counter(
        shift for index, lines in outermost.items() for shift in {int(word) - index for word in _numbers(lines)}
    )
    if not shifts:
        return None
    shift, count = max(shifts.items(), key=lambda each: (each[1], -abs(each[0] - 1)))
    return shift if count >= max(2, len(outermost) / 4) else None


def _numbers(lines: Sequence[Line]) -> list[str]:
    return [word for line in lines for word in _ends(line) if word.isdecimal() and len(word) < 6]  # noqa: PLR2004


def _proven(
    indices: Sequence[int], outermost: dict[int, list[Line]], labels: Sequence[str], shift: int | None
) -> set[int]:
    """Return the pages whose lines recur on others, or bear the page's number."""
    shapes = {index: _shape(outermost[index], index, labels, shift) for index in indices}
    often = Counter(shapes.values())
    return {
        index
        for index in indices
        if len(shapes[index]) <= _LONGEST and (often[shapes[index]] > 1 or _OWN in shapes[index])
    }


def _shape(lines: Sequence[Line], index: int, labels: Sequence[str], shift: int | None) -> str:
    """Return the words of lines with a sign for the page's own number at their ends."""
    own = _own(index, labels, shift)
    words = []
    for line in lines:
        shape = line.words.casefold()
        for end in _ends(line):
            if end.casefold() in own:
                shape = re.sub(rf"(?<!\w){re.escape(end.casefold())}(?!\w)", _OWN, shape)
        words.append(shape)
    return " ".join(words)


def _own(index: int, labels: Sequence[str], shift: int | None) -> set[str]:
    own = {labels[index].casefold()} if index < len(labels) and labels[index] else set()
    return own | {str(index + shift)} if shift is not None else own


def _ends(line: Line) -> list[str]:
    """Return the first and the last word of a line, where a page's number stands."""
    return [word for found in _AT_THE_END.finditer(line.words) for word in found.groups() if word]


def _is_bare(lines: Sequence[Line], index: int, labels: Sequence[str], shift: int | None) -> bool:
    """Check for a line that is nothing but the page's number."""
    alone = _NUMBER_ALONE.fullmatch(lines[0].words[:_LONGEST]) if len(lines) == 1 else None
    own = _own(index, labels, shift) or {str(index + 1)}
    return alone is not None and alone[1].casefold() in own


def _note_number(line: Line, index: int, printed: dict[int, str]) -> None:
    alone = _NUMBER_ALONE.fullmatch(line.words[:_LONGEST])
    if alone and index not in printed:
        printed[index] = alone[1]
