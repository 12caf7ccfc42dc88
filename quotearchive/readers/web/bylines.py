"""The lines around a page's title that tell its readers who wrote it, and when."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from quotearchive.readers.datelines import is_name, read_dateline
from quotearchive.readers.lines import Line
from quotearchive.readers.web.days import Day, days_in
from quotearchive.readers.web.main_text import Block
from quotearchive.readers.web.markup import Element, name_of

#: The longest line that is no sentence of the text, in characters, and the most words beside a date in it.
_LONGEST: Final = 160
_MOST_WORDS: Final = 14

#: Words of a sentence of the text itself, and how it ends.
_PROSE: Final = 10
_SENTENCE_ENDS: Final = frozenset(".!?…。”“»")

#: Lines before and behind the title, and behind the text.
_BEFORE: Final = 3
_BEHIND: Final = 8
_AFTER: Final = 4

#: Lines of the text that may begin with a place and a date.
_OPENINGS: Final = 2

#: Before the day of publication: "Posted on 3 May 2017".
_PUBLISHED: Final = re.compile(
    r"(?:posted|published|publication|written|submitted|created|first\s+\w+|ver[öo]ffentlicht|erstellt|geschrieben|"
    r"publi[ée]e?|post[ée]|mis en ligne|publicado|pubblicato|postato|geplaatst|gepubliceerd|dodan[oey]|"
    r"opublikowan[oey]|publikovan[oé]|zve[řr]ejněn[oé]|publicerad|publisert|udgivet|julkaistu|опубликован[оаы]?)\b[^\d]{0,40}$",
    re.IGNORECASE,
)

#: Before the day of something else: of a change, of the user who writes, of an event.
_OTHERWISE: Final = re.compile(
    r"(?<!\w)(?:updated?|modifi\w+|edited|changed|revised|last\s+\w+|retrieved|accessed|joined|registered|"
    r"member since|since|aktuali\w+|ge[äa]ndert|bearbeitet|stand|abgerufen|dabei seit|registriert|mise? à jour|màj|"
    r"actualizad\w+|modificad\w+|aggiornat\w+|bijgewerkt|gewijzigd|zaktualizowan\w+|aktualizac\w+|uppdaterad|"
    r"обновлен\w*|copyright|©|until|bis|from|valid|expires|deadline|born|geboren)[^\d]{0,25}$",
    re.IGNORECASE,
)

#: Classes of elements that hold the day of publication for readers.
_DATED: Final = re.compile(
    r"(?:^|[\s_-])(?:date|datum|data|fecha|pubdate|published|posted|postmetadata|postmeta|byline|article-info|"
    r"submitted|timestamp|created|dateline|entry-meta|post-meta|meta|info|time)(?:[\s_-]|$)",
    re.IGNORECASE,
)

#: Elements and classes of what isn't the page's own.
_ELSEWHERE: Final = re.compile(
    r"comment|respond|kommentar|related|sidebar|widget|footer|breadcrumb|archiv|calendar|event|teaser|latest|recent|"
    r"popular|similar|more|reply",
    re.IGNORECASE,
)

#: How far up from a line its classes are its own.
_NEAR: Final = 3

_BY: Final = re.compile(
    r"(?:^|[|•·–—,]\s*|\s)(?:by|von|par|por|di|door|av|af|text|words|autor(?:in)?|author|auteur)\b(?:\s*:)?\s+"
    r"(?P<names>[^\d|•·–—,:()]{3,60})",
    re.IGNORECASE,
)

_AND: Final = re.compile(r"\s+(?:and|und|et|y|e|en|och|og|&)\s+")

#: What a name ends before: "Claire Dumas on 3 May".
_NAME_END: Final = re.compile(
    r"\s+(?:on|am|at|le|el|in|published|posted|updated|veröffentlicht|publié)\b.*$", re.IGNORECASE
)


_WORD: Final = re.compile(r"[^\W\d_]+")


class Head:
    """The lines of a page around its title, before its text begins.

    Args:
        blocks: The paragraphs of the page.
        main: Those that are its main text.
        title: Its title in lower case, letters and digits alone.
    """

    def __init__(self, blocks: Sequence[Block], main: Sequence[Block], title: str) -> None:
        chosen = set(map(id, main))
        own = [number for number, block in enumerate(blocks) if id(block) in chosen]
        self._blocks = blocks
        self._first, self._last = (own[0], own[-1]) if own else (0, len(blocks) - 1)
        self._text = main
        self._title = self._heading(title)

    @property
    def end(self) -> Element | None:
        """The element in which the last paragraph of the text begins."""
        return self._blocks[self._last].element if self._blocks else None

    def _heading(self, title: str) -> int | None:
        """Return the number of the paragraph that is the title, the nearest one before the text."""
        same = [number for number, block in enumerate(self._blocks) if block.key == title] if title else []
        headings = [number for number in same if name_of(self._blocks[number].container) in {"h1", "h2", "h3"}]
        return next(iter(headings or same), None)

    def lines(self) -> Iterator[Block]:
        """Yield the lines by the title that aren't sentences of the text."""
        start = self._first if self._title is None else self._title
        if self._title is not None:
            heading = self._blocks[start].container
            for block in reversed(self._blocks[max(0, start - _BEFORE) : start]):
                if _is_line(block) and _is_beside(block.container, heading):
                    yield block
        sentences = 0
        for block in self._blocks[start : min(start + _BEHIND, self._last + 2)]:
            if len(block.words) >= _PROSE and block.text[-1] in _SENTENCE_ENDS:
                sentences += 1
                if sentences == _OPENINGS:
                    return
            elif _is_line(block):
                yield block

    def day(self, tags: Sequence[str], latest: str | None) -> tuple[str, str] | None:
        """Return the day on which the page was published by its own words, with those words.

        Args:
            tags: The tags of the languages that it may be in.
            latest: The day after which it can't have been.
        """
        for block in self.lines():
            if day := _published(block.text, tags, latest):
                return day
        marked = {
            found
            for block in self._blocks
            if _is_line(block) and _is_marked(block.element) and not _is_elsewhere(block.element)
            if (found := _published(block.text, tags, latest))
        }
        if len({day for day, _ in marked}) == 1:
            return min(marked)
        for block in self._blocks[self._last : self._last + _AFTER]:
            if len(block.text) <= 2 * _LONGEST and (day := _published(block.text, tags, latest, must_say=True)):
                return day
        for block in self._text[:_OPENINGS]:
            for each in read_dateline(Line(0, block.text)):
                if each.field == "date" and len(each.value) == len("2019-03-12"):
                    return each.value, "the text's first line"
        return None

    def authors(self) -> tuple[str, ...]:
        """Return who a line by the title says wrote the page: "By Jane Doe and John Roe"."""
        for block in self.lines():
            found = _BY.search(block.text)
            if found is None:
                continue
            names = [name.strip(" .;") for name in _AND.split(_NAME_END.sub("", found["names"]))]
            if all(map(is_name, names)):
                return tuple(names)
        return ()

    def links(self) -> Iterator[Element]:
        """Yield the links in the lines by the title."""
        for block in self.lines():
            yield from block.container.iter("a")


