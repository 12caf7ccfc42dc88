"""What the trials share: an archive of a real letter, the program, and a row of figures.

A trial is a class that is made with a folder of its own and tries one case at a time. The chance in a case comes
from the seed and the case's number alone, so that any of them can be seen again.
"""

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

import msgspec
from click.testing import CliRunner

from quotearchive.cli import main as program

ROOT: Final = Path(__file__).parents[2]

LETTER: Final = ROOT / "tests" / "data" / "khastar-open-letter.txt"

#: The real command. Its folder is no place to import from, so it looks for nothing there.
COMMAND: Final = (sys.executable, "-P", "-m", "quotearchive")

#: Seconds after which a command hangs.
PATIENCE: Final = 60.0

#: Wrong cases that are shown.
SHOWN: Final = 12

#: A second letter, and words of it.
OTHER: Final = "Open letter\n\nDear friends! We will not be silent. They say: “We resist.” We do.\n"

#: What is quoted of the letter, and by whom.
QUOTES: Final = (
    ("You’ve created a prison within the prison for me.", "Hashem Khastar", "prison/conditions"),
    ("Your foreign policy can only be compared to that of Hitler’s.", "Hashem Khastar", "foreign policy"),
    ("Take your knife off the people’s throat", "Ruhollah Khomeini", "elections"),
    ("[Prison authorities] control my phone calls", "Hashem Khastar", "prison/phone"),
)


class HangError(BaseException):
    """Is raised in a command that takes too long; nothing of the program catches it."""


