"""What an export is refused for."""

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
            f"There is no citation style {shlex.quote(style)}. Take apa, {', '.join(known)}, "
            "or another name from https://github.com/citation-style-language/styles."
        )


class MissingTemplateError(QuoteArchiveError):
    """An export by template was asked for without one."""

    exit_code = USAGE

    def __init__(self) -> None:
        super().__init__("The format template needs a template. Name its file with --template FILE.")


class UnusableTemplateError(QuoteArchiveError):
    """A template can't be read, fails, or takes more than it may."""

    exit_code = USAGE

    def __init__(self, reason: str, line: int | None) -> None:
        where = f", line {line}" if line else ""
        super().__init__(f"The template can't be used{where}: {reason}")


class UndecodableTemplateError(UnusableTemplateError):
    """A template is not UTF-8."""

    def __init__(self, line: int) -> None:
        super().__init__("it is not UTF-8. Save it as UTF-8.", line)


class LongTemplateError(UnusableTemplateError):
    """A template is longer than any that somebody writes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"it is larger than {limit // 2**20} MiB.", None)
