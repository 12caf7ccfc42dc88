r"""Whose words are whose in the body of an e-mail: the sender's own, those that are repeated, the signature.

Repeated words are lines behind `>`, and all that follows a line such as "-----Original Message-----" or the header
lines (From, Sent, To, Subject) that Outlook puts above the letter answered. The line that says who wrote them ("On 1
March 2021, Omid Rahimi wrote:") belongs to them. A signature begins with a line `-- ` (RFC 3676, section 4.3).

Nothing is left out. In the text, a paragraph that is repeated keeps its `>` at its beginning, one for each message
that it was repeated in, and not before each of its lines, so that its words stand together.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, Literal

import msgspec

from quotearchive.readers.datelines import read_date
from quotearchive.readers.mail.phrases import BEGINS, DATE, FROM, NO_NAME, ORIGINAL, OTHERS, SENT_FROM, WROTE

#: The most lines over which "On ..., ... wrote:" may be broken, and their longest length in code points.
_LINES: Final = 4
_LONGEST: Final = 400

#: Lines that may follow a line `--` without its blank for it to begin a signature.
_SIGNATURE: Final = 12

#: Messages that words are repeated in, beyond which nobody counts.
_DEEPEST: Final = 50

_MARKS: Final = re.compile(rf"(?:> ?){{1,{_DEEPEST}}}")
_BIDI: Final = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_ADDRESS: Final = re.compile(r"[\w.+%'=-]{1,64}@[\w-]+(?:\.[\w-]+)*")
_IN_BRACKETS: Final = re.compile(r"[(\[]?(?:<|\[mailto:|&lt;)[^<>\n]{0,200}@[^<>\n]{0,200}?(?:>|\]|&gt;)[)\]]?")
_VERB: Final = re.compile(
    r"(?<!\w)(?:" + "|".join(re.escape(each) for each in sorted(WROTE, key=len, reverse=True)) + r")(?!\w)|写道|寫道"
)
_DAY: Final = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,12}\.?,?\s(?:de\s)?\d{4}|[^\W\d_]{3,12}\.?\s\d{1,2},?\s\d{4}"
    r"|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}"
)
_RULES: Final = ("--", "__", "==", "**")
_RULE: Final = re.compile(r"[_=*-]{20,}")
_FOOTER: Final = re.compile(
    r"mailing list|mailingliste|listinfo|unsubscribe|liste de diffusion|lista de correo", re.IGNORECASE
)
_LABEL: Final = re.compile(r"\*{0,2}([^\W\d_](?:[^\W\d_]|[ '.’-]){0,25}?)\s{0,2}\*{0,2}\s?[:：]\*{0,2}(?:\s|$)")

#: What the beginning of such a label is called, and what the words of it mean.
_FROM: Final = frozenset(FROM)
_DATE: Final = frozenset(DATE)
_ALL_LABELS: Final = frozenset((*FROM, *DATE, *OTHERS))


class Row(msgspec.Struct, frozen=True):
    """A line of a body: how many messages it is repeated in, and its words; a blank line has none."""

    depth: int
    words: str
    is_signature: bool = False


class Stretch(msgspec.Struct, frozen=True):
    """Paragraphs in a row that are of one origin.

    Attributes:
        kind: Whose words they are.
        label: Who wrote them, and when, as far as is said: `Omid Rahimi, 2021-03-01`.
        paragraphs: The paragraphs; those that are repeated begin with their marks.
    """

    kind: Literal["own", "quoted", "signature"]
    label: str
    paragraphs: tuple[str, ...]


def rows_of(text: str) -> Iterator[Row]:
    r"""Yield the lines of a plain body, with the marks of repetition counted.

    >>> [(row.depth, row.words) for row in rows_of("I do.\n\n> Do you?\n>> No.")]
    [(0, 'I do.'), (0, ''), (1, 'Do you?'), (2, 'No.')]
    """
    for line in text.split("\n"):
        marks = _MARKS.match(line)
        if marks is None or line.startswith(">="):
            yield Row(0, line if line == "-- " else line.rstrip())
            continue
        yield Row(marks[0].count(">"), line[marks.end() :].rstrip())


def unflowed(text: str, *, joins_words: bool) -> str:
    r"""Join the lines of a body that its program broke (format=flowed, RFC 3676).

    Args:
        text: The body.
        joins_words: Whether the blank at a line's end was put in with the break (DelSp=yes).

    >>> unflowed("A line \nthat goes on.\n> and \n> another", joins_words=False)
    'A line that goes on.\n> and another'
    """
    lines: list[str] = []
    flows_at: int | None = None
    for line in text.split("\n"):
        marks = len(line) - len(line.lstrip(">"))
        words = line[marks:].removeprefix(" ")
        is_signature = words == "-- "
        if flows_at == marks and not is_signature:
            lines.append(words)
        else:
            lines.append(("\n" if lines else "") + ">" * marks + (" " * bool(marks)) + words)
        flows_at = marks if words.endswith(" ") and not is_signature else None
        if flows_at is not None and joins_words:
            lines[-1] = lines[-1][:-1]
    return "".join(lines)


def stretches(rows: Iterable[Row]) -> tuple[Stretch, ...]:
    """Separate the sender's own words from those repeated and from the signature.

    >>> text = "On 1 March 2021, Omid Rahimi wrote:" + chr(10) + "> Who signed?" + chr(10) + "The deputy."
    >>> [(each.kind, each.label, each.paragraphs[-1]) for each in stretches(rows_of(text))]
    [('quoted', 'Omid Rahimi, 2021-03-01', '> Who signed?'), ('own', '', 'The deputy.')]
    """
    sorter = _Sorter(list(rows))
    sorter.sort()
    found: list[Stretch] = []
    for origin, group in groupby(zip(sorter.origins, sorter.rows, strict=True), key=lambda pair: pair[0]):
        kind, label = origin
        paragraphs = tuple(_paragraphs([row for _, row in group]))
        if not paragraphs:
            continue
        if found and (found[-1].kind, found[-1].label) == origin:
            paragraphs = (*found.pop().paragraphs, *paragraphs)
        found.append(Stretch(kind, label, paragraphs))
    return tuple(found)


def _paragraphs(rows: Sequence[Row]) -> Iterator[str]:
    for (depth, has_words), group in groupby(rows, key=lambda row: (row.depth, bool(row.words.strip()))):
        if has_words:
            yield (">" * depth + " ") * bool(depth) + "\n".join(row.words for row in group).strip()


_Origin = tuple[Literal["own", "quoted", "signature"], str]


class _Sorter:
    """Finds the origin of each line of a body."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.origins: list[_Origin] = []
        self._writers: dict[int, str] = {}  # by depth, whom the words there are from
        self._is_passed_on = False  # whether all that follows, without marks too, is another's
        self._in_signature = False

    def sort(self) -> None:
        """Go through all lines."""
        at = 0
        while at < len(self.rows):
            at += self._take(at)

    def _take(self, at: int) -> int:
        """Take one line, or the lines that say whose the words below are, and return how many these were."""
        row = self.rows[at]
        if row.words:
            for find in (self._find_header, self._find_attribution):
                if lines := find(at):
                    return lines
            if self._begins_signature(at):
                self._in_signature = True
        if row.depth:
            self._in_signature = False
        self.origins.append(self._origin(row))
        return 1

    def _origin(self, row: Row) -> _Origin:
        if row.depth or self._is_passed_on:
            return "quoted", self._writers.get(row.depth, "")
        return ("signature", "") if self._in_signature or row.is_signature else ("own", "")

    def _announce(self, depth: int, writer: str, lines: int) -> int:
        """Note who wrote the words of a depth; the lines that say so go with them."""
        self._writers = {level: name for level, name in self._writers.items() if level < depth} | {depth: writer}
        self._in_signature = False
        self.origins += [("quoted", writer)] * lines
        return lines

    def _find_header(self, at: int) -> int:
        """Find the lines above a letter that is repeated as a whole."""
        depth = self.rows[at].depth
        start = at
        is_announced = _is_rule_of_original(self.rows[at].words)
        if is_announced:
            start = self._next(at, depth)
        elif _RULE.fullmatch(self.rows[at].words) and (below := self._next(at, depth)) < at + _LINES:
            start = below
        end, writer = self._read_header(start, depth)
        if end == start and not is_announced:
            return 0
        self._is_passed_on = self._is_passed_on or not depth
        return self._announce(depth, writer, max(end, at + 1) - at)

    def _next(self, at: int, depth: int) -> int:
        """Return where the next line of the same depth with words is, or the end."""
        for place in range(at + 1, min(len(self.rows), at + 1 + _LINES)):
            if self.rows[place].words:
                return place if self.rows[place].depth == depth else len(self.rows)
        return len(self.rows)

    def _read_header(self, start: int, depth: int) -> tuple[int, str]:
        """Read From, Sent, To and Subject; what they are without a From, or alone, is anybody's sentence."""
        if start >= len(self.rows) or _label(self.rows[start].words) not in _FROM:
            return start, ""
        found: dict[str, str] = {}
        end = start
        last = ""
        while end < len(self.rows) and self.rows[end].depth == depth and self.rows[end].words and end < start + 20:
            label = _label(self.rows[end].words)
            if len(found) == 1 and end >= start + _LINES:
                break
            if label in _ALL_LABELS:
                last = label
                found.setdefault(label, _behind_label(self.rows[end].words))
            elif not found or (len(found) > 1 and not self.rows[end].words.startswith((" ", "\t"))):
                break
            else:
                found[last] += " " + self.rows[end].words.strip()
            end += 1
        if len(found) < 2:  # noqa: PLR2004 - From and another
            return start, ""
        name = _person(next(value for label, value in found.items() if label in _FROM))
        dates = [value for label, value in found.items() if label in _DATE]
        return end, ", ".join(filter(None, (name, _day(dates[0]) if dates else "")))

    def _find_attribution(self, at: int) -> int:
        """Find the lines that say who wrote what is repeated below them."""
        depth = self.rows[at].depth
        if at and self.rows[at - 1].words and self.rows[at - 1].depth == depth and not self._may_begin(at):
            return 0
        whole = ""
        for end in range(at, min(at + _LINES, len(self.rows))):
            row = self.rows[end]
            if row.depth != depth or not row.words:
                return 0
            whole = f"{whole} {row.words}".translate(_BIDI).strip()
            if len(whole) > _LONGEST:
                return 0
            if whole[-1] not in ":：":
                continue
            below = self._below(end)
            is_repeated = below is not None and below.depth > depth
            if is_repeated and (_VERB.search(whole.lower()) or _ADDRESS.search(whole) or _DAY.search(whole)):
                return self._announce(depth + 1, _writer(whole), end + 1 - at)
            if below is not None and not is_repeated and self._opens(at, whole):
                self._is_passed_on = self._is_passed_on or not depth
                return self._announce(depth, _writer(whole), end + 1 - at)
        return 0

    def _opens(self, at: int, sentence: str) -> bool:
        """Check whether a sentence names the writer of the lines below it, which are repeated as often as it is.

        Apple's Mail repeats the sentence too; without marks only an address shows that a program wrote it.
        """
        depth = self.rows[at].depth
        above = next((row for row in reversed(self.rows[max(0, at - _LINES) : at]) if row.words), None)
        is_first = depth > 0 and (above is None or above.depth < depth)
        has_evidence = _ADDRESS.search(sentence) or (is_first and _DAY.search(sentence))
        return bool(has_evidence and _VERB.search(sentence.lower()))

    def _may_begin(self, at: int) -> bool:
        """Check whether a line within a paragraph begins such a sentence by itself: what stands above has ended."""
        above = self.rows[at - 1].words.rstrip()
        return above[-1:] in ".!?:…؟" or above == "--"

    def _below(self, at: int) -> Row | None:
        return next((row for row in self.rows[at + 1 : at + 1 + _LINES] if row.words), None)

    def _begins_signature(self, at: int) -> bool:
        row = self.rows[at]
        if row.depth or self._is_passed_on:
            return False
        if row.words == "-- ":
            return True
        if row.words == "--" or _RULE.fullmatch(row.words):
            rest = self.rows[at + 1 : at + 2 + _SIGNATURE]
            own = [each for each in rest if not each.depth and each.words]
            is_end = len(rest) <= _SIGNATURE or any(each.depth for each in rest)
            return is_end and (bool(own) if row.words == "--" else any(_FOOTER.search(each.words) for each in own[:3]))
        is_last = not any(each.words for each in self.rows[at + 1 : at + 2])
        return is_last and len(row.words) < 80 and row.words.lower().startswith(SENT_FROM)  # noqa: PLR2004 - a line


