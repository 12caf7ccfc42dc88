"""The change and the document of the tests of files."""

import msgspec

from quotearchive.model import Change, Document

CHANGE = Change(when="2026-01-05T09:30:00Z", command="test", by="me")


def document(**fields: object) -> Document:
    return msgspec.convert({"slug": "letter", "title": "A letter", "text": "To be or not", **fields}, Document)
