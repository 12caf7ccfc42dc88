"""XML parsed and walked with caution: nothing is fetched, entities can't multiply, and depth costs no stack.

A text that lies deeper than the parser goes is an error, never left out in silence.
"""

import re
from collections.abc import Callable, Iterator
from html.entities import html5
from typing import Final, Literal

from lxml import etree

from quotearchive.errors import on_one_line
from quotearchive.readers.errors import DamagedFileError

#: A document type with declarations of its own, which could make much of little: the parser keeps all its limits.
_DECLARATIONS: Final = re.compile(rb"<!DOCTYPE[^>\[]{0,2000}\[|<!ENTITY")

#: How XML begins in an encoding in which a declaration can be seen among its bytes.
_READABLE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?!\?xml[^>]{0,200}encoding)"
    rb"|(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}encoding\s*=\s*[\"'](?:utf-?8|us-ascii|iso-8859-[0-9]+|windows-125[0-9])[\"']",
    re.IGNORECASE,
)

#: A tree, and each element of it.
Element = etree._Element  # noqa: SLF001 - lxml has no other name for it

#: What a walk meets: an element begins, or ends, or there are words.
Step = tuple[Literal["start", "end", "words"], Element, str]


def parse(content: bytes, name: str, what: str) -> Element:
    """Parse XML.

    Args:
        content: Its bytes, in the encoding that they declare.
        name: What to call the file in an error.
        what: What it should be: `a Word document`.

    Raises:
        DamagedFileError: It isn't well-formed, is nested too deeply, or grows by its entities.
    """
    # Without declarations, the limits on depth and length may be lifted: these alone guard against entities.
    is_plain = bool(_READABLE.match(content)) and not _DECLARATIONS.search(content)
    parser = etree.XMLParser(
        resolve_entities=False if is_plain else "internal",
        no_network=True,
        load_dtd=False,
        huge_tree=is_plain,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise DamagedFileError(name, what, on_one_line(str(error))) from error


def walk(root: Element, is_passed_over: Callable[[Element], bool]) -> Iterator[Step]:
    """Yield the elements and words below an element in their order, without recursion.

    Args:
        root: The element; it comes first and last.
        is_passed_over: Whether an element, with all in it, is left out; what follows it isn't.
    """
    walker = etree.iterwalk(root, events=("start", "end", "comment"))
    skipped: Element | None = None
    for event, element in walker:
        if not isinstance(element.tag, str):
            if event == "start":
                yield "words", element, _meant(element)
                continue
        elif event == "start":
            if is_passed_over(element):
                skipped = element
                walker.skip_subtree()
                continue
            yield "start", element, ""
            if element.text:
                yield "words", element, element.text
            continue
        elif element is skipped:
            skipped = None
        else:
            yield "end", element, ""
        if element.tail and element is not root:
            yield "words", element, element.tail


def _meant(entity: Element) -> str:
    """Return the character that an entity of HTML stands for; of another one, its source."""
    source = entity.text or ""
    return html5.get(source.lstrip("&"), source)


def local(element: Element) -> str:
    """Return the name of an element without its namespace.

    >>> local(etree.fromstring('<p xmlns="http://www.tei-c.org/ns/1.0"/>'))
    'p'
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """Return the value of an attribute whatever its namespace.

    >>> attribute(etree.fromstring('<a xmlns:w="urn:w" w:val="1"/>'), "val")
    '1'
    """
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), None)


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first child that has one of some names, whatever its namespace; None without one."""
    return next((each for each in element if local(each) in names), None) if element is not None else None


def words_of(element: Element) -> str:
    r"""Return the words of an element and of all in it, white space in one space.

    >>> words_of(etree.fromstring("<name><first>Jane</first>\n <!-- - --> Doe </name>"))
    'Jane Doe'
    """
    return " ".join("".join(words for kind, _, words in walk(element, lambda _: False) if kind == "words").split())
