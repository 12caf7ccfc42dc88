"""Make the sample archive anew: `python tests/make_sample.py` in the project's folder.

It holds the open letter, the five passages that Hashem Khastar wrote, and the words of Khomeini within one of
them. The charges in quotation marks near the end of the letter are not his words, and are not in it.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

KHASTAR = ("--speaker", "Hashem Khastar", "--to", "Ali Khamenei")

#: The passages by their two ends, with what is said of each.
QUOTES = (
    (
        "With all these executions ... in the streets!",
        *KHASTAR,
        "--topic",
        "executions",
        "--topic",
        "corruption",
    ),
    (
        "You’ve created a prison ... listen to my conversation.",
        *KHASTAR,
        "--topic",
        "prison/conditions/phone",
    ),
    ("Your foreign policy can ... across the Middle East.", *KHASTAR, "--topic", "foreign policy"),
    ("Under the Shah regime, when ... to see who they support.", *KHASTAR, "--topic", "elections"),
    (
        "Take your knife off the people’s throat to see who they stand with",
        *("--speaker", "Ruhollah Khomeini", "--to", "the Shah", "--within", "4", "--topic", "elections"),
    ),
    (
        "Your repressive forces can ... resign immediately.",
        *KHASTAR,
        "--topic",
        "resignation",
        "--topic",
        "repression",
    ),
)


def run(*arguments: str) -> None:
    """Run the command in the project's folder."""
    command = [sys.executable, "-m", "quotearchive", "-a", "archive.json", *arguments]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "QUOTEARCHIVE_BY": ""})


def main() -> None:
    """Make the archive and its quotes."""
    for old in ("archive.json", "archive.json.bak", "archive.json.lock"):
        (ROOT / old).unlink(missing_ok=True)
    run("add", "tests/data/khastar-open-letter.txt")
    for passage, *said in QUOTES:
        run("quote", "khaster", passage, *said)
    for left in ("archive.json.bak", "archive.json.lock"):
        (ROOT / left).unlink(missing_ok=True)
    (ROOT / "archive.json").chmod(0o644)


if __name__ == "__main__":
    main()
