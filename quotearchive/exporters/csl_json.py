"""Sources in CSL-JSON, as citation processors and reference managers take them.

See https://docs.citationstyles.org/en/stable/specification.html. Names are given whole: where a name's
parts are is not known of most of the world's names.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from quotearchive.anchoring.places import Citation
from quotearchive.exporters.calendar_dates import numbers, period
from quotearchive.exporters.context import BIBLIOGRAPHIC, QuoteInContext, in_context, retrieved
from quotearchive.exporters.interface import Options
from quotearchive.exporters.jsonl import array
from quotearchive.fields import FIELDS
from quotearchive.model import Description, Document, Selection

#: What CSL calls each kind of document. A letter is one whether it is published or not.
TYPES: Final = {
    "letter": "personal_communication",
    "article": "article-newspaper",
    "statement": "document",
    "speech": "speech",
    "interview": "interview",
    "other": "document",
}

#: What CSL calls the kinds of places. A message has no term of its own.
LABELS: Final = {
    "page": "page",
    "time": "timestamp",
    "section": "section",
    "message": "part",
    "paragraph": "paragraph",
}

#: The order in which a place is chosen, since a processor takes one alone.
_CHOICE: Final = ("page", "time", "message", "section", "paragraph")

#: A heading that numbers a chapter, which processors name in the language of the citation.
_CHAPTER: Final = re.compile(r"(?:chapter|kapitel|chapitre|capítulo|capitolo) ([0-9]+|[ivxlc]+)", re.IGNORECASE)

#: The fields of a document for which CSL has none. They are kept where it allows a program's own.
CUSTOM: Final = tuple(field.name for field in FIELDS[Document] if field.name not in BIBLIOGRAPHIC)


def export(selections: Iterable[Selection], options: Options) -> Iterator[str]:
    """Yield the array of sources, one a line."""
    del options
    return array(_located(selection) for selection in selections)


def _located(selection: Selection) -> dict[str, Any]:
    """Return a source with how a processor cites the place of each quote: by the items of its citations.

    The locator of an only quote is the source's too.
    """
    source = item(selection.document, [quote.id for quote in selection.quotes])
    cites = [
        {"id": selection.document.slug, "quote": entry.quote.id, **cite_item(entry.cited), **_messages(entry)}
        for entry in in_context(selection)
        if entry.cited
    ]
    if cites:
        source["custom"]["quotearchive"]["cites"] = cites
    return source | ({"locator": cites[0]["locator"]} if len(selection.quotes) == len(cites) == 1 else {})


def _messages(entry: QuoteInContext) -> dict[str, str]:
    return {"message_id": ", ".join(entry.message_ids)} if entry.message_ids else {}


def cite_item(cited: Sequence[Citation]) -> dict[str, str]:
    """Return the locator of a citation and its label: of the part that leads there best.

    >>> cite_item([Citation("page", (("12", "13"),))])
    {'locator': '12–13', 'label': 'page'}
    >>> cite_item([Citation("section", (("Chapter 2", "Chapter 2"),)), Citation("paragraph", (("4", "4"),))])
    {'locator': '2', 'label': 'chapter'}

    Args:
        cited: The parts of a place, the widest first; at least one.
    """
    # An e-mail is a source of its own: its time, which has no number, is that of the source.
    chosen = [each for each in cited if each.kind != "message" or each.labels[0][0].isdecimal()] or cited
    part = min(chosen, key=lambda each: _CHOICE.index(each.kind))
    if part.kind == "section" and (chapter := _CHAPTER.fullmatch(part.words)):
        return {"locator": chapter.group(1), "label": "chapter"}
    return {"locator": part.words, "label": LABELS[part.kind]}


def item(document: Description, quotes: Sequence[int] = ()) -> dict[str, Any]:
    """Return a source in CSL's terms.

    Args:
        document: The source.
        quotes: The numbers of its chosen quotes.
    """
    own = {"document": document.id, "quotes": list(quotes)}
    own |= {name: getattr(document, name) for name in CUSTOM if getattr(document, name)}
    own |= {"recognised": True} if document.is_recognised else {}
    values = {
        "id": document.slug,
        "type": TYPES.get(document.kind, "document"),
        "title": document.title,
        "author": _names(document.authors),
        "recipient": _names(document.recipients),
        "issued": _issued(document.date),
        "accessed": _issued(retrieved(document)),
        "publisher": document.publisher,
        "publisher-place": document.place,
        "URL": document.url,
        "language": document.language,
        "genre": document.kind if document.kind == "statement" else None,
        "custom": {"quotearchive": own},
    }
    return {name: value for name, value in values.items() if value}


def _names(names: Sequence[str]) -> list[dict[str, str]]:
    return [{"literal": name} for name in names]


def _issued(edtf: str | None) -> dict[str, Any] | None:
    known = period(edtf)
    if known is None:
        return {"literal": edtf} if edtf else None
    days = [known.first] if known.first == known.last else [known.first, known.last]
    circa = {"circa": True} if known.approximate else {}
    return {"date-parts": [numbers(day) for day in days], **circa}
