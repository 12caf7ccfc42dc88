"""Check EDTF with the python-edtf library.

python-edtf parses every example of levels 0 and 1 in the specification, and keeps the marks of doubt. What
it lets through is refused here: level 2, the 29th of February of other years than leap years, ranges that
end before they begin or are open at both ends. What it lacks is added: a mark of doubt on a season or on a
year of more than four digits (`1943-21~`), which the specification doesn't exclude and archives need.
"""

import re
from typing import Final

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from edtf.parser.parser_classes import (
    Date,
    DateAndTime,
    Interval,
    Level1Interval,
    LongYear,
    Season,
    UncertainOrApproximate,
    Unspecified,
)

from quotearchive.dates.errors import UnreadableDateError
from quotearchive.dates.extent import bounds

#: What levels 0 and 1 consist of; compared exactly, because level 2 derives from these.
_LEVELS_0_AND_1: Final = (
    Date,  # 1985-04-12
    DateAndTime,  # 1985-04-12T23:20:30Z
    Interval,  # 1964/2008
    Level1Interval,  # 1984~/2004-06
    LongYear,  # Y170000002
    Season,  # 2001-21
    UncertainOrApproximate,  # 1984?
    Unspecified,  # 201X
)

#: The longest date of levels 0 and 1 that has a use: two long years with marks. Bounds the parser's work.
_LONGEST: Final = 40


#: The characters of level 0 and 1; anything else needs no parser to be refused.
_ALPHABET: Final = frozenset("0123456789-/.XYTZ:+?~%")

#: A season or a long year with a mark of doubt: `1943-21~`, `Y17000?`.
_MARKED: Final = re.compile(r"(?<=-)(2[1-4])[?~%](?=/|$)|(Y-?[0-9]+)[?~%](?=/|$)")


def is_edtf(expression: str) -> bool:
    """Check whether a text is a date of EDTF level 0 or 1; at these levels there is but one way to write it.

    >>> is_edtf("1943-21~"), is_edtf("2021-02-29/.."), is_edtf("spring")
    (True, False, False)
    """
    if not 0 < len(expression) <= _LONGEST or not _ALPHABET.issuperset(expression):
        return False
    try:
        bounds(expression)
        return type(parse_edtf(_MARKED.sub(r"\1\2", expression))) in _LEVELS_0_AND_1
    except (EDTFParseException, UnreadableDateError):
        return False
