"""Letters: to whom, from whom, where and when, by the forms that letters keep.

A text is a letter if it has a salutation at its beginning and a closing or a list of signatories at its end,
or the header lines of an e-mail. Where a form names nobody ("Dear Sir or Madam"), nobody is taken.
"""

import re
from collections.abc import Iterable
from typing import Final

from quotearchive.readers.datelines import find_date_line, find_received, is_name
from quotearchive.readers.extracts import Extracted
from quotearchive.readers.headers import find_header
from quotearchive.readers.lines import Line, last_lines
from quotearchive.readers.set_phrases import (
    ADDRESSEES,
    AFTERWORDS,
    CLOSINGS,
    GREETINGS,
    HEADINGS,
    KEPT,
    LONG_CLOSINGS,
    NOBODY,
    SALUTATIONS,
    SIGNATORIES,
    SUBJECTS,
    TITLES,
    bare,
    behind,
)

#: How many signed: "and 213 others", "213 signatories", "und 213 weitere".
_OTHERS: Final = re.compile(
    r"\b(?:and|und|et|y|و) ?([0-9]{1,6}) "
    r"(?:others?|more|weitere|autres?|otros|otras|más|نفر دیگر|آخرين|آخرون)\b",
)
_COUNT: Final = re.compile(
    r"\b([0-9]{1,6}) (?:signatories|signatures|signataires|unterzeichner|firmantes|firmas|امضا)\b",
)

_NUMBER: Final = re.compile(r"^(?:[0-9]{1,5}[.)-]|[-*•–])\s*(?=.)")

#: Lines from the top that may hold a salutation, below letterhead, address and subject.
_ABOVE: Final = 30

#: The longest salutation in characters, and in words if no comma ends it: "Dear John" is one, and a sentence
#: that begins with "Dear" is longer.
_LONGEST: Final = 90
_FEW_WORDS: Final = 6


def find_letter(text: str, lines: tuple[Line, ...]) -> tuple[Extracted, ...]:
    """Extract the metadata that a letter states; nothing if the text is no letter.

    Args:
        text: The whole text.
        lines: Its first lines.
    """
    header = find_header(lines)
    salutation = next((line for line in lines[:_ABOVE] if is_salutation(line.words)), None)
    last = tuple(line for line in last_lines(text) if salutation is None or line.number > salutation.number)
    ends = (line for line in reversed(last) if is_closing(line.words) or line.words.lower() in SIGNATORIES)
    closing = next(ends, None)
    if not header and (salutation is None or closing is None):
        return ()
    evidence = salutation or lines[0]
    above = tuple(line for line in lines if salutation is None or line.number < salutation.number)[:_ABOVE]
    return (
        *header,
        Extracted("kind", "letter", evidence.number, evidence.words),
        *_find_heading(above if not header else ()),
        *(() if _has(header, "recipients") else _find_recipients(above, salutation)),
        *(() if _has(header, "date") else find_date_line(above) or find_date_line(reversed(last))),
        *find_received((*lines, *last)),
        *_find_signatures(last, closing, has_author=_has(header, "authors")),
    )


def is_salutation(words: str) -> bool:
    """Check whether a line greets the addressee.

    >>> is_salutation("Dear Mr President,"), is_salutation("Dear readers know that I am no friend of kings.")
    (True, False)
    """
    if len(words) > _LONGEST or bare(words) in GREETINGS:
        return len(words) <= _LONGEST
    ends_like_one = words[-1] in ",:!،" or (words[-1] not in ".?;…" and len(words.split()) <= _FEW_WORDS)
    return ends_like_one and (behind(words, SALUTATIONS) is not None or _opens_with_title(words))


def is_closing(words: str) -> bool:
    """Check whether a line closes a letter.

    >>> is_closing("Yours sincerely,"), is_closing("Yours is the earth and everything in it")
    (True, False)
    """
    signed = _signed_beside(words)
    return bare(words) in CLOSINGS or signed is not None or bare(words).startswith(LONG_CLOSINGS)


