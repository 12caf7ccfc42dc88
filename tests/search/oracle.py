"""What a query means, said once more in plain Python: the index must answer the same.

A quote or a document is seen as an `Entry`, and `matches` asks it. It is slow and looks at everything.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

import msgspec

from quotearchive.anchoring.places import number_of
from quotearchive.dates import find_bounds
from quotearchive.model import SEGMENT_KINDS, Description, Document, Quote, Segment
from quotearchive.names import key
from quotearchive.query import And, Dated, Holds, Involves, Not, Numbered, Or, Placed, Query, Trait, Words
from quotearchive.query.fields import TRAITS
from quotearchive.query.words import folded_value, folded_words

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
        people: By the part that they have in the document, all names of people.
        segments: Those that the quotes touch, each with the end of its stretch: of a time, its first and last number.
    """

    text: str
    fields: Mapping[str, tuple[str, ...]]
    dates: Mapping[str, tuple[str, ...]]
    numbers: tuple[int, ...]
    document: int
    traits: frozenset[str]
    people: Mapping[str, tuple[str, ...]]
    segments: tuple[tuple[Segment, Segment | None], ...] = ()

    @cached_property
    def words(self) -> str:
        """The words of its text, each between two spaces."""
        return f" {folded_words(self.text)} "

    @cached_property
    def folded_fields(self) -> Mapping[str, tuple[str, ...]]:
        """The values of its fields, folded."""
        return {name: tuple(map(folded_value, values)) for name, values in self.fields.items()}

    @cached_property
    def bounds(self) -> Mapping[str, tuple[Bounds, ...]]:
        """The first and last day of each of its dates that can be read."""
        return {name: tuple(filter(None, map(find_bounds, dates))) for name, dates in self.dates.items()}


def matches(query: Query, entry: Entry) -> bool:  # noqa: C901, PLR0911 - one a kind of condition
    """Check whether an entry is what a query asks for."""
    match query:
        case And(parts):
            return all(matches(part, entry) for part in parts)
        case Or(parts):
            return any(matches(part, entry) for part in parts)
        case Not(part):
            return not matches(part, entry)
        case Words():
            return f" {query.words}{'' if query.is_prefix else ' '}" in entry.words
        case Holds(field, _, at_beginning):
            values = entry.folded_fields.get(field, ())
            return any(value.startswith(query.folded) if at_beginning else query.folded in value for value in values)
        case Dated(field, _, low, high):
            return any(earliest <= high and low <= latest for earliest, latest in entry.bounds.get(field, ()))
        case Numbered(field, first, last):
            numbers = entry.numbers if field == "id" else (entry.document,)
            return any(first <= number <= last for number in numbers)
        case Placed(field):
            return any(_is_at(query, *each) for each in entry.segments if each[0].kind == field)
        case Trait(name):
            return name in entry.traits
        case Involves(parts, name):
            words = key(name).split()
            spellings = (key(each) for part in parts for each in entry.people[part])
            return any(all(word in spelling for word in words) for spelling in spellings)


def _is_at(query: Placed, segment: Segment, behind: Segment | None) -> bool:
    names = [folded_value(segment.label), *([folded_value(segment.ref)] if isinstance(segment.ref, str) else [])]
    if any(query.folded == name if query.is_whole else query.folded in name for name in names):
        return True
    number = number_of(segment)
    if number is None or query.low is None or query.high is None:
        return False
    until = number_of(behind) if behind else None
    last = number if segment.kind != "time" else max(number, until - 1) if until is not None else number
    if segment.kind == "time" and behind is None:
        return query.high >= number
    return query.low <= last and query.high >= number


def _touched(quotes: list[Quote], description: Description) -> Iterator[tuple[Segment, Segment | None]]:
    """Every segment that ends behind the beginning of a passage and begins before its end, or is the first there is."""
    for kind in SEGMENT_KINDS:
        own = [each for each in description.segments if each.kind == kind]
        for segment, behind in zip(own, [*own[1:], None], strict=False):
            for passage in chain.from_iterable(quote.passages for quote in quotes if not quote.missing):
                is_behind = behind is not None and behind.start <= passage.start
                is_over = kind == "section" and any(
                    segment.start < each.start <= passage.start
                    for each in description.segments
                    if each.kind == "message"
                )
                if segment.label and segment.start < passage.end and not is_behind and not is_over:
                    yield segment, behind


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
        fields={
            "speaker": (*speakers, *chain.from_iterable(names.get(name, ()) for name in speakers)),
            "role": tuple(quote.role for quote in quotes if quote.role),
            "topic": tuple(chain.from_iterable(quote.topics for quote in quotes)),
            "to": (*recipients, *description.recipients),
            "note": tuple(quote.note for quote in quotes if quote.note),
            "document": (description.slug, description.title),
            "author": description.authors,
            "kind": (description.kind,),
            "place": _known(description.place),
            "publisher": _known(description.publisher),
            "language": _known(description.language),
        },
        dates={
            "date": _known(description.date),
            "said": tuple(date for quote in quotes if (date := quote.said or description.date)),
        },
        numbers=tuple(quote.id for quote in quotes),
        document=description.id,
        traits=frozenset(trait for trait, has in TRAITS.items() if any(map(has, quotes))),
        people={
            part: tuple(spelling for name in getattr(description, part) for spelling in (name, *names.get(name, ())))
            for part in ("authors", "recipients", "signatories")
        },
        segments=tuple(_touched(quotes, description)),
    )


def _known(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()
