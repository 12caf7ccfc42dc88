"""The bytes of HTML and XHTML as a tree: decoded as they declare, and complete however deep they are nested."""

import codecs
import html.entities
import re
from typing import Final, cast

import lxml.etree
import lxml.html

from quotearchive.errors import NotTextError
from quotearchive.readers.charsets import codec_of
from quotearchive.readers.encodings import Decoded, decode

#: A tree, and each element of it.
Element = lxml.etree._Element  # noqa: SLF001 - lxml has no other name for it

#: How deep elements lie that are kept as they are. Below it the parser would drop them with their text.
_DEPTH: Final = 200

#: How much of a page is searched for the encoding that it declares, as browsers do, and a little more.
_PRESCAN: Final = 4096

_DECLARED: Final = re.compile(
    rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w:.-]{1,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{1,40})""",
    re.IGNORECASE,
)

#: What pages that call themselves ASCII are in.
_ASCII: Final = "cp1252"

#: Encodings of seven bits, whose bytes would pass for ASCII.
_SEVEN_BITS: Final = frozenset({"iso2022_jp", "hz"})

#: What hides scripts in what seems to be text, or isn't an encoding of characters.
_NEVER: Final = frozenset({"utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})

#: What no page can hold: lxml would stop at the first, or refuse the page.
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")

#: A tag, or what is no markup although it looks like it.
_TAG: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|title)\b[^>]*>.*?(?:</\1\s*>|\Z)|<(/?)([a-zA-Z][^\s/>]{0,40})[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)

#: Elements that have no end.
_VOID: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th".split()  # noqa: SIM905 - a list would be a line a name
)

#: Elements that stand within a line.
_INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small span "  # noqa: SIM905 - a list is long
    "strike strong sub sup time tt u var".split()
)

_ENTITY: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")

#: The entities that XML knows without being told.
_XML_ENTITIES: Final = frozenset({"lt", "gt", "amp", "quot", "apos"})

_XML_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]{0,500}\?>")

_DOCTYPE: Final = re.compile(r"<!DOCTYPE[^\[>]{0,500}(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)


def decode_markup(content: bytes, charset: str | None = None) -> Decoded:
    r"""Decode a page: by its byte order mark, as UTF-8 if it is that, as it declares, or by what makes sense.

    UTF-8 goes before what is declared, since other encodings are hardly ever valid UTF-8, and browsers save
    pages in UTF-8 whatever they declare.

    Args:
        content: Its bytes.
        charset: The encoding that was declared outside of it, by the server or the mail, if any.

    >>> decode_markup(b'<meta charset="iso-8859-2"><p>\xb3').text[-1]
    'ł'
    """
    if any(content.startswith(mark) for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _as_text(content, None)
    declared = [name for name in (_codec(charset), _codec(_declared(content))) if name]
    tried = [name for name in declared if name in _SEVEN_BITS] + ["utf-8"] + declared
    for name in tried:
        try:
            text = content.decode(name)
        except (UnicodeError, LookupError):
            continue
        if "\x00" in text and b"\x00" in content[:_PRESCAN] and name == "utf-8":
            continue  # perhaps UTF-16
        return Decoded(text, name)
    return _as_text(content, next(iter(declared), None))


def _as_text(content: bytes, declared: str | None) -> Decoded:
    """Decode as any text is; what is no clean text is read with marks for what can't be."""
    try:
        decoded = decode(content, "")
    except NotTextError:
        return Decoded(content.decode(declared or "utf-8", "replace"), declared or "utf-8", is_guessed=True)
    # One stray byte doesn't make another encoding of it.
    if declared and decoded.is_guessed:
        return Decoded(content.decode(declared, "replace"), declared)
    return decoded


def _declared(content: bytes) -> str | None:
    found = _DECLARED.search(content[:_PRESCAN])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def _codec(charset: str | None) -> str | None:
    """Return Python's name of an encoding that a page may be in."""
    name = codec_of(charset)
    if name is None or name in _NEVER:
        return None
    return _ASCII if name == "ascii" else name


def parse(content: bytes | str, charset: str | None = None) -> Element:
    r"""Return the tree of an HTML page, without its comments; nothing of it is fetched.

    Args:
        content: The page; bytes are decoded as it declares.
        charset: The encoding that was declared outside of it, if any.

    >>> parse("<p>Deep" * 2).xpath("count(//p)")
    2.0
    """
    text = _clean(content if isinstance(content, str) else decode_markup(content, charset).text)
    tree, is_cut = _parsed(text)
    return _parsed(_flatten(text), huge_tree=True)[0] if is_cut else tree


def parse_xhtml(content: bytes | str) -> Element:
    """Return the tree of an XHTML page such as a book's, with namespaces; as HTML if it is no XML.

    Args:
        content: The page; bytes are decoded as it declares.
    """
    text = _clean(content if isinstance(content, str) else decode_markup(content).text)
    # Entities are replaced here: they are defined in a file elsewhere, which is never fetched.
    source = _ENTITY.sub(_character, _DOCTYPE.sub("", _XML_DECLARATION.sub("", text, count=1), count=1))
    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, load_dtd=False
    )
    try:
        return lxml.etree.fromstring(source.strip().encode(), parser)
    except (lxml.etree.XMLSyntaxError, ValueError):
        return parse(text)


def _character(entity: re.Match[str]) -> str:
    name = entity[1]
    return entity[0] if name in _XML_ENTITIES else html.entities.html5.get(f"{name};", entity[0])


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _parsed(text: str, *, huge_tree: bool = False) -> tuple[Element, bool]:
    """Parse a page, and tell whether something of it was dropped."""
    # Beyond its own limits of depth and length lxml would drop the rest; those of a huge tree are wider.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=huge_tree, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        tree = lxml.html.document_fromstring(text.encode(), parser=parser, ensure_head_body=True)
    except lxml.etree.ParserError:  # nothing in it
        tree = lxml.html.document_fromstring(b"<html><body></body></html>", parser=parser)
    limit = lxml.etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return cast("Element", tree), any(entry.type == limit for entry in parser.error_log)


def _flatten(text: str) -> str:
    """Take away the tags that lie too deep; where blocks began or ended there, paragraphs end."""
    depth = 0
    dropped: list[str] = []

    def shallow(tag: re.Match[str]) -> str:
        nonlocal depth
        name = (tag[3] or "").lower()
        if not name or name in _VOID:
            return tag[0]
        if tag[2]:
            if dropped:
                return "" if dropped.pop() in _INLINE else "<p>"
            depth = max(0, depth - 1)
            return tag[0]
        if depth < _DEPTH:
            depth += 1
            return tag[0]
        dropped.append(name)
        return "" if name in _INLINE else "<p>"

    return _TAG.sub(shallow, text)