def _is_line(block: Block) -> bool:
    return len(block.text) <= _LONGEST


def _published(
    words: str, tags: Sequence[str], latest: str | None, *, must_say: bool = False
) -> tuple[str, str] | None:
    """Return the day in a line that is the one of publication."""
    days = [day for day in days_in(words, tags) if not latest or day.iso <= latest]
    others = len(_WORD.findall(words)) - sum(len(_WORD.findall(words[day.start : day.end])) for day in days)
    before = 0
    for day in days:
        lead, before = words[before : day.start], day.end
        if _PUBLISHED.search(lead):
            return day.iso, _shown(words, day)
        if not must_say and not _OTHERWISE.search(lead) and others <= _MOST_WORDS:
            return day.iso, _shown(words, day)
    return None


def _shown(words: str, day: Day) -> str:
    return f"“{words[day.start : day.end]}” by its title"


def _names(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_marked(element: Element) -> bool:
    above = [element, *element.iterancestors()][:_NEAR]
    return any(name_of(each) == "time" or _DATED.search(_names(each)) for each in above)


def _is_elsewhere(element: Element) -> bool:
    for above in (element, *element.iterancestors()):
        name = name_of(above)
        if name in {"body", "html", "article", "main"}:
            return False
        if name in {"aside", "nav", "footer"} or _ELSEWHERE.search(_names(above)):
            return True
    return False


def _is_beside(element: Element, heading: Element) -> bool:
    """Check whether what stands before a heading belongs to it, and not to the head of the whole page."""
    around = {*heading.iterancestors()}
    common = next((above for above in element.iterancestors() if above in around), None)
    return common is not None and name_of(common) not in {"body", "html", "form"} and not _is_elsewhere(element)
