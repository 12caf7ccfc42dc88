"""Who may read and write an archive is the same after a change as before it."""

import contextlib
import os
import shutil
import stat
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotearchive.model import Change, Document
from quotearchive.store import ArchiveFile
from quotearchive.store.errors import ArchiveLockedError, UnkeptRightsError, WriteProtectedError

CHANGE = Change(when="2026-01-05T09:30:00Z", command="test", by="me")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has other rights")

needs_attributes = pytest.mark.skipif(sys.platform != "linux", reason="attributes are read on Linux alone")
needs_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only the administrator can become two users"
)

#: Two users who need no entry in the system's list, and a group of both.
ANN, BEN, TEAM = 54321, 54322, 54330

#: The tags of an access list's entries: the owner, a user by number, the group, the mask, all others.
OWNER, USER, GROUP, MASK, OTHER = 1, 2, 4, 16, 32
NOBODY_BY_NAME = 0xFFFFFFFF


def access_list(*entries: tuple[int, int, int]) -> bytes:
    """Make an access list as the system keeps it, of a tag, rights and a number each."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


OF_A_FRIEND = access_list(
    (OWNER, 6, NOBODY_BY_NAME), (USER, 6, ANN), (GROUP, 0, NOBODY_BY_NAME), (MASK, 6, NOBODY_BY_NAME),
    (OTHER, 0, NOBODY_BY_NAME),
)  # fmt: skip


def change(path: Path) -> None:
    number = path.stat().st_size if path.exists() else 0
    with ArchiveFile(path, lock_timeout=0.3).transaction(CHANGE, create=True) as transaction:
        transaction.add(Document(slug=f"letter-{number}", title="A letter", text="To be"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "archive.json"
    change(path)
    return path


def set_attribute(path: Path, name: str, value: bytes) -> None:
    try:
        os.setxattr(path, name, value)
    except OSError as error:
        pytest.skip(f"this file system keeps no such attributes: {error}")


@needs_attributes
def test_an_access_list_is_kept_and_the_group_gets_no_rights_by_it(path: Path) -> None:
    set_attribute(path, "system.posix_acl_access", OF_A_FRIEND)
    before = path.stat().st_mode
    change(path)
    assert os.getxattr(path, "system.posix_acl_access") == OF_A_FRIEND
    assert path.stat().st_mode == before


@needs_attributes
def test_what_the_folder_grants_to_new_files_is_not_granted_on_an_old_one(path: Path) -> None:
    path.chmod(0o640)
    set_attribute(path.parent, "system.posix_acl_default", OF_A_FRIEND)
    change(path)
    assert "system.posix_acl_access" not in os.listxattr(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@needs_attributes
def test_extended_attributes_are_kept(path: Path) -> None:
    set_attribute(path, "user.source", b"a court")
    change(path)
    assert os.getxattr(path, "user.source") == b"a court"


@pytest.mark.parametrize("mode", [0o400, 0o444, 0o440])
def test_a_write_protected_archive_is_not_written(path: Path, mode: int) -> None:
    path.chmod(mode)
    content = path.read_bytes()
    with pytest.raises(WriteProtectedError, match="chmod u\\+w"):
        change(path)
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


def test_a_hard_link_keeps_what_it_had(path: Path, tmp_path: Path) -> None:
    content = path.read_bytes()
    (tmp_path / "yesterday.json").hardlink_to(path)
    change(path)
    assert (tmp_path / "yesterday.json").read_bytes() == content != path.read_bytes()


@pytest.fixture
def shared() -> Iterator[Path]:
    """An archive of Ann's in a folder that everybody may write."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    path = folder / "archive.json"
    change(path)
    os.chown(path, ANN, TEAM)
    yield path
    shutil.rmtree(folder)


