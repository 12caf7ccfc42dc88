"""Times as other programs write them."""

import datetime as dt


def instant(words: str) -> str:
    """Read a time as ISO 8601 in UTC; empty if it is none. A time without a zone is taken for UTC.

    >>> instant("2024-05-01 10:00:00.123456+02:00")
    '2024-05-01T08:00:00Z'
    >>> instant("May")
    ''
    """
    try:
        time = dt.datetime.fromisoformat(words.strip())
        zoned = time if time.tzinfo else time.replace(tzinfo=dt.UTC)
        return zoned.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return ""
