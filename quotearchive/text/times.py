"""Times of recordings: hours, minutes, seconds."""

import re
from typing import Final

_TIME: Final = re.compile(r"(?:(\d{1,6}):)?(\d{1,6}):(\d{1,2})(?:[.,](\d{1,3}))?")


def clock(milliseconds: int) -> str:
    """Return a time as people cite it.

    >>> clock(845_250)
    '00:14:05'
    """
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def milliseconds(words: str) -> int | None:
    """Return the first time in some words, hours optional, in milliseconds; None without one.

    >>> milliseconds("1:02:03,5"), milliseconds("[0:04]"), milliseconds("noon")
    (3723500, 4000, None)
    """
    found = _TIME.search(words)
    if found is None:
        return None
    hours, minutes, seconds, fraction = found.groups()
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int((fraction or "0").ljust(3, "0"))
