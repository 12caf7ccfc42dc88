"""A document's text as HTML, its quotes marked in it and numbered, whatever they overlap."""

import re
from collections import deque
from typing import Final

from markupsafe import Markup, escape

from quotearchive.exporters.stretches import Stretch, stretches
from quotearchive.exporters.xml_text import legal
from quotearchive.model import Description, Document, Quote
from quotearchive.text import paragraphs

#: A language tag that HTML may bear.
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def language_tag(document: Description) -> str:
    """Return the language of a document if it is one that browsers understand."""
    tag = document.language or ""
    return tag if _LANGUAGE.fullmatch(tag) else ""


def marked(document: Document, quotes: tuple[Quote, ...]) -> Markup:
    """Write the paragraphs of a text with a `mark` around each stretch of a quote.

    Behind the last stretch of a quote stands its number, which leads to its card.
    """
    waiting = deque(stretches(document, quotes))
    last = {stretch.quote.id: stretch.number for stretch in waiting}
    parts: list[str] = []
    for start, end in paragraphs(document.text):
        inside: list[Stretch] = []
        while waiting and waiting[0].start < end:
            inside.append(waiting.popleft())
        parts.append(f'<p dir="auto">{_paragraph(document.text, start, end, inside, last)}</p>')
    return Markup("\n".join(parts))  # noqa: S704


def _paragraph(text: str, start: int, end: int, inside: list[Stretch], last: dict[int, int]) -> str:
    parts: list[str] = []
    position = start
    still_open: list[Stretch] = []
    for stretch in inside:
        while still_open and still_open[-1].end <= stretch.start:
            closed = still_open.pop()
            parts += [_written(text[position : closed.end]), _closing(closed, last)]
            position = closed.end
        parts += [_written(text[position : stretch.start]), _opening(stretch)]
        position = stretch.start
        still_open.append(stretch)
    for closed in reversed(still_open):
        parts += [_written(text[position : closed.end]), _closing(closed, last)]
        position = closed.end
    return "".join([*parts, _written(text[position:end])])


def _opening(stretch: Stretch) -> str:
    number = stretch.quote.id
    name = f' id="mark-{number}"' if stretch.number == 1 else ""
    return f'<mark{name} data-quote="{number}">'


def _closing(stretch: Stretch, last: dict[int, int]) -> str:
    number = stretch.quote.id
    if stretch.number < last[number]:
        return "</mark>"
    return f'</mark><a class="back" href="#quote-{number}" aria-label="Quote {number}">{number}</a>'


def _written(text: str) -> str:
    return str(escape(legal(text)))
