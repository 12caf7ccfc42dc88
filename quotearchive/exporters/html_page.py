"""The reading page: one HTML file with everything in it, for readers who are sent it.

Documents are shown with their quotes marked in the text and linked to cards. The page asks nothing of the
network, and its policy forbids it to: the one script and the one style are allowed by their hashes, and
nothing that a document brings is live. How it looks and what it does is in `page/`.
"""

import base64
import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from importlib import resources
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

import msgspec
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from quotearchive.anchoring.places import CITED, Citation, has_own_words
from quotearchive.exporters.calendar_dates import limits
from quotearchive.exporters.citations import citer, particulars, with_place
from quotearchive.exporters.context import APART, QuoteInContext, attribution, facts, in_context, nested, whereabouts
from quotearchive.exporters.context import marked as recognised
from quotearchive.exporters.interface import Options
from quotearchive.exporters.markup import MarkedSpan, Milestones, language_tag, legal, marked_spans, pieces
from quotearchive.model import Document, Quote, Segment, Selection
from quotearchive.text import folded, is_right_to_left, paragraphs

#: Deeper than this, quotes within quotes are indented no further.
_DEEPEST: Final = 3

#: The planes that hold letters, and the variation selectors. Surrogates are no characters.
_RANGES: Final = (range(0xD800), range(0xE000, 0x20000), range(0xE0100, 0xE01F0))


def _part(name: str) -> str:
    return resources.files("quotearchive.exporters").joinpath("page", name).read_text(encoding="utf-8")


def _dense(name: str) -> str:
    """Read a template without the line ends between its elements: a browser would keep each as a node."""
    return re.sub(r">\n\s*(?=[<{])", ">", _part(name))


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


STYLE: Final = _part("page.css")
SCRIPT: Final = _part("page.js")

