"""Failures of exports."""

import shlex
from collections.abc import Sequence

from quotearchive.errors import QuoteArchiveError, UsageError


class MissingStylesError(UsageError):
    """Citation styles are not installed."""

    def __init__(self, style: str) -> None:
        super().__init__(
            f"The citation style {style} needs a package of styles. Install it with: pip install 'quotearchive[styles]'"
        )


class UnknownStyleError(UsageError):
    """There is no such citation style."""

    def __init__(self, style: str, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no citation style {shlex.quote(style)}. Use apa, {', '.join(known)}, "
            "or another name from https://github.com/citation-style-language/styles."
        )


class MissingTemplateError(UsageError):
    """An export by template was asked for without one."""

    def __init__(self) -> None:
        super().__init__("The format template needs a template. Give one with --template FILE.")


class UnusableTemplateError(UsageError):
    """A template can't be read, fails, or takes more than it may."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        where = f", line {line}" if line else ""
        super().__init__(f"The template can't be used{where}: {reason}")


class ForeignFileError(QuoteArchiveError):
    """A file that an export would change was not written by it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} already exists and was not made by this export. Move it, or export elsewhere.")