class Ran(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a command.

    Attributes:
        code: Its exit code, or the negative number of the signal that killed it.
        out: What it printed.
        err: What it remarked, with the traceback of an exception that was none of the program's.
    """

    code: int
    out: str
    err: str

    @property
    def fault(self) -> str | None:
        """Where an exception came from that the program should have made a sentence of, or its hang."""
        if "Traceback (most recent call last)" not in self.err:
            return None
        places = [line.strip() for line in self.err.splitlines() if "/quotearchive/" in line]
        place = places[-1].split("/quotearchive/")[-1].replace('", line ', ":").split(",")[0] if places else "?"
        return f"traceback {self.err.strip().splitlines()[-1].split(':')[0]} at {place}"


class Place:
    """A folder with an archive, an index and a home of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.work, self.cache = self.folder / "work", self.folder / "cache"
        self.archive = self.work / "archive.json"
        self.backup = self.work / "archive.json.bak"
        for each in (self.work, self.cache, self.folder / "home"):
            each.mkdir(exist_ok=True)

    @property
    def environment(self) -> dict[str, str]:
        """The variables of a command, so that nothing of the user's own has a part in it."""
        own = {"HOME": str(self.folder / "home"), "QUOTEARCHIVE_CACHE": str(self.cache), "PYTHONPATH": str(ROOT)}
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
        return kept | own | {"QUOTEARCHIVE_FILE": str(self.archive), "QUOTEARCHIVE_BY": "me"}

    def run(self, *words: str | Path, before: tuple[str | Path, ...] = (), out: Path | None = None) -> Ran:
        """Run the real command, perhaps behind another one and with its results in a file."""
        with out.open("wb") if out else contextlib.nullcontext(subprocess.PIPE) as stdout:
            process = subprocess.Popen(
                [*before, *COMMAND, *words],
                cwd=self.work,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
            try:
                printed, said = process.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
                return Ran(code=-signal.SIGKILL, out="", err="Traceback (most recent call last)\nHang: none")
        return Ran(code=process.returncode, out=(printed or b"").decode(), err=said.decode(errors="replace"))

    def call(self, *words: str | Path, own: Mapping[str, str] | None = None) -> Ran:
        """Run a command in this process."""
        with _bounded():
            try:
                result = CliRunner(env={**self.environment, **(own or {})}).invoke(
                    program, [str(word) for word in words]
                )
            except HangError:
                return Ran(code=-1, out="", err=f"{traceback.format_exc()}\nHang: none")
        said = result.stderr
        if result.exception and not isinstance(result.exception, SystemExit):
            said += "".join(traceback.format_exception(result.exception))
        return Ran(code=result.exit_code, out=result.stdout, err=said)

    def furnish(self) -> None:
        """Make the archive, with a backup that has all of it but one note."""
        self.archive.unlink(missing_ok=True)
        commands: list[tuple[str | Path, ...]] = [("add", LETTER)]
        commands += [("quote", "1", words, "--speaker", who, "--topic", topic) for words, who, topic in QUOTES]
        for words in [*commands, ("edit", "1", "--note", "First"), ("search",)]:
            ran = self.call(*words)
            assert ran.code == 0, ran.err

    def tables(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Decode the archive as any reader of JSON does."""
        decoded: dict[str, dict[str, dict[str, Any]]] = json.loads(self.archive.read_bytes())
        return decoded

    def litter(self) -> set[str]:
        """Name what lies beside the archive and isn't its own: an original is, if a record or the history names it."""
        written = self.archive.read_text(encoding="utf-8")
        own = {self.archive, self.backup, *self.folder_of_originals.glob("*/")}
        own |= {each for each in self.folder_of_originals.glob("*/*") if each.stem in written}
        own.add(self.folder_of_originals)
        return {str(each.relative_to(self.work)) for each in self.work.rglob("*") if each not in own}

    @property
    def folder_of_originals(self) -> Path:
        """Where the archive keeps its originals."""
        return self.archive.with_name("archive.files")


@contextlib.contextmanager
def _bounded() -> Iterator[None]:
    """Stop what takes too long."""

    def stop(*_: object) -> None:
        raise HangError

    old = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE / 2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)


class Seen:
    """What was seen in one case, or in many."""

    def __init__(self) -> None:
        self.what = ""
        self.notes: Counter[str] = Counter()
        self.lost: list[str] = []
        self.wrong: list[str] = []

    def note(self, what: str) -> None:
        """Count something that is neither right nor wrong."""
        self.notes[what] += 1

    def check(self, is_right: bool, wrong: str) -> None:  # noqa: FBT001 - it reads as an assertion
        """Note what is wrong, unless it is right."""
        if not is_right:
            self.wrong.append(wrong)

    def keep(self, is_kept: bool, lost: str) -> None:  # noqa: FBT001 - it reads as an assertion
        """Note what was lost, unless it was kept."""
        if not is_kept:
            self.lost.append(lost)

    def check_calm(self, ran: Ran) -> None:
        """Note a traceback."""
        self.check(ran.fault is None, str(ran.fault))


class Trial(Protocol):
    """Something that is tried in many cases."""

    def __init__(self, folder: Path) -> None:
        """Take a folder that is empty."""

    def attempt(self, number: int, dice: random.Random, seen: Seen) -> None:
        """Try one case."""


_trial: list[Trial] = []


def _begin(kind: type[Trial]) -> None:
    _trial[:] = [kind(Path(tempfile.mkdtemp(prefix="trial-", dir=os.environ["TRIALS_FOLDER"])))]


def _attempt(seed: int, number: int) -> tuple[int, Seen]:
    seen = Seen()
    dice = random.Random(f"{seed}-{number}")
    _trial[0].attempt(number, dice, seen)
    return number, seen


def run(kind: type[Trial], name: str, count: int) -> None:
    """Try as many cases as the command line says, print a row of figures, and exit 1 if anything was wrong.

    Args:
        kind: The trial.
        name: What is tried, for the row.
        count: How many cases are tried unless the command line says how many.
    """
    asked = arguments(kind.__doc__ or "", count)
    numbers = range(asked.count) if asked.only is None else [asked.only]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TRIALS_FOLDER"] = folder
        with ProcessPoolExecutor(asked.workers, initializer=_begin, initargs=(kind,)) as pool:
            cases = list(pool.map(partial(_attempt, asked.seed), numbers, chunksize=1))
    conclude(name, cases)


def arguments(about: str, count: int) -> argparse.Namespace:
    """Read the command line: COUNT, --seed, --only and --workers."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    parser.add_argument("count", nargs="?", type=int, default=count, help="how many cases (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="other cases (%(default)s)")
    parser.add_argument("--only", type=int, metavar="CASE", help="one case again")
    parser.add_argument("--workers", type=int, default=2, help="how many cases are tried at once (%(default)s)")
    return parser.parse_args()


def conclude(name: str, cases: Iterable[tuple[int, Seen]]) -> None:
    """Print a row of figures and the first wrong cases; exit 1 if anything was wrong."""
    cases = [(number, seen) for number, seen in cases if seen.what]
    bad = [(number, seen) for number, seen in cases if seen.lost or seen.wrong]
    lost = sum(bool(seen.lost) for _, seen in cases)
    print("| what | tried | lost | wrong |\n| --- | --- | --- | --- |")
    print(f"| {name} | {len(cases)} | {lost} | {sum(bool(seen.wrong) for _, seen in cases)} |")
    notes = sum((seen.notes for _, seen in cases), Counter[str]())
    print(f"\n{'; '.join(f'{count} {what}' for what, count in notes.most_common())}")
    kinds = Counter(each for _, seen in bad for each in {*seen.lost, *seen.wrong})
    print("".join(f"{count:6} {what}\n" for what, count in kinds.most_common()), end="")
    for number, seen in bad[:SHOWN]:
        print(f"  --only {number}: {seen.what}: {'; '.join([*seen.lost, *seen.wrong])}")
    sys.exit(bool(bad))
