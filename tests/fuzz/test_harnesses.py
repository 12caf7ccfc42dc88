"""The fuzzing harnesses hold for a few thousand inputs; where atheris is missing they are skipped."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("atheris")

HARNESSES = Path(__file__).with_name("harnesses.py")


@pytest.mark.parametrize("name", ["storage", "folding", "anchors", "queries", "markdown", "letters", "files"])
def test_no_input_breaks_a_rule(name: str, tmp_path: Path) -> None:
    command = [sys.executable, str(HARNESSES), name, "-runs=2000", "-seed=1", "-max_len=600", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr[-2000:]
