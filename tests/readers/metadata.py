"""The metadata of a text."""

from quotearchive.model import Description
from quotearchive.readers import read


def fields(text: str, name: str = "some-file.txt") -> Description:
    return Description(slug="", **read(text.encode(), name=name).metadata)
