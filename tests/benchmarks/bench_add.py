"""Show what adding many files costs beside reading them and detecting their quotations.

Run it with `python -m tests.benchmarks.bench_add [FILES]`. Both are measured in the same minute, as processor time of a
process of their own; a ratio of at most 2 is what `add FOLDER` should cost.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

LETTER = (Path(__file__).parents[1] / "data" / "khastar-open-letter.txt").read_text(encoding="utf-8")

#: What is compared with: reading and detecting alone.
ALONE = """
import sys
from pathlib import Path
from quotearchive.detection import detect
from quotearchive.readers import read
for path in sorted(Path(sys.argv[1]).iterdir()):
    reading = read(path)
    detect(reading.text, reading.fields.language)
"""


def seconds(*command: str, folder: Path) -> float:
    """Return the processor time of a command, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "QUOTEARCHIVE_CACHE": str(folder / "cache")}
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(files: int) -> None:
    """Print both times and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "letters").mkdir()
        for number in range(files):
            text = f"Letter {number} to the town\n\n{LETTER}"
            (folder / "letters" / f"{number}.txt").write_text(text, encoding="utf-8")
        alone = seconds(sys.executable, "-c", ALONE, "letters", folder=folder)
        added = seconds(sys.executable, "-m", "quotearchive", "add", "letters", folder=folder)
        print(f"{files:,} files: read and detected {alone:.1f} s, added {added:.1f} s, ratio {added / alone:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
