"""What is known of a document, as TEI says it: its description, its correspondence, its people and topics.

See https://www.tei-c.org/release/doc/tei-p5-doc/en/html/HD.html.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from lxml import etree
from lxml.builder import ElementMaker

from quotearchive.exporters.dating import limits, span
from quotearchive.exporters.xml_text import legal
from quotearchive.model import Description, Document, Quote
from quotearchive.text import escape_surrogates

NAMESPACE: Final = "http://www.tei-c.org/ns/1.0"
ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

E: Final = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})

#: A language tag as XML allows it; what is none can't stand in `xml:lang`.
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")

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
    """Say who sent a letter, whence and when, and who received it."""
    sent = E.correspAction(*_people(document.authors), *_place(document.place), *date(document.date))
    sent.set("type", "sent")
    received = E.correspAction(*_people(document.recipients), *_place(document.destination), *date(document.received))
    received.set("type", "received")
    return E.correspDesc(sent, received, **{name: legal(value) for name, value in attributes.items()})


def date(edtf: str | None) -> list[etree._Element]:
    """Make a `date` that machines understand; none where they could not."""
    known = span(edtf)
    if known is None:
        range_of = limits(edtf)
        return [named("date", edtf or "", notBefore=range_of[0], notAfter=range_of[1])] if range_of else []
    ends = {"when": known.first} if known.first == known.last else {"from": known.first, "to": known.last}
    doubt = {"cert": "low"} if known.approximate else {}
    return [named("date", edtf or "", **ends, **doubt)]


def language(document: Description) -> dict[str, str]:
    """Return the language of a document as the attribute that says it, if it is known."""
    tag = document.language or ""
    return {LANG: tag} if _LANGUAGE.fullmatch(tag) else {}


def address(url: str) -> str:
    """Write an address with percent escapes for what XML's pointers can't hold.

    >>> address("https://example.org/a b")
    'https://example.org/a%20b'
    """
    return _UNSAFE.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign.group().encode()), escape_surrogates(url))


def people(document: Description, quotes: Iterable[Quote]) -> dict[str, str]:
    """Return each person of a document and its quotes an `xml:id`, in order of mention."""
    mentioned = [*document.authors, *document.recipients]
    for quote in quotes:
        mentioned += [name for name in (quote.speaker, quote.to) if name]
    return identified(f"document-{document.id}-person", mentioned)


def identified(kind: str, names: Iterable[str]) -> dict[str, str]:
    """Number names.

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
    return E.bibl(*parts, type=legal(document.kind))


def _profile(document: Document, pointers: Mapping[str, str]) -> etree._Element:
    profile = E.profileDesc()
    if document.kind == "letter":
        profile.append(correspondence(document))
    tag = language(document).get(LANG)
    if tag:
        profile.append(E.langUsage(E.language(tag, ident=tag)))
    if pointers:
        persons = [E.person(named("persName", name), {ID: name_id}) for name, name_id in pointers.items()]
        profile.append(E.particDesc(E.listPerson(*persons)))
    return profile


def _taxonomy(topics: Mapping[str, str]) -> etree._Element:
    categories = [E.category(named("catDesc", topic), {ID: name}) for topic, name in topics.items()]
    return E.taxonomy(*categories)


def _people(names: Sequence[str]) -> list[etree._Element]:
    return _all("persName", names) or [E.persName("unknown")]


def _place(place: str | None) -> list[etree._Element]:
    return _all("placeName", [place or ""])


def _all(tag: str, words: Iterable[str]) -> list[etree._Element]:
    return [named(tag, word) for word in words if word]
