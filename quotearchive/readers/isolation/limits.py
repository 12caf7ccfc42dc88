"""What reading one file may cost, so that one that was made to harm costs no more than itself."""

import time
from collections.abc import Callable
from typing import Final

from quotearchive.errors import QuoteArchiveError

try:
    import resource
except ImportError:  # Windows has no such limits: there the time on the clock alone ends a reader
    resource = None  # type: ignore[assignment]

#: Seconds by the clock until a document, or the next sign of life, has to be there.
PATIENCE: Final = 120

#: Seconds by the clock that a file may take in all, whatever signs of life it gives.
LONGEST: Final = 30 * 60

#: Seconds of computing for the same.
COMPUTING: Final = 60

#: Bytes of address space: what the largest honest file takes, several times over. macOS takes no notice.
MEMORY: Final = 2 * 2**30

#: Bytes that a reader may answer with.
ANSWER: Final = 512 * 2**20

#: Bytes that the files within a file may unpack to, and how many times the packed ones that is.
UNPACKED: Final = 512 * 2**20
RATIO: Final = 200

#: Bytes up to which the ratio is not looked at: a small list of zeros packs a thousandfold.
MODEST: Final = 16 * 2**20

#: Files within a file.
MEMBERS: Final = 10_000

#: Files within files within files.
DEPTH: Final = 3

#: Code points of a document's text.
CHARACTERS: Final = 64 * 10**6

#: Bytes that a process may have needed at its height and still read another file.
GROWN: Final = 300 * 2**20

#: Seconds between two signs of life.
_BETWEEN: Final = 1.0


class TooMuchError(QuoteArchiveError):
    """A file that unpacks to more than is read."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name!r} was not read: it holds {what}. Unpack what you need of it, and add that.")


class Signs:
    """Signs of life, for readers that take long for good reason: one is given with each page or message."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []
        self._last = time.monotonic()

    def listen(self, listener: Callable[[], None]) -> None:
        """Call a function at each sign, but once a second at most."""
        self._listeners.append(listener)

    def give(self) -> None:
        """Send a sign of life; it costs next to nothing, and nothing where nobody listens."""
        if self._listeners and time.monotonic() - self._last > _BETWEEN:
            self._last = time.monotonic()
            for listener in self._listeners:
                listener()


#: Those of this process.
SIGNS: Final = Signs()


class Allowance:
    """Counts what is unpacked, since what a file says of itself may be a lie.

    Args:
        name: The file's name, for the error.
        packed: Its bytes.
    """

    def __init__(self, name: str, packed: int) -> None:
        self._name = name
        self._limit = min(UNPACKED, max(MODEST, packed * RATIO))
        self._bytes = self._files = 0

    @property
    def left(self) -> int:
        """The bytes that may still be unpacked."""
        return self._limit - self._bytes

    def take(self, size: int, files: int = 0) -> None:
        """Count bytes and files.

        Raises:
            TooMuchError: They are too many.
        """
        self._bytes += size
        self._files += files
        if self._bytes > self._limit:
            raise TooMuchError(self._name, f"more than {self._limit // 2**20} MiB when it is unpacked")
        if self._files > MEMBERS:
            raise TooMuchError(self._name, f"more than {MEMBERS:,} files")


def confine() -> None:
    """Take from this process for good what reading a file doesn't need: memory, and files to write."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow_computing() -> None:
    """Let this process compute as long as one document may, from now on."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + COMPUTING + 1
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))


def has_grown() -> bool:
    """Check whether this process has needed so much memory that another should go on."""
    # In KiB on Linux, in bytes on macOS.
    return resource is not None and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > GROWN // 1024
