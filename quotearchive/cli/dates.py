"""Dates on the command line."""

import click

from quotearchive.dates import parse_date


class Date(click.ParamType[str]):
    """A date in words or in EDTF, as EDTF."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Read a date; one that can't be read is an error with examples."""
        return parse_date(value)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """Name the value in `--help`."""
        return "DATE"


class ClearableDate(Date):
    """A date, or nothing, which takes a date away."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read a date; nothing stays nothing."""
        return super().convert(value, param, ctx) if value.strip() else ""


class WordedDate(ClearableDate):
    """A date as it was typed, if it is one: a document keeps the words beside it."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """See that it is a date, or nothing."""
        super().convert(value, param, ctx)
        return value.strip()


WORDED_DATE = WordedDate()
DATE = Date()
CLEARABLE_DATE = ClearableDate()
