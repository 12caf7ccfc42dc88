"""The evidence for a mention being the speaker of a quotation.

A feature is a short string; `Weights.speaker` holds how much it counts. Features are read off a region's row of symbols
(see `regions`), so that they hold in every language whose words have classes.
"""

import re
from bisect import bisect_left
from typing import Final

from quotearchive.detection.regions import MENTIONS, QUOTATION, Mention, Region

#: How many symbols to either side of a quotation are looked at: about three sentences, and a bound to the work.
WINDOW: Final = 60
#: How many mentions on either side are considered.
NEAREST: Final = 8
#: Paths of at most so many symbols between a mention and a quotation are features whole.
LONGEST_PATH: Final = 3
#: A verb with at most an object between a mention and a quotation: `who told the Shah, "..."`.
_LEADS_IN: Final = re.compile(r"B?V(?:P?D?[nlO])?[,:]*")
_SUBJECT: Final = re.compile(f"[{MENTIONS}][VBv]")


def own_features(region: Region, mention: Mention) -> tuple[str, ...]:
    """Describe a mention by its kind with the symbols before (``of the *teacher*``: ``l<P``) and after it (``n>V``)."""
    symbols, place = region.symbols, mention.place
    after = symbols[place + 1 : place + 2] or "."
    before = _lead(symbols[max(0, place - 3) : place])
    kind = mention.symbol
    found = (kind, f"{kind}<{before}", f"{kind}>{after}", f"{before}_{after}")
    return (*found, "source") if before == "AP" else found


def _lead(ahead: str) -> str:
    """Return what is before a mention, past an article: a preposition with the cue before it, or one symbol."""
    last = ahead[-1:] or "."
    if last == "D" and ahead[-2:-1] in ("P", "A"):
        ahead = ahead[:-1]
        last = ahead[-1]
    if last == "A":
        return "AP"
    if last == "P" and ahead[-2:-1] in ("A", "V", "N"):
        return ahead[-2:]
    return last if last in "PVKT,.xD-(:Nwv" else "?"


def pair_features(region: Region, mention: Mention, place: int) -> tuple[str, ...]:
    """Describe where a mention stands to the quotation at a place of the same region's symbols."""
    return (_after if mention.place > place else _before)(region.symbols, mention, place)


def _after(symbols: str, mention: Mention, place: int) -> tuple[str, ...]:
    between = symbols[place + 1 : mention.place].lstrip(",-.") if place + 1 < mention.place else ""
    dotted = symbols[place + 1 : place + 2] == "."
    behind = symbols[mention.place + 1 : mention.place + 3]
    sentences, quotations = between.count("."), between.count(QUOTATION)
    far = f"{min(sentences, 2)}{min(quotations, 2)}"
    path = (
        f"Q{between}{mention.symbol}{behind[:1]}" if len(between) <= LONGEST_PATH else f"Q~{mention.symbol}{behind[:1]}"
    )
    subject = _is_subject(behind)
    is_tag = not sentences and not dotted and between in ("", "V") and (between == "V" or behind[:1] == "V")
    return (
        *(("tag",) if is_tag else ()),
        *(("object behind",) if between.endswith("VP") else ()),
        f"R{far}",
        f"R{'.' if dotted else ''}{path}",
        f"R{far}{subject}{min(_count_subjects(between), 2)}",
        f"R{'.' if dotted else ''}{far}V{min(between.count('V'), 2)}",
    )


def _before(symbols: str, mention: Mention, place: int) -> tuple[str, ...]:
    between = symbols[mention.place + 1 : place]
    sentences, quotations, verbs = between.count("."), between.count(QUOTATION), between.count("V")
    far = f"{min(sentences, 3)}{min(quotations, 2)}"
    tail = _tail(symbols, place)
    subject = _is_subject(between[:3])
    subjects = min(_count_subjects(between), 3)
    path = between if len(between) <= LONGEST_PATH else f"{between[:2]}~{tail}"
    return (
        f"L{far}",
        f"L{mention.symbol}{path}Q",
        f"L{far}{subject}{subjects}",
        f"L{far}V{min(verbs, 2)}{tail}",
        f"L{far}{tail}{subjects}",
        f"L{far} {_owner_of_last_verb(between)}",
        *(("leads in",) if _LEADS_IN.fullmatch(between) else ()),
        *(("inverted lead-in",) if _is_inverted(symbols, mention.place, between) else ()),
    )