def _is_rule_of_original(words: str) -> bool:
    """Check for a line that announces a letter which is repeated as a whole.

    >>> _is_rule_of_original("-----Ursprüngliche Nachricht-----"), _is_rule_of_original("The original message")
    (True, False)
    """
    if len(words) > _LONGEST // 4:
        return False
    has_rules = words.lstrip("> ").startswith(_RULES)
    if not has_rules and words[-1:] not in ":：":
        return False
    bare = words.translate(_BIDI).strip(" -_=*:>：").lower().replace("’", "'")
    return (has_rules and bare.startswith(ORIGINAL)) or bare in BEGINS


def _label(words: str) -> str:
    if ":" not in words and "：" not in words:
        return ""
    found = _LABEL.match(words.translate(_BIDI).lstrip("> "))
    return found[1].strip().lower().replace("’", "'") if found else ""


def _behind_label(words: str) -> str:
    return re.split("[:：]", words, maxsplit=1)[1].strip(" *")


def _person(words: str) -> str:
    """Return the name in `"Omid Rahimi" <omid@example.org> [mailto:...]`, or else the address."""
    name = _IN_BRACKETS.sub("", words.translate(_BIDI)).strip(" \t\"'*,;()[]")
    address = _ADDRESS.search(words)
    return name[:100] if name and name != "<>" else (address[0] if address else "")


