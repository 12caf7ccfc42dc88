"""The fields that a query can ask for: what each is called, and where its values are.

Which attributes of quotes and documents a field finds is said in the table of all fields. The language, the help of
`search`, the SQL of conditions and the columns of the index are read from here.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal

import msgspec

from quotearchive.fields import FIELDS
from quotearchive.model import Description, Document, Quote

#: What the values of a field are: words of which a part will do, the same or the number of a document, a
#: number, a date, the name of a trait, or a label or number of a part of the document, such as a page.
Kind = Literal["text", "reference", "number", "date", "trait", "place"]


class QueryField(msgspec.Struct, frozen=True, kw_only=True):
    """A field of the query language.

    Attributes:
        name: As it is typed.
        help: What `search --help` says of it.
        kind: What its values are.
        own: Attributes of quotes or documents that nobody gives and that hold its values too.
        where: The condition on a quote, in SQL, around one on the table that holds its values; `{}` where they
            are in a column of `quotes`.
        at_beginning: Whether a value is looked for at the beginning only: `fa` is in `fa-IR`, but not in `mfa`.
        expected: What a value should have been, for a field that doesn't take any words.
    """

    name: str
    help: str
    kind: Kind = "text"
    own: tuple[str, ...] = ()
    where: str = "{}"
    at_beginning: bool = False
    expected: str = ""

    @property
    def column(self) -> str:
        """The column of the index that holds the folded values."""
        return f"{self.name}_values"

    @property
    def quote(self) -> tuple[str, ...]:
        """The attributes of a quote that hold its values."""
        return self._attributes(Quote)

    @property
    def document(self) -> tuple[str, ...]:
        """The attributes of a document that hold its values."""
        return self._attributes(Document)

    def _attributes(self, owner: type[msgspec.Struct]) -> tuple[str, ...]:
        own = (name for name in self.own if name in owner.__struct_fields__)
        return (*own, *(field.name for field in FIELDS[owner] if field.query == self.name))


_SPEAKER: Final = "q.speaker IN (SELECT id FROM people WHERE {})"
_TOPIC: Final = "q.id IN (SELECT quote FROM tagged WHERE topic IN (SELECT id FROM topics WHERE {}))"
_DATE: Final = "a date such as 2021, 2021-02, 2021-01..2021-06 or >=2021"

QUERY_FIELDS: Final[Mapping[str, QueryField]] = {
    field.name: field
    for field in (
        QueryField(name="speaker", help="who said it, by any part of the name", where=_SPEAKER),
        QueryField(name="role", help="what the speaker was then: teacher, minister of justice"),
        QueryField(
            name="topic",
            help="what it is about, by any part of the path; prison includes prison/conditions",
            where=_TOPIC,
        ),
        QueryField(
            name="document",
            help="the source, by any part of its name or title, or by its number",
            kind="reference",
            own=("slug",),
        ),
        QueryField(name="author", help="who wrote the source"),
        QueryField(name="to", help="to whom it was said, or the source was addressed"),
        QueryField(name="kind", help="letter, article, statement, speech, interview or other", at_beginning=True),
        QueryField(name="place", help="where the source was written"),
        QueryField(name="publisher", help="who published the source"),
        QueryField(name="language", help="of the source: en, fa, zh-Hant", at_beginning=True),
        QueryField(name="note", help="words of your own notes"),
        QueryField(
            name="page",
            help="on which it stands, by label or number: 12, iv or 12..15",
            kind="place",
        ),
        QueryField(
            name="time",
            help="at which it is said in a recording: 00:14:05 or 14:05..15:00",
            kind="place",
            expected="a time such as 00:14:05 or 14:05..15:00",
        ),
        QueryField(
            name="section",
            help="in which it stands, by any part of the heading",
            kind="place",
        ),
        QueryField(
            name="message",
            help="in which it stands, by number or any part of the label or Message-ID",
            kind="place",
        ),
        QueryField(
            name="id",
            help="the quote's number: 12 or 12..19",
            kind="number",
            expected="a number such as 12 or 12..19",
        ),
        QueryField(
            name="date",
            help="of the source: 2021, 2021-02, 2021-01..2021-06, >=2021",
            kind="date",
            expected=_DATE,
        ),
        QueryField(
            name="said",
            help="when it was said: the source's date if nothing else is known",
            kind="date",
            expected=_DATE,
        ),
        QueryField(
            name="is",
            help="relayed (or nested), which is within another quote, or split into several passages",
            kind="trait",
            expected="is:relayed, is:nested or is:split",
        ),
        QueryField(
            name="has",
            help="note, topic or speaker",
            kind="trait",
            expected="has:note, has:topic or has:speaker",
        ),
    )
}

#: The traits of a quote and how to tell.
TRAITS: Final[Mapping[str, Callable[[Quote], bool]]] = {
    "is:missing": lambda quote: quote.missing,
    "is:nested": lambda quote: quote.within is not None,
    "is:relayed": lambda quote: quote.within is not None,
    "is:split": lambda quote: len(quote.passages) > 1,
    "has:note": lambda quote: bool(quote.note),
    "has:topic": lambda quote: bool(quote.topics),
    "has:speaker": lambda quote: bool(quote.speaker),
}


def values_of(value: Quote | Description, attributes: tuple[str, ...]) -> Iterator[str]:
    """Yield the texts that attributes of a quote or a document hold."""
    for name in attributes:
        held = getattr(value, name)
        yield from (held,) if isinstance(held, str) else held or ()
