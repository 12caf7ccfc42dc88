"""Dates on the command line."""

import click

from quotearchive.dates import parse_date


class Date(click.ParamType[str]):
    """A date in words or in EDTF, as EDTF."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Return a date as EDTF; an error for one that can't be read shows examples."""
        return parse_date(value)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """Return what `--help` shows for the value."""
        return "DATE"


class ClearableDate(Date):
    """A date, or nothing to clear one."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return a date as EDTF; nothing stays nothing."""
        return super().convert(value, param, ctx) if value.strip() else ""


class WordedDate(ClearableDate):
    """A date as it was typed: a document keeps its words too."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check that it is a date, or nothing, and return it as it was typed."""
        super().convert(value, param, ctx)
        return value.strip()


WORDED_DATE = WordedDate()
DATE = Date()
CLEARABLE_DATE = ClearableDate()
