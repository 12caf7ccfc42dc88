"""Labels of speakers in transcripts: `Anna Svoboda:`, `Q.`, `SPEAKER_00  0:04`, `[00:14:05] Ben:`.

One line at a time; whether a text with such lines is a transcript, `transcripts` judges.
"""

import re
from typing import Final, Literal

import msgspec

from quotearchive.text import milliseconds
from quotearchive.text.phrases import phrases

#: The label of a turn whose speaker the file doesn't name.
UNKNOWN: Final = "unknown speaker"

#: What a label can call somebody without saying who that is. A number may follow.
_ROLES: Final = frozenset(
    phrases("""
    q | a | question | answer | interviewer | interviewee | respondent | participant | informant | speaker
    unknown speaker | unidentified speaker | unknown | unidentified | moderator | host | guest | narrator | voice
    male voice | female voice | man | woman | male | female | audience | audience member | all | both | person
    reporter | journalist | caller | operator | facilitator | researcher | subject | witness | the court | the witness
    f | frage | antwort | interviewerin | interviewter | interviewte | befragter | befragte | sprecher | sprecherin
    moderatorin | erzähler | erzählerin | mann | frau | publikum | alle | zuschauer | unbekannt
    r | réponse | enquêteur | enquêtrice | enquêté | enquêtée | intervieweur | intervieweuse | locuteur | locutrice
    animateur | animatrice | journaliste | public | homme | femme | voix | tous
    p | pregunta | respuesta | entrevistador | entrevistadora | entrevistado | entrevistada | hablante | periodista
    moderador | moderadora | narrador | narradora | hombre | mujer | público | todos
    domanda | risposta | intervistatore | intervistatrice | intervistato | intervistata | giornalista | pergunta
    resposta | repórter | vraag | antwoord | вопрос | ответ | интервьюер | ведущий | ведущая | корреспондент
    pytanie | odpowiedź | soru | cevap | fråga | svar
    س | ج | پرسش | پاسخ | سوال | سؤال | جواب | مصاحبه‌گر | مصاحبه‌کننده | مصاحبه‌شونده | مجری | خبرنگار | گوینده
    المذيع | المذيعة | المحاور | الصحفي | المراسل | الضيف | المتحدث | متحدث
    ש | ת | שאלה | תשובה | מראיין | מראיינת
    问 | 答 | 問 | 主持人 | 记者 | 記者 | 采访者 | 受访者 | 質問 | 回答 | 聞き手 | 話者 | 司会
    """)
)

#: What stands before a colon at the beginning of a line and is no speaker: the fields of letters, lists and records.
_NO_SPEAKERS: Final = frozenset(
    phrases("""
    from | to | cc | bcc | date | sent | subject | re | fwd | reply-to | received | message-id | organization | attn
    title | author | authors | name | names | address | phone | tel | fax | email | e-mail | mail | url | doi | isbn
    issn | year | publisher | journal | volume | pages | page | abstract | keywords | language | type | format
    category | categories | tags | tag | status | version | note | notes | nb | n.b | ps | p.s | source | sources
    figure | fig | table | example | examples | warning | caution | tip | hint | important | summary | description
    details | location | place | time | duration | ingredients | method | directions | instructions | step | serves
    preparation | added | changed | fixed | removed | deprecated | security | usage | see | see also | returns | raises
    args | parameters | https | http | todo | chapter | section | part | act | scene | speakers | present | topic
    files | copyright | license | licence | comment | comments | fix | bug | history | changes | tests
    remember | conclusion | results | background | introduction | pros | cons | price | size | colour | color
    von | an | betreff | betr | datum | gesendet | titel | autor | autorin | quelle | anmerkung | hinweis | beispiel
    ort | seite | zutaten | zubereitung | telefon | adresse | stichworte | zusammenfassung | abbildung | abb | tabelle
    de | à | objet | envoyé | titre | auteur | remarque | exemple | lieu | ingrédients | préparation | mots-clés
    résumé | para | asunto | fecha | enviado | título | nota | ejemplo | lugar | fuente | ingredientes | resumen
    از | به | تاریخ | موضوع | من | إلى | الى | التاريخ | الموضوع | منبع | المصدر | نکته | ملاحظة | عنوان | العنوان
    """)
)

