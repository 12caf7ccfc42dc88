"""What the header of a TEI document says of it: of letters by `correspDesc`, of others by title and source.

Editors are no authors. See https://www.tei-c.org/release/doc/tei-p5-doc/en/html/HD.html.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from quotearchive.dates import is_plain
from quotearchive.model import KINDS
from quotearchive.readers.extracts import Extracted
from quotearchive.readers.languages import is_tag
from quotearchive.readers.xml_trees import Element, attribute, child, local, words_of

#: Who or where is named.
_NAMES: Final = ("persName", "orgName", "name", "rs")
_PLACES: Final = ("placeName", "settlement", "pubPlace", "rs")

#: What names nobody.
_NOBODY: Final = frozenset({"unknown", "unbekannt", "inconnu", "n. n.", "[unknown]", "[unbekannt]"})

#: Titles of series and journals, and those that hold a date.
_OTHER_LEVELS: Final = frozenset({"s", "j", "m"})
_OTHER_TITLES: Final = frozenset({"sub", "subordinate", "iso-date", "short", "filing", "desc", "series"})

#: A day, a month or a year, perhaps with a time behind it.
_DAY: Final = re.compile(r"([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?:T.*)?")

#: What says that a date is doubted.
_DOUBT: Final = frozenset({"low", "unknown"})


def describe_header(header: Element) -> tuple[Extracted, ...]:
    """Extract what a header states, the most important first."""
    return (*_title(header), *_kind(header), *_letter(header), *_publication(header), *_language(header))


def licence(header: Element) -> str | None:
    """Return the licence of an edition: its address, or its words if they are few."""
    for element in header.iter("{*}licence"):
        return attribute(element, "target") or words_of(element)[:200] or None
    return None


def is_letter(header: Element) -> bool:
    """Check whether a header describes a letter."""
    return next(header.iter("{*}correspDesc"), None) is not None


def _title(header: Element) -> Iterator[Extracted]:
    statement = next(header.iter("{*}titleStmt"), None)
    titles = [each for each in statement if local(each) == "title"] if statement is not None else []
    fit = [
        each
        for each in titles
        if each.get("level") not in _OTHER_LEVELS and each.get("type") not in _OTHER_TITLES and words_of(each)
    ]
    best = [each for each in fit if each.get("type") == "main" or each.get("level") == "a"] or fit or titles
    for element in best[:1]:
        if words := words_of(element):
            yield Extracted("title", words, source="titleStmt title")


def _kind(header: Element) -> Iterator[Extracted]:
    if is_letter(header):
        yield Extracted("kind", "letter", source="correspDesc")
        return
    source = next(header.iter("{*}sourceDesc"), None)
    described = child(source, "bibl")
    kind = described.get("type") if described is not None else None
    if kind in KINDS:
        yield Extracted("kind", str(kind), source="sourceDesc bibl")


def _letter(header: Element) -> Iterator[Extracted]:
    """Extract who sent a letter whence and when, and who received it where and when."""
    actions = {each.get("type"): each for each in header.iter("{*}correspAction")}
    sent, received = actions.get("sent"), actions.get("received")
    authors = list(_all("authors", _named(sent, _NAMES), "correspDesc sent"))
    yield from authors or _authors(header)
    if sent is not None:
        yield from list(_all("place", _named(sent, _PLACES[:2]), "correspDesc sent"))[:1]
        yield from _dated(sent, "date", "correspDesc sent")
    if received is not None:
        yield from _all("recipients", _named(received, _NAMES), "correspDesc received")
        yield from list(_all("destination", _named(received, _PLACES[:2]), "correspDesc received"))[:1]
        yield from _dated(received, "received", "correspDesc received")


def _authors(header: Element) -> Iterator[Extracted]:
    for where in ("titleStmt", "sourceDesc"):
        place = next(header.iter(f"{{*}}{where}"), None)
        found = [words_of(each) for each in place.iter("{*}author")] if place is not None else []
        if found:
            yield from _all("authors", found, f"{where} author")
            return


def _publication(header: Element) -> Iterator[Extracted]:
    """Extract who published it where and when: the source, if that was printed, and else the edition."""
    source = next(header.iter("{*}sourceDesc"), None)
    printed = child(source, "bibl", "biblStruct", "biblFull")
    if printed is not None:
        yield from list(_all("publisher", _named(printed, ("publisher",)), "sourceDesc publisher"))[:1]
        yield from list(_all("url", [each.get("target") or "" for each in printed.iter("{*}ref")], "sourceDesc ref"))[
            :1
        ]
        if not is_letter(header):
            yield from list(_all("place", _named(printed, ("pubPlace",)), "sourceDesc pubPlace"))[:1]
            yield from _dated(printed, "date", "sourceDesc date")
    created = next(header.iter("{*}creation"), None)
    if created is not None and not is_letter(header):
        yield from _dated(created, "date", "creation")
    edition = next(header.iter("{*}publicationStmt"), None)
    if edition is not None:
        yield from list(_all("publisher", _named(edition, ("publisher",)), "publicationStmt publisher"))[:1]
        addresses = [
            words for words in _named(edition, ("idno", "ptr", "ref")) if words.startswith(("http:", "https:"))
        ]
        yield from list(_all("url", addresses, "publicationStmt idno"))[:1]


def _language(header: Element) -> Iterator[Extracted]:
    languages = sorted(header.iter("{*}language"), key=lambda each: -_usage(each))
    for element in languages[:1]:
        tag = element.get("ident") or ""
        if is_tag(tag):
            yield Extracted("language", tag, source="langUsage")


def _usage(element: Element) -> int:
    usage = element.get("usage") or "0"
    return int(usage) if usage.isdecimal() and len(usage) <= len("100") else 0


def _named(element: Element | None, tags: Iterable[str]) -> list[str]:
    """Return the words of elements of some names below another, none of which lies in another one."""
    if element is None:
        return []
    found = [each for each in element.iter(*(f"{{*}}{tag}" for tag in tags)) if each is not element]
    known = set(found)
    return [words_of(each) for each in found if not any(above in known for above in each.iterancestors())]


def _all(field: str, values: Iterable[str], source: str) -> Iterator[Extracted]:
    for value in values:
        if value and value.casefold() not in _NOBODY:
            yield Extracted(field, value, source=source)


def _dated(element: Element, field: str, source: str) -> Iterator[Extracted]:
    for date in element.iter("{*}date"):
        words = words_of(date)
        if edtf := words if is_plain(words) else _edtf(date):
            yield Extracted(field, edtf, source=source)
            if field == "date" and words and words != edtf:
                yield Extracted("date_words", words, source=source)
            return


def _edtf(date: Element) -> str | None:
    """Return a date by its attributes: a day, or the days between which it lies."""
    if when := _day(date, "when", "when-iso"):
        return f"{when}?" if date.get("cert") in _DOUBT else when
    first = _day(date, "from", "from-iso", "notBefore", "notBefore-iso")
    last = _day(date, "to", "to-iso", "notAfter", "notAfter-iso")
    if first == last:
        return first
    return f"{first or '..'}/{last or '..'}"


def _day(date: Element, *names: str) -> str | None:
    for name in names:
        if found := _DAY.fullmatch((date.get(name) or "").strip()):
            return found[1]
    return None
