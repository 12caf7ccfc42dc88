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


class Field(msgspec.Struct, frozen=True):
    """A field of a quote, a document or a speaker that its user gives.

    Attributes:
        name: The attribute of the value, the key in JSON and in a form, and the column in CSV.
        kind: What its value is.
        label: What reports, forms and exports call it.
        help: What it says, as a sentence: the help of its option, and of its column.
        option: The option that gives it, or one of its values; None for a field that has none.
        query: The field of a search expression that finds it; None if it can't be searched for.
        metavar: What the help shows for the option's value; None for the kind's own.
        is_united: Whether all values of two are kept where they become one; else two that differ are a conflict.
        choices: The values that it can have, if they are given.
        words: The field that keeps a date as it was typed, if that is kept.
        is_required: Whether it can't be taken away.
    """

    name: str
    kind: Kind
    label: str
    help: str
    option: str | None = None
    query: str | None = None
    metavar: str | None = None
    is_united: bool = False
    choices: tuple[str, ...] = ()
    words: str | None = None
    is_required: bool = False

    @property
    def is_plural(self) -> bool:
        """Whether it holds several values."""
        return self.kind in {Kind.NAMES, Kind.TOPICS, Kind.DOCUMENTS}


#: The fields that users give, in the order in which they are shown: name, kind, label, help, option, query. What asks
#: for, reads, changes, merges, searches or writes fields reads this table; a format that leaves one out says so.
FIELDS: Final[Mapping[type[msgspec.Struct], tuple[Field, ...]]] = {
    Quote: (
        Field("speaker", Kind.NAME, "Speaker", "Who said it.", "speaker", "speaker"),
        Field("role", Kind.LINE, "Role", "The speaker's role then, such as 'teacher'.", "role", "role"),
        Field("mention", Kind.TEXT, "Named as", "How the document names the speaker, such as 'He'."),
        Field("to", Kind.NAME, "To", "To whom it was said.", "to", "to"),
        Field("topics", Kind.TOPICS, "Topics", "What it is about.", "topic", "topic", is_united=True),
        Field("said", Kind.DATE, "Said", "When it was said, if not when the document was written.", "said", "said"),
        Field("note", Kind.TEXT, "Note", "Your own words on it.", "note", "note"),
        Field("within", Kind.QUOTE, "Within", "The number of the quote it is said in.", "within"),
    ),
    Document: (
        Field("kind", Kind.CHOICE, "Kind", "What the document is.", "kind", "kind", choices=KINDS, is_required=True),
        Field("title", Kind.TEXT, "Title", "The document's title.", "title", "document", is_required=True),
        Field("authors", Kind.NAMES, "Author", "Who wrote it.", "author", "author"),
        Field("recipients", Kind.NAMES, "Recipient", "To whom it is addressed.", "recipient", "to"),
        Field("date", Kind.DATE, "Date", "When it was written, sent or published.", "date", "date", words="date_words"),
        Field("date_words", Kind.TEXT, "Dated", "The date in the document's own words."),
        Field("place", Kind.TEXT, "Place", "Where it was written, sent from or published.", "place", "place"),
        Field("received", Kind.DATE, "Received", "When a letter arrived.", "received"),
        Field("destination", Kind.TEXT, "Sent to", "Where a letter was sent.", "destination", metavar="PLACE"),
        Field("signatories", Kind.NAMES, "Signed by", "Who signed it.", "signatory"),
        Field("signatory_count", Kind.COUNT, "Signatories", "How many signed it.", "signatories"),
        Field("replies_to", Kind.DOCUMENT, "Reply to", "The letter that it answers.", "replies-to"),
        Field("encloses", Kind.DOCUMENTS, "Enclosed", "A document that was sent with it.", "enclose"),
        Field("publisher", Kind.TEXT, "Publisher", "Who published it.", "publisher", "publisher"),
        Field("url", Kind.TEXT, "URL", "Where it was found.", "url"),
        Field(
            "language", Kind.TEXT, "Language", "Its language, such as en or fa.", "language", "language", metavar="TAG"
        ),
    ),
    Speaker: (
        Field("aliases", Kind.NAMES, "Aliases", "Other spellings, scripts or short names.", is_united=True),
        Field("role", Kind.LINE, "Role", "What the speaker is known as.", "role"),
        Field("note", Kind.TEXT, "Note", "Your own words on the speaker.", "note"),
        Field(
            "wikidata",
            Kind.TEXT,
            "Wikidata",
            "The speaker's item in Wikidata, such as Q1234.",
            "wikidata",
            metavar="ITEM",
        ),
        Field("viaf", Kind.TEXT, "VIAF", "The speaker's number in VIAF.", "viaf", metavar="NUMBER"),
        Field("gnd", Kind.TEXT, "GND", "The speaker's number in the GND.", "gnd", metavar="NUMBER"),
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
    return tuple(field for field in FIELDS[of] if not field.is_united and field.name not in words)
