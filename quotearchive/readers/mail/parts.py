"""The parts of an e-mail (MIME, RFC 2045 to 2049): its words, what was sent with it, and the machinery."""

import binascii
import io
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.generator import BytesGenerator
from email.message import Message
from email.policy import compat32
from pathlib import PurePath
from typing import Final

import msgspec

from quotearchive.readers.charsets import in_charset
from quotearchive.readers.extracts import Member
from quotearchive.readers.mail.headers import decoded
from quotearchive.readers.mail.headers import words as header_words
from quotearchive.readers.mail.history import Row, rows_of, unflowed
from quotearchive.readers.mail.html import html_rows
from quotearchive.text import canonical, counted

#: Parts that belong to the machinery: signatures, reports of servers, cards, calendars.
_MACHINERY: Final = frozenset({
    "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
    "application/pgp-encrypted", "application/pgp-keys", "message/delivery-status", "message/feedback-report",
    "message/disposition-notification", "message/external-body", "text/rfc822-headers", "text/x-amp-html",
    "text/calendar", "application/ics", "text/vcard", "text/x-vcard", "text/directory",
})  # fmt: skip

#: Kinds of parts that have no words of their own, and what messages call them.
_WORDLESS: Final = {"image": "picture", "audio": "recording", "video": "film"}

#: How the names of pictures end, also of those that are sent as bytes of any kind.
PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".webp", ".ico", ".svg", ".heic"})

#: What to do about parts that were not read.
_ADVICE: Final = {"picture": " Save and add a picture that shows words."}

_ENCRYPTED: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})

#: What a plain part says that only stands in for the other one.
_EXCUSE: Final = re.compile(
    r"(?:does not|doesn't|cannot|can't|not able to|unable to) (?:support|display|view|read|show)[^.]{0,40}html"
    r"|html[- ](?:capable|compatible|enabled|format)|view (?:it|this (?:e-?mail|message)) in your (?:web )?browser"
    r"|(?:unterstützt|zeigt) (?:Ihr|dein)[^.]{0,60}html|kann[^.]{0,40}html[^.]{0,40}(?:nicht|keine)"
    r"|ne (?:supporte|prend)[^.]{0,40}html|no (?:admite|soporta)[^.]{0,40}html|requires? (?:an? )?html",
    re.IGNORECASE,
)
#: Such an excuse is short.
_LONGEST_EXCUSE: Final = 600

_UUENCODED: Final = re.compile(
    r"^begin [0-7]{3,4} (\S[^\n]{0,200})\n((?:[ -`]{1,90}\n)*?)(?:[` ]?\n)?end[ \t]*$", re.MULTILINE
)
_PGP_MESSAGE: Final = "-----BEGIN PGP MESSAGE-----"
#: Signed texts in one message; more are there only to keep readers busy.
_MOST_ARMOURS: Final = 20

_PGP_SIGNED: Final = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Za-z]+: [^\n]*\n)*\n?(.*?)^-----BEGIN PGP SIGNATURE-----\n"
    r".*?^-----END PGP SIGNATURE-----[ \t]*$",
    re.MULTILINE | re.DOTALL,
)


class Parts(msgspec.Struct):
    """What was found in an e-mail.

    Attributes:
        rows: The lines of its words.
        members: The files that were sent with it.
        remarks: What users should know of the rest.
    """

    rows: list[Row]
    members: list[Member]
    remarks: list[str]


def parts_of(message: Message) -> Parts:
    """Sort the parts of a message.

    Raises:
        RecursionError: They are nested too deep.
    """
    sorter = _Sorter()
    sorter.take(message)
    return sorter.parts()


def plain_rows(text: str, parts: Parts) -> list[Row]:
    """Return the lines of a plain body; files that are written out in it go to those that were sent with it."""
    if "\nbegin " in f"\n{text}":
        text = _UUENCODED.sub(lambda block: _uudecoded(block, parts), text)
    if "-----BEGIN PGP " in text:
        text = _without_armour(text, parts)
    return list(rows_of(text))


