"""Feed random bytes to what reads them, guided by coverage.

    python tests/fuzz/harnesses.py storage -max_total_time=180

The names are those of `HARNESSES`; what follows goes to libFuzzer. It needs atheris, and stops at the first
input that breaks a rule: an error that is not one of ours, or a law that does not hold.
"""

import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import atheris

with atheris.instrument_imports(include=["quotearchive"]):
    from quotearchive import query, readers
    from quotearchive.anchoring.location import locate, take
    from quotearchive.anchoring.relocation import Outcome, relocate
    from quotearchive.archive.archive import Archive
    from quotearchive.errors import QuoteArchiveError
    from quotearchive.readers import FORMATS, Options
    from quotearchive.readers.reading import read_content
    from quotearchive.store import ArchiveStorage
    from quotearchive.store.salvage import salvage
    from quotearchive.text import canonical, fold, visible

#: How files are called that are no pictures, which another program reads.
SUFFIXES: Final = tuple(suffix for each in FORMATS if each.name != "picture" for suffix in each.suffixes)

#: How they begin, so that chance gets further in.
BEGINNINGS: Final = (
    *(b"", b"%PDF-1.4\n", b"PK\x03\x04", b"{\\rtf1 ", b"<html>", b"<TEI>", b"WEBVTT\n\n", b"\x1f\x8b\x08"),
    *(b"From a@b Fri Feb 12 10:00:00 2021\nFrom: a\n", b"Message-ID: <a@b>\nTo: a\n\n", b"WARC/1.0\r\n", b"bplist00"),
)

FOLDER: Final = Path(tempfile.mkdtemp())

#: Code points of a text that is fuzzed: enough for every rule, few enough to be fast.
SIZE: Final = 400


def storage(content: bytes) -> None:
    """Whatever the bytes are, they are read or refused with a sentence, and what is written is read back."""
    path = FOLDER / "archive.json"
    path.write_bytes(content)
    salvage(content, path)
    try:
        snapshot = Archive(path).read()
        _ = [*snapshot.documents(), *snapshot.quotes(), *snapshot.changes()]
        stored = ArchiveStorage(path)
        before = _plain(stored)
        stored.write(stored.read() or {})
        after = _plain(stored)
        assert repr(before) == repr(after)
    except QuoteArchiveError:
        return


def _plain(stored: ArchiveStorage) -> dict[str, dict[str, dict[str, Any]]]:
    return {name: {n: dict(table[n]) for n in table} for name, table in (stored.read() or {}).items()}


def folding(content: bytes) -> None:
    """Folding knows where every character came from, and nothing that a terminal obeys is shown."""
    text = _text(content)
    folded = fold(text)
    for place in range(0, len(folded.text), 7):
        start, end = folded.span(place, place + 1)
        assert 0 <= start < end <= len(text)
    assert not set(visible(text)) & {"\x1b", "\x07", "\r", "\x00", "\u202e", "\u200b"}
    assert canonical(canonical(text)) == canonical(text)


def anchors(content: bytes) -> None:
    """What is located is in the text, and a stored passage is never found on other words in silence."""
    provider = atheris.FuzzedDataProvider(content)
    text = canonical(provider.ConsumeUnicodeNoSurrogates(SIZE))
    words = provider.ConsumeUnicodeNoSurrogates(80)
    changed = canonical(provider.ConsumeUnicodeNoSurrogates(SIZE))
    try:
        found = locate(text, words)
    except QuoteArchiveError:
        return
    passage = take(text, found.start, found.end)
    moved = relocate(changed, passage)
    if moved.passage:
        assert changed[moved.passage.start : moved.passage.end] == moved.passage.exact
        assert moved.passage.exact == passage.exact or moved.outcome is Outcome.CHANGED


def queries(content: bytes) -> None:
    """Every query is read or refused, and prints to itself."""
    try:
        parsed = query.parse(_text(content))
    except QuoteArchiveError:
        return
    assert query.parse(str(parsed.query)).query == parsed.query


def markdown(content: bytes) -> None:
    """Every Markdown file is read or refused."""
    _read(b"---\n" + content, "letter.md")


def letters(content: bytes) -> None:
    """Every plain text is read or refused."""
    _read(content, "letter.txt")


def files(content: bytes) -> None:
    """Whatever bytes are called, they are read or refused with a sentence, and what is read is canonical."""
    suffix = SUFFIXES[content[0] % len(SUFFIXES)] if content else ""
    try:
        found = read_content(BEGINNINGS[len(content) % len(BEGINNINGS)] + content[1:], f"file{suffix}", Options())
    except QuoteArchiveError as error:
        found = [readers.Refused(name="", message=str(error))]
    for each in found:
        if isinstance(each, readers.Refused):
            assert "\n" not in each.message
        else:
            assert each.text.strip()
            assert each.text == canonical(each.text)


def _read(content: bytes, name: str) -> None:
    try:
        reading = readers.read(content, name=name)
    except QuoteArchiveError:
        return
    assert reading.text == canonical(reading.text)


def _text(content: bytes) -> str:
    text: str = atheris.FuzzedDataProvider(content).ConsumeUnicode(SIZE)
    return text


HARNESSES: Final[Mapping[str, Callable[[bytes], Any]]] = {
    "storage": storage,
    "folding": folding,
    "anchors": anchors,
    "queries": queries,
    "markdown": markdown,
    "letters": letters,
    "files": files,
}

if __name__ == "__main__":
    atheris.Setup([sys.argv[0], *sys.argv[2:]], HARNESSES[sys.argv[1]])
    atheris.Fuzz()
