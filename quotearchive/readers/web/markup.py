"""A tree of HTML or XHTML rendered as text, as its reader sees it.

Blocks are paragraphs, and so is each item of a list, without its bullet or number, which browsers make. A line that
is broken (`<br>`) is a line; an empty one ends the paragraph. A table of data is a paragraph with a line a row and a
tab between cells; one that only lays out the page is the blocks in its cells. White space is folded but in `<pre>`,
soft hyphens are gone, quotation marks of `<q>` are written, readings beside characters (`<rt>`) are left out, and
footnotes stand at the end. What isn't shown is left out: scripts, styles, the head, fallbacks, hidden elements.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, Protocol

import lxml.etree

from quotearchive.readers.builder import TextBuilder
from quotearchive.readers.web.sources import Element, decode_markup, parse, parse_xhtml

__all__ = ["Builder", "Element", "decode_markup", "is_block", "name_of", "parse", "parse_xhtml", "render", "text_of"]


class Builder(Protocol):
    """What a page is rendered into; `TextBuilder` is one."""

    def add(self, words: str) -> None:
        """Add words to the paragraph that is being built."""

    def end_paragraph(self) -> None:
        """End the paragraph."""


#: Is told of each element that is shown, before its words; False leaves the element out.
OnElement = Callable[[Element], bool | None]

#: Is told the element that words stand in, before they are added.
OnWords = Callable[[Element], None]

#: Elements that begin and end a paragraph.
_BLOCKS: Final = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "  # noqa: SIM905 - a list is long
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup p plaintext pre "
    "search section summary table tbody tfoot thead tr ul xmp".split()
)

#: Elements whose content isn't shown, or only where what they stand for can't be.
_UNSEEN: Final = frozenset(
    "annotation annotation-xml applet area audio base canvas col colgroup datalist embed frame frameset head iframe "  # noqa: SIM905 - a list is long
    "input link map meta meter noembed noframes noscript object param progress rp rt rtc script select source style "
    "svg template textarea title track video".split()
)

_CELLS: Final = frozenset({"td", "th"})

_PREFORMATTED: Final = frozenset({"pre", "listing", "xmp", "plaintext"})

#: Blocks of which several in a cell show that a table only lays out a page.
_IN_CELL: Final = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "section", "article")

#: Characters in a cell beyond which it is no datum but a text.
_LONG_CELL: Final = 500

#: Styles that hide an element.
_HIDDEN_STYLE: Final = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)

#: Styles that keep white space.
_PRE_STYLE: Final = re.compile(r"(?:^|;)\s*white-space\s*:\s*(?:pre|pre-wrap|break-spaces)\s*(?:;|$|!)", re.IGNORECASE)

#: Styles that make a paragraph of an element.
_BLOCK_STYLE: Final = re.compile(
    r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|list-item|table)\s*(?:;|$|!)", re.IGNORECASE
)

#: Attributes of a button that name what it opens.
_CONTROLS: Final = ("aria-controls", "data-target", "data-bs-target")

#: Elements and roles of what is opened to go elsewhere, or over the page.
_MENUS: Final = frozenset({"nav", "dialog", "form", "menu", "aside", "header", "footer"})
_MENU_ROLES: Final = frozenset({"dialog", "alertdialog", "menu", "listbox", "navigation", "search", "tooltip"})

#: The usual classes of what is there for screen readers alone, or for those who edit.
_HIDDEN_CLASSES: Final = frozenset(
    {"sr-only", "screen-reader-text", "visually-hidden", "visuallyhidden", "mw-editsection", "element-invisible"}
)

#: The classes of pictures that stand for characters.
_CHARACTER_PICTURES: Final = re.compile(
    r"emoji|smiley|smilie|emoticon|latex|mwe-math|(?:^|\s)tex(?:\s|$)", re.IGNORECASE
)

#: What stands for no character that is seen: soft hyphens, places where a line may break, byte order marks.
_INVISIBLE: Final = dict.fromkeys("\u00ad\u200b\ufeff\u2060", "")

#: White space as HTML means it besides the blank; others, such as the no-break space, are characters.
_WHITE: Final = dict.fromkeys("\t\n\r\f", " ")

_BLANKS: Final = re.compile(" {2,}")

#: The marks of `<q>`, outer and inner, by language; browsers write them.
_QUOTES: Final = {
    "": "“”‘’",
    "de": "„“‚‘",
    "fr": "«»«»",
    "es": "«»“”",
    "it": "«»“”",
    "pl": "„”«»",
    "ru": "«»„“",
    "cs": "„“‚‘",
    "fa": "«»‹›",
    "ar": "”“’‘",
    "ja": "「」『』",
    "sv": "””’’",
    "nl": "“”‘’",
}

#: The roles of notes at the foot of a page, in EPUB's words and in HTML's.
_NOTES: Final = frozenset({"footnote", "endnote", "rearnote", "doc-footnote"})

_EPUB_TYPE: Final = "{http://www.idpf.org/2007/ops}type"


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def is_block(element: Element) -> bool:
    """Check whether an element begins and ends a paragraph."""
    style = element.get("style")
    return name_of(element) in _BLOCKS or bool(style and _BLOCK_STYLE.search(style))


def text_of(markup: bytes | str | Element) -> str:
    r"""Return the text of HTML.

    >>> text_of("<p>One<br>two <b>th</b>ree</p><table><tr><td>1<td>2</table><ul><li>a<li>b</ul>")
    'One\ntwo three\n\n1\t2\n\na\n\nb'
    """
    builder = TextBuilder()
    render(parse(markup) if isinstance(markup, bytes | str) else markup, builder)
    return builder.text


def render(
    tree: Element, builder: Builder, on_element: OnElement | None = None, on_words: OnWords | None = None
) -> None:
    """Add an element with all in it to a text; its last paragraph is ended.

    Args:
        tree: The element; what follows it (its tail) is left out.
        builder: The text.
        on_element: Is told of each element that is shown, before its words, where it may let a segment start;
            False leaves the element out.
        on_words: Is told the element that words stand in, before they are added.
    """
    renderer = _Renderer(tree, builder, on_element, on_words)
    renderer.walk(tree)
    while renderer.notes:
        notes, renderer.notes = renderer.notes, []
        for note in notes:
            renderer.walk(note)


class _Renderer:
    """What was rendered last, which decides how the next words are joined to it."""

    def __init__(self, tree: Element, builder: Builder, on_element: OnElement | None, on_words: OnWords | None) -> None:
        self.notes: list[Element] = []
        self._builder = builder
        self._on_element = on_element
        self._on_words = on_words
        self._root = tree
        self._tables = _data_tables(tree)
        self._rows: list[bool] = []  # of the tables around, whether they hold data
        self._preformatted = 0
        self._quotes = 0
        self._marks = _QUOTES.get((tree.get("lang") or tree.get(_XML_LANG) or "")[:2].lower(), _QUOTES[""])
        self._is_note = False
        self._controlled: frozenset[str] | None = None
        self._begin()

    def _begin(self) -> None:
        """Forget what stood before: a paragraph begins."""
        self._has_words = False
        self._has_space = False
        self._has_line_end = False
        self._tabs = 0

    def walk(self, root: Element) -> None:
        """Render an element with all in it, without recursion, however deep it is."""
        self._is_note = root is not self._root
        self._end_paragraph()
        if self._enter(root):
            around: list[tuple[Element, Iterator[Element]]] = [(root, iter(root))]
            while around:
                element, children = around[-1]
                child = next(children, None)
                if child is None:
                    around.pop()
                    self._leave(element)
                    if around and element.tail:
                        self._words(element.tail, around[-1][0])
                elif self._enter(child):
                    around.append((child, iter(child)))
                elif child.tail:
                    self._words(child.tail, element)
        self._end_paragraph()

    def _enter(self, element: Element) -> bool:
        """Begin an element, unless it isn't shown."""
        name = name_of(element)
        if not name:
            if isinstance(element, lxml.etree._Entity) and element.text:  # noqa: SLF001 - it has no other name
                self._words(element.text, element)
            return False
        if name in _UNSEEN or not self._is_shown(element, name):
            return False
        if self._on_element is not None and self._on_element(element) is False:
            return False
        self._open(element, name)
        if element.text:
            self._words(element.text, element)
        return True

    def _is_shown(self, element: Element, name: str) -> bool:
        if not element.attrib or name in {"html", "body"}:  # a page is hidden only until its scripts have run
            return name != "dialog"
        if name == "dialog" and element.get("open") is None:
            return False
        if _is_hidden(element) and not self._can_be_opened(element, name):
            return False
        if not self._is_note and _is_note(element):
            self.notes.append(element)
            return False
        return True

    def _can_be_opened(self, element: Element, name: str) -> bool:
        """Check whether a reader opens an element that is hidden at first: a folded answer, another tab."""
        role = element.get("role") or ""
        if name in _MENUS or role in _MENU_ROLES or not _is_folded(element):
            return False
        if element.get("hidden") == "until-found" or role == "tabpanel":
            return True
        if self._controlled is None:
            self._controlled = _controlled(self._root)
        return element.get("id") in self._controlled

    def _open(self, element: Element, name: str) -> None:
        style = element.get("style")
        if name == "table":
            self._end_paragraph()
            self._rows.append(element in self._tables)
        elif name == "tr" and self._in_data():
            self._has_line_end = True
        elif name == "br":
            self._break_line()
        elif name == "img":
            self._picture(element)
        elif name == "q":
            self._quote(element)
        elif self._is_apart(name, style):
            self._end_paragraph()
        if name in _PREFORMATTED or (style and _PRE_STYLE.search(style)):
            self._preformatted += 1

    def _leave(self, element: Element) -> None:
        name, style = name_of(element), element.get("style")
        if name in _PREFORMATTED or (style and _PRE_STYLE.search(style)):
            self._preformatted -= 1
        if name == "table":
            self._end_paragraph()
            self._rows.pop()
        elif name in _CELLS and self._in_data():
            self._tabs += 1
        elif name == "tr" and self._in_data():
            self._has_line_end, self._tabs = True, 0
        elif name == "q":
            self._quotes -= 1
            self._words(self._marks[1 + 2 * (self._quotes % 2)], element)
        elif self._is_apart(name, style):
            self._end_paragraph()

    def _is_apart(self, name: str, style: str | None) -> bool:
        """Check whether an element is a paragraph here: within a table of data, blocks are words of their cell."""
        if self._in_data():
            if name in _BLOCKS:
                self._has_space = True
            return name == "caption"
        return name in _BLOCKS or name in _CELLS or bool(style and _BLOCK_STYLE.search(style))

    def _in_data(self) -> bool:
        return bool(self._rows) and self._rows[-1]

    def _break_line(self) -> None:
        if self._in_data():
            self._has_space = True
        elif self._preformatted:
            self._builder.add("\n")
        elif self._has_line_end:
            self._end_paragraph()
        else:
            self._has_line_end = True

    def _quote(self, element: Element) -> None:
        self._words(self._marks[2 * (self._quotes % 2)], element)
        self._quotes += 1

    def _picture(self, element: Element) -> None:
        """Write what a picture stands for if that is characters, as with formulas and faces."""
        alternative = (element.get("alt") or "").strip()
        is_sign = bool(alternative) and not any(map(str.isalnum, alternative))
        if alternative and (_CHARACTER_PICTURES.search(element.get("class") or "") or (is_sign and self._has_words)):
            self._words(alternative, element)

    def _words(self, text: str, element: Element) -> None:
        text = _replaced(text, _INVISIBLE)
        if self._preformatted and not self._in_data():
            if text:
                self._join(text, element)
            return
        folded = _BLANKS.sub(" ", _replaced(text, _WHITE))
        words = folded.strip(" ")
        if not words:
            self._has_space = self._has_space or bool(folded)
            return
        self._has_space = self._has_space or folded[0] == " "
        self._join(words, element)
        self._has_space = folded[-1] == " "

    def _join(self, words: str, element: Element) -> None:
        """Add words with what stands between them and those before."""
        if self._on_words is not None:
            self._on_words(element)
        if self._has_words:
            between = "\n" * self._has_line_end + "\t" * self._tabs
            words = (between or " " * self._has_space) + words
        self._builder.add(words)
        self._has_words = self._has_words or not words.isspace()
        self._has_space = self._has_line_end = False
        self._tabs = 0

    def _end_paragraph(self) -> None:
        self._builder.end_paragraph()
        self._begin()


