"""Read letters, queries, dates and forms that were changed: python -m tests.trials.readers [COUNT] [--seed N]."""

import random
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from .changing import ODD, change_bytes, change_text
from .trial import LETTER, OTHER, Place, Seen, run

#: Letters that say something of themselves, in every way that is read.
TEXTS: Final = {
    "letter.txt": LETTER.read_bytes(),
    "plain.txt": OTHER.encode(),
    "mail.txt": b"From: =?utf-8?b?SGFzaGVt?= <h@example.org>\nTo: Ali Khamenei\nDate: Fri, 12 Feb 2021 10:00:00 +0330\n"
    b"Subject: Open\n letter\nContent-Type: text/plain; charset=utf-8\n\nDear all,\n\nWe resist.\n",
    "front.md": b"---\ntitle: A letter\nauthor: [Jane Doe, A]\ndate: 2021-02-12\nto: Anna\ntags: {a: 1}\n---\n"
    b"\n# A letter\n\nDear *Anna*, [a](http://x) `b`\n> quoted \xe2\x80\x9cwords\xe2\x80\x9d\n\n| a | b |\n|---|---|\n",
    "dated.txt": "Tehran, 24 Bahman 1399\n\nTo: the ministers\nYour ref.: 12/a\n\nDear Sirs,\n\n“No,” said Ann Lee.\n\n"
    "Yours\nJane Doe\nEnclosure: a list\n".encode(),
    "نامه.txt": "تهران، ۲۴ بهمن ۱۳۹۹\n\nبه: رهبر\n\nاو گفت: «زندانی سیاسی آزاد باید گردد!» و رفت.\n".encode(),
}

QUERIES: Final = (
    'speaker:khastar topic:prison "phone call"',
    '(speaker:khomeini OR is:nested) said:>=2019 -"x y" NOT a',
    "id:1..3 date:2021-01..2021-06 has:note kind:letter prison* place:Iran language:en document:1 note:x to:a",
)

DATES: Final = (
    *("2021-02-12", "1943-05~", "24 Bahman 1399", "February 2021", "2021-02-01/2021-03", "12.2.21", "۱۳۹۹/۱۱/۲۴"),
    *("yesterday", "1984?", "19XX", "[1667,1668]", "-0044-03-15", "Y-170000002", "2021-21", "../2020"),
)

FORM: Final = b"speaker: Hashem Khastar\nrole: teacher\nto: Ali\nsaid: 2021-02\ntopics: [prison, law]\nnote: |\n  One\n"

#: What somebody may have put into the head of a note.
HEADS: Final = (
    b"",
    b"tags: [prison, {a: 1}]\n",
    b"aliases: x\ntags:\n",
    b"title: {a: [b, 2021-02-03]}\ntopics: 3\n",
    b"id: &a [*a]\n",
)


class Readers:
    """Read what was changed; it is taken or refused with a sentence, in time."""

    def __init__(self, folder: Path) -> None:
        self.place = Place(folder)
        self.place.furnish()
        self.start = self.place.archive.read_bytes()
        self.ways = (self._letter, self._letter, self._query, self._date, self._form, self._note, self._number)

    def attempt(self, number: int, dice: random.Random, seen: Seen) -> None:
        """Let one thing be read."""
        self.ways[number % len(self.ways)](dice, seen)

    def _call(self, seen: Seen, *words: str | Path, own: Mapping[str, str] | None = None) -> None:
        seen.what = " ".join(map(str, words))[:160]
        ran = self.place.call(*words, own=own)
        seen.note(f"{words[0]} exit {ran.code}")
        seen.check_calm(ran)

    def _letter(self, dice: random.Random, seen: Seen) -> None:
        name = dice.choice(list(TEXTS))
        (self.place.folder / "in").mkdir(exist_ok=True)
        path = self.place.folder / "in" / name
        path.write_bytes(dice.choice((change_bytes, change_text))(dice, TEXTS[name]))
        self.place.archive.write_bytes(self.start)
        self._call(seen, "add", path)

    def _query(self, dice: random.Random, seen: Seen) -> None:
        self._call(
            seen, "search", *dice.choice(((), ("--documents",), ("--count", "year"))), "--", _words(dice, QUERIES)
        )

    def _date(self, dice: random.Random, seen: Seen) -> None:
        date = _words(dice, DATES)
        words = dice.choice((("search", "--since"), ("edit", "khaster", "--date"), ("edit", "1", "--said")))
        self._call(seen, *words, date)

    def _form(self, dice: random.Random, seen: Seen) -> None:
        """Edit a quote or document in an editor that leaves a changed form, once."""
        changed, script = self.place.folder / "form", self.place.folder / "editor.py"
        changed.write_bytes(dice.choice((change_bytes, change_text))(dice, FORM))
        script.write_text(
            "import pathlib, sys\nform = pathlib.Path(sys.argv[1])\n"
            "if form.exists(): pathlib.Path(sys.argv[2]).write_bytes(form.read_bytes()); form.unlink()\n",
            encoding="utf-8",
        )
        editor = shlex.join([sys.executable, "-I", "-S", str(script), str(changed)])
        self._call(seen, "edit", dice.choice(("1", "khaster")), own={"EDITOR": editor, "VISUAL": ""})

    def _note(self, dice: random.Random, seen: Seen) -> None:
        """Export to a folder of notes in one of which somebody wrote."""
        folder = self.place.folder / "notes"
        if not folder.exists():
            assert self.place.call("export", "--format", "obsidian", "--output", folder).code == 0
            self.note = next(folder.rglob("*.md")).read_bytes()
        path = next(folder.rglob("*.md"))
        begin, head, rest = self.note.split(b"---\n", 2)
        head = dice.choice((change_bytes, change_text))(dice, head + dice.choice(HEADS))
        path.write_bytes(b"---\n".join((begin, head, rest)))
        self._call(seen, "export", "--format", "obsidian", "--output", folder, "--force")

    def _number(self, dice: random.Random, seen: Seen) -> None:
        """Return numbers, names and words that nobody would."""
        odd = str(dice.choice([each for each in ODD if isinstance(each, (str, int, float))])).replace("\x00", "0")
        odd = odd[:5000]
        ways: tuple[tuple[str, ...], ...] = (
            *(
                ("show", odd),
                ("edit", odd, "--note", "x"),
                ("quote", "1", "--span", f"{odd}:{odd}"),
                ("quote", "1", odd),
            ),
            *(("search", "--limit", odd), ("export", "--context", odd), ("undo", odd), ("--wait", odd, "edit", "1")),
            *(("edit", "1", "--speaker", odd), ("edit", "1", "--topic", odd), ("edit", "khaster", "--url", odd)),
            *(("remove", odd, "--yes"), ("show", f"1-{odd}"), ("edit", "khaster", "--signatories", odd)),
            *(("quote", odd, "x"), ("edit", "1", "--within", odd), ("quote", "1", "x", "--occurrence", odd)),
        )
        self._call(seen, *dice.choice(ways))


def _words(dice: random.Random, good: tuple[str, ...]) -> str:
    """Change one of some sentences; as on a command line, it holds no NUL."""
    changed = dice.choice((change_bytes, change_text))(dice, dice.choice(good).encode())
    return changed.decode("utf-8", "surrogateescape").replace("\x00", "0")[:20_000]


if __name__ == "__main__":
    run(Readers, "readers, queries, dates, forms, notes", 2000)