class _Sorter:
    """Goes through the parts of one message."""

    def __init__(self) -> None:
        self._parts = Parts([], [], [])
        self._wordless: dict[str, list[str]] = {}

    def parts(self) -> Parts:
        """Return what was found."""
        for what, names in self._wordless.items():
            listed = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")  # noqa: PLR2004
            self._parts.remarks.append(f"{counted(len(names), what)} in it not read: {listed}.{_ADVICE.get(what, '')}")
        return self._parts

    def take(self, part: Message) -> None:
        """Take a part with all in it."""
        kind = part.get_content_type()
        if kind == "multipart/encrypted" or (kind in _ENCRYPTED and "signed" not in str(part.get_param("smime-type"))):
            self._remark("It is encrypted: decrypt it in your mail program, and add what you save there.")
        elif kind in _ENCRYPTED:
            self._remark("It is signed in a form (S/MIME) that hides its words: save it in your mail program as text.")
        elif kind == "multipart/alternative" and part.is_multipart():
            self._take_best(list(_children(part)))
        elif kind in {"message/rfc822", "message/global"}:
            self._take_message(part)
        elif part.is_multipart():
            for child in _children(part):
                self.take(child)
        elif kind.startswith("multipart/"):
            self._take_words(part, "text/plain")
        else:
            self._take_leaf(part, kind)

    def _take_leaf(self, part: Message, kind: str) -> None:
        name = name_of(part)
        main = kind.partition("/")[0]
        if kind in _MACHINERY:
            return
        if kind in {"application/ms-tnef", "application/vnd.ms-tnef"}:
            self._remark(
                "Outlook put what was sent with it, and perhaps its words, into winmail.dat, which was not read."
            )
        elif main in _WORDLESS or PurePath(name).suffix.lower() in PICTURES:
            self._wordless.setdefault(_WORDLESS.get(main, "picture"), []).append(name or "without a name")
        elif kind in {"text/plain", "text/html", "text/enriched", "text/richtext"} and not _is_attached(part, name):
            self._take_words(part, kind)
        else:
            self._attach(name or f"attachment{_SUFFIXES.get(kind, '')}", payload(part))

    def _take_best(self, choices: list[Message]) -> None:
        """Take the plain one of several forms of the same words, or else the richest that is read."""
        plain = next((each for each in choices if each.get_content_type() == "text/plain"), None)
        rich = [each for each in choices if each is not plain and _holds_html(each)]
        words = decoded_text(plain, self._parts).strip() if plain is not None else ""
        if rich and (not words or (len(words) <= _LONGEST_EXCUSE and _EXCUSE.search(words))):
            if plain is not None:
                why = "only says that it needs HTML" if words else "is empty"
                self._remark(f"Its plain text {why}: its words are those of its HTML.")
            self.take(rich[-1])
            return
        for each in choices:
            if each is plain or (plain is None and not each.get_content_type().startswith("text/")):
                self.take(each)
            elif each.is_multipart():
                self._take_enclosures(each)
        if plain is None and not any(each.is_multipart() for each in choices):
            for each in choices[-1:]:
                self.take(each)

    def _take_enclosures(self, part: Message) -> None:
        """Take what was sent within a form of the words that isn't taken."""
        for each in part.walk():
            if not each.is_multipart() and each.get_content_type() != "text/html":
                self._take_leaf(each, each.get_content_type())

    def _take_message(self, part: Message) -> None:
        """Take a letter that was sent with this one."""
        inner = part.get_payload()
        letter = inner[0] if isinstance(inner, list) and inner else None
        if not isinstance(letter, Message):
            self._attach(name_of(part) or "message.eml", payload(part))
            return
        name = name_of(part) or f"{_as_name(header_words(letter, 'Subject')) or 'message'}.eml"
        out = io.BytesIO()
        try:
            BytesGenerator(out, mangle_from_=False, maxheaderlen=0, policy=compat32).flatten(letter)
        except (MessageError, UnicodeError, LookupError, ValueError, TypeError, AttributeError):
            self._remark(f"The letter {name!r} that was sent with it is damaged and was not read.")
            return
        self._attach(name if PurePath(name).suffix.lower() == ".eml" else f"{name}.eml", out.getvalue())

    def _take_words(self, part: Message, kind: str) -> None:
        if kind == "text/html":
            rows = html_rows(payload(part), part.get_content_charset())
        else:
            text = decoded_text(part, self._parts)
            if str(part.get_param("format", "")).lower() == "flowed":
                text = unflowed(text, joins_words=str(part.get_param("delsp", "")).lower() == "yes")
            rows = plain_rows(text, self._parts)
        self._parts.rows += [Row(0, ""), *rows] if self._parts.rows else rows

    def _attach(self, name: str, content: bytes) -> None:
        if not content.strip():
            self._remark(f"The file {name!r} that was sent with it is empty.")
            return
        taken = {each.name for each in self._parts.members}
        path = PurePath(name)
        number = 2
        while name in taken:
            name = f"{path.stem} ({number}){path.suffix}"
            number += 1
        self._parts.members.append(Member(name=name, content=content))

    def _remark(self, sentence: str) -> None:
        if sentence not in self._parts.remarks:
            self._parts.remarks.append(sentence)


