"""Quotes as a W3C Web Annotation collection in JSON-LD.

Each quote is an annotation. Its targets are its passages, each found by its words and by its place; its
bodies are who said it to whom, in what role and when (a schema.org Quotation), its topics and the note.
Places count code points of the text as it was archived, so at the document's own address the words are the
surer way.
See https://www.w3.org/TR/annotation-model/ and https://www.w3.org/TR/selectors-states/.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from quotearchive.anchoring.places import Place, Places, number_of
from quotearchive.exporters.context import marked
from quotearchive.exporters.interface import Options
from quotearchive.model import Document, Passage, Quote, Selection, relay

CONTEXT: Final = ["http://www.w3.org/ns/anno.jsonld", {"schema": "https://schema.org/"}]

#: What schema.org calls the fields of a quote that are facts of a Quotation.
TERMS: Final = {
    "speaker": "schema:spokenByCharacter",
    "role": "schema:roleName",
    "mention": "schema:characterName",
    "to": "schema:recipient",
    "said": "schema:dateCreated",
}

#: Names that have no address of their own are made from their content, so that they stay the same.
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://www.w3.org/ns/oa#quotearchive")

_PDF: Final = "application/pdf"

#: What the fragments of each kind conform to, as the Web Annotation Data Model names it.
_STANDARDS: Final = {"page": "http://tools.ietf.org/rfc/rfc3778", "time": "http://www.w3.org/TR/media-frags/"}

_SOFTWARE: Final = {"type": "Software", "name": "quotearchive"}


def export(selections: Iterable[Selection], options: Options) -> Iterator[str]:
    """Yield the collection with its one page, annotation by annotation; their number comes last."""
    encode = msgspec.json.Encoder().encode
    yield f"{encode(_head(options)).decode()[:-1]},\n" + '"first": ' + _page_head()
    count = 0
    for selection in selections:
        for annotation in annotations(selection, options):
            yield (",\n" if count else "\n") + encode(annotation).decode()
            count += 1
    yield f'\n]}},\n"total": {count}}}\n'


def annotations(selection: Selection, options: Options) -> Iterator[dict[str, Any]]:
    """Yield each quote of a document as an annotation."""
    others = {quote.id: quote for quote in (*selection.enclosing, *selection.quotes)}
    places = Places.of(selection.document)
    for quote in selection.quotes:
        times = {"created": quote.created, "modified": quote.modified, "generated": options.made}
        yield {
            "id": identifier(selection.document, quote),
            "type": "Annotation",
            "motivation": ["highlighting", "tagging"] if quote.topics else "highlighting",
            **{name: time for name, time in times.items() if time},
            "generator": _SOFTWARE,
            "body": _bodies(quote, selection.document, others),
            "target": [
                _target(passage, selection.document, None if quote.missing else places) for passage in quote.passages
            ],
        }


def identifier(document: Document, quote: Quote) -> str:
    """Return the IRI of a quote, made from its document's text and its number."""
    return uuid.uuid5(_NAMESPACE, f"{document.sha256}/{document.slug}/{quote.id}").urn


def _head(options: Options) -> dict[str, Any]:
    made = {"generated": options.made} if options.made else {}
    return {
        "@context": CONTEXT,
        "id": uuid.uuid5(_NAMESPACE, f"{options.title}/{options.made}").urn,
        "type": "AnnotationCollection",
        "label": options.title,
        "generator": _SOFTWARE,
        **made,
    }


def _page_head() -> str:
    page = {"id": uuid.uuid5(_NAMESPACE, "first").urn, "type": "AnnotationPage", "startIndex": 0, "items": []}
    return msgspec.json.encode(page).decode()[:-2]


def _bodies(quote: Quote, document: Document, others: Mapping[int, Quote]) -> list[dict[str, Any]]:
    topics = [_text(topic, "tagging") for topic in quote.topics]
    note = [_text(quote.note, "commenting")] if quote.note else []
    return [_quotation(quote, document, others), *topics, *note]


def _quotation(quote: Quote, document: Document, others: Mapping[int, Quote]) -> dict[str, Any]:
    outer = others.get(quote.within) if quote.within is not None else None
    facts = {
        **{key: getattr(quote, name) for name, key in TERMS.items()},
        "schema:provider": [name for name in relay(quote, others)[1:] if name],
        "schema:isPartOf": {"id": identifier(document, outer)} if outer else None,
        "schema:position": quote.id,
    }
    known = {name: fact for name, fact in facts.items() if fact}
    return {"type": "schema:Quotation", "schema:text": quote.text, **known}


def _text(words: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": words, "format": "text/plain", "purpose": purpose}


def _target(passage: Passage, document: Document, places: Places | None) -> dict[str, Any]:
    """Point to a passage by its words and, where the document has them, by its place, its page and its time."""
    words = {
        "type": "TextQuoteSelector",
        "exact": passage.exact,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
    }
    position = {"type": "TextPositionSelector", "start": passage.start, "end": passage.end}
    placed = [position, *_fragments(passage, document, places, words)] if places else []
    label = {"label": places.locator([passage])} if places and document.segments else {}
    return {"type": "SpecificResource", "source": _source(document), "selector": [words, *placed], **label}


def _fragments(passage: Passage, document: Document, places: Places, words: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield selectors of the page of a PDF and of the time of a recording, within which the words find the passage."""
    found = (places.place(kind, passage.start, passage.end) for kind in ("page", "time"))
    for place in found:
        value = place and _fragment(place, document)
        if place and value:
            yield {
                "type": "FragmentSelector",
                "conformsTo": _STANDARDS[place.kind],
                "value": value,
                "refinedBy": words,
            }


def _fragment(place: Place, document: Document) -> str:
    if place.kind == "page":
        is_pdf = document.original is not None and document.original.media_type == _PDF
        return f"page={place.first.ref}" if is_pdf and isinstance(place.first.ref, int) else ""
    start, end = number_of(place.first), number_of(place.end) if place.end else None
    if start is None:
        return ""
    return f"t={_seconds(start)}" + (f",{_seconds(end)}" if end is not None and end > start else "")


def _seconds(milliseconds: int) -> str:
    """Write a time as media fragments do.

    >>> _seconds(845000), _seconds(849500)
    ('845', '849.5')
    """
    return f"{milliseconds / 1000:.3f}".rstrip("0").rstrip(".")


def _source(document: Document) -> dict[str, Any]:
    own = uuid.uuid5(_NAMESPACE, document.sha256 or document.slug).urn
    language = {"language": document.language} if document.language else {}
    name = {"schema:name": document.title, "schema:identifier": document.slug}
    if marks := marked(document):
        name["schema:creativeWorkStatus"] = "; ".join(marks)
    return {"id": address(document) or own, "type": "Text", "format": "text/plain", **language, **name}


def address(document: Document) -> str | None:
    """Return a document's address if it is one of the web, free of what an IRI can't hold."""
    url = document.url or ""
    is_web = url.startswith(("http://", "https://"))
    return url if is_web and not any(sign <= " " or sign in '<>"{}|\\^`' for sign in url) else None
