"""Texts, values and tables for a terminal. Nothing here prints, and no style comes from within a text.

Whatever a document brought is made visible first: escape sequences and direction overrides show as signs,
and right-to-left words are isolated, so that they do not reorder what stands beside them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from quotearchive.model import Span
from quotearchive.text import isolated, show, visible

#: Code points of a title that a table shows.
TITLE_ROOM: Final = 60

#: Style of what was found, legible on dark and on light: it says nothing that the words don't say.
HIT: Final = "bold underline"
PASSAGE: Final = "bold"
QUIET: Final = "dim"

#: Columns that hold numbers.
_NUMBERS: Final = frozenset({"#", "Quotes", "Confidence"})

#: What stands for words that are left out of view. Square brackets are the editor's, not the document's.
LEFT_OUT: Final = "[…]"


def words(text: str, marks: Iterable[Span] = (), style: str = HIT) -> Text:
    """Return a text with spans of it marked.

    Args:
        text: The document's own words.
        marks: Half-open spans of code points of `text`.
        style: How they are marked.
    """
    shown = show(text)
    rendered = Text(shown.text)
    for start, end in marks:
        rendered.stylize(style, shown.position(start), shown.position(end))
    return rendered


def cell(text: str | None, style: str = "") -> Text:
    """Return a value as the text of a cell."""
    return Text(visible(text or ""), style=style)


def shortened(title: str, room: int = TITLE_ROOM) -> str:
    """Shorten a title that would fill a table; a document's page shows it whole.

    >>> shortened("Declaration of the Rights of Man", 20)
    'Declaration of […]'
    """
    if len(title) <= room:
        return title
    cut = title.rfind(" ", 0, room - len(LEFT_OUT))
    return f"{title[: cut if cut > 0 else room]} {LEFT_OUT}"


class Lines:
    """A text in a table whose lines are isolated, so that right-to-left words reorder nothing outside their line.

    Args:
        text: A text that has gone through `visible`.
    """

    def __init__(self, text: Text) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        overflow = self._text.overflow or options.overflow or "fold"
        no_wrap = bool(self._text.no_wrap or options.no_wrap)
        for line in self._text.wrap(console, options.max_width, overflow=overflow, no_wrap=no_wrap):
            line.rstrip()
            opening, closing = isolated(line.plain).split(line.plain) if line.plain else ("", "")
            yield Text(opening).append_text(line).append(closing)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self._text)


class IsolatingTable(Table):
    """A table whose cells can't reorder each other."""

    def add_row(self, *cells: RenderableType | None, **options: Any) -> None:  # noqa: ANN401 - Rich's own
        """Add a row: strings are made visible, and texts are isolated line by line."""
        shown = (cell(each) if isinstance(each, str) else each for each in cells)
        super().add_row(*(Lines(each) if isinstance(each, Text) else each for each in shown), **options)


def table(*columns: str, **ratios: int) -> Table:
    """Return an empty table in the house style: light lines, no colour, numbers to the right.

    Args:
        columns: The headings.
        ratios: How the width of the terminal is shared, by heading; a table without them is as wide as its cells.
    """
    made = IsolatingTable(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False)
    made.expand = bool(ratios)
    for column in columns:
        made.add_column(column, overflow="fold", ratio=ratios.get(column))
        if column in _NUMBERS:
            made.columns[-1].justify = "right"
    if "#" in columns:
        made.columns[columns.index("#")].no_wrap = True
    return made


def fields(values: Mapping[str, str | None]) -> RenderableType:
    """List labels and values, leaving out those without a value."""
    grid = IsolatingTable.grid(padding=(0, 2))
    grid.add_column(style=QUIET, no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in values.items():
        if value:
            grid.add_row(label, cell(value))
    return grid


def one_after_another(shown: Sequence[RenderableType]) -> RenderableType:
    """Show renderables with a blank line between them."""
    spaced = [part for each in shown for part in (Text(), each)]
    return Group(*spaced[1:])
