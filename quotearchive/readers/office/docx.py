"""Word documents: the text as it is printed, notes at the end of their chapter, headings as sections.

What Word computes (numbers of lists, pages) is in no file and so not in the text. Insertions are in; deletions,
comments, hidden text, headers and footers are out. See ECMA-376 and ISO/IEC 29500, both the transitional form and
the strict one, whose namespaces differ: elements are known by their names alone.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lxml import etree

from quotearchive.readers.extracts import Extract, Options
from quotearchive.readers.office.flow import Flow, chapter_level
from quotearchive.readers.office.properties import Property, describe_document
from quotearchive.readers.office.remarks import Passed
from quotearchive.readers.office.styles import Style, Styles, read_styles
from quotearchive.readers.office.symbols import symbol
from quotearchive.readers.packages import Package, resolve
from quotearchive.readers.xml_trees import Element, attribute, child, local, parse, walk, words_of

_WHAT: Final = "a Word document"

#: Elements that hold properties or codes, and no words of the text.
_PASSED_OVER: Final = frozenset(
    {
        "pPr", "rPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "customXmlPr",
        "smartTagPr", "fldData", "instrText", "delInstrText", "delText", "rt", "binData", "ctrlPr",
    }
)  # fmt: skip

#: What breaks or joins words without being one.
_SIGNS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}

#: The elements that begin and end a part of the flow.
_BEGINNINGS: Final[Mapping[str, Callable[[Flow], None]]] = {
    "tbl": Flow.begin_table,
    "tr": Flow.begin_row,
    "tc": Flow.begin_cell,
    "txbxContent": Flow.begin_box,
}
_ENDS: Final[Mapping[str, Callable[[Flow], None]]] = {
    "tbl": Flow.end_table,
    "tr": Flow.end_row,
    "tc": Flow.end_cell,
    "txbxContent": Flow.end_box,
}

#: The properties of a file, by the names of their elements, and the fields they fill.
_PROPERTIES: Final = {"title": "title", "creator": "authors", "created": "date", "language": "language"}

#: The elements whose words are text: of a run, of a formula.
_TEXT: Final = "t"

#: What says no where yes is meant by the attribute's absence, or by the element's presence.
_OFF: Final = frozenset({"0", "false", "off"})

_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def extract(content: bytes, name: str, options: Options) -> Iterator[Extract]:  # noqa: ARG001
    """Read a Word document.

    Args:
        content: The file's bytes.
        name: The file's name.
        options: Of no use here.

    Raises:
        LockedFileError: It needs a password.
        DamagedFileError: It is no Word document, or damaged.
        UnsafeFileError: It would grow beyond measure.
    """
    document = _Document(Package(content, name, _WHAT), name)
    text = document.read()
    yield Extract(
        text=text,
        extracted=describe_document(text, document.properties(), document.title),
        remarks=document.passed.remarks(),
        segments=document.flow.builder.segments,
        reader=f"docx lxml {etree.__version__}",
    )


class _Document:
    """A Word document that is being read."""

    def __init__(self, package: Package, name: str) -> None:
        self._package, self._name = package, name
        self.flow = Flow()
        self.passed = Passed()
        self.title: Property | None = None
        roots = self._related("_rels/.rels", "")
        self._main = next(iter(roots.get("officeDocument", ())), "word/document.xml")
        self._core = next(iter(roots.get("core-properties", ())), "docProps/core.xml")
        folder, _, file = self._main.rpartition("/")
        self._parts = self._related(f"{folder}/_rels/{file}.rels", self._main)
        self._styles = self._read_styles()
        self._notes: dict[str, dict[str, Element]] = {}

    def properties(self) -> tuple[Property, ...]:
        """Return what the file says of itself."""
        content = self._package.read(self._core)
        if content is None:
            return ()
        found = {local(each): words_of(each) for each in parse(content, self._name, _WHAT)}
        return tuple(
            Property(field, found[element], f"core {'dcterms' if field == 'date' else 'dc'}:{element}")
            for element, field in _PROPERTIES.items()
            if found.get(element)
        )

    def read(self) -> str:
        """Return the document's text."""
        root = parse(self._package.require(self._main), self._name, _WHAT)
        self.passed.add("comments", len(self._elements("comments", "comment")))
        self.passed.add("headers and footers", sum(map(self._has_letters, self._margins())))
        chapter = self._chapter_level(root)
        _Walk(self, chapter).read(root)
        self.flow.close()
        return self.flow.text

    def note(self, kind: str, number: str) -> Element | None:
        """Return a footnote or an endnote by its number in the file."""
        if kind not in self._notes:
            elements = self._elements(f"{kind}s", kind)
            self._notes[kind] = {attribute(each, "id") or "": each for each in elements}
        return self._notes[kind].get(number)

    def note_ref(self, kind: str, number: str) -> str:
        """Return where a note is found in the file."""
        return f"{next(iter(self._parts.get(f'{kind}s', ())), kind)}#{number}"

    def style(self, element: Element) -> Style:
        """Return what a paragraph's style and its own properties say of it."""
        return self._styles.of(element)

    def _elements(self, relation: str, tag: str) -> list[Element]:
        """Return the elements of a part that the document is related to."""
        for part in self._parts.get(relation, ()):
            content = self._package.read(part)
            if content is not None:
                return [each for each in parse(content, self._name, _WHAT) if local(each) == tag]
        return []

    def _margins(self) -> Iterator[Element]:
        """Yield the headers and footers."""
        for part in (*self._parts.get("header", ()), *self._parts.get("footer", ())):
            if content := self._package.read(part):
                yield parse(content, self._name, _WHAT)

    def _has_letters(self, root: Element) -> bool:
        """Check for words; a number of a page is none."""
        return any(sign.isalpha() for each in root.iter("{*}t") for sign in each.text or "")

    def _related(self, part: str, base: str) -> dict[str, list[str]]:
        """Return the names of related parts by the kind of their relation; what lies outside isn't followed."""
        content = self._package.read(part)
        found: dict[str, list[str]] = {}
        for each in parse(content, self._name, _WHAT) if content is not None else ():
            target = each.get("Target")
            if target and each.get("TargetMode") != "External":
                kind = (each.get("Type") or "").rpartition("/")[2]
                found.setdefault(kind, []).append(resolve(base, target))
        return found

    def _read_styles(self) -> Styles:
        parts = [*self._parts.get("styles", ()), *self._parts.get("numbering", ())]
        contents = (self._package.read(part) for part in parts)
        return read_styles([parse(content, self._name, _WHAT) for content in contents if content is not None])

    def _chapter_level(self, root: Element) -> int | None:
        levels = (self._styles.of(each).level for each in root.iter("{*}p"))
        return chapter_level(level for level in levels if level is not None)


