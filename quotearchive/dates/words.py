"""Dates in words and in figures, in six languages, read as EDTF.

dateparser knows the names of days and months and what they are in each language. Around it are the tables
of what it doesn't read: doubt, seasons, decades, ranges, and the Persian calendar in `persian`.
"""

import re
import unicodedata
from typing import Final

from dateparser.date import DateDataParser

from quotearchive.dates.errors import AmbiguousDateError, UnreadableDateError
from quotearchive.dates.expressions import is_edtf
from quotearchive.dates.extent import is_plain
from quotearchive.dates.persian import gregorian_year, read_persian
from quotearchive.text.phrases import phrases

#: The longest wording that is read, in characters; a sentence is no date.
_LONGEST: Final = 80

_LANGUAGES: Final = ("en", "fr", "de", "es", "fa", "ar")


#: Before a date that is near: "around 1943", "gegen 1943", "early March 1943".
_APPROXIMATE: Final = phrases("""
    around | about | approximately | approx. | circa | c. | ca. | ca | c | early | mid | late
    the early | the late
    in early | in mid | in late | beginning of | the beginning of | end of | the end of | in about | in around
    vers | environ | début | fin | mi | au début de | à la fin de | aux environs de
    um | etwa | gegen | ungefähr | anfang | mitte | ende
    hacia | alrededor de | aproximadamente | principios de | a principios de | finales de | a finales de
    حدود | در حدود | اوایل | اواخر | اواسط | حوالی | حوالي | نحو | أوائل | أواخر
""")

#: Before a date that isn't sure: "probably 1943", "wohl 1943".
_UNCERTAIN: Final = phrases("""
    probably | perhaps | possibly | maybe | presumably | probablement | peut-être | sans doute
    wahrscheinlich | vermutlich | vielleicht | wohl | probablemente | quizás | quizá | posiblemente | tal vez
    احتمالا | احتمالاً | شاید | ربما | لعل
""")

#: Before a date, without meaning: "on 12 February", "le 24 mars", "den 3. Mai".
_PARTICLES: Final = phrases("""
    on the | on | in the | in | the | dated | in the year
    le | en | du | de | la | les | des | au | à | am | den | im | vom | der | die | dem | el | del | en el
    در | مورخ | في
""")

#: The seasons' EDTF numbers: "spring 1943" is 1943-21.
_SEASONS: Final = {
    21: phrases("spring | printemps | frühling | frühjahr | primavera | بهار | ربيع"),
    22: phrases("summer | été | sommer | verano | تابستان | صيف"),
    23: phrases("autumn | fall | automne | herbst | otoño | پاییز | خريف"),
    24: phrases("winter | hiver | invierno | زمستان | شتاء"),
}

#: Around the two ends of a range: "between 1943 and 1945", "von März bis Mai 1943".
_RANGES: Final = (
    *(("between ", " and "), ("from ", " to "), ("from ", " until "), ("", " to "), ("", " until ")),
    *(("entre ", " et "), ("de ", " à "), ("du ", " au "), ("zwischen ", " und "), ("von ", " bis ")),
    *(("", " bis "), ("entre ", " y "), ("desde ", " hasta "), ("از ", " تا "), ("بين ", " و"), ("من ", " إلى ")),
    *(("", " – "), ("", "–"), ("", " - ")),
)

#: Before a range that is open at its beginning: "until 1943", "bis Mai 1943".
_UNTIL: Final = phrases("""
    until | till | up to | before | by | jusqu'à | jusqu'en | avant | bis | vor | hasta | antes de | تا | قبل
""")

#: Before a range that is open at its end: "since 1943", "ab Mai 1943".
_SINCE: Final = phrases("""
    since | after | from | depuis | après | seit | nach | ab | desde | después de | از | منذ | بعد
""")

#: Months that dateparser lacks: the Arabic of Syria, Iraq, Lebanon, Jordan and Palestine.
_LEVANTINE_MONTHS: Final = {
    "كانون الثاني": "يناير",
    "شباط": "فبراير",
    "آذار": "مارس",
    "نيسان": "أبريل",
    "أيار": "مايو",
    "حزيران": "يونيو",
    "تموز": "يوليو",
    "آب": "أغسطس",
    "أيلول": "سبتمبر",
    "تشرين الأول": "أكتوبر",
    "تشرين الثاني": "نوفمبر",
    "كانون الأول": "ديسمبر",
}

