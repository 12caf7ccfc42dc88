"""Where a saved page was retrieved from, and when, as the page itself or what it lay in says."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final
from urllib.parse import urlsplit

import msgspec

from quotearchive.readers.web.markup import Element

#: How much of a page is searched for what was written into it when it was saved.
_BEGINNING: Final = 16_384

#: SingleFile's comment (https://github.com/gildas-lormeau/SingleFile).
_SINGLE_FILE: Final = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(?P<url>\S+)(?:\s+saved date:\s*(?P<date>[^\n]{1,100}))?",
    re.IGNORECASE,
)

#: What Internet Explorer and Chromium write: "saved from url=(0023)https://example.org/".
_SAVED_FROM: Final = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)

#: "Thu Mar 04 2021 08:06:07 GMT+0330", as browsers write the time.
_BROWSER_TIME: Final = re.compile(
    r"[A-Z][a-z]{2} (?P<month>[A-Z][a-z]{2}) (?P<day>\d\d) (?P<year>\d{4}) (?P<time>\d\d:\d\d:\d\d) "
    r"GMT(?P<zone>[+-]\d{4})"
)

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

#: An address in the Wayback Machine: the time at which the page was taken, and its own address.
_WAYBACK: Final = re.compile(r"https?://web\.archive\.org/web/(\d{14})(?:[a-z]{2}_)?/(https?:/{1,2}\S+)", re.IGNORECASE)

#: What the Wayback Machine writes at the top of each page.
_WAYBACK_SCRIPT: Final = re.compile(r"""__wm\.wombat\(\s*["'](https?://[^"']{1,2000})["']\s*,\s*["'](\d{14})["']""")

#: The identifiers of its toolbar.
_TOOLBAR: Final = ("wm-ipp-base", "wm-ipp", "wm-ipp-print", "donato")


class Origin(msgspec.Struct, frozen=True):
    """An address on the web, and when a page was retrieved from it: ISO 8601 in UTC, or a date."""

    url: str | None = None
    retrieved: str | None = None


def origin_of(source: str, tree: Element, known: Origin) -> Origin:
    """Return the origin of a page.

    Args:
        source: Its markup.
        tree: The same, parsed.
        known: What is known of it from outside.
    """
    beginning = source[:_BEGINNING]
    url, retrieved = known.url, known.retrieved
    if found := _SINGLE_FILE.search(beginning):
        url, retrieved = url or found["url"], retrieved or browser_time(found["date"] or "")
    elif found := _SAVED_FROM.search(beginning):
        url = url or found[1]
    if archived := _archived(url, beginning, tree):
        return archived
    return Origin(url if url and is_address(url) else None, retrieved)


def _archived(url: str | None, beginning: str, tree: Element) -> Origin | None:
    """Return the origin of a page of the Wayback Machine: when it took the page, and from where."""
    if found := _WAYBACK.match(url or ""):
        return Origin(_whole(found[2]), timestamp(found[1]))
    if found := _WAYBACK_SCRIPT.search(beginning):
        return Origin(found[1], timestamp(found[2]))
    canonical = next((link.get("href") or "" for link in tree.iter("link") if link.get("rel") == "canonical"), "")
    found = _WAYBACK.match(canonical)
    return Origin(_whole(found[2]), timestamp(found[1])) if found else None


def _whole(url: str) -> str:
    return re.sub(r"^(https?:)/{1,2}", r"\1//", url)


def without_wayback(url: str) -> str:
    """Return an address as it was before the Wayback Machine changed it."""
    found = _WAYBACK.match(url)
    return _whole(found[2]) if found else url


def without_toolbar(tree: Element) -> None:
    """Take the Wayback Machine's toolbar away from a page."""
    for element in [each for each in tree.iter("div") if each.get("id") in _TOOLBAR]:
        above = element.getparent()
        if above is not None:
            element.clear(keep_tail=True)


def is_address(url: str) -> bool:
    """Check whether others can go to an address: not a file's."""
    try:
        return url.lower().startswith(("http://", "https://")) and bool(urlsplit(url).hostname)
    except ValueError:
        return False


def timestamp(digits: str) -> str | None:
    """Return the time that fourteen digits stand for.

    >>> timestamp("20160330101229")
    '2016-03-30T10:12:29Z'
    """
    try:
        return in_utc(datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC))
    except ValueError:
        return None


def browser_time(words: str) -> str | None:
    """Return a time as browsers write it, in UTC.

    >>> browser_time("Thu Mar 04 2021 08:06:07 GMT+0330 (Iran Standard Time)")
    '2021-03-04T04:36:07Z'
    """
    found = _BROWSER_TIME.search(words)
    if not found or found["month"] not in _MONTHS:
        return None
    sign, hours, minutes = found["zone"][0], int(found["zone"][1:3]), int(found["zone"][3:])
    try:
        zone = timezone(timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1))
        date = f"{found['year']}-{_MONTHS.index(found['month']) + 1:02}-{found['day']}T{found['time']}"
        return in_utc(datetime.fromisoformat(date).replace(tzinfo=zone))
    except (ValueError, OverflowError):
        return None


def in_utc(time: datetime) -> str:
    """Return a time in UTC, to the second, or as it is if its zone is unknown."""
    if time.tzinfo is None:
        return time.isoformat(timespec="seconds")
    return time.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