class _Walk:
    """One walk over the body of a document, or over a note."""

    def __init__(self, document: _Document, chapter: int | None, *, is_note: bool = False) -> None:
        self._document, self._flow, self._passed = document, document.flow, document.passed
        self._chapter, self._is_note = chapter, is_note
        self._fields: list[bool] = []  # of each field that is open, whether its result has begun
        self._codes = 0  # how many of them are at their code
        self._has_codes = True  # whether fields that begin also end
        self._styles: list[Style] = []  # of each paragraph that is open
        self._numbers = {"footnote": 0, "endnote": 0}
        self._read_notes: set[tuple[str, str]] = set()

    def read(self, root: Element) -> None:
        """Put the words of an element, and of all in it, into the flow."""
        self._has_codes = _is_balanced(root)
        for kind, element, words in walk(root, self._is_passed_over):
            if kind == "words":
                if local(element) == _TEXT and not self._is_code:
                    self._flow.add(words)
            elif kind == "start":
                self._start(element)
            else:
                self._end(element)

    @property
    def _is_code(self) -> bool:
        """Whether what comes is the code of a field, or in it."""
        return self._codes > 0 and self._has_codes

    def _is_passed_over(self, element: Element) -> bool:
        tag = local(element)
        if tag == "Fallback":  # what older programs show instead of what stands before
            parent = element.getparent()
            return parent is not None and local(parent[0]) == "Choice"
        what = _left_out(element, tag)
        return self._passed.add(what) if what else tag in _PASSED_OVER

    def _start(self, element: Element) -> None:
        tag = local(element)
        if tag in _SIGNS:
            self._flow.add("" if self._is_code else _SIGNS[tag])
        elif tag == "p":
            self._styles.append(self._document.style(element))
            self._begin_paragraph(element)
        elif tag in _BEGINNINGS:
            _BEGINNINGS[tag](self._flow)
        elif tag == "fldChar":
            self._turn(attribute(element, "fldCharType"))
        elif tag == "sym":
            self._add_symbol(element)
        elif tag in {"ins", "moveTo"}:
            self._passed.add("insertions")
        elif tag in {"footnoteReference", "endnoteReference"}:
            self._add_note(tag.removesuffix("Reference"), element)

    def _end(self, element: Element) -> None:
        tag = local(element)
        if tag == "p":
            self._end_paragraph(element, self._styles.pop())
        elif tag in _ENDS:
            _ENDS[tag](self._flow)

    def _begin_paragraph(self, element: Element) -> None:
        style = self._styles[-1]
        if style.is_numbered and len(element) > 1:
            self._passed.add("numbers")
        ends_chapter = style.level is not None and self._chapter is not None and style.level <= self._chapter
        if ends_chapter and len(self._styles) == 1 and not self._is_note:
            self._flow.end_chapter()

    def _end_paragraph(self, element: Element, style: Style) -> None:
        if _is_joined_to_next(element):
            return
        if style.level is not None and not self._is_note and not self._flow.is_at_start:
            self._flow.end_heading(attribute(element, "paraId"))
            return
        if style.is_title and self._document.title is None and (words := self._flow.words):
            self._document.title = Property("title", words, f"style {style.name}")
        self._flow.end_paragraph()

    def _turn(self, kind: str | None) -> None:
        """Follow a field: its code, perhaps its result, its end."""
        if kind == "begin":
            self._fields.append(False)
            self._codes += 1
        elif kind == "separate" and self._fields and not self._fields[-1]:
            self._fields[-1] = True
            self._codes -= 1
        elif kind == "end" and self._fields:
            self._codes -= not self._fields.pop()

    def _add_symbol(self, element: Element) -> None:
        sign = symbol(attribute(element, "font") or "", attribute(element, "char") or "")
        if sign is None:
            self._passed.add("symbols")
        self._flow.add(sign or "\ufffd")

    def _add_note(self, kind: str, element: Element) -> None:
        number = attribute(element, "id") or ""
        note = None if self._is_note else self._document.note(kind, number)
        if note is None:
            return
        is_endnote = kind == "endnote"
        has_own_mark = _is_on(element, "customMarkFollows")  # which is in the words here, and in those of the note
        if has_own_mark:
            label = "".join(words_of(each) for each in element.itersiblings() if local(each) == _TEXT) or "*"
        else:
            self._numbers[kind] += 1
            label = _roman(self._numbers[kind]) if is_endnote else str(self._numbers[kind])
        ref = self._document.note_ref(kind, number)
        self._flow.begin_note(label, ref, is_endnote=is_endnote, is_marked=has_own_mark)
        if (kind, number) not in self._read_notes:  # a second reference has a mark, and no second note
            self._read_notes.add((kind, number))
            _Walk(self._document, None, is_note=True).read(note)
        self._flow.end_note()


