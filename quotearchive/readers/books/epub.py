"""Books as EPUB: their chapters in order, with the pages of the printed edition where the book knows them.

See https://www.w3.org/TR/epub-33/. Chapters are called what the book's table of contents calls them; the table
itself is left out where it is a document of its own. Locked chapters are told and left out.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from quotearchive.readers.builder import TextBuilder
from quotearchive.readers.errors import DamagedFileError, LockedFileError
from quotearchive.readers.extracts import Extract, Extracted, Options
from quotearchive.readers.languages import guess_language, is_tag
from quotearchive.readers.office.remarks import Passed
from quotearchive.readers.packages import Package, resolve
from quotearchive.readers.web.markup import Element, name_of, parse_xhtml, render
from quotearchive.readers.xml_trees import attribute, child, local, parse, words_of

_WHAT: Final = "an EPUB book"

#: The ways in which fonts are made unusable elsewhere; they lock nothing that is read.
_FONT_LOCKS: Final = frozenset(
    {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC", "http://www.idpf.org/2008/embedding#"}
)

_EPUB_TYPE: Final = "{http://www.idpf.org/2007/ops}type"

#: What calls an element the place where a printed page begins.
_BREAKS: Final = frozenset({"pagebreak", "doc-pagebreak"})

#: Media types of chapters.
_PAGES: Final = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})

#: An identifier of a page break that ends in its number: `page_12`, `pg-xiv`.
_NUMBERED: Final = re.compile(r"(?:page|pg|p|pb|seite|s)[-_.]?([0-9]{1,5}|[ivxlc]{1,8})", re.IGNORECASE)

#: Words before the number of a page that mean nothing more.
_BEFORE_NUMBER: Final = re.compile(r"(?:page|p\.|pg\.?|seite|s\.)\s+", re.IGNORECASE)

_DAY: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_ADDRESS: Final = re.compile(r"https?://\S+")

#: Titles that programs put in.
_NO_TITLE: Final = frozenset({"unknown", "untitled", "[no title]", "no title", "unbekannt"})
_NOBODY: Final = frozenset({"unknown", "[unknown]", "anonymous user", "unbekannt"})


def extract(content: bytes, name: str, options: Options) -> Iterator[Extract]:  # noqa: ARG001
    """Read a book.

    Args:
        content: The file's bytes.
        name: The file's name.
        options: Of no use here.

    Raises:
        LockedFileError: All its chapters are locked.
        DamagedFileError: It is no book, or damaged.
        UnsafeFileError: It would grow beyond measure.
    """
    book = _Book(Package(content, name, _WHAT), name)
    book.read()
    extracted = tuple(book.metadata())
    if not any(each.field == "language" and not each.is_guess for each in extracted):
        tag = guess_language(book.builder.text)
        extracted += (Extracted("language", tag),) if tag else ()
    yield Extract(
        text=book.builder.text,
        extracted=extracted,
        remarks=book.passed.remarks(),
        segments=book.builder.segments,
        reader=f"epub lxml {etree.__version__}",
    )


class _Book:
    """A book that is being read."""

    def __init__(self, package: Package, name: str) -> None:
        self._package, self._name = package, name
        self.builder = TextBuilder()
        self.passed = Passed()
        container = parse(package.require("META-INF/container.xml"), name, _WHAT)
        rootfile = next(
            (each.get("full-path") for each in container.iter("{*}rootfile") if each.get("full-path")), None
        )
        if rootfile is None:
            raise DamagedFileError(name, _WHAT, "its container names no book")
        self._opf = rootfile
        self._root = parse(package.require(rootfile), name, _WHAT)
        self._items = {each.get("id") or "": each for each in self._root.iter("{*}item")}
        self._locked = self._locked_parts()
        self._titles: dict[str, str] = {}
        self._pages: dict[str, str] = {}

    def read(self) -> None:
        """Put the chapters into the text."""
        self._read_contents()
        chapters = list(self._chapters())
        for part in chapters:
            if part in self._locked:
                self.passed.add("locked chapters")
                continue
            content = self._package.read(part)
            if content is not None:
                self._add(part, content)
        if chapters and all(part in self._locked for part in chapters):
            raise LockedFileError(self._name, "Only the shop's own programs open it; add a copy without that lock.")

    def metadata(self) -> Iterator[Extracted]:
        """Yield what the book says of itself."""
        metadata = child(self._root, "metadata")
        elements = [] if metadata is None else list(metadata.iter("{*}title", "{*}creator", "{*}publisher", "{*}date"))
        refined = self._refinements(metadata)
        yield from _title([each for each in elements if local(each) == "title"], refined)
        yield Extracted("kind", "other")
        for each in elements:
            words, tag = words_of(each), local(each)
            role = attribute(each, "role") or refined.get((each.get("id") or "", "role"), "aut")
            if tag == "creator" and role == "aut" and words and words.casefold() not in _NOBODY:
                yield Extracted("authors", words, source="dc:creator")
            elif tag == "publisher" and words:
                yield Extracted("publisher", words, source="dc:publisher")
            elif tag == "date" and (day := _DAY.match(words)):
                # It is the day of the file more often than that of the book.
                yield Extracted("date", day[0], source="dc:date", is_guess=True)
        yield from self._addresses(metadata)

    def _addresses(self, metadata: Element | None) -> Iterator[Extracted]:
        """Yield the book's language and its address, or that of its source."""
        if metadata is None:
            return
        for each in metadata.iter("{*}language"):
            if is_tag(stated := words_of(each)):
                # A book that was converted may say any language: it is believed where its words don't say another.
                guess = guess_language(self.builder.text)
                is_doubtful = guess is not None and guess.partition("-")[0] != stated.partition("-")[0].lower()
                yield Extracted("language", stated, source="dc:language", is_guess=is_doubtful)
                break
        for tag in ("identifier", "source"):
            for each in metadata.iter(f"{{*}}{tag}"):
                if _ADDRESS.fullmatch(words := words_of(each)):
                    yield Extracted("url", words, source=f"dc:{tag}")
                    return

    def _refinements(self, metadata: Element | None) -> dict[tuple[str, str], str]:
        """Return what is said of other elements, by their identifiers and the property."""
        found = metadata.iter("{*}meta") if metadata is not None else ()
        return {
            ((each.get("refines") or "").removeprefix("#"), each.get("property") or ""): words_of(each)
            for each in found
            if each.get("refines")
        }

    def _chapters(self) -> Iterator[str]:
        """Yield the names of the parts in order; what isn't part of the main order comes last."""
        spine = [each for each in self._root.iter("{*}itemref") if each.get("idref") in self._items]
        for linear in (True, False):
            for each in spine:
                item = self._items[each.get("idref") or ""]
                is_page = (item.get("media-type") or "application/xhtml+xml") in _PAGES
                is_contents = "nav" in (item.get("properties") or "").split()
                if is_page and not is_contents and (each.get("linear") != "no") == linear:
                    yield resolve(self._opf, item.get("href") or "")

    def _locked_parts(self) -> set[str]:
        content = self._package.read("META-INF/encryption.xml")
        locked = set()
        for each in parse(content, self._name, _WHAT).iter("{*}EncryptedData") if content is not None else ():
            method = next(each.iter("{*}EncryptionMethod"), None)
            if method is not None and method.get("Algorithm") in _FONT_LOCKS:
                continue
            locked |= {resolve("", found.get("URI") or "") for found in each.iter("{*}CipherReference")}
        return locked

    def _read_contents(self) -> None:
        """Read how the table of contents calls chapters and, if there is a list of them, pages."""
        spine = next(self._root.iter("{*}spine"), None)
        for item in self._items.values():
            part = resolve(self._opf, item.get("href") or "")
            if "nav" in (item.get("properties") or "").split() and (content := self._package.read(part)):
                self._read_nav(part, parse_xhtml(content))
        ncx = self._items.get(spine.get("toc") or "") if spine is not None else None
        if ncx is not None:
            part = resolve(self._opf, ncx.get("href") or "")
            if content := self._package.read(part):
                self._read_ncx(part, parse(content, self._name, _WHAT))

    def _read_nav(self, part: str, root: Element) -> None:
        for nav in root.iter("{*}nav"):
            kinds = (nav.get(_EPUB_TYPE) or "").split()
            names = self._titles if "toc" in kinds else self._pages if "page-list" in kinds else None
            if names is None:
                continue
            for link in nav.iter("{*}a"):
                _call(names, part, link.get("href"), words_of(link))

    def _read_ncx(self, part: str, root: Element) -> None:
        for point in root.iter("{*}navPoint", "{*}pageTarget"):
            names = self._titles if local(point) == "navPoint" else self._pages
            label = child(point, "navLabel")
            target = child(point, "content")
            if label is not None and target is not None:
                _call(names, part, target.get("src"), words_of(label))

    def _add(self, part: str, content: bytes) -> None:
        """Put one part of the book into the text."""
        root = parse_xhtml(content)
        body = next((each for each in root.iter() if name_of(each) == "body"), root)
        if title := self._titles.get(part):
            self.builder.mark("section", title, part)
        render(body, self.builder, lambda element: self._meet(part, element))

    def _meet(self, part: str, element: Element) -> bool | None:
        """Let sections and pages begin where an element says so; a page's number is no word of the text."""
        kinds = f"{element.get(_EPUB_TYPE) or element.get('epub:type') or ''} {element.get('role') or ''}".split()
        identifier = element.get("id") or (element.get("name") if name_of(element) == "a" else None)
        ref = f"{part}#{identifier}" if identifier else part
        if title := self._titles.get(ref) if identifier else None:
            self.builder.mark("section", title, ref)
        if not _BREAKS.isdisjoint(kinds):
            label = self._label(element, ref)
            if label:
                self.builder.mark("page", label, ref)
            return False
        if identifier and ref in self._pages:
            self.builder.mark("page", self._pages[ref], ref)
        return "toc" not in kinds

    def _label(self, element: Element, ref: str) -> str:
        """Return the number of the printed page that begins at an element."""
        numbered = _NUMBERED.fullmatch(element.get("id") or "")
        found = (
            self._pages.get(ref)
            or element.get("title")
            or element.get("aria-label")
            or words_of(element)
            or (numbered[1] if numbered else "")
        )
        return _BEFORE_NUMBER.sub("", " ".join(found.split()).rstrip("."), count=1)


def _call(names: dict[str, str], part: str, href: str | None, words: str) -> None:
    """Note what a table of contents calls the place that an address leads to."""
    if href and words:
        fragment = href.partition("#")[2]
        names.setdefault(f"{resolve(part, href)}#{fragment}" if fragment else resolve(part, href), words)


def _title(titles: list[Element], refined: dict[tuple[str, str], str]) -> Iterator[Extracted]:
    """Yield the main title, with the subtitle if the book says which is which."""
    kinds = {refined.get((each.get("id") or "", "title-type"), ""): words_of(each) for each in reversed(titles)}
    words = kinds.get("main") or (words_of(titles[0]) if titles else "")
    subtitle = kinds.get("subtitle")
    if words and words.casefold() not in _NO_TITLE:
        yield Extracted("title", f"{words}: {subtitle}" if subtitle and words != subtitle else words, source="dc:title")
