"""The properties that word processors write into a document, and how far they are to be believed.

A file that was begun from a template, or from the letter before, says the title, author and date of that. So a title
or an author is believed only if the text says it too, and is a guess otherwise; dates are always guesses.
"""

import re
from typing import Final

import msgspec

from quotearchive.readers.extracts import Extracted
from quotearchive.readers.languages import is_tag
from quotearchive.readers.lines import first_lines, last_lines
from quotearchive.readers.plain_text import describe

#: Authors that programs and firms put in: nobody's name.
_NOBODY: Final = re.compile(
    r"(?:microsoft|windows|ms|default|office|local)?[ _-]*(?:office|word)?[ _-]*"
    r"(?:user|users|owner|admin|administrator|author|unknown|anonymous|guest|pc|test|customer|benutzer|utilisateur|usuario)"
    r"[ _-]*[0-9]*|.*\bun[- ]?registered\b.*|python-docx|apache poi|openoffice\.org.*|libreoffice.*|[^\w]*",
    re.IGNORECASE,
)

#: Titles that programs put in, and names of files.
_NO_TITLE: Final = re.compile(
    r"(?:microsoft (?:office )?word ?- ?)?"
    r"(?:untitled|no title|title|titel|titre|document|dokument|unbenannt|sans titre)"
    r"[ _-]*[0-9]*|microsoft (?:office )?word ?-.*|.*\.(?:docx?|docm|dotx?|rtf|odt|txt|pdf|wpd)",
    re.IGNORECASE,
)

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

#: The sign of a note at the end of a title.
_NOTE: Final = re.compile(r"(?<=\S)\[(?:[0-9]{1,3}|[ivxlc]{1,6})\]$")


class Property(msgspec.Struct, frozen=True):
    """What a file says of the document in it.

    Attributes:
        field: The field of the document that it fills.
        value: What it says.
        source: Where it says so: `core dc:title`.
    """

    field: str
    value: str
    source: str


def describe_document(
    text: str, properties: tuple[Property, ...], heading: Property | None = None
) -> tuple[Extracted, ...]:
    """Extract what a text and the properties of its file state.

    Args:
        text: The document's text.
        properties: What the file says of it.
        heading: The title, if a paragraph of the text is marked as that.
    """
    stated = tuple(
        msgspec.structs.replace(each, value=_NOTE.sub("", each.value)) if each.field == "title" else each
        for each in describe(text)
    )
    is_letter = any(each.field == "kind" and each.value == "letter" for each in stated)
    judged = [each for found in properties if (each := _judge(found, text))]
    believed = [each for each in judged if not each.is_guess]
    guesses = [each for each in judged if each.is_guess]
    title = (Extracted("title", heading.value, source=heading.source),) if heading and not is_letter else ()
    if is_letter:  # it says itself who writes, and when
        return (*stated, *believed, *guesses)
    return (*title, *believed, *stated, *guesses)


def _judge(found: Property, text: str) -> Extracted | None:
    """Return what a property is worth; None if it is worth nothing."""
    value = " ".join(found.value.split())
    if found.field == "title":
        is_worth, is_believed = not _NO_TITLE.fullmatch(value), _stands(value, text)
    elif found.field == "authors":
        is_worth, is_believed = not _NOBODY.fullmatch(value), _stands(value, text)
    elif found.field == "date":
        day = _DAY.match(value)
        value = day[0] if day else ""
        is_worth, is_believed = True, False
    else:
        is_worth, is_believed = found.field != "language" or is_tag(value), False
    if not value or not is_worth:
        return None
    return Extracted(found.field, value, source=found.source, is_guess=not is_believed)


def _stands(value: str, text: str) -> bool:
    """Check whether words stand in the first or last lines of a text: one word as a line, several within one."""
    folded = value.casefold()
    for line in (*first_lines(text), *last_lines(text)):
        words = " ".join(line.words.split()).casefold()
        if words == folded or (" " in folded and folded in words):
            return True
    return False