def _is_balanced(root: Element) -> bool:
    """Check whether all fields end; of others no word is taken for code, so that none is lost."""
    kinds = Counter(attribute(each, "fldCharType") for each in root.iter("{*}fldChar"))
    return kinds["begin"] == kinds["end"]


def _left_out(element: Element, tag: str) -> str | None:
    """Return what an element is if it is left out, and told."""
    is_deleted = (
        tag in {"del", "moveFrom"}
        or (tag == "tr" and _has(element, "trPr", "del"))
        or (tag == "tc" and _has(element, "tcPr", "cellDel"))
    )
    if is_deleted:
        return "deletions"
    if tag == "altChunk":
        return "embedded documents"
    return "hidden passages" if tag == "r" and _is_hidden(element) else None


def _is_hidden(run: Element) -> bool:
    """Check whether the words of a run are neither shown nor printed."""
    hidden = child(child(run, "rPr"), "vanish")
    return hidden is not None and attribute(hidden, "val") not in _OFF and child(run, _TEXT) is not None


def _has(element: Element, properties: str, tag: str) -> bool:
    """Check whether the properties of an element have an element of a name."""
    return child(child(element, properties), tag) is not None


def _is_joined_to_next(paragraph: Element) -> bool:
    """Check whether the end of a paragraph was deleted."""
    return child(child(child(paragraph, "pPr"), "rPr"), "del") is not None


def _is_on(element: Element, name: str) -> bool:
    return (attribute(element, name) or "false") not in _OFF


def _roman(number: int) -> str:
    """Write a number as Word numbers endnotes.

    >>> _roman(4), _roman(19)
    ('iv', 'xix')
    """
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written