#: What makes a day of the month an ordinal and dateparser doesn't know: "1.º de mayo", "1er mai".
_ORDINALS: Final = re.compile(r"\b([0-9]{1,2})(?:\.?o|er)(?= )")
_PERSIAN_DIGIT: Final = re.compile("[۰-۹]")
_FIGURES: Final = re.compile(r"([0-9]{1,2})([/.-])\s?([0-9]{1,2})\2\s?([0-9]{4})")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})")
_YEAR: Final = re.compile(r"[0-9]{3,4}")

#: A name of a month has two letters or more; figures alone are read here, with less imagination.
_NAME: Final = re.compile(r"[^\W\d_]{2}")
_YEARS: Final = re.compile(r"([0-9]{4})-([0-9]{4})")
_SHORT_YEARS: Final = re.compile(r"([0-9]{2})([0-9]{2})–([0-9]{2})")
_DECADE: Final = re.compile(r"(?:années |años |decade of (?:the )?|دهه )?([0-9]{3})0(?:s|er|er jahre|ern)?")
_WHOLE_YEAR: Final = re.compile(r"(?:year |année |jahr |jahre |año |سال |عام )?([0-9]{4})")


def read(words: str, language: str | None = None) -> str:
    """Read a date in EDTF or in words as EDTF; see `quotearchive.dates.parse_date`."""
    if is_edtf(words):
        return words
    plain = _plain_words(words)
    tag = language or ("fa" if _PERSIAN_DIGIT.search(words) else None)
    is_short = 0 < len(plain) <= _LONGEST
    edtf = _read_range(plain, tag) or _read_doubtful(plain, tag) if is_short else None
    if edtf is None or not is_edtf(edtf):
        raise UnreadableDateError(words)
    return edtf


def _plain_words(words: str) -> str:
    """Lower the case, write digits in ASCII and blanks once.

    >>> _plain_words("  ۲۴   بهمن ۱۳۹۹. ")
    '24 بهمن 1399'
    """
    folded = unicodedata.normalize("NFKC", words[: 4 * _LONGEST]).lower().replace("\u200c", " ").replace("’", "'")
    folded = folded.replace("ي", "ی").replace("ك", "ک") if "پ" in folded or "چ" in folded else folded
    digits = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in folded)
    return " ".join(digits.split()).rstrip(".,;:،؛").strip()


def _read_range(words: str, language: str | None) -> str | None:
    if (years := _YEARS.fullmatch(words)) is not None:
        return f"{years[1]}/{years[2]}"
    if (years := _SHORT_YEARS.fullmatch(words)) is not None:
        return f"{years[1]}{years[2]}/{years[1]}{years[3]}"
    for before, between in _RANGES:
        start, found, end = words.removeprefix(before).partition(between)
        if words.startswith(before) and found and (edtf := _read_ends(start, end, language)) is not None:
            return edtf
    if (until := _behind(words, _UNTIL)) and (last := _read_doubtful(until, language)):
        return f"../{last.partition('/')[2] or last}"
    if (since := _behind(words, _SINCE)) and (first := _read_doubtful(since, language)):
        return f"{first.partition('/')[0]}/.."
    return None


def _read_ends(start: str, end: str, language: str | None) -> str | None:
    """Read both ends of a range; the first may lack what the second has: "3 to 5 May 1933"."""
    last = _read_doubtful(end, language)
    if last is None:
        return None
    year, month = last[:4], end[end.find(" ") + 1 :]
    is_day = len(start.rstrip(".")) < len("1943") and start.rstrip(".").isdigit()
    completions = (f"{start} {month}",) if is_day else (start, f"{start} {year}")
    for completed in completions:
        if (first := _read_doubtful(completed, language)) is not None:
            return f"{first.partition('/')[0]}/{last.partition('/')[2] or last}"
    return None


