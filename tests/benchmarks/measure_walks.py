"""How far a command walks through the code: calls, functions, files, rooms and kinds of values on the way.

    python tests/benchmarks/measure_walks.py
    PYTHONPATH=OTHER_CHECKOUT python tests/benchmarks/measure_walks.py

Commands run in this process on a small archive, each on a copy of its own and once before it is measured, so that
imports and what is made once are left out. Only the command line is used: any version of the project can be walked.
"""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Final

import msgspec
from click.testing import CliRunner

import quotearchive
from quotearchive.cli import main as command

PACKAGE: Final = str(Path(quotearchive.__file__).parent)

LETTER: Final = Path(__file__).resolve().parents[1] / "data" / "khastar-open-letter.txt"

#: Documents of the archives besides the letter.
ANSWER: Final = "An answer\n\nTo Hashem Khastar. You wrote of prison. We will not be silent, and we will resist.\n"
STATEMENT: Final = "A statement\n\nBy the Teachers Union\n\nPrison is no place for teachers. Let them go home.\n"

#: What is in an archive before a walk begins.
FIRST: Final = (
    ("add", "answer.txt"),
    ("add", str(LETTER)),
    ("quote", "answer", "We will not be silent", "--speaker", "Hashem Khaster", "--topic", "resistance"),
    ("quote", "khaster", "resign immediately", "--speaker", "Hashem Khastar", "--topic", "resignation"),
)

PASSAGE: Final = "You've created a prison within the prison for me."

#: The walks by their names.
WALKS: Final = {
    "add": ("-a", "small.json", "add", str(LETTER)),
    "quote": ("quote", "khaster", PASSAGE, "--speaker", "Hashem Khastar", "--topic", "prison"),
    "search": ("search", "silent"),
    "export": ("export", "--format", "markdown"),
    "speakers merge": ("speakers", "merge", "Hashem Khaster", "--into", "Hashem Khastar"),
    "merge": ("merge", "other.json"),
}

#: Frames that are parts of a function; newer versions of Python have fewer of them.
COMPREHENSIONS: Final = frozenset({"<genexpr>", "<listcomp>", "<dictcomp>", "<setcomp>"})


class Walk:
    """Follows the calls of functions of the project; called by Python as a profiler."""

    def __init__(self) -> None:
        self.calls = 0
        self.room_changes = 0
        self.depth = 0
        self.functions: set[CodeType] = set()
        self.shapes: set[type] = set()
        self._rooms: list[str] = []

    def __call__(self, frame: FrameType, event: str, value: object) -> None:
        """Note a call, or what a call gives back."""
        code = frame.f_code
        if (
            event not in {"call", "return"}
            or code.co_name in COMPREHENSIONS
            or not code.co_filename.startswith(PACKAGE)
        ):
            return
        if event == "call":
            self._enter(code)
        elif self._rooms:
            self._rooms.pop()
        self._note(value)
        for local in tuple(frame.f_locals.values()):
            self._note(local)

    def _enter(self, code: CodeType) -> None:
        room = room_of(code)
        self.calls += 1
        self.functions.add(code)
        self.room_changes += bool(self._rooms) and self._rooms[-1] != room
        self._rooms.append(room)
        self.depth = max(self.depth, len(self._rooms))

    def _note(self, value: object) -> None:
        kind = type(value)
        if kind.__module__.startswith("quotearchive") and (
            issubclass(kind, msgspec.Struct) or hasattr(kind, "_fields")
        ):
            self.shapes.add(kind)
        elif kind in {tuple, list} and value:
            self._note(next(iter(value)))  # type: ignore[call-overload]


def room_of(code: CodeType) -> str:
    """Return the folder or file of the package that a function lives in."""
    return Path(code.co_filename).relative_to(PACKAGE).parts[0].removesuffix(".py")


def run(arguments: tuple[str, ...]) -> None:
    """Run a command that must do what it is asked."""
    answer = CliRunner().invoke(command, arguments, catch_exceptions=False, prog_name="quotearchive")
    if answer.exit_code:
        message = f"{arguments}: {answer.output}"
        raise RuntimeError(message)


@contextlib.contextmanager
def new_folder() -> Iterator[None]:
    """Work in a new folder that holds archives and documents."""
    folder = Path(tempfile.mkdtemp())
    os.environ["QUOTEARCHIVE_CACHE"] = str(folder / "caches")
    with contextlib.chdir(folder):
        prepare(Path())
        yield
    shutil.rmtree(folder)


def prepare(folder: Path) -> None:
    """Write the documents and the archives of a walk."""
    (folder / "answer.txt").write_text(ANSWER, encoding="utf-8")
    (folder / "statement.txt").write_text(STATEMENT, encoding="utf-8")
    run(("-a", "small.json", "add", "answer.txt"))
    run(("-a", "other.json", "add", "statement.txt"))
    run(("-a", "other.json", "quote", "statement", "Let them go home", "--speaker", "Hashem Khastar"))
    for arguments in FIRST:
        run(arguments)
    run(("search", "prison"))


def measure(arguments: tuple[str, ...]) -> Walk:
    """Follow a command that has run before."""
    with new_folder():
        run(arguments)
    walk = Walk()
    with new_folder():
        sys.setprofile(walk)
        try:
            run(arguments)
        finally:
            sys.setprofile(None)
    return walk


def row(name: str, walk: Walk) -> str:
    """Format what a walk met."""
    files = {code.co_filename for code in walk.functions}
    rooms = {room_of(code) for code in walk.functions}
    shapes = sorted({f"{kind.__module__.removeprefix('quotearchive.')}.{kind.__name__}" for kind in walk.shapes})
    counts = (walk.calls, len(walk.functions), len(files), len(rooms), walk.room_changes, walk.depth, len(shapes))
    return f"{name:16}" + "".join(f"{count:>11,}" for count in counts) + f"  {', '.join(shapes)}"


def main() -> None:
    """Print each walk."""
    heads = ("calls", "functions", "files", "rooms", "changes", "depth", "shapes")
    print(f"{'':16}" + "".join(f"{head:>11}" for head in heads))
    for name, arguments in WALKS.items():
        print(row(name, measure(arguments)))


if __name__ == "__main__":
    main()
