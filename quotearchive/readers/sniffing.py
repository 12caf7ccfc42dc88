"""What a file is, by its content."""

from pathlib import PurePath

from quotearchive.readers.formats import FORMATS, PLAIN_TEXT, Format


def format_of(content: bytes, name: str) -> Format:  # noqa: ARG001
    """Return the format of a file.

    Args:
        content: Its bytes.
        name: Its name, whose suffix decides between formats of text.
    """
    suffix = PurePath(name).suffix.lower()
    return next((each for each in FORMATS if suffix in each.suffixes), PLAIN_TEXT)