#: How the names of files end that were sent without one.
_SUFFIXES: Final = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
}


def _children(part: Message) -> Iterator[Message]:
    payloads = part.get_payload()
    if isinstance(payloads, list):
        yield from (each for each in payloads if isinstance(each, Message))


def _holds_html(part: Message) -> bool:
    return part.get_content_type() == "text/html" or (part.is_multipart() and any(map(_holds_html, _children(part))))


def _is_attached(part: Message, name: str) -> bool:
    return part.get_content_disposition() == "attachment" or bool(name)


def name_of(part: Message) -> str:
    """Return the name of the file that a part is, without folders; empty if it has none."""
    try:
        name = part.get_filename() or ""
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""
    return _as_name(decoded(name))


def _as_name(words: str) -> str:
    """Return what can be the name of a file: no folders, no control characters, not too long."""
    name = "".join(sign for sign in re.split(r"[/\\]", words)[-1] if sign.isprintable()).strip(" .")
    return name if len(name) <= 120 else f"{name[:100]}{PurePath(name).suffix[:10]}"  # noqa: PLR2004 - a file's name


def payload(part: Message) -> bytes:
    """Return the bytes of a part, without the encoding that mail puts on them."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, TypeError, LookupError, AttributeError, binascii.Error):
        content = None
    return content if isinstance(content, bytes) else b""


def decoded_text(part: Message, parts: Parts) -> str:
    """Return the words of a plain part; if they are not in the encoding that it declares, say so."""
    content = payload(part)
    try:
        charset = (part.get_content_charset() or "").strip("\"' ")
    except (ValueError, TypeError, LookupError, AttributeError):
        charset = ""
    text, remark = in_charset(content, charset)
    if remark and remark not in parts.remarks:
        parts.remarks.append(remark)
    return canonical(text.replace("\x00", ""))


def _uudecoded(block: re.Match[str], parts: Parts) -> str:
    """Take out a file that is written in letters (uuencode)."""
    try:
        content = b"".join(binascii.a2b_uu(line) for line in block[2].splitlines())
    except (binascii.Error, ValueError):
        return block[0]
    name = _as_name(block[1]) or "attachment"
    if content:
        parts.members.append(Member(name=name, content=content))
    parts.remarks.append(f"The file {name!r} was written out in its text, and is taken as one that was sent with it.")
    return ""


def _without_armour(text: str, parts: Parts) -> str:
    if text.lstrip().startswith(_PGP_MESSAGE):
        parts.remarks.append("It is encrypted (PGP): decrypt it in your mail program, and add what you save there.")
        return text

    def opened(block: re.Match[str]) -> str:
        parts.remarks.append("It is signed with PGP; the signature was not checked.")
        return re.sub(r"^- ", "", block[1], flags=re.MULTILINE)

    return _PGP_SIGNED.sub(opened, text) if text.count("-----BEGIN PGP ") <= _MOST_ARMOURS else text
