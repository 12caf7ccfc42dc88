"""TEI documents, letters above all: the words of the source as they stand there, its pages and sections.

Of several readings of a place the source's own are taken: `sic` and not `corr`, `orig` and not `reg`, `abbr` and not
`expan`, `lem` and not `rdg`. What the writer struck out and what editors say are left out; `[…]` stands for what is
lost. See https://www.tei-c.org/release/doc/tei-p5-doc/en/html/PH.html. A document that this project has exported is
read as it was written.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import msgspec
from lxml import etree

from quotearchive.readers.books.tei_header import describe_header, is_letter, licence
from quotearchive.readers.builder import TextBuilder
from quotearchive.readers.errors import DamagedFileError
from quotearchive.readers.extracts import Extract, Extracted, Options
from quotearchive.readers.languages import guess_language
from quotearchive.readers.office.flow import Flow
from quotearchive.readers.office.remarks import Passed
from quotearchive.readers.xml_trees import Element, child, local, parse, walk, words_of

_WHAT: Final = "TEI"

_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

#: Elements that begin and end a paragraph; `q` and `quote` do where they hold others.
_BLOCKS: Final = frozenset(
    {
        "p", "ab", "head", "lg", "opener", "closer", "postscript", "address", "item", "label", "sp", "speaker", "stage",
        "trailer", "byline", "docTitle", "titlePart", "docAuthor", "docDate", "docImprint", "epigraph", "argument",
        "div", "div1", "div2", "div3", "div4", "div5", "div6", "div7", "front", "body", "back", "list", "figure",
        "titlePage", "group", "floatingText", "u", "castItem", "imprimatur", "docEdition", "text",
    }
)  # fmt: skip

#: Elements that are paragraphs in these, and words of the paragraph elsewhere.
_PARTS: Final = frozenset({"dateline", "salute", "signed"})
_AROUND_PARTS: Final = frozenset({"opener", "div", "body", "postscript", "front", "back", "floatingText"})

#: Elements in which a line's end in the source is a line's end to readers too.
_IN_LINES: Final = frozenset({"closer", "opener", "address", "salute", "dateline", "signed", "head", "lg", "titlePart"})

#: Elements that each are a line of their own.
_LINES: Final = frozenset({"l", "addrLine"})

#: Elements that hold prose, in which the source's lines mean nothing.
_PROSE: Final = frozenset({"p", "ab", "item", "u"})

#: Elements that are nobody's words in the source.
_PASSED_OVER: Final = frozenset(
    {
        "teiHeader", "fw", "del", "figDesc", "listPerson", "listPlace", "listOrg", "listEvent", "listBibl", "listWit",
        "graphic", "facsimile", "standOff", "index", "certainty", "respons", "interp", "interpGrp", "spanGrp",
        "listApp", "listAnnotation", "redo", "undo", "witDetail", "alt", "link", "linkGrp", "metamark",
    }
)  # fmt: skip

#: In a `choice`, what isn't taken if another is there.
_NOT_CHOSEN: Final = {"corr": "sic", "reg": "orig", "expan": "abbr"}

#: Where the writer's own notes stand, and what they are called.
_NOTE_PLACES: Final = frozenset({"foot", "bottom", "end", "margin", "left", "right", "top", "marginal", "footer"})
_NOTE_TYPES: Final = frozenset({"footnote", "endnote", "authorial", "author", "original", "note"})

#: Elements that have no words, and what stands for some.
_STAND_INS: Final = {"gap": "[…]", "space": " "}
_SIGNS: Final = frozenset({"pb", "lb", "cb", "delSpan", *_STAND_INS})

_HYPHENS: Final = "-‐¬=⸗"

_SPACES: Final = re.compile("[ \t\r\n]+")

_HEADINGS: Final = re.compile(r"div[1-7]?|body|front|back|text|group")

_TABLES: Final[Mapping[str, tuple[Callable[[Flow], None], Callable[[Flow], None]]]] = {
    "table": (Flow.begin_table, Flow.end_table),
    "row": (Flow.begin_row, Flow.end_row),
    "cell": (Flow.begin_cell, Flow.end_cell),
}

#: What the header of an export of ours says.
_EXPORTED: Final = "Exported from an archive of quotations."


def extract(content: bytes, name: str, options: Options) -> Iterator[Extract]:  # noqa: ARG001
    """Read a TEI document, or each of those in a corpus.

    Args:
        content: The file's bytes.
        name: The file's name.
        options: Of no use here.

    Raises:
        DamagedFileError: It is no TEI, or isn't well-formed.
    """
    root = parse(content, name, _WHAT)
    documents = list(root.iter("{*}TEI", "{*}TEI.2"))
    if not documents:
        raise DamagedFileError(name, _WHAT, "it holds no text")
    for number, document in enumerate(documents, 1):
        found = _read(document)
        if found.text or len(documents) == 1:
            member = None if len(documents) == 1 else document.get(_ID) or f"text {number}"
            yield msgspec.structs.replace(found, member=member)


def _read(document: Element) -> Extract:
    header = child(document, "teiHeader")
    passed = Passed()
    builder = (_exported if _is_exported(header) else _edited)(document, header, passed)
    extracted = describe_header(header) if header is not None else ()
    if not any(each.field == "language" for each in extracted):
        extracted += tuple(_language(document, builder.text))
    terms = licence(header) if header is not None else None
    return Extract(
        text=builder.text,
        extracted=extracted,
        remarks=(*passed.remarks(), *((f"The licence of this edition is {terms}",) if terms else ())),
        segments=builder.segments,
        reader=f"tei lxml {etree.__version__}",
    )


def _is_exported(header: Element | None) -> bool:
    statement = next(header.iter("{*}publicationStmt"), None) if header is not None else None
    return statement is not None and words_of(statement) == _EXPORTED


def _language(document: Element, text: str) -> Iterator[Extracted]:
    stated = next((each.get(_LANG) for each in (*document.iterchildren("{*}text"), document) if each.get(_LANG)), None)
    if stated:
        yield Extracted("language", stated, source="xml:lang")
    elif tag := guess_language(text):
        yield Extracted("language", tag)


def _exported(document: Element, header: Element | None, passed: Passed) -> TextBuilder:  # noqa: ARG001
    """Read an export of ours, whose body holds a document's text to the letter."""
    builder = TextBuilder()
    pages = _Pages()
    for body in list(document.iter("{*}body"))[:1]:
        for kind, element, words in walk(body, lambda _: False):
            if kind == "words":
                builder.add(words)
            elif kind == "start" and local(element) == "pb":
                builder.mark("page", *pages.next(element))
    builder.end_paragraph()
    return builder


