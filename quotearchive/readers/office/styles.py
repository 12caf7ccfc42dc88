"""What Word's styles make of a paragraph: a heading, the title, an item with a number."""

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from quotearchive.readers.xml_trees import Element, attribute, child, local

_HEADING: Final = re.compile(r"heading ([1-9])", re.IGNORECASE)

#: Outline levels of headings, from 0; the next one is that of body text.
_LEVELS: Final = range(9)

#: The forms of list numbers that are no numbers.
_UNNUMBERED: Final = frozenset({"bullet", "none"})


#: How many styles, each based on the next, are followed; Word allows fewer.
_LONGEST_CHAIN: Final = 50


class Style(msgspec.Struct, frozen=True):
    """What is known of a paragraph.

    Attributes:
        name: The name of its style.
        level: The level of the heading that it is, from 0; None if it is none.
        is_title: Whether it is the document's title.
        is_numbered: Whether Word puts a number before it.
    """

    name: str = ""
    level: int | None = None
    is_title: bool = False
    is_numbered: bool = False


class _Stated(msgspec.Struct, frozen=True):
    """What a style, or a paragraph itself, states: its name, the style below it, an outline level, its list."""

    name: str = ""
    base: str = ""
    level: str = ""
    number: str = ""
    depth: str = ""


class Styles:
    """The styles and lists of a document.

    Args:
        stated: What each style states, by its identifier.
        numbered: The lists, and the depths in them, that have numbers.
    """

    def __init__(self, stated: dict[str, _Stated], numbered: set[tuple[str, str]]) -> None:
        self._stated, self._numbered = stated, numbered
        self._known: dict[str, _Stated] = {}

    def of(self, paragraph: Element) -> Style:
        """Return what a paragraph's style and its own properties say of it."""
        own = _read(child(paragraph, "pPr"))
        style = self._resolved(own.base)
        level = own.level or style.level
        number, depth = own.number or style.number, own.depth or style.depth or "0"
        return Style(
            name=style.name,
            level=int(level) if level.isdecimal() and int(level) in _LEVELS else None,
            is_title=style.name.lower() == "title",
            is_numbered=(number, depth) in self._numbered,
        )

    def _resolved(self, identifier: str) -> _Stated:
        """Return what a style and those that it is based on state, which may be a ring."""
        if identifier in self._known:
            return self._known[identifier]
        seen: set[str] = set()
        whole, at = _Stated(), identifier
        while at in self._stated and at not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(at)
            each = self._stated[at]
            heading = _HEADING.fullmatch(each.name)
            whole = _Stated(
                name=whole.name or each.name,
                level=whole.level or each.level or (str(int(heading[1]) - 1) if heading else ""),
                number=whole.number or each.number,
                depth=whole.depth or each.depth,
            )
            at = each.base
        self._known[identifier] = whole
        return whole


def read_styles(roots: Iterable[Element]) -> Styles:
    """Read styles and lists from the parts of a document that hold them."""
    stated: dict[str, _Stated] = {}
    forms: dict[tuple[str, str], str] = {}
    lists: dict[str, str] = {}
    for element in (each for root in roots for each in root):
        tag = local(element)
        if tag == "style":
            stated[attribute(element, "styleId") or ""] = _read_style(element)
        elif tag == "abstractNum":
            forms |= _read_forms(element)
        elif tag == "num":
            lists[attribute(element, "numId") or ""] = _value(element, "abstractNumId")
    depths: dict[str, list[str]] = {}
    for (abstract, depth), form in forms.items():
        depths.setdefault(abstract, []).extend([depth] if form not in _UNNUMBERED else [])
    numbered = {(number, depth) for number, abstract in lists.items() for depth in depths.get(abstract, ())}
    return Styles(stated, numbered)


def _read_style(element: Element) -> _Stated:
    own = _read(child(element, "pPr"))
    return msgspec.structs.replace(own, name=_value(element, "name"), base=_value(element, "basedOn"))


def _read(properties: Element | None) -> _Stated:
    """Read the properties of a paragraph; its base is its style."""
    number = child(properties, "numPr")
    return _Stated(
        base=_value(properties, "pStyle"),
        level=_value(properties, "outlineLvl"),
        number=_value(number, "numId"),
        depth=_value(number, "ilvl"),
    )


def _read_forms(element: Element) -> dict[tuple[str, str], str]:
    identifier = attribute(element, "abstractNumId") or ""
    levels = (each for each in element if local(each) == "lvl")
    return {(identifier, attribute(each, "ilvl") or "0"): _value(each, "numFmt") or "decimal" for each in levels}


def _value(element: Element | None, tag: str) -> str:
    """Return the value of the first element of a name below another."""
    found = child(element, tag)
    return (attribute(found, "val") or "") if found is not None else ""
