"""The reading page: one HTML file with everything in it, for someone who was sent it.

Documents stand with their quotes marked in the text and linked to cards. The page asks nothing of the
network, and its policy forbids it to: the one script and the one style are allowed by their hashes, and
nothing that a document brings is live. How it looks and what it does is in `page/`.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Final

import msgspec
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from quotearchive.exporters.citations import citer, particulars
from quotearchive.exporters.dating import limits
from quotearchive.exporters.entry import Entry, attribution, entries, nested, whereabouts
from quotearchive.exporters.interface import Options
from quotearchive.exporters.page_folding import foldings
from quotearchive.exporters.page_text import language_tag, marked
from quotearchive.exporters.xml_text import legal
from quotearchive.model import Selection
from quotearchive.text import folded, is_right_to_left

#: Deeper than this, quotes within quotes are indented no further.
_DEEPEST: Final = 3


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


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A quote as the page shows it.

    Attributes:
        entry: The quote.
        depth: How deep it lies in other quotes.
        when: The first and the last day it may be from, `2021-02-01/2021-02-28`; empty if it is not dated.
        attribution: Who said it and who passes it on.
        place: Where it stands in the document.
    """

    entry: Entry
    depth: int
    when: str
    attribution: str
    place: str

    @property
    def has_facts(self) -> bool:
        """Whether anything but its speaker is known of it."""
        quote = self.entry.quote
        return bool(quote.to or quote.said or quote.within or quote.topics)


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
    cards = [_card(depth, entry) for depth, entry in nested(tuple(entries(selection, options.context)))]
    letters.update(folded(document.title), *(folded(_searched(card)) for card in cards))
    tag = language_tag(document)
    return _TEMPLATES.get_template("document.html.j2").render(
        document=document,
        particulars=particulars(document),
        citation=cited,
        cards=cards,
        direction="rtl" if is_right_to_left(document.text) else "ltr",
        language={"lang": tag} if tag else {},
        text=marked(document, selection.quotes),
    )


def _card(depth: int, entry: Entry) -> Card:
    known = limits(entry.quote.said or entry.document.date)
    return Card(
        entry=entry,
        depth=min(depth, _DEEPEST),
        when="/".join(known or ()),
        attribution=attribution(entry.relay),
        place=whereabouts(entry.places),
    )


def _searched(card: Card) -> str:
    """Gather what the page's search looks at, to know its letters."""
    quote = card.entry.quote
    facts = (quote.text, card.attribution, quote.to, quote.said, *quote.topics, quote.note)
    return "\n".join(fact for fact in facts if fact)


def _embedded(values: dict[str, str]) -> Markup:
    """Write values as JSON that can't end its script element."""
    return Markup(msgspec.json.encode(values).decode().replace("<", "\\u003c"))  # noqa: S704
