"""Letters: to whom, from whom, where and when, by the forms that letters keep.

A text is a letter if it has a salutation at its beginning and a closing at its end, or the header lines of
an e-mail. The tables hold the forms; where a form names nobody ("Dear Sir or Madam"), nobody is taken.
"""

import re
from collections.abc import Iterable
from typing import Final

from quotearchive.readers.datelines import behind, find_date_line, find_received, is_name
from quotearchive.readers.headers import find_header
from quotearchive.readers.lines import Line, last_lines
from quotearchive.readers.reading import Taken

#: Openings of a salutation, before the person: "Dear Mr President,", "Sehr geehrter Herr Doktor!".
_SALUTATIONS: Final = (
    *("dear", "my dear", "dearest", "to the honourable", "your excellency", "hello", "greetings"),
    *("sehr geehrter", "sehr geehrte", "sehr geehrtes", "geehrter", "geehrte", "verehrter", "verehrte"),
    *("lieber", "liebe", "liebster", "liebste", "hochverehrter", "hochgeehrter", "werter", "werte"),
    *("cher", "chère", "chers", "chères", "mon cher", "ma chère", "mes chers", "mes chères", "très cher"),
    *("estimado", "estimada", "estimados", "estimadas", "querido", "querida", "queridos", "queridas"),
    *(
        "muy señor mío",
        "distinguido",
        "distinguida",
        "apreciado",
        "apreciada",
        "excelentísimo",
        "excelentísima",
    ),
    *(
        "جناب",
        "سرکار خانم",
        "حضور محترم",
        "حضرت",
        "عزیزم",
        "سلام",
        "با سلام",
        "با سلام به",
        "برادر گرامی",
        "خواهر گرامی",
    ),
    *(
        "عزيزي",
        "عزيزتي",
        "أعزائي",
        "سيدي",
        "سيدتي",
        "السيد",
        "السيدة",
        "حضرة",
        "إلى السيد",
        "صديقي",
        "سعادة",
        "معالي",
    ),
)

#: Forms of address that open a salutation and belong to the person: "Monsieur le Président,".
_TITLES: Final = (
    "monsieur",
    "madame",
    "messieurs",
    "mesdames",
    "mademoiselle",
    "excellency",
    "sir",
    "señor",
    "señora",
)

#: What may follow and names nobody.
_NOBODY: Final = frozenset(
    {
        *(
            "sir",
            "sirs",
            "madam",
            "sir or madam",
            "sir/madam",
            "sir / madam",
            "all",
            "friend",
            "friends",
            "colleagues",
        ),
        *(
            "damen und herren",
            "herr",
            "freund",
            "freunde",
            "freundin",
            "ami",
            "amie",
            "amis",
            "amies",
            "collègues",
        ),
        *(
            "monsieur",
            "madame",
            "messieurs",
            "madame, monsieur",
            "monsieur, madame",
            "mesdames, messieurs",
            "mesdames",
        ),
        *(
            "señor",
            "señora",
            "señores",
            "señor o señora",
            "amigo",
            "amiga",
            "amigos",
            "دوستان",
            "الأصدقاء",
            "العزيز",
        ),
    },
)

#: Openings of a line that names the addressee above the salutation: "To: ...", "An den ...".
_ADDRESSEES: Final = (
    *("to:", "to the", "addressed to", "open letter to", "an open letter to", "attn:", "attention:"),
    *("an:", "an den", "an die", "an das", "an herrn", "an frau", "an seine exzellenz", "offener brief an"),
    *("à:", "à :", "à monsieur", "à madame", "à l'attention de", "à son excellence", "lettre ouverte à"),
    *("a:", "al señor", "a la señora", "al excelentísimo", "para:", "a la atención de", "carta abierta a"),
    *(
        "به:",
        "به :",
        "خطاب به",
        "نامه سرگشاده به",
        "نامهٔ سرگشاده به",
        "إلى:",
        "إلى :",
        "الى:",
        "رسالة مفتوحة إلى",
    ),
)

