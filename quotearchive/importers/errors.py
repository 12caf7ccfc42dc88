"""What a file of another program can't be read for."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from quotearchive.errors import USAGE, QuoteArchiveError, on_one_line


class UnusableFileError(QuoteArchiveError):
    """A file that should be imported is not in its format."""

    def __init__(self, name: str, found: str) -> None:
        reason = on_one_line(found)
        super().__init__(
            f"The file can't be read as {name}: {reason}. Nothing was changed. Name another with --format."
        )


class UnguessableFormatError(QuoteArchiveError):
    """Nothing tells the format of a file that should be imported."""

    exit_code = USAGE

    def __init__(self, path: Path, known: Sequence[str]) -> None:
        super().__init__(
            f"Nothing tells the format of {shlex.quote(str(path))}. Name it with --format:"
            f" {', '.join(known)}. A text is taken in by: quotearchive add {shlex.quote(str(path))}"
        )


class MalformedRowError(QuoteArchiveError):
    """A row does not hold what its format says."""

    def __init__(self, found: str) -> None:
        self.found = on_one_line(found)
        super().__init__(f"It is not as it should be: {self.found}.")


class ForeignTextError(QuoteArchiveError):
    """A document's text is not the one that was exported."""

    def __init__(self) -> None:
        super().__init__(
            "Its text is not the one that its sha256 names: it was changed on the way."
            " Leave sha256 out if the change is meant."
        )


class EmptyTextError(QuoteArchiveError):
    """A document without words."""

    def __init__(self) -> None:
        super().__init__("The document has no words.")
