"""What strace does to a command at one of its system calls: the common part of faults, kills and signals."""

import json
import re
import shutil
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec

from .trial import LETTER, OTHER, Place, Ran, Seen

#: The calls by which files are looked for, read, made, written, named, locked and taken away.
CALLS: Final = (
    *("openat", "close", "read", "pread64", "write", "writev", "pwrite64", "fsync", "fdatasync"),
    *("ftruncate", "link", "linkat", "rename", "renameat", "unlink", "unlinkat", "chmod", "fchmod", "chown"),
    *("newfstatat", "access", "getdents64", "mkdir", "fcntl", "flock", "utimensat"),
)

#: A process, the call it made, and all that strace says of it.
_LINE: Final = re.compile(r"^\d+ +(?P<call>\w+)\((?P<rest>.*)$")

#: A time, which differs from run to run.
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

#: A hash of what holds times.
_HASH: Final = re.compile(r"\b[0-9a-f]{64}\b")


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A system call: the one of this name that comes so often, counted from 1."""

    command: str
    name: str
    occurrence: int
    rest: str


def require_strace() -> None:
    """Stop where strace is missing."""
    if not shutil.which("strace"):
        sys.exit("This trial needs strace.")


class Bench:
    """A place where one change is tried again and again, each time from the same beginning."""

    def __init__(self, folder: Path, commands: tuple[str, ...]) -> None:
        require_strace()
        self.place = Place(folder)
        self.place.furnish()
        self.output = self.place.folder / "out"
        self._words = _changes(self.place.folder)
        self._kept = shutil.copytree(self.place.work, folder / "kept")
        self.new: dict[str, Any] = {}
        self.plan: list[Call] = []
        for command in commands:
            self._learn(command)

    def _learn(self, command: str) -> None:
        """Note what a change comes to, and the calls that touch what is ours."""
        self.restore()
        assert self.place.call(*self._words[command]).code == 0, command  # so that all of the program is compiled
        self.new[command] = self.state()
        log = self.place.folder / "log"
        self.restore()
        self.change(command, "-y", "-s", "16", "-e", f"trace={','.join(CALLS)}", "-o", str(log))
        counts: Counter[str] = Counter()
        for found in map(_LINE.match, log.read_text(encoding="utf-8", errors="replace").splitlines()):
            if found:
                counts[found["call"]] += 1
                if self._is_ours(found["rest"]):
                    call = Call(command=command, name=found[1], occurrence=counts[found[1]], rest=found[2])
                    self.plan.append(call)

    def _is_ours(self, rest: str) -> bool:
        rest = re.sub(r"AT_FDCWD<[^>]*>", "", rest)
        ours = (self.place.work, self.place.cache, self.output)
        return any(f'"{each}' in rest or f"<{each}" in rest for each in ours)

    def change(self, command: str, *options: str) -> Ran:
        """Make a change, watched by strace if it is told how."""
        before = ("strace", "-f", "-qq", *options) if options else ()
        return self.place.run(*self._words[command], before=before, out=self.output)

    def inject(self, call: Call, what: str, seen: Seen) -> Ran:
        """Make a change at one call of which something happens: `error=EIO`, `signal=KILL`."""
        seen.what = f"{call.command}, {what} at {call.name} {call.occurrence} ({call.rest[:110]})"
        self.restore()
        log = self.place.folder / "log"
        # Calls that nobody asks for go at full speed, but then no signal comes.
        fast = ("--seccomp-bpf",) if what.startswith("error") else ()
        options = (f"trace={call.name}", "-e", f"inject={call.name}:{what}:when={call.occurrence}")
        ran = self.change(call.command, *fast, "-o", str(log), "-e", *options)
        said = log.read_text(encoding="utf-8", errors="replace")
        if not ("(INJECTED)" in said or "SIG" in said):
            seen.note("nothing was injected")  # the index was not read as often as before
        return ran

    def state(self) -> Any:  # noqa: ANN401 - decoded JSON
        """Decode the archive, but for what differs from run to run."""
        return _timeless(self.place.archive)

    def judge(self, command: str, seen: Seen) -> bool | None:
        """Check that the archive is the old one or the new one, and its backup whole; say which it is."""
        try:
            state, backup = self.state(), _timeless(self.place.backup)
        except (OSError, ValueError):
            seen.lost.append("the archive or its backup is gone or no JSON")
            return None
        old = _timeless(self._kept / "archive.json")
        seen.keep(state in (old, self.new[command]), "the archive is neither old nor new")
        seen.keep(backup in (old, _timeless(self._kept / "archive.json.bak")), "the backup is neither old nor older")
        seen.keep(
            all(map(self._is_kept, state["documents"].values())), "an original that a record refers to is not there"
        )
        seen.note("old" if state == old else "new")
        return bool(state != old)

    def _is_kept(self, document: dict[str, Any]) -> bool:
        """Check whether the original of a document is there as it was, if it should be."""
        original = document.get("original", {})
        name = original.get("sha256", "")
        kept = self.place.work.glob(f"archive.files/{name[:2]}/{name}.*")
        return not original.get("kept") or [sha256(each.read_bytes()).hexdigest() for each in kept] == [name]

    def litter(self) -> set[str]:
        """Name the files beside the archive, and unfinished ones among its originals, that don't belong there."""
        ours = {"archive.json", "archive.json.bak", "archive.files"}
        unfinished = {each.name for each in self.place.work.glob("archive.files/.*")}
        return {each.name for each in self.place.work.iterdir()} - ours | unfinished

    def restore(self) -> None:
        """Put the beginning back, with an index that is up to date, as one is that follows every change."""
        shutil.rmtree(self.place.work)
        shutil.copytree(self._kept, self.place.work)
        assert self.place.call("search").code == 0


def _changes(folder: Path) -> dict[str, tuple[str | Path, ...]]:
    """Return a command of each kind that changes the archive, with the files that it takes."""
    letter = folder / "other.txt"
    letter.write_text(OTHER, encoding="utf-8")
    (folder / "other").mkdir()
    other = Place(folder / "other")
    rows = other.work / "x.jsonl"
    for words in (("add", letter), ("quote", "1", "We resist."), ("export", "--format", "jsonl", "-o", rows)):
        assert other.call(*words).code == 0
    return {
        "quote": ("quote", "1", "Comparing the mullahs", "--speaker", "Hashem Khastar"),
        "add": ("add", letter),
        "undo": ("undo",),
        "edit": ("edit", "--where", "speaker:khastar", "--note", "Seen", "--yes"),
        "merge": ("merge", other.archive),
        "import": ("import", rows),
        "letter": ("add", LETTER),
    }


def _timeless(path: Path) -> Any:  # noqa: ANN401 - decoded JSON
    text = _TIME.sub("TIME", path.read_bytes().decode())
    tables = json.loads(text)
    own = {name: json.loads(_HASH.sub("HASH", json.dumps(tables.get(name)))) for name in ("history", "archive")}
    return tables | own
