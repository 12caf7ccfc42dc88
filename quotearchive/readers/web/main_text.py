"""The main text of a web page: which of its paragraphs are what it is about.

trafilatura chooses; it is used for that alone, since the text that it writes isn't word for word the page's. Its
choice is laid over the page's own paragraphs, and what it lost between two of them is taken back: what a reader
sees between two paragraphs of a text belongs to it.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, cast

import trafilatura
from lxml.html import HtmlElement

from quotearchive.readers.web.markup import Element, is_block, name_of, render
from quotearchive.text import canonical

#: Words in a row by which a paragraph is recognised that was changed in part.
_RUN: Final = 5

#: The share of such runs that a paragraph of the main text has.
_SHARE: Final = 0.5

#: Letters beyond which a paragraph is hardly on a page twice.
_LONG: Final = 40

#: Words of a paragraph that may be taken back though no paragraph beside it was chosen.
_PROSE: Final = 10

#: The share of a paragraph's letters in links beyond which it leads elsewhere.
_LINKED: Final = 0.5

#: Elements that hold what stands on every page of a site, or isn't text.
_FURNITURE: Final = frozenset({"nav", "aside", "footer", "form", "button", "figcaption", "menu", "label"})

#: Elements that are a part of a list, a table or a quotation, which belongs where it stands as a whole.
_PARTS: Final = frozenset(
    {
        "li",
        "ul",
        "ol",
        "dl",
        "dd",
        "dt",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "table",
        "blockquote",
        "pre",
        "p",
        "figure",
    }
)

#: The words in classes and identifiers of the same.
_FURNITURE_NAMES: Final = re.compile(
    r"(?:^|[^a-z])(?:shar(?:e|ing)|shariff|social|related|newsletter|promo(?:tion)?|adverts?|advertisement|ad|ads|"
    r"sponsor(?:ed)?|comments?|respond|subscri(?:be|ption)|widget|sidebar|caption|wp-caption-text|author-(?:bio|box|info)|"
    r"about-author|tags?|tag-links|cat-links|breadcrumbs?|toolbar|navigation|navbar|menu|pagination|pager|rating|"
    r"read-?more|recommend(?:ed|ations)?|teasers?|cookies?|consent|byline|meta|entry-meta|postmetadata|post-footer|"
    r"jp-relatedposts|sharedaddy|sd-block|outbrain|taboola|print|noprint|navbox|reflist|mw-jump-link|toc|"
    r"catlinks|most-?read|trending|more-from|likes?|reactions?)(?:[^a-z]|$)",
    re.IGNORECASE,
)

#: Those of what readers wrote below a text, which is never a part of it.
_COMMENTS: Final = re.compile(
    r"(?:^|\s)(?:(?:post|entry|article|blog|user|reader)s?[-_]?)?(?:comments?|respond|disqus|discussions?|replies|reply|"
    r"responses|kommentare?|komentarze|commentaires?|comentarios?|commenti|reacties)"
    r"(?:[-_]{0,2}(?:list|area|section|body|content|wrap|wrapper|container|thread|template|form|\d+))?(?:\s|$)",
    re.IGNORECASE,
)

#: Those of what is put between the paragraphs of a text to lead elsewhere.
_INSERTED: Final = re.compile(
    r"(?:^|[^a-z])(?:related|newsletter|promo(?:tion)?|advertisement|sponsor(?:ed)?|subscription|outbrain|taboola|"
    r"recommend(?:ed|ations)?|cookies?|consent|sharedaddy|jp-relatedposts|most-?read|trending|more-from)(?:[^a-z]|$)",
    re.IGNORECASE,
)

#: The share of a text beyond which what seems to be inserted is the text itself.
_MOST_INSERTED: Final = 0.25

#: Paragraphs back from a text's first, among which its title is looked for.
_TO_TITLE: Final = 6

_HEADINGS: Final = frozenset({"h1", "h2", "h3"})

#: Elements of a box that points to another page: its kicker, its heading, its picture, its teaser, its byline.
_CARD: Final = 5

_CARD_HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})

_LETTERS: Final = re.compile(r"[^\W_]+")

#: The end of a sentence.
_SENTENCE_END: Final = re.compile(r"[.!?…:;。！？؟۔][\"'”’»›“)\]]*\s*(?:\[\d+\])*$")

#: Elements of a page beyond which trafilatura would take minutes: some times the largest page that is read.
_MOST: Final = 75_000

#: Paragraphs beyond which it doesn't try other ways, whose time grows with their square.
_MANY: Final = 5_000

#: Characters of the same, scripts included.
_LONGEST: Final = 8_000_000

#: Characters of the text of a page that has one.
_LEAST: Final = 100


class Block:
    """A paragraph of a page: its words, and the element in which they begin."""

    def __init__(self, text: str, element: Element) -> None:
        self.text = text
        self.words = _LETTERS.findall(text.casefold())
        self.key = "".join(self.words)
        self.element = element
        self.container = _container(element)


class _Blocks:
    """Collects the paragraphs of a page as it is rendered."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self._pieces: list[str] = []
        self._element: Element | None = None

    def add(self, words: str) -> None:
        self._pieces.append(words)

    def at(self, element: Element) -> None:
        """Take note of the element that the next words stand in."""
        if self._element is None:
            self._element = element

    def end_paragraph(self) -> None:
        if self._pieces and self._element is not None:
            text = canonical("".join(self._pieces)).strip()
            if text:
                self.found.append(Block(text, self._element))
        self._pieces, self._element = [], None