#: Small words within names.
_PARTICLES: Final = frozenset(
    phrases("de | da | di | du | del | la | le | des | von | zu | van | den | der | bin | al | el")
)

#: The most words and characters of a label.
_MOST_WORDS: Final = 5
_LONGEST: Final = 48

#: How much of a line is looked at, in characters.
_REACH: Final = 160

_CLOCK: Final = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
_STAMP: Final = rf"[\[(]\s*{_CLOCK}(?:\s*(?:-->|[-–—])\s*{_CLOCK})?\s*[\])]"
#: Markup, and the marks of direction that programs put before a name.
_MARKUP: Final = r"[*_>#\s\u200e\u200f\u202a-\u202e\u2066-\u2069]*+"
_LABEL: Final = (
    r"(?P<label>[^\W\d][^\s:：()\[\]*<>|,،;؛!?؟\"“”„«»…–—]*(?:[ \u00a0][^\s:：()\[\]*<>|,،;؛!?؟\"“”„«»…–—]+){0,4}?)"
)
#: What may stick to a label: markup and marks of direction.
_AROUND: Final = " \u00a0*_\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_ASIDE: Final = r"(?:\s*\([^()\d][^()]{0,40}\))?"

#: `Anna Svoboda:`, `**Ben (laughing):**`, `[00:14:05] Ben:`, `Ben [00:14:05]:`, `[SPEAKER_00]: `.
_COLON: Final = re.compile(
    rf"{_MARKUP}(?:(?P<before>{_STAMP}|{_CLOCK}(?=\s))[-–—\s]*+)?[\[*_]*+{_LABEL}[\]*_]*+{_ASIDE}"
    rf"\s*+(?P<after>{_STAMP})?[*_\s]*+(?::(?=[\s*_]|$|[\"“„«])|：)[*_]*+\s*+(?P<later>{_STAMP})?\s*",
)
#: A line of its own: `Anna Svoboda  0:04`, `Ben (00:04)`, `00:00:04 Ben`.
_TIMED: Final = re.compile(
    rf"{_MARKUP}(?:[\[*_]*+{_LABEL}[\]*_]*+{_ASIDE}[*_]*[\s|–—-]+(?P<after>{_STAMP}|{_CLOCK})|"
    rf"(?P<before>{_STAMP}|{_CLOCK})[-–—|\s]+{_LABEL.replace('label', 'named')})[*_:\s]*+$",
)
#: `[00:00:00.000 --> 00:00:02.000] [SPEAKER_00] words`, as WhisperX and whisper.cpp print.
_SQUARE: Final = re.compile(rf"(?P<before>{_STAMP})\s*[\[(](?P<label>[^\W\d][^\[\]()]{{0,47}})[\])]\s*")
#: `Q.  And then?`, `A  Nothing.`, as depositions have them.
_LETTER: Final = re.compile(r"\s*(?P<label>[QA])(?:\.|[ \t](?=[ \t]|[A-Z]))[ \t]*")
#: A name in capitals, or in bold type, on a line of its own.
_CAPITALS: Final = re.compile(rf"\s*{_LABEL}{_ASIDE}\s*")
_BOLD: Final = re.compile(rf"\s*(?P<mark>\*\*|__){_LABEL}{_ASIDE}:?(?P=mark):?\s*$")
_STAMPED: Final = re.compile(rf"\s*(?:{_STAMP}|{_CLOCK}(?=\s|$))\s*")

