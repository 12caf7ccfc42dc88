"""Topics as a tree of paths, and what the archive has on each."""

from collections.abc import Iterator

import msgspec

from quotearchive.names import key
from quotearchive.text import canonical


class TopicSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A topic with what there is on it.

    Attributes:
        path: Such as `prison/conditions`.
        own: How many quotes are on it.
        whole: How many are on it or on what lies below it, each once.
        description: What belongs under it.
    """

    path: str
    own: int = 0
    whole: int = 0
    description: str | None = None


def tidy(path: str) -> str:
    """Bring a path into the form in which it is stored; empty if it has no words.

    >>> tidy(" prison /  conditions/")
    'prison/conditions'
    """
    return canonical("/".join(filter(None, (" ".join(part.split()) for part in path.split("/")))))


def topic_key(path: str) -> str:
    """Return the form in which two spellings of a path are the same.

    >>> topic_key("Prison/Conditions")
    'prison/conditions'
    """
    return "/".join(key(part) for part in path.split("/"))


def upward(path: str) -> Iterator[str]:
    """Yield a path and all that it lies under, the root first.

    >>> list(upward("prison/conditions/phone"))
    ['prison', 'prison/conditions', 'prison/conditions/phone']
    """
    parts = path.split("/")
    for depth in range(1, len(parts) + 1):
        yield "/".join(parts[:depth])


def is_in(path: str, branch: str) -> bool:
    """Check whether a path is a branch or is below it.

    >>> is_in("prison/conditions", "prison"), is_in("prisons", "prison")
    (True, False)
    """
    return path == branch or path.startswith(f"{branch}/")


def replant(path: str, branch: str, place: str) -> str:
    """Return the new path of a topic whose branch moves.

    >>> replant("prison/conditions/phone", "prison", "law/prison")
    'law/prison/conditions/phone'
    """
    return place + path[len(branch) :]
