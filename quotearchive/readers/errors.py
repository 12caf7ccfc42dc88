"""Why a file can't be read."""

from typing import Final

from quotearchive.errors import QuoteArchiveError

#: What to do about a page that was saved in vain, as half a sentence.
SAVE_AGAIN: Final = "save the page again, as a web page (.html), and add that"


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

    def __init__(self, path: object) -> None:
        super().__init__(
            f"The folder {str(path)!r} has nothing to read: no file in it is of a format that is read."
            " To see the formats: quotearchive add --help"
        )


class FrontMatterError(QuoteArchiveError):
    """Front matter that isn't YAML."""

    def __init__(self, name: str, line: int, problem: str) -> None:
        super().__init__(f"The front matter of {name!r} is not YAML: line {line}: {problem}. Correct that line.")


class LockedFileError(QuoteArchiveError):
    """A file that needs a password."""

    def __init__(self, name: str, advice: str = "Save a copy without the password and add that.") -> None:
        super().__init__(f"{name!r} is locked with a password. {advice}")


class DamagedFileError(QuoteArchiveError):
    """A file that is damaged, or not what it seems to be.

    Args:
        name: The file.
        what: What it should be: `a Word document`.
        reason: Why it is none, as part of a sentence.
    """

    def __init__(self, name: str, what: str, reason: str = "") -> None:
        super().__init__(f"{name!r} can't be read as {what}{f': {reason}' if reason else ''}.")


class UnsafeFileError(QuoteArchiveError):
    """A file that would take more memory or time than a document ever needs."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name!r} was not read: {reason}.")


class WordlessError(QuoteArchiveError):
    """A file without words for people: a picture of no page, the data of a program. In a folder it is passed over."""


class UnreadFormatError(QuoteArchiveError):
    """A file of a kind that is not read.

    Args:
        name: The file's name.
        what: What it is, with its article.
        advice: What to do, as half a sentence.
    """

    def __init__(self, name: str, what: str, advice: str) -> None:
        super().__init__(f"{name!r} is {what}; {advice}.")


class UnreadDataError(UnreadFormatError, WordlessError):
    """A file of a program's data."""


class BrokenReaderError(QuoteArchiveError):
    """A file whose reader failed, took too long or needed too much.

    Args:
        name: The file's name.
        reason: Why, as half a sentence.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name!r} can't be read: {reason}.")


class MisnamedError(QuoteArchiveError):
    """A file that is called one of another format, and isn't.

    Args:
        name: The file's name.
        form: The name of the format.
    """

    def __init__(self, name: str, form: str) -> None:
        super().__init__(
            f"{name!r} is not what its name says ({form}), or is damaged;"
            " if it is plain text, call it .txt and add that."
        )