def blocks_of(tree: Element) -> list[Block]:
    """Return the paragraphs that a page shows, in their order."""
    blocks = _Blocks()
    render(tree, blocks, on_words=blocks.at)
    return blocks.found


def is_huge(tree: Element) -> bool:
    """Check whether a page is too large for its main text to be looked for."""
    left = _LONGEST
    for number, element in enumerate(tree.iter()):
        left -= len(element.text or "") + len(element.tail or "")
        if left < 0 or number > _MOST:
            return True
    return False


def main_blocks(tree: Element, blocks: Sequence[Block]) -> list[Block]:
    """Return those paragraphs of a page that are its main text; none if it has none to speak of."""
    chosen = _choice(tree, blocks)
    if not chosen:
        return []
    links = _Links()
    chosen = _without_comments(blocks, chosen)
    inserted = _insertions(blocks, chosen, links)
    chosen = _trimmed(blocks, chosen - inserted, links)
    chosen |= set(_lost(blocks, sorted(chosen), links)) - inserted
    chosen |= set(_lead(blocks, min(chosen), links))
    main = [block for number, block in enumerate(blocks) if number in chosen]
    return main if sum(len(block.text) for block in main) >= _LEAST else []


def _choice(tree: Element, blocks: Sequence[Block]) -> set[int]:
    """Return the numbers of the paragraphs that trafilatura chooses."""
    found = trafilatura.bare_extraction(
        cast("HtmlElement", tree), include_comments=False, include_tables=True, fast=len(blocks) > _MANY
    )
    body = getattr(found, "body", None)
    if body is None:
        return set()
    units = [_LETTERS.findall(unit.casefold()) for unit in _units(body)]
    keys = Counter("".join(words) for words in units)
    words = [word for unit in units for word in unit]
    runs = set(_runs(words))
    alike = [number for number, block in enumerate(blocks) if block.key and _is_alike(block, keys, runs)]
    return _nearest(blocks, alike, keys)


def _units(body: Element) -> Iterator[str]:
    """Yield the words of each paragraph of trafilatura's tree."""
    pieces: list[str] = []
    for element in body.iter():
        if name_of(element) not in {"hi", "ref", "del", "lb", "span", "graphic"} and pieces:
            yield "".join(pieces)
            pieces = []
        pieces += [element.text or ""] if isinstance(element.tag, str) else []
        pieces += [" ", *(child.tail or "" for child in _closing(element))]
    yield "".join(pieces)


def _closing(element: Element) -> Iterator[Element]:
    """Yield the elements that end where this one does, or with it."""
    at: Element | None = element
    while at is not None and (at is not element or not len(at)):
        yield at
        if at.getnext() is not None:
            return
        at = at.getparent()


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return cast("Iterator[tuple[str, ...]]", zip(*(words[start:] for start in range(_RUN)), strict=False))


def _is_alike(block: Block, keys: Counter[str], runs: set[tuple[str, ...]]) -> bool:
    if block.key in keys:
        return True
    own = list(_runs(block.words))
    return bool(own) and sum(run in runs for run in own) >= _SHARE * len(own)


