"""The commands of the README, for the tests that run them."""

import os
import re
import subprocess
import sysconfig
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
LETTER = ROOT / "tests" / "data" / "khastar-open-letter.txt"


class Step(NamedTuple):
    """A command of a session and what it prints, without blanks at the ends of lines."""

    command: str
    printed: str


def blocks(language: str) -> list[str]:
    """Return the README's blocks of code in a language."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)


def sessions() -> int:
    """Return how many sessions the README has."""
    return len(blocks("console"))


def session(number: int = 0) -> list[Step]:
    """Return the steps of one of the README's sessions, by its number from 0."""
    parts = re.split(r"^\$ (.*)\n", blocks("console")[number], flags=re.MULTILINE)[1:]
    return [Step(command, printed) for command, printed in zip(parts[::2], parts[1::2], strict=True)]


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a user would, in a folder, with the `quotearchive` that is installed."""
    path = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"
    settings = {"PATH": path, "COLUMNS": "80", "LANG": "C.UTF-8", "HOME": str(folder), "NO_COLOR": "1"}
    return subprocess.run(  # noqa: S602 - the README's commands are the shell's
        command,
        shell=True,
        cwd=folder,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def printed(command: str, folder: Path) -> str:
    """Return what a command prints, results and remarks, without blanks at the ends of lines."""
    return "".join(f"{line.rstrip()}\n" for line in shell(command, folder).stdout.splitlines())
