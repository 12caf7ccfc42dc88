"""The index: whatever becomes of the folder it is kept in, a command does its work."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from quotearchive.search.freshness import index_path

from .conftest import Run

#: A user who is not this one.
STRANGER = os.geteuid() + 1001

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only the administrator can give files away")


def gone(cache: Path) -> None:
    cache.symlink_to(cache.parent / "missing" / "share")


def loop(cache: Path) -> None:
    cache.symlink_to(cache)


def file(cache: Path) -> None:
    cache.write_bytes(b"no folder")


def folder_for_an_index(cache: Path) -> None:
    index_path(cache.parent / "archive.json", cache).mkdir(parents=True)
    cache.chmod(0o700)


def no_database(cache: Path) -> None:
    cache.mkdir(mode=0o700)
    index_path(cache.parent / "archive.json", cache).write_bytes(b"no database" * 1000)


@pytest.mark.parametrize("trouble", [gone, loop, file, folder_for_an_index, no_database])
def test_no_trouble_with_the_cache_is_noticed(
    with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Callable[[Path], None]
) -> None:
    trouble(tmp_path / "cache")
    monkeypatch.setenv("QUOTEARCHIVE_CACHE", str(tmp_path / "cache"))
    works(with_letter)


@pytest.mark.parametrize(
    "cache", ["x" * 5000, "x/" * 3000, "~nosuch/cache", "relative/cache", "/proc/self/cache", "\udcff"]
)
def test_no_name_of_a_cache_is_too_strange(with_letter: Run, monkeypatch: pytest.MonkeyPatch, cache: str) -> None:
    monkeypatch.setenv("QUOTEARCHIVE_CACHE", cache)
    works(with_letter)


def test_a_user_without_a_home_can_work(with_letter: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QUOTEARCHIVE_CACHE", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.getuid", lambda: 4_000_000)
    works(with_letter)


def works(run: Run) -> None:
    """Check that commands that ask and commands that change do what they should."""
    for number in range(2):
        changed = run("edit", "1", "--note", f"note {number}")
        assert (changed.exit_code, changed.stderr.count("\n")) == (0, 0), changed.output
        found = run("search", "--json")
        assert (found.exit_code, found.stderr.count("\n")) == (0, 0), found.output
        assert [each["note"] for each in json.loads(found.stdout)] == [f"note {number}", None]
    assert run("search", "--documents", "two").exit_code == 0


def forged(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Keep an index that says what the archive does not; returns the folder and the file."""
    cache = tmp_path / "cache"
    monkeypatch.setenv("QUOTEARCHIVE_CACHE", str(cache))
    run("search")
    index = index_path(tmp_path / "archive.json", cache)
    seen = index.stat()
    index.write_bytes(index.read_bytes().replace(b"Hashem Khastar", b"FORGED SPEAKER"))
    os.utime(index, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert "FORGED SPEAKER" in run("search").stdout
    return cache, index


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o770, 0o720])
def test_a_cache_that_others_can_write_is_not_trusted(
    with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    cache, _ = forged(with_letter, tmp_path, monkeypatch)
    cache.chmod(mode)
    is_not_trusted(with_letter, cache)


@pytest.mark.parametrize("mode", [0o666, 0o622, 0o660])
def test_an_index_that_others_can_write_is_not_trusted(
    with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    cache, index = forged(with_letter, tmp_path, monkeypatch)
    index.chmod(mode)
    is_not_trusted(with_letter, cache)


@as_root
@pytest.mark.parametrize("which", [0, 1])
def test_a_cache_of_somebody_else_is_not_trusted(
    with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: int
) -> None:
    places = forged(with_letter, tmp_path, monkeypatch)
    os.chown(places[which], STRANGER, -1)
    is_not_trusted(with_letter, places[0])


def is_not_trusted(run: Run, cache: Path) -> None:
    """Check that a command answers from the archive, says why once, and leaves the cache as it is."""
    before = {each: each.read_bytes() for each in cache.iterdir()}
    result = run("search")
    assert "FORGED" not in result.stdout
    assert result.stderr.count("\n") == 1
    assert f"chmod 700 {cache}" in result.stderr
    assert run("edit", "--where", "speaker:forged", "--note", "x", "--yes").stderr.count("\n") <= 2
    assert {each: each.read_bytes() for each in cache.iterdir()} == before


def test_a_new_cache_is_its_users_alone(with_letter: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEARCHIVE_CACHE", str(tmp_path / "new" / "cache"))
    mask = os.umask(0)
    try:
        assert with_letter("search").stderr == ""
    finally:
        os.umask(mask)
    assert (tmp_path / "new" / "cache").stat().st_mode & 0o777 == 0o700
    assert with_letter("search").stderr == ""


def test_a_cache_that_cannot_be_looked_into_is_no_hindrance(
    run: Run, unprivileged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(unprivileged)
    (unprivileged / "cache").mkdir(mode=0)
    monkeypatch.setenv("QUOTEARCHIVE_CACHE", str(unprivileged / "cache" / "inner"))
    run("add", "-", stdin="One. Two.")
    run("quote", "1", "One")
    run("quote", "1", "Two")
    works(run)
