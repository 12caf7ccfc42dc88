"""A few cases of every trial: they run, and nothing is lost or wrong in them."""

import shutil
import subprocess
import sys

import pytest

from .trial import ROOT

#: How many cases of each; the seconds, for writers.
COUNTS = {"faults": 5, "kills": 3, "signals": 4, "flips": 6, "damage": 20, "imports": 60, "readers": 60, "writers": 4}


@pytest.mark.skipif(sys.platform != "linux", reason="it kills, interrupts and measures as Linux does")
@pytest.mark.parametrize("name", COUNTS)
def test_nothing_is_lost_or_wrong(name: str) -> None:
    if name in {"faults", "kills", "signals"} and not shutil.which("strace"):
        pytest.skip("needs strace: apt-get install strace")
    command = [sys.executable, "-m", f"tests.trials.{name}", str(COUNTS[name]), "--workers", "1"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