#: Addressee openings that belong to the person they name: "à Monsieur Dupont" is for "Monsieur Dupont".
_KEPT: Final = (
    "to the",
    "an den",
    "an die",
    "an das",
    "an herrn",
    "an frau",
    "à monsieur",
    "à madame",
    "al señor",
)

#: Closings, after which the writer signs.
_CLOSINGS: Final = (
    *(
        "yours sincerely",
        "sincerely yours",
        "sincerely",
        "yours faithfully",
        "yours truly",
        "very truly yours",
    ),
    *(
        "yours respectfully",
        "respectfully yours",
        "respectfully",
        "respectfully submitted",
        "with respect",
        "yours",
    ),
    *(
        "best regards",
        "kind regards",
        "warm regards",
        "regards",
        "best wishes",
        "with best wishes",
        "in solidarity",
    ),
    *(
        "in friendship",
        "love",
        "with love",
        "your friend",
        "your obedient servant",
        "i remain",
        "faithfully yours",
    ),
    *(
        "with kind regards",
        "with warm regards",
        "with gratitude",
        "with hope",
        "cordially",
        "affectionately yours",
    ),
    *(
        "hochachtungsvoll",
        "mit freundlichen grüßen",
        "mit freundlichem gruß",
        "mit freundlichen grüssen",
        "mit vorzüglicher",
    ),
    *(
        "mit besten grüßen",
        "beste grüße",
        "viele grüße",
        "herzliche grüße",
        "herzlichst",
        "ihr ergebener",
        "ihre",
        "ihr",
    ),
    *(
        "mit herzlichen grüßen",
        "mit solidarischen grüßen",
        "freundliche grüße",
        "in tiefer verehrung",
        "dein",
        "deine",
    ),
    *(
        "veuillez agréer",
        "veuillez recevoir",
        "je vous prie d'agréer",
        "je vous prie de croire",
        "recevez",
        "agréez",
    ),
    *(
        "cordialement",
        "bien cordialement",
        "respectueusement",
        "avec mes respects",
        "bien à vous",
        "amitiés",
        "salutations",
    ),
    *(
        "atentamente",
        "le saluda atentamente",
        "cordialmente",
        "un cordial saludo",
        "saludos cordiales",
        "saludos",
        "suyo",
    ),
    *("respetuosamente", "con respeto", "un abrazo", "su seguro servidor", "sin otro particular"),
    *(
        "با احترام",
        "با تقدیم احترام",
        "ارادتمند",
        "با سپاس",
        "با تشکر",
        "با آرزوی",
        "به امید",
        "با درود",
        "والسلام",
    ),
    *(
        "مع خالص التحية",
        "مع التحية",
        "مع فائق الاحترام",
        "وتفضلوا بقبول",
        "المخلص",
        "مع التقدير",
        "مع أطيب التحيات",
    ),
)

#: Lines before a list of names: "Signatories:", "Unterzeichner:".
_SIGNATORIES: Final = (
    *(
        "signatories",
        "signatories:",
        "signed:",
        "signed by:",
        "the signatories:",
        "the undersigned:",
        "signatures:",
    ),
    *(
        "unterzeichner:",
        "unterzeichnet:",
        "die unterzeichner:",
        "erstunterzeichner:",
        "signataires:",
        "signataires :",
    ),
    *(
        "premiers signataires:",
        "les signataires:",
        "firmantes:",
        "firmado:",
        "firmas:",
        "امضاکنندگان:",
        "امضا کنندگان:",
    ),
    *("امضاءکنندگان:", "اسامی امضاکنندگان:", "الموقعون:", "الموقّعون:"),
)

