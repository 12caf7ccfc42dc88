"""REFI-QDA projects of other programs, made for tests."""

import io
import zipfile

from quotearchive.importers import IMPORTERS
from quotearchive.importers.interface import Row

TEXT = "One 🕊️.\r\nTwo and Spin\u0308al.\r\nThree."

CODES = """<CodeBook><Codes>
  <Code guid="c1" name="prison"><Code guid="c2" name="conditions"/></Code>
  <Code guid="c3" name="he/she"/>
</Codes></CodeBook>"""

SELECTION = """<PlainTextSelection guid="s{0}" name="{1}" startPosition="{2}" endPosition="{3}"
  creationDateTime="2020-01-02T03:04:05Z"><Coding guid="k{0}"><CodeRef targetGUID="c2"/></Coding><Coding
  guid="l{0}"><CodeRef targetGUID="c3"/></Coding><NoteRef targetGUID="n1"/></PlainTextSelection>"""

NOTES = '<Notes><Note guid="n1"><PlainTextContent>A note</PlainTextContent></Note></Notes>'


def project(sources: str = "", origin: str = "Other 1.0", **members: str | bytes) -> bytes:
    """A project of another program."""
    qde = (
        f'<?xml version="1.0" encoding="utf-8"?><Project name="P" origin="{origin}"'
        f' xmlns="urn:QDA-XML:project:1.0">{CODES}<Sources>{sources}</Sources>{NOTES}</Project>'
    )
    return packed({"project.qde": qde, **{f"sources/{name}.txt": text for name, text in members.items()}})


def packed(members: dict[str, str | bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return sink.getvalue()


def source(*selections: str, path: str = "internal://a.txt") -> str:
    return f'<TextSource guid="t1" name="A text" plainTextPath="{path}">{"".join(selections)}</TextSource>'


def rows(content: bytes) -> list[Row]:
    return list(IMPORTERS["qdpx"].read(content))


def selection(start: int, end: int, code: str = "c2", more: str = "") -> str:
    return (
        f'<PlainTextSelection guid="s" startPosition="{start}" endPosition="{end}"><Coding guid="k"><CodeRef'
        f' targetGUID="{code}"/></Coding>{more}</PlainTextSelection>'
    )
