"""What a query is asked of: a quote or a document, with what is known of it."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import chain
from typing import Final

import msgspec

from quotearchive.dates import bounds
from quotearchive.dates.errors import UnreadableDateError
from quotearchive.model import Description, Document, Quote
from quotearchive.query.words import plainly, searchable

Bounds = tuple[str, str]

#: Other names of speakers, by name.
Names = Mapping[str, tuple[str, ...]]


class Entry(msgspec.Struct, frozen=True, kw_only=True, dict=True, eq=False):
    """A quote or a document as a query sees it. What is compared is folded when it is first asked for.

    Attributes:
        text: What words are looked for in.
        fields: By the name of a field, the values it has; several for topics or authors.
        dates: By `date` and `said`, dates in EDTF.
        numbers: The numbers of the quotes it is or holds.
        document: The number of the document.
        traits: The names of the traits it has, such as `is:nested`.
    """

    text: str
    fields: Mapping[str, tuple[str, ...]]
    dates: Mapping[str, tuple[str, ...]]
    numbers: tuple[int, ...]
    document: int
    traits: frozenset[str]

    @cached_property
    def words(self) -> str:
        """The words of its text, each between two spaces."""
        return f" {searchable(self.text)} "

    @cached_property
    def plain_fields(self) -> Mapping[str, tuple[str, ...]]:
        """The values of its fields, folded."""
        return {name: tuple(map(plainly, values)) for name, values in self.fields.items()}

    @cached_property
    def bounds(self) -> Mapping[str, tuple[Bounds, ...]]:
        """The first and last day of each of its dates that can be read."""
        return {name: tuple(filter(None, map(find_bounds, dates))) for name, dates in self.dates.items()}


def find_bounds(date: str | None) -> Bounds | None:
    """Give the first and last day of a date; None if there is none or it can't be read.

    >>> find_bounds("2021-02"), find_bounds("soon")
    (('2021-02-01', '2021-02-28'), None)
    """
    try:
        return bounds(date) if date else None
    except UnreadableDateError:
        return None


#: The traits of a quote and how to tell.
QUOTE_TRAITS: Final[Mapping[str, Callable[[Quote], bool]]] = {
    "is:missing": lambda quote: quote.missing,
    "is:nested": lambda quote: quote.within is not None,
    "is:relayed": lambda quote: quote.within is not None,
    "is:split": lambda quote: len(quote.passages) > 1,
    "has:note": lambda quote: bool(quote.note),
    "has:topic": lambda quote: bool(quote.topics),
    "has:speaker": lambda quote: bool(quote.speaker),
}


def quote_entry(quote: Quote, description: Description, names: Names | None = None) -> Entry:
    """See a quote as a query does.

    Args:
        quote: The quote.
        description: Of its document.
        names: Other names of speakers, by name.
    """
    return _entry(quote.text, [quote], description, names or {})


def document_entry(document: Document, quotes: Iterable[Quote], names: Names | None = None) -> Entry:
    """See a document as a query does: by its text, and by all of its quotes where one would do.

    Args:
        document: The document.
        quotes: All quotes of it.
        names: Other names of speakers, by name.
    """
    return _entry(document.text, list(quotes), document, names or {})


def _entry(text: str, quotes: list[Quote], description: Description, names: Names) -> Entry:
    speakers = [quote.speaker for quote in quotes if quote.speaker]
    recipients = [quote.to for quote in quotes if quote.to]
    return Entry(
        text=text,
        fields=described(description)
        | {
            "speaker": (*speakers, *chain.from_iterable(names.get(name, ()) for name in speakers)),
            "topic": tuple(chain.from_iterable(quote.topics for quote in quotes)),
            "to": (*recipients, *description.recipients),
            "note": tuple(quote.note for quote in quotes if quote.note),
        },
        dates={"date": _known(description.date), "said": said(quotes, description)},
        numbers=tuple(quote.id for quote in quotes),
        document=description.id,
        traits=frozenset(trait for trait, has in QUOTE_TRAITS.items() if any(map(has, quotes))),
    )


def described(description: Description) -> dict[str, tuple[str, ...]]:
    """Give the values of the fields that are a document's own."""
    return {
        "document": (description.slug, description.title),
        "author": description.authors,
        "kind": (description.kind,),
        "place": _known(description.place),
        "publisher": _known(description.publisher),
        "language": _known(description.language),
    }


def said(quotes: Iterable[Quote], description: Description) -> tuple[str, ...]:
    """Give when quotes were said: when their document was written, where nothing else is known."""
    return tuple(date for quote in quotes if (date := quote.said or description.date))


def _known(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()