def _nearest(blocks: Sequence[Block], alike: Sequence[int], keys: Counter[str]) -> set[int]:
    """Choose, of paragraphs with the same words, those nearest to what is certainly chosen."""
    counts = Counter(blocks[number].key for number in alike)
    certain = [number for number in alike if counts[blocks[number].key] == 1]
    sure = sorted(number for number in certain if len(blocks[number].key) >= _LONG) or certain
    if not sure:
        return set(alike)
    chosen = set(certain)
    repeated: dict[str, list[int]] = {}
    for number in alike:
        if counts[blocks[number].key] > 1:
            repeated.setdefault(blocks[number].key, []).append(number)
    for key, numbers in repeated.items():
        numbers.sort(key=lambda number: _distance(number, sure))
        chosen |= set(numbers[: max(1, keys[key])])
    return chosen


def _distance(number: int, sure: Sequence[int]) -> int:
    at = bisect_left(sure, number)
    return min(abs(number - sure[near]) for near in (at - 1, at) if 0 <= near < len(sure))


def _weight(blocks: Sequence[Block], numbers: Iterable[int]) -> int:
    return sum(len(blocks[number].key) for number in numbers)


def _without_comments(blocks: Sequence[Block], chosen: set[int]) -> set[int]:
    """Leave out what readers wrote, unless there is nothing else."""
    named = _Named(_COMMENTS)
    kept = {number for number in chosen if not named.has_around(blocks[number].element)}
    return kept if _weight(blocks, kept) >= _LEAST else chosen


def _insertions(blocks: Sequence[Block], chosen: set[int], links: "_Links") -> set[int]:
    """Return what leads to other pages between the paragraphs; nothing if that is much of the text."""
    named = _Named(_INSERTED)
    inserted = {
        number
        for number in range(min(chosen), max(chosen) + 1)
        if named.has_around(blocks[number].element) or links.is_in_card(blocks[number].container)
    }
    is_much = _weight(blocks, inserted & chosen) > _MOST_INSERTED * _weight(blocks, chosen)
    return set() if is_much else inserted


def _lead(blocks: Sequence[Block], first: int, links: "_Links") -> Iterator[int]:
    """Yield the numbers of the paragraphs between a page's title and its text, such as a standfirst."""
    comments = _Named(_COMMENTS)
    found: list[int] = []
    for number in range(first - 1, max(-1, first - 1 - _TO_TITLE), -1):
        block = blocks[number]
        if name_of(block.container) in _HEADINGS:
            yield from found
            return
        is_aside = any(name_of(above) in _FURNITURE for above in _upward(block.element))
        is_other = is_aside or links.is_linked(block) or comments.has_around(block.element)
        if _is_prose(block) and not is_other:
            found.append(number)


class _Named:
    """The elements whose class or identifier says something, each looked at once."""

    def __init__(self, names: re.Pattern[str]) -> None:
        self._pattern = names
        self._known: dict[Element, bool] = {}

    def has_around(self, element: Element) -> bool:
        """Check whether an element lies in one that is so called, the page's body aside."""
        way = []
        found = False
        for at in _upward(element):
            if name_of(at) in {"body", "html"}:
                break
            known = self._known.get(at)
            if known is not None:
                found = known
                break
            way.append(at)
        for at in reversed(way):
            found = self._known[at] = found or self._is_named(at)
        return found

    def _is_named(self, element: Element) -> bool:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        # What holds the title is the page itself: "comments-open", "has-related".
        return len(names) > 1 and bool(self._pattern.search(names)) and next(element.iter("h1"), None) is None


def _trimmed(blocks: Sequence[Block], chosen: set[int], links: "_Links") -> set[int]:
    """Leave out links and furniture at both ends of what was chosen, but never most of it."""
    ordered = sorted(chosen)
    kept = list(ordered)
    while kept and links.leads_elsewhere(blocks[kept[-1]]):
        kept.pop()
    while kept and links.leads_elsewhere(blocks[kept[0]]):
        kept.pop(0)
    return set(kept) if _weight(blocks, kept) > _weight(blocks, ordered) / 2 else chosen


class _Links:
    """How much of a page's blocks is links, each looked at once."""

    def __init__(self) -> None:
        self._shares: dict[Element, float] = {}
        self._cards: dict[Element, bool] = {}

    def leads_elsewhere(self, block: Block) -> bool:
        """Check for links that aren't a sentence."""
        return self.is_linked(block) and not _SENTENCE_END.search(block.text[-_LONG:])

    def is_linked(self, block: Block) -> bool:
        """Check whether most of a paragraph is links."""
        if _is_within(block.element, "a"):
            return True
        share = self._shares.get(block.container)
        if share is None:
            linked = sum(_length(link) for link in block.container.iter("a", "{*}a"))
            share = self._shares[block.container] = linked / max(1, _length(block.container))
        return share > _LINKED

    def is_in_card(self, container: Element) -> bool:
        """Check whether a paragraph is the teaser of another page: beside it stands a heading that is a link."""
        above = container.getparent()
        if above is None or name_of(container) in _HEADINGS:
            return False
        known = self._cards.get(above)
        if known is None:
            known = self._cards[above] = len(above) <= _CARD and any(map(_is_linked_heading, above))
        return known