def _day(words: str) -> str:
    found = _DAY.search(words)
    return (read_date(found[0].replace(". de ", " de ")) or "") if found else ""


def _writer(line: str) -> str:
    """Return who is said to have written, and when: `Omid Rahimi, 2021-03-01`.

    >>> _writer("Am 01.03.2021 um 23:40 schrieb Omid Rahimi <omid@example.org>:")
    'Omid Rahimi, 2021-03-01'
    >>> _writer("Le lun. 1 mars 2021 à 23:40, Omid Rahimi <omid@example.org> a écrit :")
    'Omid Rahimi, 2021-03-01'
    >>> _writer("Omid Rahimi writes:")
    'Omid Rahimi'
    """
    bare = _IN_BRACKETS.sub(" ", line).strip(" \t:：")
    verb = _VERB.search(bare.lower()) if len(bare.lower()) == len(bare) else None
    before, after = (bare[: verb.start()], bare[verb.end() :]) if verb else (bare, "")
    address = _ADDRESS.search(line)
    name = _name_at_start(after) or _name_at_end(before) or (address[0] if address else "")
    return ", ".join(filter(None, (name, _day(line))))


def _name_at_end(words: str) -> str:
    """Return the words behind the last comma, figure, or word that belongs to a time."""
    kept: list[str] = []
    for part in reversed(re.split(r"[\s]+", words.replace("،", ",").strip(" ,;()"))):
        if any(sign.isdigit() for sign in part) or part.lower().strip(",") in NO_NAME or part.endswith((",", ";")):
            break
        kept.insert(0, part)
    name = " ".join(kept).strip(" \"'()[],.*<>")
    return name if any(sign.isalpha() for sign in name) and len(kept) <= 8 else ""  # noqa: PLR2004 - a name


def _name_at_start(words: str) -> str:
    kept: list[str] = []
    for part in words.strip(" ,;()").split():
        if any(sign.isdigit() for sign in part) or part.lower() in NO_NAME:
            break
        kept.append(part.rstrip(","))
        if part.endswith(","):
            break
    name = " ".join(kept).strip(" \"'()[],.*<>")
    return name if any(sign.isalpha() for sign in name) and len(kept) <= 8 else ""  # noqa: PLR2004 - a name
