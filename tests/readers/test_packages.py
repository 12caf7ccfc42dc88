import io
import zipfile

import pytest

from quotearchive.readers.errors import DamagedFileError, LockedFileError, UnsafeFileError
from quotearchive.readers.packages import Package
from tests.readers.office_files import package


def test_parts_are_found_by_name_with_or_without_a_slash() -> None:
    found = Package(package({"a/b.xml": "x"}), "a.zip", "a package")
    assert (found.read("/a/b.xml"), found.read("a/c.xml"), found.names) == (b"x", None, ("a/b.xml",))


def test_what_grows_beyond_measure_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnsafeFileError, match="grow"):
        Package(package({"a": b"\0" * (64 * 2**20)}), "a.zip", "a package")


def test_what_lies_about_its_size_is_counted_while_it_comes() -> None:
    content = bytearray(package({"a": b"\0" * (64 * 2**20)}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises((UnsafeFileError, DamagedFileError)):
        Package(bytes(content), "a.zip", "a package").read("a")


def test_too_many_parts_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for number in range(10_001):
            packed.writestr(str(number), b"")
    with pytest.raises(UnsafeFileError, match="10,001"):
        Package(file.getvalue(), "a.zip", "a package")


def test_a_part_with_a_password_is_locked() -> None:
    content = bytearray(package({"a": "x"}))
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(LockedFileError):
        Package(bytes(content), "a.zip", "a package").read("a")


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + b"\xff" * 18, b"words"])
def test_what_is_no_package_is_said(content: bytes) -> None:
    with pytest.raises(DamagedFileError):
        Package(content, "a.zip", "a package")
