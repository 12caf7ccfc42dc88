"""Reasons to refuse an export."""

import shlex
from collections.abc import Sequence

from quotearchive.errors import USAGE, QuoteArchiveError


class MissingStylesError(QuoteArchiveError):
    """Citation styles are not installed."""

    exit_code = USAGE

    def __init__(self, style: str) -> None:
        super().__init__(
            f"The citation style {style} needs a package of styles. Install it with: pip install 'quotearchive[styles]'"
        )


class UnknownStyleError(QuoteArchiveError):
    """There is no such citation style."""

    exit_code = USAGE

    def __init__(self, style: str, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no citation style {shlex.quote(style)}. Use apa, {', '.join(known)}, "
            "or another name from https://github.com/citation-style-language/styles."
        )


class MissingTemplateError(QuoteArchiveError):
    """An export by template was asked for without one."""

    exit_code = USAGE

    def __init__(self) -> None:
        super().__init__("The format template needs a template. Give its file with --template FILE.")


class UnusableTemplateError(QuoteArchiveError):
    """A template can't be read, fails, or takes more than it may."""

    exit_code = USAGE

    def __init__(self, reason: str, line: int | None) -> None:
        where = f", line {line}" if line else ""
        super().__init__(f"The template can't be used{where}: {reason}")


class ForeignFileError(QuoteArchiveError):
    """A file that an export would change was not written by it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} exists and was not made by this export. Move it, or export elsewhere.")
