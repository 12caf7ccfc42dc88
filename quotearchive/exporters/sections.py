"""Quotes in sections: by the document they are from, by speaker, by topic, by date."""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from quotearchive.exporters.context import QuoteInContext, in_context
from quotearchive.exporters.interface import Grouping, Options
from quotearchive.model import Selection


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A heading and the quotes under it.

    Attributes:
        heading: Its words.
        anchor: A name for links to it, unique in the export.
        quotes: At least one; a quote with several topics is under each.
    """

    heading: str
    anchor: str
    quotes: Sequence[QuoteInContext]


def sections(selections: Iterable[Selection], options: Options) -> Iterator[Section]:
    """Yield quotes in sections, by document in the order given, else in the order of the headings."""
    if options.by == "document":
        return _by_document(selections, options)
    return _gathered(selections, options)


def anchor(kind: str, name: str) -> str:
    """Return the name of a heading, for links that lead to it.

    >>> anchor("topic", "prison/conditions")
    'topic-prison-conditions'
    """
    words = re.sub(r"[^\w]+", "-", name.casefold()).strip("-")
    return f"{kind}-{words}"


def _by_document(selections: Iterable[Selection], options: Options) -> Iterator[Section]:
    for selection in selections:
        found = tuple(in_context(selection, options.context))
        if found:
            document = selection.document
            name = anchor("document", document.slug)
            yield Section(heading=document.title or document.slug, anchor=name, quotes=found)


def _gathered(selections: Iterable[Selection], options: Options) -> Iterator[Section]:
    groups: dict[str, list[QuoteInContext]] = {}
    for selection in selections:
        for entry in in_context(selection, options.context):
            for key in _keys(entry, options.by):
                groups.setdefault(key, []).append(entry)
    anchors: dict[str, int] = {}
    for key in sorted(groups, key=lambda key: (not key, key.casefold(), key)):
        heading = key or f"{options.by.capitalize()} not known"
        name = anchor(options.by, heading)
        anchors[name] = anchors.get(name, 0) + 1
        unique = f"{name}-{anchors[name]}" if anchors[name] > 1 else name
        yield Section(heading=heading, anchor=unique, quotes=groups[key])


def _keys(entry: QuoteInContext, by: Grouping) -> Sequence[str]:
    if by == "speaker":
        return (entry.quote.speaker or "",)
    if by == "topic":
        return entry.quote.topics or ("",)
    return (entry.quote.said or entry.document.date or "",)
