"""Running heads, feet and page numbers: the outermost lines of pages that recur at the same height."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from quotearchive.readers.page_lines import Line, Page

#: How many lines at the top and at the foot of a page may be running ones.
_DEEPEST: Final = 3

#: How far apart, in points, the same line may stand on two pages.
_TOLERANCE: Final = 2.0

#: How much of the lines at one height must recur or be numbered for all of them to be running ones.
_SHARE: Final = 0.6

#: The distance to the text, against the size of the letters, from which a line stands apart.
_APART: Final = 1.3

#: The parts of a page, from its edges, in which they stand.
_MARGIN: Final = 0.17

_NUMBER: Final = re.compile(r"\d+|\b[ivxlcdm]+\b", re.IGNORECASE)
_AT_THE_END: Final = re.compile(r"^\W*(\w+)\b|\b(\w+)\W*$")
_NUMBER_ALONE: Final = re.compile(
    r"\W*(?:\w{1,9}\.?\s)?\W*(\d{1,4}|[ivxlcdm]{1,7})\W*(?:(?:of|/|von|de|sur|из|از|من)\s*\d+)?\W*", re.I
)


def without_heads(pages: Sequence[Page], labels: Sequence[str]) -> tuple[list[list[Line]], dict[int, str]]:
    """Take the running lines off pages.

    Args:
        pages: All pages of a document.
        labels: What the file calls them.

    Returns:
        The lines that are left of each page, and by a page's index the number that was printed on it.
    """
    rests = [[line for line in page.lines if line.is_upright] for page in pages]
    printed: dict[int, str] = {}
    for is_head in (True, False):
        for _ in range(_DEEPEST):
            outermost = {index: _outermost(rest, is_head=is_head) for index, rest in enumerate(rests)}
            running = _running(outermost, pages, labels, is_head=is_head)
            for index in running:
                for line in outermost[index]:
                    _note_number(line, index, printed)
                taken = {id(line) for line in outermost[index]}
                rests[index] = [line for line in rests[index] if id(line) not in taken]
            if not running:
                break
    return rests, printed


def _outermost(lines: Sequence[Line], *, is_head: bool) -> list[Line]:
    """Return the lines that stand farthest up or down."""
    if not lines:
        return []
    heights = [line.baseline for line in lines]
    edge = max(heights) if is_head else min(heights)
    return [line for line in lines if abs(line.baseline - edge) <= line.size * 0.35]


def _running(
    outermost: dict[int, list[Line]], pages: Sequence[Page], labels: Sequence[str], *, is_head: bool
) -> list[int]:
    """Return the pages whose outermost lines are running ones: most at that height recur or bear the page's number."""
    heights: dict[int, list[int]] = defaultdict(list)
    for index, lines in outermost.items():
        if lines and _in_margin(lines[0], pages[index], is_head=is_head):
            heights[round(lines[0].baseline / _TOLERANCE)].append(index)
    found: list[int] = []
    done: set[int] = set()
    for height in sorted(heights, key=lambda each: -len(heights[each])):
        indices = [
            index for near in (height - 1, height, height + 1) for index in heights.get(near, ()) if index not in done
        ]
        done.update(indices)
        proven = _proven(indices, outermost, labels)
        if len(indices) >= max(2, _least(len(pages))) and len(proven) >= _SHARE * len(indices):
            found.extend(indices)
        elif len(pages) <= 2 or len(indices) == 1:  # noqa: PLR2004
            found.extend(
                index
                for index in indices
                if (is_head is False or len(pages) > 1)
                and len(outermost[index]) == 1
                and _is_own_number(outermost[index][0], index, labels)
                and _stands_apart(outermost[index][0], pages[index].lines)
            )
    return found


def _least(pages: int) -> int:
    """Return on how many pages a line must be for it to be a running one; the heads of chapters are on few."""
    return min(3, pages)


def _in_margin(line: Line, page: Page, *, is_head: bool) -> bool:
    if page.height <= 0:
        return False
    return line.baseline > (1 - _MARGIN) * page.height if is_head else line.baseline < _MARGIN * page.height


def _proven(indices: Iterable[int], outermost: dict[int, list[Line]], labels: Sequence[str]) -> list[int]:
    indices = list(indices)
    shapes = {index: _shape(outermost[index]) for index in indices}
    often = Counter(shapes.values())
    offsets = Counter(offset for index in indices for offset in _offsets(outermost[index], index))
    steady = {offset for offset, count in offsets.items() if count > 1}
    return [
        index
        for index in indices
        if (often[shapes[index]] > 1 and not _is_long(outermost[index]))
        or any(_is_own_number(line, index, labels) for line in outermost[index])
        or any(offset in steady for offset in _offsets(outermost[index], index))
    ]


def _is_long(lines: Sequence[Line]) -> bool:
    return sum(len(line.words) for line in lines) > 200  # noqa: PLR2004


def _shape(lines: Sequence[Line]) -> str:
    return " ".join(_NUMBER.sub("#", line.words).casefold() for line in lines)


def _ends(line: Line) -> list[str]:
    """Return the first and the last word of a line, where a page's number stands."""
    return [word for found in _AT_THE_END.finditer(line.words) for word in found.groups() if word]


def _offsets(lines: Sequence[Line], index: int) -> set[int]:
    """Return by how much numbers at the ends of lines differ from the page's place."""
    return {int(word) - index for line in lines for word in _ends(line) if word.isdecimal() and len(word) < 6}  # noqa: PLR2004


def _is_own_number(line: Line, index: int, labels: Sequence[str]) -> bool:
    label = labels[index] if index < len(labels) else ""
    own = {label.casefold(), str(index + 1)}
    alone = _NUMBER_ALONE.fullmatch(line.words)
    if alone and (alone[1].casefold() in own or not label):
        return True
    return bool(label) and any(word.casefold() == label.casefold() for word in _ends(line))


def _stands_apart(line: Line, lines: Iterable[Line]) -> bool:
    others = [abs(other.baseline - line.baseline) for other in lines if other is not line]
    return not others or min(others) > _APART * line.size * 1.2


def _note_number(line: Line, index: int, printed: dict[int, str]) -> None:
    alone = _NUMBER_ALONE.fullmatch(line.words)
    if alone and index not in printed:
        printed[index] = alone[1]
