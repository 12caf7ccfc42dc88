"""Why a date is refused."""

from collections.abc import Sequence
from typing import Final

from quotearchive.errors import UsageError, excerpt

_DATE_EXAMPLES: Final = (
    "Write 2021-02-12, 2021-02 or 2021; 1943? (uncertain), 1943~ (approximate), 1943-21 (spring), "
    "1943-03/1943-05 (a range), ../1943 (until); or words such as '12 February 2021', 'le 24 mars 1943', "
    "'around 1943' or '24 Bahman 1399'."
)


class UnreadableDateError(UsageError):
    """A date that is neither EDTF nor words for one."""

    def __init__(self, words: str) -> None:
        super().__init__(f"{excerpt(words)} can't be read as a date. {_DATE_EXAMPLES}")


class AmbiguousDateError(UsageError):
    """A date in figures that can be read in two ways."""

    def __init__(self, words: str, readings: Sequence[str]) -> None:
        super().__init__(f"{words!r} can be read as {' or as '.join(readings)}. Write the one you mean.")
