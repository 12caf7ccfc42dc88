"""Import files that were changed: python -m tests.trials.imports [COUNT] [--seed N] [--only CASE]."""

import json
import random
import resource
import sqlite3
from pathlib import Path
from typing import Final

from .changing import Changing, change_bytes, change_database, change_json, change_text, change_zip
from .trial import OTHER, QUOTES, Place, Ran, Seen, run

#: Bytes that one import may add to what the process holds at most, beyond what imports have taken before.
GROWTH: Final = 300 * 2**20

TITLE: Final = "Iran: Political prisoner Hashem Khaster pens open letter, calls for Khamenei to resign"

#: Formats that the program writes too, and how each is changed.
EXPORTED: Final[dict[str, tuple[Changing, ...]]] = {
    "json": (change_json, change_text, change_bytes),
    "jsonl": (change_json, change_text, change_bytes),
    "csv": (change_text, change_bytes),
    "web-annotation": (change_json, change_text, change_bytes),
    "qdpx": (change_zip, change_zip, change_bytes),
    "csl-json": (change_json, change_text, change_bytes),
    "ris": (change_text, change_bytes),
}

#: Formats of other programs, each with a small file.
FOREIGN: Final = {
    "kindle": f"\ufeff{TITLE} (Khastar, Hashem)\r\n- Your Highlight on page 12 | Location 145-147 | Added on Tuesday,"
    " March 5, 2024 9:12:45 AM\r\n\r\nresign immediately\r\n==========\r\nAnother (X)\r\n- Your Note on page 1 |"
    " Location 3 | Added on Tuesday, March 5, 2024 9:12:45 AM\r\n\r\nMy note\r\n==========\r\n",
    "readwise": "Highlight,Book Title,Book Author,Note,Color,Tags,Location Type,Location,Highlighted at\n"
    f'resign immediately,"{TITLE}",Hashem Khastar,"My, note",yellow,"prison, .h",page,3,2024-05-01 12:00:00+02:00\n',
}

#: A project of Taguette: its tables, a document, highlights and tags.
TAGUETTE: Final = """
CREATE TABLE documents (id INTEGER PRIMARY KEY, name, description, filename, created, project_id, contents);
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id, start_offset, end_offset, snippet);
CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id, path, description);
CREATE TABLE highlight_tags (highlight_id, tag_id);
INSERT INTO tags VALUES (1, 1, 'prison.conditions', ''), (2, 1, 'U.S.', '');
INSERT INTO documents VALUES (1, 'a.docx', '', 'a.docx', '2024-01-02 03:04:05.678', 1,
    '<h1>Title</h1><p>Hello <b>w&ouml;rld</b> &amp; all.</p><ul><li>One</li></ul><pre>a b</pre>');
INSERT INTO highlights VALUES (1, 1, 6, 11, 'Hello'), (2, 1, 0, 5, 'Title');
INSERT INTO highlight_tags VALUES (1, 1), (2, 2), (1, 2);
"""


class Imports:
    """Import a file that was changed; it ends in time and with a sentence, and what is stored verifies."""

    def __init__(self, folder: Path) -> None:
        self.place = Place(folder)
        self.place.furnish()
        self.files = _files(self.place)
        full = self.place.archive.read_bytes()
        assert self.place.run("remove", *map(str, range(1, len(QUOTES) + 2)), "--yes").code == 0
        self.starts = (full, self.place.archive.read_bytes(), b'{"documents":{}}')
        self.peak = _peak()

    def attempt(self, number: int, dice: random.Random, seen: Seen) -> None:
        """Import one file, perhaps without saying what it is, into an archive with the documents or without."""
        _ = number
        name = dice.choice(list(self.files))
        good, ways = self.files[name]
        changing = dice.choice(ways)
        content = changing(dice, good)
        path = self.place.folder / f"changed.{name}"
        path.write_bytes(content)
        self.place.archive.write_bytes(dice.choice(self.starts))
        options = dice.choice((("--format", name), ("--format", name), (), ("--document", "khaster")))
        seen.what = f"{name}, {changing.__name__}, {' '.join(options)}"
        ran = self.place.call("import", path, *options)
        seen.note(f"{name} exit {ran.code}")
        self._judge(ran, seen)

    def _judge(self, ran: Ran, seen: Seen) -> None:
        seen.check_calm(ran)
        errors = [line for line in ran.err.splitlines() if line.startswith("Error: ")]
        is_short = ran.code in (0, 1) or ran.fault or ran.err.count("\n") <= len(errors)
        seen.check(bool(is_short), "a message of several lines")
        peak = _peak()
        seen.check(peak - self.peak < GROWTH, "memory")
        self.peak = max(peak, self.peak)
        self._verify(seen)
        seen.check_calm(self.place.call("search", "--json"))
        seen.check_calm(self.place.call("export", "--format", "jsonl"))

    def _verify(self, seen: Seen) -> None:
        """Check quotes, texts and relations; what a file says of its sources is its own matter."""
        ran = self.place.call("verify", "--json")
        seen.check_calm(ran)
        found = json.loads(ran.out or "{}")
        wrong = [str(each) for each in found.get("quotes", ()) if each["outcome"] != "exact"]
        wrong += [str(each) for each in found.get("documents", ()) if each["text"] == "changed"]
        seen.check(found != {} and not wrong and not found["problems"], "verify finds something in what was imported")
        seen.what += "; ".join([*wrong, *found.get("problems", ())])


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _files(place: Place) -> dict[str, tuple[bytes, tuple[Changing, ...]]]:
    """Make a file of each format, with the ways to change it."""
    letter = place.folder / "other.txt"
    letter.write_text(OTHER, encoding="utf-8")
    assert place.run("add", letter, "--replies-to", "1", "--enclose", "1").code == 0
    assert place.run("quote", "1", "a prison within the prison", "--within", "1").code == 0
    files: dict[str, tuple[bytes, tuple[Changing, ...]]] = {}
    for name, ways in EXPORTED.items():
        path = place.folder / f"good.{name}"
        assert place.run("export", "--format", name, "--output", path).code == 0
        files[name] = (path.read_bytes(), ways)
    files |= {name: (text.encode(), (change_text, change_bytes)) for name, text in FOREIGN.items()}
    connection = sqlite3.connect(":memory:")
    connection.executescript(TAGUETTE)
    connection.commit()
    return files | {"taguette": (connection.serialize(), (change_database, change_database, change_bytes))}


if __name__ == "__main__":
    run(Imports, "imports of changed files", 1500)