def _replaced(text: str, table: dict[str, str]) -> str:
    """Replace characters that most texts don't have: to look for them is cheaper than to translate all."""
    for sign, instead in table.items():
        if sign in text:
            text = text.replace(sign, instead)
    return text


_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def _is_hidden(element: Element) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    if style and _HIDDEN_STYLE.search(style):
        return True
    classes = element.get("class")
    if classes and not _HIDDEN_CLASSES.isdisjoint(classes.split()):
        return True
    # A dialogue that is open hides the whole page from screen readers; it is shown all the same.
    is_told_otherwise = element.get("aria-hidden") == "true" and name_of(element) != "img"
    return is_told_otherwise and not any(map(_is_paragraph, element.iter()))


def _is_folded(element: Element) -> bool:
    """Check that an element is only hidden at first, and not there for screen readers alone."""
    return _HIDDEN_CLASSES.isdisjoint((element.get("class") or "").split())


def _controlled(tree: Element) -> frozenset[str]:
    """Return the identifiers of what buttons and links in a page open and close."""
    return frozenset(
        identifier
        for element in tree.iter()
        for name in _CONTROLS
        for identifier in (element.get(name) or "").replace("#", " ").split()
    )


def _is_paragraph(element: Element) -> bool:
    return name_of(element) in {"p", "h1", "h2", "h3", "article", "main", "section"}


