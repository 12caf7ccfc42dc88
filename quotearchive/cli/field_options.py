"""The options that give fields, made from the table of fields."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import click
import msgspec

from quotearchive.dates import parse_date
from quotearchive.fields import Field, Kind, options_of

Command = TypeVar("Command", bound=Callable[..., Any])

#: What the help shows for the value of an option.
_METAVARS: Final = {
    Kind.NAME: "NAME",
    Kind.NAMES: "NAME",
    Kind.TOPICS: "TOPIC",
    Kind.DATE: "DATE",
    Kind.COUNT: "N",
    Kind.QUOTE: "QUOTE",
    Kind.DOCUMENT: "DOC",
    Kind.DOCUMENTS: "DOC",
}


def options(of: type[msgspec.Struct], *, clears: bool = False) -> Callable[[Command], Command]:
    """Return a decorator that adds an option for each field of a quote, a document or a speaker.

    Args:
        of: What the fields are of.
        clears: Whether what is there is changed, so that an empty value takes it away.
    """

    def add_all(command: Command) -> Command:
        for field in reversed(options_of(of)):
            command = _option(field, clears=clears)(command)
        return command

    return add_all


def option_names() -> Mapping[str, str]:
    """Return the options of the command that runs, as they are typed, by the names of their values."""
    return {str(each.name): each.opts[0] for each in click.get_current_context().command.params}


def _option(field: Field, *, clears: bool) -> Callable[[Command], Command]:
    return click.option(
        f"--{field.option}",
        field.name,
        multiple=field.is_plural,
        type=_type(field, clears=clears),
        metavar=field.metavar or _METAVARS.get(field.kind),
        help=_help(field, clears=clears),
    )


def _type(field: Field, *, clears: bool) -> click.ParamType[Any] | Callable[[str], str] | None:
    match field.kind:
        case Kind.CHOICE:
            return click.Choice(field.choices)
        case Kind.COUNT:
            return click.IntRange(0 if clears else 1)
        case Kind.DATE if field.words:
            return _worded_date
        case Kind.DATE:
            return _clearable_date if clears else parse_date
        case _:
            return None


def _help(field: Field, *, clears: bool) -> str:
    if not field.is_plural:
        return field.help
    return f"{field.help.rstrip('.')}; may be repeated{', and replaces all before' if clears else ''}."


def _clearable_date(value: str) -> str:
    """Return a date in words or in EDTF as EDTF; nothing, which clears one, stays nothing."""
    return parse_date(value) if value.strip() else ""


def _worded_date(value: str) -> str:
    """Check that it is a date, or nothing, and return it as it was typed: a document keeps its words too."""
    _clearable_date(value)
    return value.strip()