#: How many signed: "and 213 others", "213 signatories", "und 213 weitere".
_OTHERS: Final = re.compile(
    r"\b(?:and|und|et|y|و) ?([0-9]{1,6}) "
    r"(?:others?|more|weitere|autres?|otros|otras|más|نفر دیگر|آخرين|آخرون)\b",
)
_COUNT: Final = re.compile(
    r"\b([0-9]{1,6}) "
    r"(?:signatories|signatures|signataires|unterzeichner|firmantes|firmas|امضا|نفر از امضاکنندگان|موقع)\b",
)

_NUMBERED: Final = re.compile(r"(?:[0-9]{1,5}[.)\-]|[-*•–])\s*(.+)")

#: Lines that follow a signature and aren't one.
_AFTERWORDS: Final = (
    "p.s.",
    "ps:",
    "ps.",
    "encl",
    "enclosure",
    "cc:",
    "anlage",
    "p.-s.",
    "p. s.",
    "postscript",
    "پ.ن",
)

#: How many lines from the top a salutation may stand, below letterhead, address and subject.
_ABOVE: Final = 30

#: The longest salutation in characters; a sentence that begins with "Dear" is longer.
_LONGEST: Final = 90


def find_letter(text: str, lines: tuple[Line, ...]) -> tuple[Taken, ...]:
    """Take from a letter what it says of itself; nothing if the text is no letter.

    Args:
        text: The whole text.
        lines: Its first lines.
    """
    header = find_header(lines)
    salutation = next((line for line in lines[:_ABOVE] if is_salutation(line.words)), None)
    last = tuple(line for line in last_lines(text) if salutation is None or line.number > salutation.number)
    closing = next((line for line in reversed(last) if _ends_letter(line.words)), None)
    if not header and (salutation is None or closing is None):
        return ()
    evidence = salutation or lines[0]
    above = tuple(line for line in lines if salutation is None or line.number < salutation.number)[:_ABOVE]
    return (
        *header,
        Taken("kind", "letter", evidence.number, evidence.words),
        *_find_heading(above if not header else ()),
        *(() if _has(header, "recipients") else _find_recipients(above, salutation)),
        *(() if _has(header, "date") else find_date_line(above) or find_date_line(reversed(last))),
        *find_received((*lines, *last)),
        *_find_signatures(last, closing, has_author=_has(header, "authors")),
    )


def is_salutation(words: str) -> bool:
    """Say whether a line greets the one it is written to.

    >>> is_salutation("Dear Mr President,"), is_salutation("Dear readers know that I am no friend of kings.")
    (True, False)
    """
    if len(words) > _LONGEST or words[-1] in ".?;…":
        return words.lower().startswith(("جناب", "سلام")) and len(words) <= _LONGEST
    ends_like_one = words[-1] in ",:!،" or len(words.split()) <= 6  # noqa: PLR2004
    return ends_like_one and (behind(words, _SALUTATIONS) is not None or _opens_with_title(words))


def is_closing(words: str) -> bool:
    """Say whether a line closes a letter.

    >>> is_closing("Yours sincerely,"), is_closing("Yours is the earth and everything in it")
    (True, False)
    """
    bare = words.lower().rstrip(" ,.!:،")
    if bare in _CLOSINGS:
        return True
    rest = behind(words, [f"{closing}," for closing in _CLOSINGS])
    return (rest is not None and is_name(rest.rstrip("."))) or bare.startswith(_LONG_CLOSINGS)


def _ends_letter(words: str) -> bool:
    return is_closing(words) or words.lower() in _SIGNATORIES


#: Closings that go on to the end of a sentence: "Veuillez agréer, Monsieur, l'expression de ...".
_LONG_CLOSINGS: Final = (
    *(
        "veuillez agréer",
        "veuillez recevoir",
        "je vous prie d'agréer",
        "je vous prie de croire",
        "mit vorzüglicher",
    ),
    *("وتفضلوا بقبول", "sin otro particular", "با تقدیم احترام", "i remain, "),
)


def _opens_with_title(words: str) -> bool:
    return words[-1] in ",:!" and words.lower().rstrip(",:!").split(",")[0].split()[0] in _TITLES


def _has(taken: Iterable[Taken], field: str) -> bool:
    return any(each.field == field for each in taken)


