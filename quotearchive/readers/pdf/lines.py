"""Lines of words and where they stand on a page: what layout is read from, of a PDF or a picture."""

import msgspec


class Line(msgspec.Struct):
    """A line of a page.

    Attributes:
        words: Its words, in logical order.
        start: Where it begins on its axis, which runs as its words do: from the left, or, negative, from the right.
        end: Where it ends on the same axis.
        baseline: Its height on the page, upward, in points.
        size: The size of its letters, in points.
        page: Its page's index, from 0.
        is_broken: Whether a hyphen at its end broke its last word; the hyphen is not among the words.
        is_backward: Whether it runs from right to left.
        is_upright: Whether its letters stand upright; others run up or down the margin.
    """

    words: str
    start: float
    end: float
    baseline: float
    size: float
    page: int
    is_broken: bool = False
    is_backward: bool = False
    is_upright: bool = True


class Page(msgspec.Struct):
    """A page with its lines, in the order of the file.

    Attributes:
        lines: The lines.
        height: The page's height in points.
        has_pictures: Whether it has pictures.
        is_recognised: Whether its words are invisible: a program recognised them in the picture above them.
    """

    lines: list[Line]
    height: float
    has_pictures: bool = False
    is_recognised: bool = False
