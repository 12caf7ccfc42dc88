"""OpenDocument texts: the text as it is printed, notes at the end of their chapter, headings as sections.

Deleted words, which the file keeps apart, and comments are out; so are headers and footers, which stand with the
styles. See https://docs.oasis-open.org/office/OpenDocument/v1.3/. A file is a package of parts, or all in one XML.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lxml import etree

from quotearchive.readers.errors import DamagedFileError, LockedFileError
from quotearchive.readers.extracts import Extract, Options
from quotearchive.readers.office.flow import Flow, chapter_level
from quotearchive.readers.office.properties import Property, describe_document
from quotearchive.readers.office.remarks import Passed
from quotearchive.readers.packages import Package
from quotearchive.readers.xml_trees import Element, attribute, child, local, parse, walk, words_of

_WHAT: Final = "an OpenDocument text"

#: Elements whose words aren't the text's: sources of indexes, code, descriptions, what is listed elsewhere.
_PASSED_OVER: Final = frozenset(
    {
        "table-of-content-source", "alphabetical-index-source", "bibliography-source", "illustration-index-source",
        "object-index-source", "table-index-source", "user-index-source", "sequence-decls", "variable-decls",
        "user-field-decls", "dde-connection-decls", "alphabetical-index-auto-mark-file", "forms", "script", "title",
        "desc", "object", "object-ole", "event-listeners", "ruby-text", "number", "note-citation", "scripts",
        "covered-table-cell", "annotation-end", "binary-data", "glue-point", "tracked-changes", "format-change",
    }
)  # fmt: skip

#: Elements in which words stand.
_PARAGRAPHS: Final = frozenset({"p", "h"})

#: Shapes that words are written in.
_BOXES: Final = frozenset(
    {"text-box", "custom-shape", "rect", "circle", "ellipse", "line", "polyline", "polygon", "path", "connector"}
    | {"caption", "measure", "regular-polygon"}
)

_BEGINNINGS: Final[Mapping[str, Callable[[Flow], None]]] = {
    "table": Flow.begin_table,
    "table-row": Flow.begin_row,
    "table-cell": Flow.begin_cell,
} | dict.fromkeys(_BOXES, Flow.begin_box)
_ENDS: Final[Mapping[str, Callable[[Flow], None]]] = {
    "table": Flow.end_table,
    "table-row": Flow.end_row,
    "table-cell": Flow.end_cell,
    "note": Flow.end_note,
} | dict.fromkeys(_BOXES, Flow.end_box)

#: The most blanks that one element stands for: a line of a page is no longer.
_MOST_BLANKS: Final = 500

_SPACES: Final = re.compile("[ \t\r\n]+")

#: The properties of a file, by the names of their elements, and the fields they fill.
_PROPERTIES: Final = {
    "title": ("title", "meta dc:title"),
    "initial-creator": ("authors", "meta meta:initial-creator"),
    "creator": ("authors", "meta dc:creator"),
    "creation-date": ("date", "meta meta:creation-date"),
    "language": ("language", "meta dc:language"),
}


def extract(content: bytes, name: str, options: Options) -> Iterator[Extract]:  # noqa: ARG001
    """Read an OpenDocument text.

    Args:
        content: The file's bytes.
        name: The file's name.
        options: Of no use here.

    Raises:
        LockedFileError: It needs a password.
        DamagedFileError: It is no OpenDocument text, or damaged.
        UnsafeFileError: It would grow beyond measure.
    """
    is_flat = content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    body, meta, styles = (_flat if is_flat else _parts)(content, name)
    document = _Walk(body)
    document.passed.add("headers and footers", sum(map(_has_letters, _margins(styles))))
    document.read()
    yield Extract(
        text=document.flow.text,
        extracted=describe_document(document.flow.text, _properties(meta), document.title),
        remarks=document.passed.remarks(),
        segments=document.flow.builder.segments,
        reader=f"odt lxml {etree.__version__}",
    )


def _parts(content: bytes, name: str) -> tuple[Element, Element | None, Element | None]:
    """Return the body, the properties and the styles of a package."""
    package = Package(content, name, _WHAT)
    manifest = package.read("META-INF/manifest.xml")
    if manifest is not None and any(True for _ in parse(manifest, name, _WHAT).iter("{*}encryption-data")):
        raise LockedFileError(name)
    root = parse(package.require("content.xml"), name, _WHAT)
    meta, styles = (
        parse(part, name, _WHAT) if part else None for part in map(package.read, ("meta.xml", "styles.xml"))
    )
    return _body(root, name), child(meta, "meta"), styles


def _flat(content: bytes, name: str) -> tuple[Element, Element | None, Element | None]:
    """Return the body and the properties of a document in one file, and that itself, which has the styles."""
    root = parse(content, name, _WHAT)
    return _body(root, name), child(root, "meta"), root


def _margins(styles: Element | None) -> Iterator[Element]:
    """Yield the headers and footers, which stand with the styles of pages."""
    pages = child(styles, "master-styles")
    if pages is not None:
        yield from pages.iter("{*}header", "{*}header-left", "{*}header-first")
        yield from pages.iter("{*}footer", "{*}footer-left", "{*}footer-first")


def _has_letters(margin: Element) -> bool:
    """Check for words; a number of a page is none."""
    return any(map(str.isalpha, words_of(margin)))


def _body(root: Element, name: str) -> Element:
    text = child(child(root, "body"), "text")
    if text is None:
        raise DamagedFileError(name, _WHAT, "it holds no text")
    return text


def _properties(meta: Element | None) -> tuple[Property, ...]:
    found = {local(each): words_of(each) for each in meta} if meta is not None else {}
    return tuple(
        Property(field, found[element], source)
        for element, (field, source) in _PROPERTIES.items()
        if found.get(element)
        # Who changed it last is its author only where nobody is known to have begun it.
        and not (element == "creator" and found.get("initial-creator"))
    )


class _Walk:
    """One walk over the body of a document."""

    def __init__(self, body: Element) -> None:
        self.flow = Flow()
        self.passed = Passed()
        self.title: Property | None = None
        self._body = body
        self._chapter = chapter_level(map(_level, body.iter("{*}h")))
        self._paragraphs = 0  # that are open
        self._notes = 0  # that are open

    def read(self) -> None:
        """Put the words of the body into the flow."""
        for kind, element, words in walk(self._body, self._is_passed_over):
            if kind == "start":
                self._start(element, local(element))
            elif kind == "end":
                self._end(element, local(element))
            elif self._paragraphs:
                self._add(words)
        self.flow.close()

    def _add(self, words: str) -> None:
        """Add words; white space in the file is one space, and none at the beginning of a paragraph."""
        folded = _SPACES.sub(" ", words)
        self.flow.add(folded[1:] if folded[:1] == " " and self.flow.ends_in_space else folded)

    def _is_passed_over(self, element: Element) -> bool:
        tag = local(element)
        if tag == "annotation":
            return self.passed.add("comments")
        if tag == "changed-region":
            return False
        if tag == "tracked-changes":
            for change in element.iter("{*}deletion", "{*}insertion"):
                self.passed.add(f"{local(change)}s")
            return True
        if attribute(element, "is-hidden") == "true" or (tag == "section" and attribute(element, "display") == "none"):
            return self.passed.add("hidden passages")
        return tag in _PASSED_OVER

    def _start(self, element: Element, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._begin_paragraph(element, tag)
        elif tag in _BEGINNINGS:
            _BEGINNINGS[tag](self.flow)
        elif tag == "s":
            count = attribute(element, "c") or "1"
            self.flow.add(" " * min(_MOST_BLANKS, int(count)) if count.isdecimal() and len(count) < 9 else " ")  # noqa: PLR2004 - digits
        elif tag == "tab":
            self.flow.add("\t")
        elif tag == "line-break":
            self.flow.add("\n")
        elif tag == "note":
            self._begin_note(element)
        elif tag == "list-item" and child(element, "number") is not None:
            self.passed.add("numbers")

    def _end(self, element: Element, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._paragraphs -= 1
            self._end_paragraph(element, tag)
        elif tag in _ENDS:
            self._notes -= tag == "note"
            _ENDS[tag](self.flow)

    def _begin_paragraph(self, element: Element, tag: str) -> None:
        is_chapter = tag == "h" and self._chapter is not None and _level(element) <= self._chapter
        if is_chapter and not self._paragraphs:
            self.flow.end_chapter()
        self._paragraphs += 1

    def _end_paragraph(self, element: Element, tag: str) -> None:
        if tag == "h" and not self._notes and not self.flow.is_at_start:
            self.flow.end_heading()
            return
        style = attribute(element, "style-name") or ""
        if style == "Title" and self.title is None and (words := self.flow.words):
            self.title = Property("title", words, f"style {style}")
        self.flow.end_paragraph()

    def _begin_note(self, element: Element) -> None:
        citation = child(element, "note-citation")
        label = (words_of(citation) if citation is not None else "") or "*"
        is_endnote = attribute(element, "note-class") == "endnote"
        self._notes += 1
        self.flow.begin_note(label, attribute(element, "id"), is_endnote=is_endnote)


def _level(heading: Element) -> int:
    stated = attribute(heading, "outline-level") or "1"
    return int(stated) if stated.isdecimal() and len(stated) == 1 else 1
