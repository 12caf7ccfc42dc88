"""Why a file can't be read."""

from collections.abc import Sequence

from quotearchive.errors import QuoteArchiveError


class MissingFileError(QuoteArchiveError):
    """A file or folder that isn't there."""

    def __init__(self, path: object) -> None:
        super().__init__(f"There is no file or folder {str(path)!r}.")


class EmptyFileError(QuoteArchiveError):
    """A file without words."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} is empty: it has no text.")


class EmptyFolderError(QuoteArchiveError):
    """A folder that holds no file of a format that is read."""

    def __init__(self, path: object, suffixes: Sequence[str]) -> None:
        super().__init__(f"The folder {str(path)!r} has nothing to read: no file ends in {', '.join(suffixes)}.")


class FrontMatterError(QuoteArchiveError):
    """Front matter that isn't YAML."""

    def __init__(self, name: str, line: int, problem: str) -> None:
        super().__init__(f"The front matter of {name!r} is not YAML: line {line}: {problem}. Correct that line.")


class UnreadFormatError(QuoteArchiveError):
    """A file of a kind that is not read.

    Args:
        name: The file's name.
        what: What it is, with its article.
        advice: What to do, as half a sentence.
    """

    def __init__(self, name: str, what: str, advice: str) -> None:
        super().__init__(f"{name!r} is {what}; {advice}.")
