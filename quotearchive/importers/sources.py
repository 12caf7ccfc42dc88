"""What lists of sources say of documents, in the model's terms."""

from quotearchive.dates import parse_date
from quotearchive.errors import QuoteArchiveError


def calendar_date(first: list[int], last: list[int] | None = None, *, is_approximate: bool = False) -> str | None:
    """Write years, months and days as EDTF; None if there is no such day.

    >>> calendar_date([1943, 5], is_approximate=True), calendar_date([2021], [2022])
    ('1943-05~', '2021/2022')
    """
    doubt = "~" if is_approximate else ""
    days = [_day(day) + doubt for day in (first, last or []) if day]
    return readable_date("/".join(days))


def readable_date(words: str) -> str | None:
    """Read a date in words or figures; None if it can't be told.

    >>> readable_date("12 February 2021"), readable_date("n.d.")
    ('2021-02-12', None)
    """
    try:
        return parse_date(words) if words.strip() else None
    except QuoteArchiveError:
        return None


def _day(numbers: list[int]) -> str:
    year, *rest = numbers[:3]
    return "-".join([f"{year:04}", *(f"{number:02}" for number in rest)])
