"""The TEI header of a document: its description, its correspondence, its people and topics.

See https://www.tei-c.org/release/doc/tei-p5-doc/en/html/HD.html.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Final

from lxml import etree
from lxml.builder import ElementMaker

from quotearchive.exporters.calendar_dates import limits, period
from quotearchive.exporters.context import BIBLIOGRAPHIC, cell, known, marked
from quotearchive.exporters.markup import language_tag, legal
from quotearchive.model import Description, Document, Quote
from quotearchive.text import escape_surrogates

NAMESPACE: Final = "http://www.tei-c.org/ns/1.0"
ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

E: Final = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})

#: The fields of a document that have elements of their own; those of letters alone are in their `correspDesc`.
_PLACED: Final = BIBLIOGRAPHIC - {"recipients"} | {"signatories"}
_OF_LETTERS: Final = frozenset({"recipients", "received", "destination", "replies_to", "encloses"})

#: Signs that no address may hold; they are written as percent escapes.
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")


def named(tag: str, words: str, **attributes: str) -> etree._Element:
    """Make an element of words; XML holds these and the attributes, whatever they are."""
    return E(tag, legal(words), **{name: legal(value) for name, value in attributes.items()})


def header(document: Document, pointers: Mapping[str, str], topics: Mapping[str, str]) -> etree._Element:
    """Make a document's header.

    Args:
        document: The document.
        pointers: The `xml:id` of each person by name; may be empty.
        topics: The `xml:id` of each topic; may be empty.
    """
    description = E.fileDesc(
        E.titleStmt(named("title", document.title), *_all("author", document.authors)),
        E.publicationStmt(E.p("Exported from an archive of quotations.")),
        E.sourceDesc(_source(document)),
    )
    encoding = [E.encodingDesc(E.classDecl(_taxonomy(topics)))] if topics else []
    return E.teiHeader(description, *encoding, _profile(document, pointers))


def correspondence(document: Description, **attributes: str) -> etree._Element:
    """Describe a letter: who sent it whence and when, and who received it where and when."""
    sent = E.correspAction(*_people(document.authors), *_place(document.place), *date(document.date))
    sent.set("type", "sent")
    received = E.correspAction(*_people(document.recipients), *_place(document.destination), *date(document.received))
    received.set("type", "received")
    return E.correspDesc(sent, received, **{name: legal(value) for name, value in attributes.items()})


def serialised(element: etree._Element) -> str:
    """Return an element as a line of text."""
    return etree.tostring(element, encoding="unicode") + "\n"


def date(edtf: str | None) -> list[etree._Element]:
    """Make a `date` that machines understand; none where they could not."""
    known = period(edtf)
    if known is None:
        range_of = limits(edtf)
        return [named("date", edtf or "", notBefore=range_of[0], notAfter=range_of[1])] if range_of else []
    ends = {"when": known.first} if known.first == known.last else {"from": known.first, "to": known.last}
    doubt = {"cert": "low"} if known.approximate else {}
    return [named("date", edtf or "", **ends, **doubt)]


def language(document: Description) -> dict[str, str]:
    """Return the language of a document as the attribute that says it, if it is known."""
    tag = language_tag(document)
    return {LANG: tag} if tag else {}


def address(url: str) -> str:
    """Write an address with percent escapes for what XML's pointers can't hold.

    >>> address("https://example.org/a b")
    'https://example.org/a%20b'
    """
    return _UNSAFE.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign.group().encode()), escape_surrogates(url))


def people(document: Description, quotes: Iterable[Quote]) -> dict[str, str]:
    """Return the `xml:id` of each person of a document and its quotes, in order of mention."""
    mentioned = [*document.authors, *document.recipients]
    for quote in quotes:
        mentioned += [name for name in (quote.speaker, quote.to) if name]
    mentioned += [each.label for each in document.segments if each.kind == "turn" and each.label]
    return identified(f"document-{document.id}-person", mentioned)


def identified(kind: str, names: Iterable[str]) -> dict[str, str]:
    """Return the identifier of each name.

    >>> identified("topic", ["prison", "exile", "prison"])
    {'prison': 'topic-1', 'exile': 'topic-2'}
    """
    unique = dict.fromkeys(names)
    return {name: f"{kind}-{number}" for number, name in enumerate(unique, 1)}


def _source(document: Document) -> etree._Element:
    parts = [*_all("author", document.authors), named("title", document.title)]
    parts += _all("publisher", [document.publisher or ""])
    parts += _all("pubPlace", [document.place or ""])
    parts += date(document.date) or _all("date", [document.date or ""])
    parts += [named("ref", document.url, target=address(document.url))] if document.url else []
    parts += [named("idno", document.sha256, type="sha256")] if document.sha256 else []
    parts += [named("idno", document.slug, type="slug")]
    parts += [named("note", mark, type="recognised") for mark in marked(document)]
    if document.signatories:
        parts.append(E.respStmt(E.resp("Signed by"), *_all("name", document.signatories)))
    parts += field_notes(document, _PLACED | (_OF_LETTERS if document.kind == "letter" else set()))
    return E.bibl(*parts, type=legal(document.kind))


def _profile(document: Document, pointers: Mapping[str, str]) -> etree._Element:
    profile = E.profileDesc()
    if document.kind == "letter":
        described = correspondence(document)
        described.extend(_context(document))
        profile.append(described)
    tag = language(document).get(LANG)
    if tag:
        profile.append(E.langUsage(E.language(tag, ident=tag)))
    if pointers:
        persons = [E.person(named("persName", name), {ID: name_id}) for name, name_id in pointers.items()]
        profile.append(E.particDesc(E.listPerson(*persons)))
    return profile


def field_notes(record: Description | Quote, besides: Container[str], **attributes: str) -> Iterator[etree._Element]:
    """Yield a note for each field that is known.

    Args:
        record: The document or the quote.
        besides: The names of the fields that have elements or attributes of their own.
        attributes: What each note bears besides its type, which is the name of the field.
    """
    for field, value in known(record, besides):
        yield named("note", cell(value), **attributes, type=field.name)


def _context(document: Description) -> list[etree._Element]:
    """Point to what a letter answers and encloses, if anything."""
    related = [("replies_to", document.replies_to), *(("encloses", number) for number in document.encloses)]
    pointers = [
        E.ref(f"document {number}", type=name, target=f"#document-{number}") for name, number in related if number
    ]
    return [E.correspContext(*pointers)] if pointers else []


def _taxonomy(topics: Mapping[str, str]) -> etree._Element:
    categories = [E.category(named("catDesc", topic), {ID: name}) for topic, name in topics.items()]
    return E.taxonomy(*categories)


def _people(names: Sequence[str]) -> list[etree._Element]:
    return _all("persName", names) or [E.persName("unknown")]


def _place(place: str | None) -> list[etree._Element]:
    return _all("placeName", [place or ""])


def _all(tag: str, words: Iterable[str]) -> list[etree._Element]:
    return [named(tag, word) for word in words if word]