def _signed_beside(words: str) -> str | None:
    """Return the name in "Yours sincerely, Jane Doe"."""
    closing, comma, name = words.partition(",")
    is_signed = comma and bare(closing) in CLOSINGS and is_name(name.strip().rstrip("."))
    return name.strip().rstrip(".") if is_signed else None


def _opens_with_title(words: str) -> bool:
    return bare(words) in TITLES or (words[-1] in ",:!" and behind(words, TITLES) is not None)


def _has(extracted: Iterable[Extracted], field: str) -> bool:
    return any(each.field == field for each in extracted)


def _find_heading(above: tuple[Line, ...]) -> tuple[Extracted, ...]:
    """Extract the subject of a letter, or a heading that calls it one."""
    for line in above:
        if subject := behind(line.words, SUBJECTS):
            return (Extracted("title", subject, line.number, line.words),)
    for line in above:
        if any(word in line.words.lower() for word in HEADINGS):
            return (Extracted("title", line.words, line.number, line.words),)
    return ()


def _find_recipients(above: tuple[Line, ...], salutation: Line | None) -> tuple[Extracted, ...]:
    for line in above:
        if len(line.words) > _LONGEST or not (addressee := behind(line.words, ADDRESSEES)):
            continue
        kept = next((opening for opening in KEPT if line.words.lower().startswith(opening)), None)
        name = line.words.partition(" ")[2] if kept else addressee
        return (Extracted("recipients", name.rstrip(" ,:;."), line.number, line.words),)
    greeted = _greeted(salutation.words) if salutation else None
    return (Extracted("recipients", greeted, salutation.number, salutation.words),) if greeted and salutation else ()


def _greeted(words: str) -> str | None:
    """Return who is greeted, or None if that is nobody in particular."""
    stem = words.rstrip(" ,:!،.")
    named = behind(stem, SALUTATIONS) or (stem if _opens_with_title(words) else "")
    return named if named[:1].isalpha() and named.lower() not in NOBODY else None


def _find_signatures(last: tuple[Line, ...], closing: Line | None, *, has_author: bool) -> tuple[Extracted, ...]:
    listed = _find_listed(last)
    counted = _find_count(last, len(listed))
    author = None if has_author or listed or closing is None else _find_signature(last, closing)
    return (*((author,) if author else ()), *listed, *counted)


def _find_signature(last: tuple[Line, ...], closing: Line) -> Extracted | None:
    """Extract the name behind the closing, on its line or on the next."""
    if beside := _signed_beside(closing.words):
        return Extracted("authors", beside, closing.number, closing.words)
    line = next((line for line in last if line.number > closing.number), None)
    if line is None or line.words.lower().startswith(AFTERWORDS):
        return None
    signed = line.words.removeprefix("(signed) ").removeprefix("gez. ")
    name = re.split("[,،(]", signed)[0].strip().rstrip(".")
    return Extracted("authors", name, line.number, line.words) if is_name(name) else None


def _find_listed(last: tuple[Line, ...]) -> tuple[Extracted, ...]:
    """Extract the names in a list below a line that announces signatories."""
    at = next((at for at, line in enumerate(last) if line.words.lower() in SIGNATORIES), None)
    if at is None:
        return ()
    names = [(line, re.split("[,،(]", _NUMBER.sub("", line.words))[0].strip()) for line in last[at + 1 :]]
    return tuple(Extracted("signatories", name, line.number, line.words) for line, name in names if is_name(name))


def _find_count(last: tuple[Line, ...], listed: int) -> tuple[Extracted, ...]:
    for line in last:
        digits = line.words.lower().replace(",", "")
        if others := _OTHERS.search(digits):
            return (Extracted("signatory_count", str(max(1, listed) + int(others[1])), line.number, line.words),)
        if count := _COUNT.search(digits):
            return (Extracted("signatory_count", str(int(count[1])), line.number, line.words),)
    return ()