#: `SPEAKER_00`, `Interviewer 2`, `Speaker B`.
_NUMBERED: Final = re.compile(r"[\s_#-]*\d{1,4}$|[\s_][a-z]$")
#: A line that can't be a head has no colon, no capitals throughout, no bold type, and doesn't begin like Q. and A.
_MAY_BE_HEAD: Final = re.compile(r"[^:：\n]{0,160}[:：]|\s*(?:\*\*|__|[QA][.\s])")

Kind = Literal["colon", "timed", "letter", "capitals", "bold"]


#: The ways to write a head, in the order in which they are tried; the line's end is part of those that fill it.
_PATTERNS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("timed", _SQUARE),
    ("timed", _TIMED),
    ("colon", _COLON),
    ("bold", _BOLD),
    ("letter", _LETTER),
)


class Head(msgspec.Struct, frozen=True):
    """What a turn begins with.

    Attributes:
        label: The words that name its speaker.
        end: Where its words begin, in characters of the line.
        kind: In which way it is written.
        time: When it begins, in milliseconds.
    """

    label: str
    end: int
    kind: Kind
    time: int | None = None


def read_head(line: str) -> Head | None:
    """Read the head of a turn at the beginning of a line.

    >>> read_head("[00:14:05] Anna Svoboda: We were never told.")
    Head(label='Anna Svoboda', end=25, kind='colon', time=845000)
    >>> read_head("Ben  1:02:15")
    Head(label='Ben', end=12, kind='timed', time=3735000)
    >>> read_head("To be clear: nobody asked.") is None
    True
    """
    line = line[:_REACH]
    patterns = _PATTERNS if _MAY_BE_HEAD.match(line) else ()
    for kind, pattern in patterns:
        if found := pattern.match(line):
            return _head(found, kind)
    if line.isupper() and (found := _CAPITALS.fullmatch(line)):
        return _head(found, "capitals")
    return None


def read_stamp(line: str) -> tuple[int, int] | None:
    """Read the time that a line begins with: in milliseconds, and where it ends in the line.

    >>> read_stamp("[0:04] We were"), read_stamp("We were")
    ((4000, 7), None)
    """
    found = _STAMPED.match(line[:_REACH])
    return (milliseconds(found[0]) or 0, found.end()) if found else None


def _head(found: re.Match[str], kind: Kind) -> Head | None:
    values = found.groupdict()
    label = (values.get("label") or values.get("named") or "").strip(_AROUND)
    stamp = next((value for name in ("before", "after", "later") if (value := values.get(name))), None)
    if not is_label(label):
        return None
    return Head(label, found.end(), kind, None if stamp is None else milliseconds(stamp))


def is_label(words: str) -> bool:
    """Check whether words can name a speaker: a name, initials, a role, with capitals where there are any.

    >>> [is_label(words) for words in ("Anna Svoboda", "A.S.", "interviewer", "Subject", "They said this")]
    [True, True, True, False, False]
    """
    parts = words.split()
    if not 0 < len(parts) <= _MOST_WORDS or len(words) > _LONGEST or bare_label(words) in _NO_SPEAKERS:
        return False
    return is_role(words) or all(_is_part(part, is_first=not place) for place, part in enumerate(parts))


def _is_part(part: str, *, is_first: bool) -> bool:
    is_word = any(sign.isalpha() for sign in part) or (not is_first and any(sign.isdigit() for sign in part))
    return is_word and (not part[0].islower() or (part in _PARTICLES and not is_first))


def is_role(label: str) -> bool:
    """Check whether a label says nothing of who its speaker is.

    >>> is_role("SPEAKER_00"), is_role("Q"), is_role("Interviewer 2"), is_role("Anna Svoboda")
    (True, True, True, False)
    """
    bare = bare_label(label)
    return bare in _ROLES or _NUMBERED.sub("", bare) in _ROLES or bare.isdigit()


def bare_label(label: str) -> str:
    """Return a label as it is compared: in small letters, without a full stop or number sign at its end."""
    return label.casefold().rstrip(" .#:").strip()
