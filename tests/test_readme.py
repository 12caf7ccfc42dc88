"""Every command of the README works."""

import shutil
from pathlib import Path

import pytest

from tests.readme import LETTER, ROOT, blocks, shell

#: The commands that install: `.ci/run` runs the test command itself, and this suite is what it runs.
INSTALLING = "pip install"


def commands() -> list[str]:
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    return [line for line in lines if line and INSTALLING not in line]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with the letter and the sample files, and another letter in a folder of its own."""
    made = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "tests" / "data" / "files", made, dirs_exist_ok=True)
    shutil.copy(LETTER, made)
    (made / "letters").mkdir()
    (made / "letters" / "other.txt").write_text("Dear friend,\n\nI am well.\n\nYours,\nAnna\n", encoding="utf-8")
    return made


@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_readme_works(command: str, folder: Path) -> None:
    result = shell(command, folder)
    assert result.returncode == 0, result.stdout


def test_the_install_command_ends_in_the_main_job_on_the_sample_archive(tmp_path: Path) -> None:
    install = next(line for block in blocks("sh") for line in block.splitlines() if INSTALLING in line)
    shutil.copy(ROOT / "archive.json", tmp_path)
    result = shell(install.rpartition("&&")[2], tmp_path)
    assert result.returncode == 0
    assert "prison within" in result.stdout
