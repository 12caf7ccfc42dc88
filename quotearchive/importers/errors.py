"""Why a file of another program can't be imported, or a row of it can't."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from quotearchive.errors import QuoteArchiveError, UsageError, on_one_line


class UnusableFileError(QuoteArchiveError):
    """A file that should be imported is not in its format, of which its importer has the name."""

    def __init__(self, found: str, name: str = "its format") -> None:
        self.found = on_one_line(found)
        super().__init__(
            f"The file can't be read as {name}: {self.found}. Nothing was changed. Choose another format with --format."
        )


class UnguessableFormatError(UsageError):
    """The format of a file that should be imported is not recognised."""

    def __init__(self, path: Path, known: Sequence[str]) -> None:
        super().__init__(
            f"The format of {shlex.quote(str(path))} is not recognised. Name it with --format:"
            f" {', '.join(known)}. Add a text with: quotearchive add {shlex.quote(str(path))}"
        )


class MalformedRowError(QuoteArchiveError):
    """A row does not hold what its format demands."""

    def __init__(self, found: str) -> None:
        self.found = on_one_line(found)
        super().__init__(f"Malformed row: {self.found}.")


class ForeignTextError(QuoteArchiveError):
    """A document's text is not the one that was exported."""

    def __init__(self) -> None:
        super().__init__(
            "Its text does not match its sha256: it was changed after it was exported."
            " Leave sha256 out if the change is intended."
        )


class EmptyTextError(QuoteArchiveError):
    """A document without words."""

    def __init__(self) -> None:
        super().__init__("The document has no text.")
