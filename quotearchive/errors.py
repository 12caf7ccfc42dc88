"""Every failure that a user can meet, its sentence and its exit code.

An error is raised with the values that explain it and composes its own sentence: what is wrong, with
which value, and what to do next. The command line alone turns it into a message and an exit code.
"""

import shlex
from collections.abc import Sequence
from typing import ClassVar, Final

#: Exit codes: the answer is no; the command was used wrongly; the archive can't be read, written or locked.
NO: Final = 1
USAGE: Final = 2
ARCHIVE: Final = 3


class QuoteArchiveError(Exception):
    """A failure with a sentence for the user and an exit code for the shell."""

    exit_code: ClassVar[int] = NO


class ArchiveError(QuoteArchiveError):
    """The archive can't be read, written or locked."""

    exit_code = ARCHIVE


def _did_you_mean(nearest: Sequence[str]) -> str:
    return f" Did you mean {' or '.join(nearest)}?" if nearest else ""