def _is_note(element: Element) -> bool:
    role, kind = element.get("role"), element.get(_EPUB_TYPE) or element.get("epub:type")
    return bool(role or kind) and not _NOTES.isdisjoint(f"{role} {kind}".split())


def _data_tables(tree: Element) -> set[Element]:
    """Find the tables whose rows are data: no table or long text in a cell, and no two blocks."""
    found: set[Element] = set()
    around: list[_Table] = []
    if next(_iterate(tree, "table"), None) is None:
        return found
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end"), tag=_TABLE_TAGS):
        name = name_of(element)
        if event == "start":
            if name == "table":
                if around:
                    around[-1].is_data = False
                around.append(_Table(is_data=element.get("role") not in {"presentation", "none"}))
            elif around:
                around[-1].enter(name)
        elif name == "table" and around:
            table = around.pop()
            if table.is_data and table.most_cells > 1:
                found.add(element)
        elif name in _CELLS and around and around[-1].is_data:
            around[-1].is_data = _length(element) <= _LONG_CELL
    return found


_TABLE_TAGS: Final = tuple(f"{{*}}{name}" for name in ("table", "tr", *_CELLS, *_IN_CELL))


def _iterate(tree: Element, name: str) -> Iterator[Element]:
    return tree.iter(f"{{*}}{name}")


def _length(cell: Element) -> int:
    return len(" ".join("".join(map(str, cell.itertext())).split()))


class _Table:
    """A table while it is looked through."""

    def __init__(self, *, is_data: bool) -> None:
        self.is_data = is_data
        self.most_cells = 0
        self._cells = 0
        self._blocks = 0

    def enter(self, name: str) -> None:
        """Take note of what begins in it."""
        if name == "tr":
            self._cells = 0
        elif name in _CELLS:
            self._cells += 1
            self._blocks = 0
            self.most_cells = max(self.most_cells, self._cells)
        else:
            self._blocks += 1
            self.is_data = self.is_data and self._blocks <= 1