#: Nothing may be loaded, sent or framed; the page's own script and style alone may run.
POLICY: Final = (
    f"default-src 'none'; script-src '{_hash(SCRIPT)}'; style-src '{_hash(STYLE)}'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


def _finalized(value: object) -> object:
    """Keep control characters out of the page; what is markup already is ours."""
    return legal(value) if isinstance(value, str) and not isinstance(value, Markup) else value


_TEMPLATES: Final = Environment(
    loader=FunctionLoader(_dense),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=_finalized,
    trim_blocks=True,
    lstrip_blocks=True,
)


def export(selections: Iterable[Selection], options: Options) -> Iterator[str]:
    """Yield the page: its head, each document, and what its search needs."""
    letters: set[str] = set()
    documents = quotes = 0
    head = {"title": options.title, "policy": POLICY, "style": Markup(STYLE)}  # noqa: S704
    yield _TEMPLATES.get_template("head.html.j2").render(head)
    cite = citer(options.style)
    for selection in selections:
        documents += 1
        quotes += len(selection.quotes)
        yield _document(selection, options, cite(selection.document), letters)
    tail = {
        "quotes": quotes,
        "documents": documents,
        "made": options.made,
        "folding": _embedded(foldings(letters)),
        "script": Markup(SCRIPT),  # noqa: S704
    }
    yield _TEMPLATES.get_template("tail.html.j2").render(tail) + "\n"


def _document(selection: Selection, options: Options, cited: str, letters: set[str]) -> str:
    document = selection.document
    cards = [_card(depth, entry, cited) for depth, entry in nested(tuple(in_context(selection, options.context)))]
    letters.update(folded(document.title), *(folded(_searched(card)) for card in cards))
    tag = language_tag(document)
    return _TEMPLATES.get_template("document.html.j2").render(
        document=document,
        particulars=particulars(document),
        cards=cards,
        direction="rtl" if is_right_to_left(document.text) else "ltr",
        language={"lang": tag} if tag else {},
        text=marked(document, selection.quotes),
    )


def _card(depth: int, entry: QuoteInContext, cited: str) -> dict[str, Any]:
    """Return a quote as the page's template takes it; `when` is the first and the last day it may be from."""
    return {
        "entry": entry,
        "depth": min(depth, _DEEPEST),
        "when": "/".join(limits(entry.quote.said or entry.document.date) or ()),
        "attribution": attribution(entry.relay),
        "facts": (*facts(entry.quote, APART), *recognised(entry.document)),
        "place": whereabouts(entry),
        "citation": with_place(cited, entry),
    }


def _searched(card: Mapping[str, Any]) -> str:
    """Return what the page's search looks at, whose letters it must know."""
    quote = card["entry"].quote
    return "\n".join((quote.text, card["attribution"], *card["facts"], *quote.topics, quote.note or ""))


def _embedded(values: dict[str, str]) -> Markup:
    """Write values as JSON that can't end its script element."""
    return Markup(msgspec.json.encode(values).decode().replace("<", "\\u003c"))  # noqa: S704


def marked(document: Document, quotes: tuple[Quote, ...]) -> Markup:
    """Write the paragraphs of a text with a `mark` around each span of a quote, and signs where pages begin.

    Behind the last span of a quote is its number, which leads to its card.
    """
    spans = marked_spans(document, quotes)
    last = {span.quote.id: span.number for span in spans}
    milestones = Milestones(_shown(document))
    parts: list[str] = []
    for words, step, span in pieces(document.text, spans):
        written = "".join(
            _sign(each) if isinstance(each, Segment) else _written(each) for each in milestones.cut(words)
        )
        if span:
            parts += [written, _opening(span) if step > 0 else _closing(span, last)]
        elif step > 0:  # the white space between paragraphs is not written
            parts.append('\n<p dir="auto">' if parts else '<p dir="auto">')
        elif step < 0:
            parts += [written, "</p>"]
    return Markup("".join(parts))  # noqa: S704


def _shown(document: Document) -> Iterator[Segment]:
    """Yield a segment for each sign in the margin, whose label is that of all segments that begin there.

    Of several times in a paragraph the first has a sign, and of an e-mail what its sender wrote has none.
    """
    is_mail = any(each.kind == "message" for each in document.segments)
    shown = (each for each in _in_margin(document) if not (is_mail and has_own_words(each)))
    for start, group in groupby(shown, key=attrgetter("start")):
        signs = sorted(group, key=lambda each: CITED.index(each.kind))
        label = ", ".join(str(Citation(each.kind, ((each.label, each.label),))) for each in signs)
        yield Segment(start, "page" if any(each.kind == "page" for each in signs) else signs[0].kind, label)


def _in_margin(document: Document) -> Iterator[Segment]:
    starts = [start for start, _ in paragraphs(document.text)]
    timed = 0
    for segment in document.segments:
        paragraph = bisect_right(starts, segment.start)
        if segment.kind not in CITED or not segment.label or (segment.kind == "time" and paragraph <= timed):
            continue
        timed = paragraph if segment.kind == "time" else timed
        yield segment


def _sign(segment: Segment) -> str:
    label = escape(legal(segment.label))
    role = "doc-pagebreak" if segment.kind == "page" else "note"
    return f'<span class="place" role="{role}" aria-label="{label}" title="{label}" data-place="{label}"></span>'


def _opening(span: MarkedSpan) -> str:
    number = span.quote.id
    name = f' id="mark-{number}"' if span.number == 1 else ""
    return f'<mark{name} data-quote="{number}">'


def _closing(span: MarkedSpan, last: dict[int, int]) -> str:
    number = span.quote.id
    if span.number < last[number]:
        return "</mark>"
    return f'</mark><a class="back" href="#quote-{number}" aria-label="Quote {number}">{number}</a>'


def _written(text: str) -> str:
    return str(escape(legal(text)))


def foldings(letters: AbstractSet[str]) -> dict[str, str]:
    """Return, for each folded form that can occur, all signs that fold to it.

    >>> foldings({"e"})["e"][:6]
    'EÈÉÊËè'

    Args:
        letters: The folded letters of the page. What folds to others can match nothing on it.

    Returns:
        The signs by folded form; empty forms are those of signs that folding drops.
    """
    return {piece: signs for piece, signs in _all().items() if set(piece) <= letters | {" "}}


@cache
def _all() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for code in (code for codes in _RANGES for code in codes):
        sign = chr(code)
        piece = folded(sign)
        if piece != sign:
            found.setdefault(piece, []).append(sign)
    return {piece: "".join(signs) for piece, signs in found.items()}