def _edited(document: Element, header: Element | None, passed: Passed) -> TextBuilder:
    """Read an edition."""
    text = child(document, "text")
    reading = _Walk(passed, is_letter=header is not None and is_letter(header), persons=_persons(header))
    if text is not None:
        reading.read(text)
    reading.flow.close()
    return reading.flow.builder


def _persons(header: Element | None) -> dict[str, str]:
    """Return the names of those who speak, by their identifiers."""
    persons = header.iter("{*}person", "{*}personGrp") if header is not None else ()
    return {
        f"#{person.get(_ID)}": words_of(name)
        for person in persons
        if (name := next(person.iter("{*}persName", "{*}name"), None)) is not None
    }


class _Pages:
    """Counts pages; what has no number of its own gets the next."""

    def __init__(self) -> None:
        self._count = 0

    def next(self, element: Element) -> tuple[str, str | int]:
        """Return the label and the address of the page that begins."""
        self._count += 1
        return (element.get("n") or "").strip() or str(self._count), element.get("facs") or self._count


class _Walk:
    """A walk over the text of an edition."""

    def __init__(self, passed: Passed, *, is_letter: bool, persons: dict[str, str]) -> None:
        self.flow = Flow()
        self._passed, self._is_letter, self._persons = passed, is_letter, persons
        self._pages = _Pages()
        self._around: list[str] = []  # the names of the elements that are open
        self._lines = 0  # how many of the last ones keep their lines
        self._notes = 0
        self._struck: str | None = None  # where what was struck out ends
        self._place: Element | None = None  # the last place with several readings, and the first of each kind
        self._readings: dict[str, Element] = {}

    def read(self, text: Element) -> None:
        """Put the words of a text into the flow."""
        for kind, element, words in walk(text, self._is_passed_over):
            if kind == "words":
                self._add(words)
            elif kind == "start":
                self._start(element, local(element))
            else:
                self._end(element, local(element))

    def _add(self, words: str) -> None:
        if self._struck is None:
            folded = _SPACES.sub(" ", words)
            self.flow.add(folded[1:] if folded[:1] == " " and self.flow.ends_in_space else folded)

    def _is_passed_over(self, element: Element) -> bool:
        tag = local(element)
        if tag == "note":
            return self._is_editorial(element) and self._passed.add("editors' notes")
        if tag == "back" and self._is_letter:  # what editors put behind it
            return True
        if tag == "del":
            return self._passed.add("deletions")
        if tag in _NOT_CHOSEN or tag == "rdg":
            return self._is_not_chosen(element, tag)
        return tag in _PASSED_OVER

    def _is_editorial(self, note: Element) -> bool:
        """Check whether a note is the editors'; of a letter all are that don't say otherwise."""
        if self._notes:
            return True
        kind, place = note.get("type") or "", note.get("place") or ""
        if kind in _NOTE_TYPES or not _NOTE_PLACES.isdisjoint(place.split()):
            return False
        return bool(self._is_letter or kind or note.get("resp") or note.get("target"))

    def _start(self, element: Element, tag: str) -> None:
        if element.get(_ID) is not None and element.get(_ID) == self._struck:
            self._struck = None
        if tag in _SIGNS:
            self._sign(element, tag)
        elif tag == "note":
            self._begin_note(element)
        elif tag in _TABLES:
            _TABLES[tag][0](self.flow)
        elif self._is_block(element, tag):
            self.flow.end_paragraph()
        elif tag in _LINES or (tag in {"signed", "closer"} and not self.flow.ends_in_space):
            self._break_line()
        if tag == "u":
            self._begin_turn(element)
        self._around.append(tag)

    def _sign(self, element: Element, tag: str) -> None:
        """Take what has no words of its own."""
        if tag in {"pb", "lb", "cb"}:
            self._break_word(element)
        if tag == "pb":
            self.flow.mark("page", *self._pages.next(element))
        elif tag == "delSpan":
            self._struck = (element.get("spanTo") or "").removeprefix("#") or None
            self._passed.add("deletions")
        elif tag in _STAND_INS:
            self._add(_STAND_INS[tag])

    def _end(self, element: Element, tag: str) -> None:
        self._around.pop()
        if tag == "note":
            self._notes -= 1
            self.flow.end_note()
        elif tag in _TABLES:
            _TABLES[tag][1](self.flow)
        elif tag == "head" and self._around and _HEADINGS.fullmatch(self._around[-1]) and not self._notes:
            parent = element.getparent()
            self.flow.end_heading(parent.get(_ID) if parent is not None else None)
        elif _HEADINGS.fullmatch(tag) and not self._notes:
            self.flow.end_chapter()
        elif self._is_block(element, tag):
            self.flow.end_paragraph()
        elif tag == "salute":
            self._add(" ")

    def _is_block(self, element: Element, tag: str) -> bool:
        """Check whether an element is a paragraph where it stands."""
        if tag in _PARTS:
            parent = element.getparent()
            return parent is not None and local(parent) in _AROUND_PARTS
        if tag in {"q", "quote", "cit", "said"}:
            return any(local(each) in {"p", "lg", "l"} for each in element)
        if tag in {"opener", "closer", "address", "list", "figure", "stage", "label"}:
            parent = element.getparent()
            return parent is None or local(parent) not in _PROSE or tag == "list"
        return tag in _BLOCKS

    def _break_word(self, element: Element) -> None:
        """End a line of the source: within a word, the parts are joined; in an address or a poem, it is a line."""
        if element.get("break") == "no":
            self.flow.drop_last(_HYPHENS)
        elif local(element) == "lb" and self._keeps_lines():
            self._break_line()
        elif local(element) != "pb":  # a page may end within a word
            self._add(" ")

    def _keeps_lines(self) -> bool:
        """Check whether the nearest element that decides it keeps lines."""
        for tag in self._around[:-9:-1]:
            if tag in _IN_LINES:
                return True
            if tag in _PROSE:
                return False
        return False

    def _break_line(self) -> None:
        if not self.flow.is_at_start and self._struck is None:
            self.flow.break_line()

    def _begin_note(self, element: Element) -> None:
        self._notes += 1
        label = (element.get("n") or "").strip()
        self.flow.begin_note(label or self.flow.next_note(), element.get(_ID))

    def _begin_turn(self, element: Element) -> None:
        who = element.get("who") or ""
        if who:
            self.flow.mark("turn", self._persons.get(who, who.removeprefix("#")), element.get("start"))

    def _is_not_chosen(self, element: Element, tag: str) -> bool:
        """Check whether another reading of the same place is the source's own."""
        parent = element.getparent()
        if parent is None:
            return False
        if parent is not self._place:
            self._place, self._readings = parent, {}
            for each in parent:
                self._readings.setdefault(local(each), each)
        if tag == "rdg":
            chosen = self._readings.get("lem", self._readings.get("rdg"))
            return local(parent) in {"app", "rdgGrp"} and element is not chosen
        return local(parent) == "choice" and _NOT_CHOSEN[tag] in self._readings