def _is_linked_heading(element: Element) -> bool:
    if name_of(element) == "a":
        return any(name_of(each) in _CARD_HEADINGS for each in element)
    return (
        name_of(element) in _CARD_HEADINGS
        and len(element) > 0
        and name_of(element[0]) == "a"
        and not (element.text or "").strip()
        and _length(element[0]) >= _LINKED * _length(element)
        and not (element[0].get("href") or "#").startswith("#")
    )


def _length(element: Element) -> int:
    return sum(len(words) for words in element.itertext())


def _is_within(element: Element, name: str) -> bool:
    at: Element | None = element
    while at is not None and not is_block(at):
        if name_of(at) == name:
            return True
        at = at.getparent()
    return False


def _container(element: Element) -> Element:
    """Return the block that words stand in."""
    at = element
    while not is_block(at) and (above := at.getparent()) is not None:
        at = above
    return at


def _lost(blocks: Sequence[Block], chosen: Sequence[int], links: _Links) -> Iterator[int]:
    """Yield the numbers of paragraphs between the chosen ones that belong to the same text."""
    parents = Counter[Element]()
    for number in chosen:
        parents[_parent(blocks[number])] += len(blocks[number].key)
    known = set(chosen)
    ways = _Ways(links)
    for before, after in pairwise(chosen):
        between = range(before + 1, after)
        if not between:
            continue
        around = ways.common(blocks[before].element, blocks[after].element)
        yield from (number for number in between if _belongs(blocks[number], around, parents, ways))
    yield from _ends(blocks, known, parents, ways)


def _ends(blocks: Sequence[Block], known: set[int], parents: Counter[Element], ways: "_Ways") -> Iterator[int]:
    """Yield what goes on directly before and behind the chosen paragraphs, beside most of them."""
    main, weight = parents.most_common(1)[0]
    if weight < sum(parents.values()) / 2 or name_of(main) in {"body", "html"}:
        return
    for numbers in (range(max(known) + 1, len(blocks)), range(min(known) - 1, -1, -1)):
        for number in numbers:
            block = blocks[number]
            is_beside = _parent(block) is main and name_of(block.container) in {"p", "blockquote", "pre"}
            if not (is_beside and _is_prose(block) and _belongs(block, main, parents, ways)):
                break
            yield number


def _parent(block: Block) -> Element:
    above = block.container.getparent()
    return block.container if above is None else above


def _belongs(block: Block, around: Element, parents: Counter[Element], ways: "_Ways") -> bool:
    if ways.is_furnished(block.element, around) or ways.links.is_linked(block):
        return False
    at = block.container
    while name_of(at) in _PARTS and at is not around and (above := at.getparent()) is not None:
        at = above
    return at in parents or _parent(block) in parents or block.container in parents or _is_prose(block)


def _is_prose(block: Block) -> bool:
    return len(block.words) >= _PROSE and bool(_SENTENCE_END.search(block.text[-_LONG:]))


class _Ways:
    """The ways from elements up to the page, each looked at once."""

    def __init__(self, links: _Links) -> None:
        self.links = links
        self._furniture: dict[Element, bool] = {}

    def common(self, one: Element, other: Element) -> Element:
        """Return the innermost element around two."""
        above = {*_upward(one)}
        return next((element for element in _upward(other) if element in above), one)

    def is_furnished(self, element: Element, around: Element) -> bool:
        """Check whether an element lies in furniture within another."""
        for at in _upward(element):
            if at is around:
                return False
            if self._is_furniture(at):
                return True
        return False

    def _is_furniture(self, element: Element) -> bool:
        known = self._furniture.get(element)
        if known is None:
            names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
            known = name_of(element) in _FURNITURE or (len(names) > 2 and bool(_FURNITURE_NAMES.search(names)))  # noqa: PLR2004 - the blanks
            self._furniture[element] = known
        return known


def _upward(element: Element) -> Iterable[Element]:
    at: Element | None = element
    while at is not None:
        yield at
        at = at.getparent()