SCRIPT = """
import os, pwd, sys, time  # and all else before becoming somebody who may not be able to read it
from pathlib import Path
from quotearchive.errors import QuoteArchiveError
from quotearchive.model import Change, Document
from quotearchive.store import ArchiveFile, locks
path, seconds = Path(sys.argv[1]), float(sys.argv[2])
user, team = int(sys.argv[4]), int(sys.argv[5])
os.setgroups([team])
os.setgid(user)
os.setuid(user)
say = lambda holder: print("waiting for", holder, flush=True)
change = Change(when="2026-01-05T09:30:00Z")
try:
    with ArchiveFile(path, lock_timeout=float(sys.argv[3]), on_wait=say).transaction(change) as transaction:
        transaction.add(Document(slug=f"of-{user}", title="A letter", text="To be"))
        print("held", flush=True)
        time.sleep(seconds)
except QuoteArchiveError as error:
    print(error)
    sys.exit(error.exit_code)
"""


def start(user: int, path: Path, seconds: float = 0, lock_timeout: float = 20) -> subprocess.Popen[str]:
    """Change the archive as a user, selection it for some seconds."""
    arguments = map(str, (path, seconds, lock_timeout, user, TEAM))
    return subprocess.Popen([sys.executable, "-c", SCRIPT, *arguments], stdout=subprocess.PIPE, text=True)


@contextlib.contextmanager
def held(path: Path, seconds: float) -> Iterator[subprocess.Popen[str]]:
    """Let Ann hold the archive."""
    with start(ANN, path, seconds) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        yield holder


def slugs(path: Path) -> list[str]:
    return [each.slug for each in ArchiveFile(path).read().descriptions()]


@needs_root
def test_the_lock_of_another_user_is_waited_for_and_said_to_be_theirs(shared: Path) -> None:
    shared.chmod(0o660)
    with held(shared, seconds=3) as holder:
        other = start(BEN, shared)
        said = other.communicate()[0]
    assert (holder.returncode, other.returncode) == (0, 0)
    assert f"waiting for process {holder.pid}, since" in said
    assert f"of user {ANN}" in said
    assert slugs(shared)[1:] == [f"of-{ANN}", f"of-{BEN}"]
    assert (shared.stat().st_gid, stat.S_IMODE(shared.stat().st_mode)) == (TEAM, 0o660)


@needs_root
def test_the_lock_of_another_user_who_was_killed_blocks_nobody(shared: Path) -> None:
    shared.chmod(0o660)
    with held(shared, seconds=60) as holder:
        holder.kill()
    other = start(BEN, shared, lock_timeout=0)
    other.communicate()
    assert other.returncode == 0
    assert sorted(each.name for each in shared.parent.iterdir()) == ["archive.json", "archive.json.bak"]


@needs_root
def test_a_lock_that_can_not_be_opened_is_waited_for_and_named(shared: Path) -> None:
    shared.chmod(0o660)
    lock = shared.with_name("archive.json.lock")
    lock.touch(0o600)
    other = start(BEN, shared, lock_timeout=1.5)
    said = other.communicate()[0]
    assert other.returncode == ArchiveLockedError.exit_code
    assert "waiting for a process, of user" in said
    assert f"remove its lock: {lock}" in said
    later = start(BEN, shared)
    time.sleep(1)
    lock.unlink()
    later.communicate()
    assert later.returncode == 0


@needs_root
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o640, 0o444])
def test_an_archive_that_a_user_may_not_write_is_not_replaced_though_the_folder_allows_it(
    shared: Path, mode: int
) -> None:
    shared.chmod(mode)
    before = shared.read_bytes(), shared.stat()
    other = start(BEN, shared)
    said = other.communicate()[0]
    assert other.returncode == 3
    assert "Nothing was changed" in said or "can't be read" in said
    assert (shared.read_bytes(), shared.stat()) == before
    assert list(shared.parent.iterdir()) == [shared]


@needs_root
@needs_attributes
def test_an_owner_is_not_shut_out_by_a_friend_who_writes(shared: Path) -> None:
    entries = ((OWNER, 6, NOBODY_BY_NAME), (USER, 6, BEN), (GROUP, 0, NOBODY_BY_NAME), (MASK, 6, NOBODY_BY_NAME))
    set_attribute(shared, "system.posix_acl_access", access_list(*entries, (OTHER, 0, NOBODY_BY_NAME)))
    content = shared.read_bytes()
    other = start(BEN, shared)
    said = other.communicate()[0]
    assert (other.returncode, "its owner" in said) == (UnkeptRightsError.exit_code, True), said
    assert shared.read_bytes() == content
    assert list(shared.parent.iterdir()) == [shared]
