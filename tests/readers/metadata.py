"""The metadata of a text."""

from quotearchive.readers import Metadata, read


def fields(text: str) -> Metadata:
    return read(text.encode(), name="some-file.txt").metadata