def _find_heading(above: tuple[Line, ...]) -> tuple[Taken, ...]:
    """Take what a letter says it is about, or a heading that says it is a letter."""
    for line in above:
        subject = behind(
            line.words,
            ("re:", "subject:", "betreff:", "betr.:", "betrifft:", "objet:", "objet :", "asunto:", "موضوع:"),
        )
        if subject:
            return (Taken("title", subject, line.number, line.words),)
    for line in above:
        if any(word in line.words.lower() for word in _HEADINGS):
            return (Taken("title", line.words, line.number, line.words),)
    return ()


#: Words of a heading that calls itself a letter or the like.
_HEADINGS: Final = (
    "letter",
    "brief an",
    "lettre",
    "carta",
    "نامه",
    "رسالة",
    "appeal",
    "appel",
    "aufruf",
    "statement",
    "petition",
)


def _find_recipients(above: tuple[Line, ...], salutation: Line | None) -> tuple[Taken, ...]:
    for line in above:
        if len(line.words) > _LONGEST or not (addressee := behind(line.words, _ADDRESSEES)):
            continue
        kept = next((opening for opening in _KEPT if line.words.lower().startswith(opening)), None)
        name = line.words.partition(" ")[2] if kept else addressee
        return (Taken("recipients", name.rstrip(" ,:;."), line.number, line.words),)
    greeted = _greeted(salutation.words) if salutation else None
    return (
        (Taken("recipients", greeted, salutation.number, salutation.words),) if greeted and salutation else ()
    )


def _greeted(words: str) -> str | None:
    bare = words.rstrip(" ,:!،.")
    named = behind(bare, _SALUTATIONS) or (bare if _opens_with_title(words) else "")
    return named if named[:1].isalpha() and named.lower() not in _NOBODY else None


def _find_signatures(last: tuple[Line, ...], closing: Line | None, *, has_author: bool) -> tuple[Taken, ...]:
    listed = _find_listed(last)
    counted = _find_count(last, len(listed))
    author = None if has_author or listed or closing is None else _find_signature(last, closing)
    return (*((author,) if author else ()), *listed, *counted)


def _find_signature(last: tuple[Line, ...], closing: Line) -> Taken | None:
    """Take the name behind the closing, on its line or on the next."""
    beside = behind(closing.words, [f"{words}," for words in _CLOSINGS])
    if beside and is_name(beside.rstrip(".")):
        return Taken("authors", beside.rstrip("."), closing.number, closing.words)
    line = next((line for line in last if line.number > closing.number), None)
    if line is None or line.words.lower().startswith(_AFTERWORDS):
        return None
    signed = line.words.removeprefix("(signed) ").removeprefix("gez. ")
    name = re.split("[,،(]", signed)[0].strip().rstrip(".")
    return Taken("authors", name, line.number, line.words) if is_name(name) else None


def _find_listed(last: tuple[Line, ...]) -> tuple[Taken, ...]:
    """Take the names in a list below a line that announces signatories."""
    at = next((at for at, line in enumerate(last) if line.words.lower() in _SIGNATORIES), None)
    if at is None:
        return ()
    names = [(line, re.split("[,،(]", _unnumbered(line.words))[0].strip()) for line in last[at + 1 :]]
    return tuple(Taken("signatories", name, line.number, line.words) for line, name in names if is_name(name))


def _unnumbered(words: str) -> str:
    numbered = _NUMBERED.fullmatch(words)
    return numbered[1] if numbered else words


def _find_count(last: tuple[Line, ...], listed: int) -> tuple[Taken, ...]:
    for line in last:
        digits = line.words.lower().replace(",", "")
        if others := _OTHERS.search(digits):
            return (Taken("signatory_count", str(max(1, listed) + int(others[1])), line.number, line.words),)
        if count := _COUNT.search(digits):
            return (Taken("signatory_count", str(int(count[1])), line.number, line.words),)
    return ()
