"""Forms: the fields of a quote or a document as a small YAML text that a person edits, and back.

A form has a line, or a list, for each field. Every value is taken as it is written: YAML's ideas of what is a
date, a number or `no` play no part. A mistake has its line, so that it can be shown above it.
"""

import re
from typing import Any, Final

import yaml

from quotearchive.cli.errors import FormError
from quotearchive.dates import parse_date
from quotearchive.errors import QuoteArchiveError
from quotearchive.fields import Field, Kind, options_of
from quotearchive.model import Document, Quote
from quotearchive.text import visible

#: What begins a line that tells of a mistake.
MISTAKE: Final = "# ! "

#: Columns of a line in which a form shows the document's words.
_WIDTH: Final = 100

#: Digits of the largest number that a field takes.
_DIGITS: Final = 9

#: What YAML can't hold (https://yaml.org/spec/1.2.2/#51-character-set), and is no control character either.
_UNREADABLE: Final = re.compile("[\ufffe\uffff]")

#: What ends a line of YAML.
_LINE_END: Final = re.compile("(?<=\n)|(?<=\r)(?!\n)|(?<=[\x85\u2028\u2029])")

#: What the reader of YAML says of a colon in a sentence, and what helps.
_COLON: Final = "mapping values are not allowed here"
_COLON_ADVICE: Final = "Put words with a colon into quotation marks: note: 'He said: no'."


class _Plain(yaml.SafeDumper):
    """Writes values without marks that only YAML's types would need."""

    yaml_implicit_resolvers: Final[dict[str, list[Any]]] = {}  # type: ignore[misc]


def quote_form(quote: Quote, document: Document) -> str:
    """Return the form of a quote: its fields, below its words."""
    words = "\n".join(f"#   {line}" for line in _lines(quote.text))
    slug = " ".join(_lines(document.slug))
    heading = f"# Quote {quote.id} of {slug}. Its words are the document's own and stay:\n{words}\n"
    return heading + _advice("--start, --end or --passage move a quote.") + _written(quote)


def document_form(document: Document) -> str:
    """Return the form of a document: its fields."""
    heading = f"# {' '.join(_lines(document.slug))} (number {document.id}). Its text stays as it is.\n"
    return heading + _advice("Dates are EDTF or words.") + _written(document)


def read_form(text: str, of: type[Quote | Document]) -> dict[str, Any]:
    r"""Read a form.

    Args:
        text: The form, edited.
        of: Whether it is that of a quote or of a document.

    Returns:
        The value of each field that is in it, perhaps empty; no field at all if all was deleted.

    Raises:
        FormError: A line can't be read.

    >>> read_form("speaker: Hashem Khastar\ntopics: [prison]\nsaid: 12 February 2021", Quote)
    {'speaker': 'Hashem Khastar', 'topics': ('prison',), 'said': '2021-02-12'}
    """
    fields = {field.name: field for field in options_of(of)}
    values: dict[str, Any] = {}
    for key, node in _nodes(text):
        if key.value not in fields:
            raise FormError(_line(key), f"There is no field {key.value!r}. The fields are {', '.join(fields)}.")
        if key.value in values:
            raise FormError(_line(key), f"{key.value!r} occurs twice. Delete one of the two.")
        values[key.value] = _value(fields[key.value], node)
    return values


def with_mistake(text: str, line: int, mistake: str) -> str:
    r"""Put a message above a line of a form, and remove any message that was there.

    >>> print(with_mistake("speaker: A\nsaid: soon", 2, "No date."))
    speaker: A
    # ! No date.
    said: soon
    <BLANKLINE>
    """
    lines = _LINE_END.split(text if text.endswith("\n") else f"{text}\n")
    before = [each for each in lines[: line - 1] if not each.startswith(MISTAKE)]
    behind = [each for each in lines[line - 1 :] if not each.startswith(MISTAKE)]
    return "".join((*before, f"{MISTAKE}{visible(' '.join(mistake.split()))}\n", *behind))


def _advice(words: str) -> str:
    return f"# Lines that begin with # are ignored. {words} Close it unchanged to change nothing.\n"


def _lines(text: str) -> list[str]:
    """Break a text into lines that a form shows behind #, all of them readable."""
    shown = _UNREADABLE.sub("\ufffd", visible(text))
    return [
        line[start : start + _WIDTH] for line in shown.splitlines() for start in range(0, max(len(line), 1), _WIDTH)
    ]


def _written(value: Quote | Document) -> str:
    return "".join(_field(field.name, getattr(value, field.name)) for field in options_of(type(value)))


def _field(name: str, value: Any) -> str:  # noqa: ANN401 - a field's value
    if value in {None, "", ()}:
        return f"{name}:\n"
    plain = [str(each) for each in value] if isinstance(value, tuple) else str(value)
    dumped: str = yaml.dump({name: plain}, Dumper=_Plain, allow_unicode=True, width=10**6, default_flow_style=False)
    return dumped


def _nodes(text: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    top = _composed(text)
    if top is None:
        return []
    if not isinstance(top, yaml.MappingNode):
        raise FormError(_line(top), "A form is made of fields, such as 'speaker: Hashem Khastar'.")
    for key, _ in top.value:
        if not isinstance(key, yaml.ScalarNode):
            raise FormError(_line(key), "A field has one name, not several.")
    return list(top.value)


def _composed(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        advice = f" {_COLON_ADVICE}" if error.problem == _COLON else ""
        raise FormError(line, f"This is not YAML: {error.problem}.{advice}") from error
    except yaml.reader.ReaderError as error:
        line = len(_LINE_END.split(text[: error.position]))
        raise FormError(line, f"Remove the character U+{ord(text[error.position]):04X}.") from error
    except RecursionError as error:
        raise FormError(1, "There are too many brackets.") from error
    except (ValueError, OverflowError) as error:  # an escape of a character that there isn't
        line = 1 + text.count("\n", 0, max(text.find("\\U"), 0))
        raise FormError(line, "There is no such character.") from error


def _value(field: Field, node: yaml.Node) -> Any:  # noqa: ANN401 - a field's value
    if field.is_plural:
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        values = (_one(field, part) for part in parts)
        return tuple(value for value in values if value)
    return _one(field, node)


def _one(field: Field, node: yaml.Node) -> Any:  # noqa: ANN401 - a field's value
    if not isinstance(node, yaml.ScalarNode):
        raise FormError(_line(node), "This field takes one value, not several.")
    try:
        return _read(field, node.value.strip())
    except FormError as error:
        raise FormError(_line(node), error.mistake) from error
    except QuoteArchiveError as error:
        raise FormError(_line(node), str(error)) from error


def _read(field: Field, value: str) -> Any:  # noqa: ANN401 - a field's value
    match field.kind:
        case Kind.CHOICE if value not in field.choices:
            raise FormError(0, f"There is no {field.name} {value!r}. The {field.name}s are {', '.join(field.choices)}.")
        case Kind.COUNT if value and not (value.isdecimal() and len(value) <= _DIGITS):
            raise FormError(0, f"{value!r} is not a number.")
        case Kind.COUNT:
            return int(value) if value else None
        case Kind.DATE:
            date = parse_date(value) if value else ""
            return value if field.words else date
        case _:
            return value


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
