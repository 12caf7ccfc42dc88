import codecs
import re

import pytest

from quotearchive.errors import NotTextError
from quotearchive.readers.encodings import decode

GERMAN = (
    "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen "
    "begabt und sollen einander im Geiste der Brüderlichkeit begegnen.\n"
)
SPANISH = (
    "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón "
    "y conciencia, deben comportarse fraternalmente los unos con los otros. Ningún niño será engañado.\n"
)
FRENCH = (
    "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et "
    "de conscience et doivent agir dans un esprit de fraternité. À l’œuvre !\n"
)
POLISH = (
    "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni "
    "rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa.\n"
)
RUSSIAN = (
    "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и "
    "должны поступать в отношении друг друга в духе братства.\n"
)
ARABIC = (
    "يولد جميع الناس أحراراً متساوين في الكرامة والحقوق. وقد وهبوا عقلاً وضميراً وعليهم أن يعامل بعضهم بعضاً بروح الإخاء.\n"
)
PERSIAN = "تمام افراد بشر آزاد به دنيا مي آيند و از لحاظ حيثيت و حقوق با هم برابرند. همه داراي عقل و وجدان مي باشند.\n"
HEBREW = (
    "כל אדם זכאי לזכויות ולחירויות שנקבעו בהכרזה זו ללא הפליה כלשהי. "
    "כל אדם יש לו הזכות לחיים, לחירות ולבטחון אישי. לא יהיה אדם עבד או משועבד.\n"
)
GREEK = "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.\n"
TURKISH = "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler.\n"
JAPANESE = "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。\n"
CHINESE = "人人生而自由,在尊严和权利上一律平等。他们赋有理性和良心,并应以兄弟关系的精神相对待。\n"

LEGACY = [
    *((GERMAN, "cp1252"), (SPANISH, "cp1252"), (FRENCH, "cp1252"), (POLISH, "cp1250"), (POLISH, "iso8859-2")),
    *(
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (ARABIC, "cp1256"),
        (ARABIC, "iso8859-6"),
    ),
    *((PERSIAN, "cp1256"), (HEBREW, "cp1255"), (GREEK, "cp1253"), (GREEK, "iso8859-7"), (TURKISH, "cp1254")),
    *((JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"), (CHINESE, "gb18030"), (CHINESE, "big5")),
]


@pytest.mark.parametrize("text", [GERMAN, PERSIAN, JAPANESE, "x", "𝒳 🗽"])
@pytest.mark.parametrize(
    ("mark", "encoding", "name"),
    [
        (b"", "utf-8", "utf-8"),
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    ],
)
def test_what_declares_or_proves_its_encoding_is_no_guess(text: str, mark: bytes, encoding: str, name: str) -> None:
    decoded = decode(mark + text.encode(encoding), "a.txt")
    assert (decoded.text, decoded.encoding, decoded.is_guessed) == (text, name, False)


@pytest.mark.parametrize("text", [GERMAN, PERSIAN, RUSSIAN, f"Zitat\n{CHINESE}\nund so weiter\n"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_guessed(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), "a.txt")
    assert (decoded.text, decoded.encoding, decoded.is_guessed) == (text, encoding, True)


@pytest.mark.parametrize(("text", "encoding"), LEGACY)
def test_a_legacy_encoding_is_guessed_by_its_language(text: str, encoding: str) -> None:
    written = (
        text
        if encoding != "big5"
        else "人人生而自由,在尊嚴和權利上一律平等。他們賦有理性和良心,並應以兄弟關係的精神相對待。\n"
    )
    decoded = decode(written.encode(encoding, "ignore"), "a.txt")
    assert decoded.is_guessed
    assert decoded.text == written.encode(encoding, "ignore").decode(encoding)


def test_a_legacy_encoding_is_guessed_from_the_lines_that_show_it() -> None:
    text = "plain words\n" * 20_000 + FRENCH * 3
    assert decode(text.encode("cp1252"), "a.txt").text == text


def test_a_stray_nul_or_escape_in_a_text_is_kept() -> None:
    text = f"{GERMAN}\x00 \x1b[31mrot\x1b[0m\n"
    assert decode(text.encode(), "a.txt").text == text


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "(pdf)"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "(png)"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "(jpg)"),
        (b"PK\x03\x04\x14\x00\x06\x00", "(zip)"),
        (b"{\\rtf1\\ansi hello}", "(rtf)"),
        (b"\x1f\x8b\x08\x00", "(gz)"),
        (bytes(range(256)) * 4, "binary data"),
        (b"\x7fELF\x02\x01\x01" + bytes(9), "(program)"),
        (b"\xff\xfeabc", "damaged UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_and_named(content: bytes, what: str) -> None:
    with pytest.raises(NotTextError, match=re.escape(what)):
        decode(content, "a.txt")