def _is_inverted(symbols: str, place: int, between: str) -> bool:
    """Check whether a verb without a subject of its own is right before: `In a letter wrote Weber: "..."`."""
    if symbols[place - 1 : place] != "V" or between != ":":
        return False
    ahead = symbols[max(0, place - 3) : place - 1]
    return ahead[-1:] not in ("P", "K", *MENTIONS) or ahead[:1] in ("P", "A")


def _owner_of_last_verb(between: str) -> str:
    """Return whether the last cue verb before a quotation is this mention's: `Smith, who told Jones, "..."`."""
    ahead, verb, _ = between.rpartition("V")
    if not verb:
        return "no verb"
    if not ahead.strip("B"):
        return "owns the last verb"
    return "shares the last verb" if any(symbol in MENTIONS for symbol in ahead) else "may own the last verb"


def _tail(symbols: str, place: int) -> str:
    """Return what leads into a quotation: a colon, a verb and a comma, `that`, a preposition, the end of a sentence."""
    tail = symbols[max(0, place - 2) : place]
    if not tail:
        return "."
    return tail if tail[-1] in ",-" else tail[-1]


def _is_subject(behind: str) -> str:
    """Return what follows a mention: a cue verb, another verb, an apposition, or nothing of a subject."""
    first = behind[:1]
    if first == "B" and behind[1:2] == "V":
        return "V"
    return first if first in ("V", "B", "v", ",", "x", "r", ":") else "?"


def _count_subjects(between: str) -> int:
    """Count the mentions that a verb follows."""
    return len(_SUBJECT.findall(between))


def chain_features(region: Region, previous: int, place: int) -> tuple[str, ...]:
    """Describe the mention that was chosen for the quotation at the place before in the same region's symbols."""
    gap = region.symbols[previous + 1 : place]
    last = gap.rpartition(".")[2]
    resumed = "." in gap[1:] and not last
    reported = min(_count_subjects(gap) + gap.count("V"), 2)
    return (
        f"chain{'.' if '.' in gap else ''}{min(_count_subjects(last), 1)}{last[-1:] or '.'}",
        f"chain:{'resumed' if resumed else 'other'}{reported}",
        f"chain:{gap.lstrip(',')}" if len(gap) <= LONGEST_PATH + 1 else "chain:~",
    )


def carried_features(region: Region, distance: int, *, closed: bool, first: bool) -> tuple[str, ...]:
    """Describe the speaker of the last quotation before this region, or before in it.

    Args:
        region: The region of this quotation.
        distance: How many paragraphs back the last quotation was.
        closed: Whether it had a closing mark; if not, this one continues it.
        first: Whether this quotation is the first of its region.
    """
    bare = _bareness(region)
    kept = "closed" if closed else "open"
    return (
        f"carried{min(distance, 3)}",
        f"carried{bare}{min(distance, 2)}{'' if first else '+'}",
        f"carried {region.symbols[:3]}",
        f"carried {kept} {region.symbols[:1]}",
        f"carried {kept} {bare}",
    )


def earlier_features(region: Region, before: Region, mention: Mention, rank: int) -> tuple[str, ...]:
    """Describe a mention of the paragraph before; `rank` counts them from its end."""
    bare = _bareness(region)
    behind = before.symbols[mention.place + 1 : mention.place + 4]
    distance = min(before.symbols.count(".", mention.place), 2)
    ahead = before.symbols[mention.place - 1] if mention.place else "."
    return (
        f"earlier {bare}",
        f"earlier {before.symbols[-1:]}{region.symbols[:2]}",
        f"earlier {mention.symbol}{_is_subject(behind)}{distance}",
        f"earlier <{ahead}",
        f"earlier #{min(rank, 3)}",
    )


def _bareness(region: Region) -> str:
    """Return ``m`` for a region that names somebody, ``V`` if it reports with a verb, ``Q`` if it only quotes."""
    if not region.mentions:
        return "Q"
    return "V" if region.reports else "m"


def near_mentions(region: Region, place: int) -> list[Mention]:
    """List the mentions within reach of a quotation, in order, at most `NEAREST` on either side."""
    middle = bisect_left(region.mention_places, place)
    near = region.mentions[max(0, middle - NEAREST) : middle + NEAREST]
    return [mention for mention in near if abs(mention.place - place) < WINDOW]
