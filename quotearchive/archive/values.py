"""The values of fields, from what users type to what an archive stores.

The kind of a field decides: names and topics are spelled as the archive spells them, dates become EDTF, and names of
documents their numbers.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from quotearchive.archive.people import SpeakerNames, cleaned_name
from quotearchive.archive.references import document_number, slugs_of
from quotearchive.archive.topics import Tree
from quotearchive.dates import parse_date
from quotearchive.errors import UsageError
from quotearchive.fields import FIELDS, Field, Kind, fields_of
from quotearchive.model import Description, Document
from quotearchive.store import Snapshot

#: Fields of a document that name other documents by their numbers.
REFERENCES: Final = tuple(field.name for field in fields_of(Document, Kind.DOCUMENT, Kind.DOCUMENTS))

#: By the name of a field, what a user gives for it: empty to take it away, None to leave it as it is.
Values = Mapping[str, Any]


class FieldValues:
    """Brings values into the form in which an archive stores them.

    Args:
        snapshot: The archive.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.names = SpeakerNames(snapshot)
        self.topics = Tree(snapshot, self.names)
        self._stores: dict[Kind, Callable[[Any], Any]] = {
            Kind.LINE: cleaned_name,
            Kind.NAME: self.names.resolve,
            Kind.NAMES: self.names.resolve_all,
            Kind.TOPICS: self.topics.spell_all,
            Kind.DATE: _date,
            Kind.DOCUMENT: self._number,
            Kind.DOCUMENTS: self._numbers,
        }

    def typed(self, of: type[msgspec.Struct], values: Values) -> dict[str, Any]:
        """Return what a user gives as it is stored; a quote around another depends on its words and is left out.

        Raises:
            UsageError: There is no such field, or it can't be taken away.
            EmptyTopicError: A topic has no words.
            UnreadableDateError: A date is none.
            DocumentNotFoundError: There is no such document.
            AmbiguousDocumentError: There are several.
        """
        known = [field.name for field in FIELDS[of]]
        if unknown := sorted(values.keys() - set(known)):
            strange = f"There is no field {unknown[0]!r}. The fields are {', '.join(known)}."
            raise UsageError(strange)
        stored: dict[str, Any] = {}
        for field in FIELDS[of]:
            value = values.get(field.name)
            if value is None or field.kind is Kind.QUOTE:
                continue
            if field.is_required and not value:
                needed = f"A document needs a {field.name}. Give another one."
                raise UsageError(needed)
            stored[field.name] = self._stored(field, value)
            if field.words:
                stored[field.words] = (value if value != stored[field.name] else None) or None
        return stored

    def spelled(self, of: type[msgspec.Struct], value: msgspec.Struct) -> dict[str, Any]:
        """Return the names and topics of a value from elsewhere as the archive spells them.

        Raises:
            EmptyTopicError: A topic has no words.
        """
        fields = fields_of(of, Kind.NAME, Kind.NAMES, Kind.TOPICS)
        return {field.name: self._stored(field, getattr(value, field.name)) for field in fields}

    def remarks(self, of: type[msgspec.Struct], stored: Mapping[str, Any]) -> Iterator[str]:
        """Yield which known names and topics new ones are much like, and how to merge them."""
        names = [stored.get(field.name) for field in fields_of(of, Kind.NAME)]
        names += [name for field in fields_of(of, Kind.NAMES) for name in stored.get(field.name, ())]
        yield from self.names.remarks(names)
        yield from self.topics.remarks(
            topic for field in fields_of(of, Kind.TOPICS) for topic in stored.get(field.name, ())
        )

    def _stored(self, field: Field, value: Any) -> Any:  # noqa: ANN401 - a field's value
        return self._stores.get(field.kind, _kept)(value)

    def _number(self, reference: str) -> int | None:
        return document_number(slugs_of(self._snapshot), reference) if reference else None

    def _numbers(self, references: Iterable[str]) -> tuple[int, ...]:
        return tuple(filter(None, map(self._number, references)))


def is_known(name: str, value: object) -> bool:
    """Check whether a field has a value; a document of the kind `other` is one of no known kind.

    >>> is_known("kind", "other"), is_known("title", "other")
    (False, True)
    """
    return value not in (None, "", ()) and not (name == "kind" and value == "other")


def fill(mine: msgspec.Struct, theirs: msgspec.Struct, fields: Iterable[str]) -> tuple[dict[str, Any], list[str]]:
    """Return what one value fills in where another is empty, by field, and the fields in which the two differ."""
    new: dict[str, Any] = {}
    differing = []
    for name in fields:
        ours, other = getattr(mine, name), getattr(theirs, name)
        if is_known(name, ours) and is_known(name, other) and ours != other:
            differing.append(name)
        elif is_known(name, other) and not is_known(name, ours):
            new[name] = other
    return new, differing


def renumbered(document: Description, number: Callable[[int], int | None]) -> dict[str, Any]:
    """Return a document's references to others, with other numbers.

    Args:
        document: The document.
        number: Returns the new number of a document by its old one; None to leave it out.
    """
    found: dict[str, Any] = {}
    for name in REFERENCES:
        value = getattr(document, name)
        numbers = map(number, value) if isinstance(value, tuple) else [value and number(value)]
        kept = tuple(dict.fromkeys(each for each in numbers if each is not None))
        found[name] = kept if isinstance(value, tuple) else next(iter(kept), None)
    return found


def _kept(value: Any) -> Any:  # noqa: ANN401 - a field's value
    return value or None


def _date(words: str) -> str | None:
    return parse_date(words) if words else None
