"""The table of fields: what users say of quotes, documents and speakers.

One line here is one field. What asks for fields, reads, changes, merges, searches or writes them derives its
options, keys, columns and labels from this table.
"""

import enum
from collections.abc import Mapping
from typing import Final

import msgspec

from quotearchive.model import KINDS, Document, Quote, Speaker


class Kind(enum.Enum):
    """What the value of a field is: text, or text on one line, or what its name says."""

    TEXT = enum.auto()
    LINE = enum.auto()
    NAME = enum.auto()
    NAMES = enum.auto()
    TOPICS = enum.auto()
    DATE = enum.auto()
    CHOICE = enum.auto()
    COUNT = enum.auto()
    QUOTE = enum.auto()
    DOCUMENT = enum.auto()
    DOCUMENTS = enum.auto()


class Merge(enum.Enum):
    """How two values of a field become one."""

    #: The value that is known is kept; two that differ are a conflict.
    FILL = enum.auto()
    #: All values of both are kept.
    UNITE = enum.auto()


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a quote, a document or a speaker that its user gives.

    Attributes:
        name: The attribute of the value, the key in JSON and in a form, and the column in CSV.
        kind: What its value is.
        label: What reports, forms and exports call it.
        help: What it says, as a sentence: the help of its option, and of its column.
        option: The option that gives it, or one of its values; None for a field that has none.
        metavar: What the help shows for the option's value; None for the kind's own.
        query: The field of a search expression that finds it; None if it can't be searched for.
        merge: How two values become one.
        choices: The values that it can have, if they are given.
        words: The field that keeps a date as it was typed, if that is kept.
        is_required: Whether it can't be taken away.
    """

    name: str
    kind: Kind = Kind.TEXT
    label: str
    help: str
    option: str | None = None
    metavar: str | None = None
    query: str | None = None
    merge: Merge = Merge.FILL
    choices: tuple[str, ...] = ()
    words: str | None = None
    is_required: bool = False

    @property
    def is_plural(self) -> bool:
        """Whether it holds several values."""
        return self.kind in {Kind.NAMES, Kind.TOPICS, Kind.DOCUMENTS}


#: The fields that users give, in the order in which they are shown. What asks for, reads, changes, merges, searches
#: or writes fields reads this table; a format that leaves one out says so.
FIELDS: Final[Mapping[type[msgspec.Struct], tuple[Field, ...]]] = {
    Quote: (
        Field(name="speaker", kind=Kind.NAME, label="Speaker", help="Who said it.", option="speaker", query="speaker"),
        Field(
            name="role",
            kind=Kind.LINE,
            label="Role",
            help="The speaker's role then, such as 'teacher'.",
            option="role",
            query="role",
        ),
        Field(name="mention", label="Named as", help="How the document names the speaker, such as 'He'."),
        Field(name="to", kind=Kind.NAME, label="To", help="To whom it was said.", option="to", query="to"),
        Field(
            name="topics",
            kind=Kind.TOPICS,
            label="Topics",
            help="What it is about.",
            option="topic",
            metavar="TOPIC",
            query="topic",
            merge=Merge.UNITE,
        ),
        Field(
            name="said",
            kind=Kind.DATE,
            label="Said",
            help="When it was said, if not when the document was written.",
            option="said",
            query="said",
        ),
        Field(name="note", label="Note", help="Your own words on it.", option="note", query="note"),
        Field(
            name="within",
            kind=Kind.QUOTE,
            label="Within",
            help="The number of the quote it is said in.",
            option="within",
        ),
    ),
    Document: (
        Field(
            name="kind",
            kind=Kind.CHOICE,
            label="Kind",
            help="What the document is.",
            option="kind",
            query="kind",
            choices=KINDS,
            is_required=True,
        ),
        Field(
            name="title",
            label="Title",
            help="The document's title.",
            option="title",
            query="document",
            is_required=True,
        ),
        Field(name="authors", kind=Kind.NAMES, label="Author", help="Who wrote it.", option="author", query="author"),
        Field(
            name="recipients",
            kind=Kind.NAMES,
            label="Recipient",
            help="To whom it is addressed.",
            option="recipient",
            query="to",
        ),
        Field(
            name="date",
            kind=Kind.DATE,
            label="Date",
            help="When it was written, sent or published.",
            option="date",
            query="date",
            words="date_words",
        ),
        Field(name="date_words", label="Dated", help="The date in the document's own words."),
        Field(
            name="place",
            label="Place",
            help="Where it was written, sent from or published.",
            option="place",
            query="place",
        ),
        Field(name="received", kind=Kind.DATE, label="Received", help="When a letter arrived.", option="received"),
        Field(
            name="destination", label="Sent to", help="Where a letter was sent.", option="destination", metavar="PLACE"
        ),
        Field(
            name="signatories",
            kind=Kind.NAMES,
            label="Signed by",
            help="Who signed it.",
            option="signatory",
        ),
        Field(
            name="signatory_count",
            kind=Kind.COUNT,
            label="Signatories",
            help="How many signed it.",
            option="signatories",
        ),
        Field(
            name="replies_to",
            kind=Kind.DOCUMENT,
            label="Reply to",
            help="The letter that it answers.",
            option="replies-to",
        ),
        Field(
            name="encloses",
            kind=Kind.DOCUMENTS,
            label="Enclosed",
            help="A document that was sent with it.",
            option="enclose",
        ),
        Field(name="publisher", label="Publisher", help="Who published it.", option="publisher", query="publisher"),
        Field(name="url", label="URL", help="Where it was found.", option="url"),
        Field(
            name="language",
            label="Language",
            help="Its language, such as en or fa.",
            option="language",
            metavar="TAG",
            query="language",
        ),
    ),
    Speaker: (
        Field(
            name="aliases",
            kind=Kind.NAMES,
            label="Aliases",
            help="Other spellings, scripts or short names.",
            merge=Merge.UNITE,
        ),
        Field(name="role", kind=Kind.LINE, label="Role", help="What the speaker is known as.", option="role"),
        Field(name="note", label="Note", help="Your own words on the speaker.", option="note"),
        Field(
            name="wikidata",
            label="Wikidata",
            help="The speaker's item in Wikidata, such as Q1234.",
            option="wikidata",
            metavar="ITEM",
        ),
        Field(name="viaf", label="VIAF", help="The speaker's number in VIAF.", option="viaf", metavar="NUMBER"),
        Field(name="gnd", label="GND", help="The speaker's number in the GND.", option="gnd", metavar="NUMBER"),
    ),
}


def fields_of(of: type[msgspec.Struct], *kinds: Kind) -> tuple[Field, ...]:
    """Return the fields of a quote, a document or a speaker: all of them, or those of some kinds.

    >>> [field.name for field in fields_of(Quote, Kind.NAME)]
    ['speaker', 'to']
    """
    return tuple(field for field in FIELDS[of] if not kinds or field.kind in kinds)


def options_of(of: type[msgspec.Struct]) -> tuple[Field, ...]:
    """Return the fields that users give: those with an option."""
    return tuple(field for field in FIELDS[of] if field.option)


def filled_of(of: type[msgspec.Struct]) -> tuple[Field, ...]:
    """Return the fields that are filled in where they are empty; a date's own words go with the date."""
    words = {field.words for field in FIELDS[of]}
    return tuple(field for field in FIELDS[of] if field.merge is Merge.FILL and field.name not in words)