def _read_doubtful(words: str, language: str | None) -> str | None:
    """Read a single date with its marks of doubt, which go to each end if it is a range of days."""
    bare = words.removesuffix("(?)").removesuffix("?").rstrip()
    words, is_uncertain = bare, bare != words
    is_approximate = False
    for _ in range(3):  # "probably in early", "about the end of": three words of doubt are enough
        if uncertain := _behind(words, _UNCERTAIN):
            words, is_uncertain = uncertain, True
        elif approximate := _behind(words, _APPROXIMATE):
            words, is_approximate = approximate, True
        else:
            words = _behind(words, _PARTICLES) or words
    edtf = _read_single(words, language)
    mark = "%" if is_uncertain and is_approximate else "?" if is_uncertain else "~" if is_approximate else ""
    return None if edtf is None else "/".join(f"{end}{mark}" for end in edtf.split("/"))


def _behind(words: str, openings: tuple[str, ...]) -> str | None:
    """Return what follows the opening that the words begin with, or None."""
    for opening in openings:
        rest = words[len(opening) :] if words.startswith(opening) else ""
        if rest[:1] in {" ", "-"} or (opening.endswith(".") and rest):
            return rest.lstrip(" -")
    return None


def _read_single(words: str, language: str | None) -> str | None:
    words = _ORDINALS.sub(r"\1", words)
    return (
        _read_figures(words, language)
        or _read_season(words)
        or read_persian(words, is_certain=_is_persian(language))
        or _read_decade(words)
        or _read_with_dateparser(words, language)
    )


def _is_persian(language: str | None) -> bool:
    return (language or "").partition("-")[0] == "fa"


def _read_figures(words: str, language: str | None) -> str | None:
    """Read 12.2.2021, 2021/2/12 and, where only one reading is possible, 13/4/2021."""
    if (parts := _YEAR_FIRST.fullmatch(words)) and not (_is_persian(language) and gregorian_year(int(parts[1]))):
        return _existing(parts[1], parts[2], parts[3])
    if not (parts := _FIGURES.fullmatch(words)):
        return None
    day_first = _existing(parts[4], parts[3], parts[1])
    month_first = _existing(parts[4], parts[1], parts[3])
    is_settled = parts[2] == "." or (language or "en").partition("-")[0] != "en" or day_first == month_first
    if day_first and month_first and not is_settled:
        raise AmbiguousDateError(words, (day_first, month_first))
    return day_first or (None if parts[2] == "." else month_first)


def _existing(year: str, month: str, day: str) -> str | None:
    edtf = f"{year}-{int(month):02}-{int(day):02}"
    return edtf if is_plain(edtf) else None


def _read_season(words: str) -> str | None:
    name, _, rest = words.partition(" ")
    rest = rest.removeprefix("of ").removeprefix("de ").removeprefix("the ").removeprefix("سال ")
    number = next((number for number, names in _SEASONS.items() if name in names), None)
    if number is None or not (year := _WHOLE_YEAR.fullmatch(rest)):
        return None
    return f"{gregorian_year(int(year[1])) or int(year[1]):04}-{number}"


def _read_decade(words: str) -> str | None:
    if (year := _WHOLE_YEAR.fullmatch(words)) is not None:
        return year[1]
    decade = _DECADE.fullmatch(words)
    return f"{decade[1]}X" if decade else None


def _read_with_dateparser(words: str, language: str | None) -> str | None:
    """Read a date with the name of a month; what the words leave open is seen from two fillings."""
    if not (year := _YEAR.search(words)) or not _NAME.search(words):
        return None
    for levantine, other in _LEVANTINE_MONTHS.items():
        words = words.replace(levantine, other)
    first, last = (_fill(words, part, language) for part in ("first", "last"))
    if first is None or last is None or int(first[:4]) != int(year[0]):
        return None
    same = 10 if first == last else 7 if first[:7] == last[:7] else 4
    return first[:same]


def _fill(words: str, part: str, language: str | None) -> str | None:
    known = [tag for tag in _LANGUAGES if tag == (language or "").partition("-")[0]]
    parser = DateDataParser(
        languages=[*known, *(tag for tag in _LANGUAGES if tag not in known)],
        settings={
            "PREFER_DAY_OF_MONTH": part,
            "PREFER_MONTH_OF_YEAR": part,
            "REQUIRE_PARTS": ["year"],
            "PARSERS": ["absolute-time"],  # no "yesterday", no "in two weeks"
            "DATE_ORDER": "DMY",
        },
    )
    found = parser.get_date_data(words).date_obj
    return None if found is None else found.date().isoformat()
