import pytest

from quotearchive.readers import read
from tests.readers.metadata import fields

FRENCH = """Paris, le 24 mars 1943

Monsieur le Maréchal,

Je vous écris parce que la situation dans les camps est devenue insupportable et que nous ne pouvons plus.

Veuillez agréer, Monsieur le Maréchal, l’expression de ma haute considération.

Jean Dupont
"""

GERMAN = """Berlin, den 3. Mai 1933

An den Herrn Reichspräsidenten

Sehr geehrter Herr Reichspräsident!

Ich protestiere gegen die Verbrennung der Bücher, die auf dem Platz in dieser Stadt geplant ist.

Hochachtungsvoll
Erich Müller
"""

SPANISH = """Madrid, 3 de mayo de 1936

Estimado señor Presidente:

Le escribo desde la cárcel para pedirle que los presos no sean olvidados por el gobierno de la República.

Atentamente,
María de la Cruz
"""

PERSIAN = """مشهد، ۲۴ بهمن ۱۳۹۹

جناب آقای خامنه‌ای

من این نامه را از زندان برای شما می‌نویسم و از شما می‌خواهم که به حرف مردم گوش دهید.

با احترام
هاشم خواستار
"""

ARABIC = """دمشق، 12 شباط 2021

عزيزي محمد،

أكتب إليك من السجن لكي لا تنسى الذين هم هنا معي في كل يوم.

مع خالص التحية
سمير العلي
"""

ENGLISH = """Mashhad, 3 February 2021

To: Ali Khamenei

Dear Mr Khamenei,

I write to you from prison. It is cold here and the people of this country know it.

Yours sincerely,
Hashem Khastar
Teacher, Vakilabad prison

P.S. Do not answer.
"""


@pytest.mark.parametrize(
    ("text", "place", "date", "author", "recipient", "language"),
    [
        (FRENCH, "Paris", "1943-03-24", "Jean Dupont", "Monsieur le Maréchal", "fr"),
        (GERMAN, "Berlin", "1933-05-03", "Erich Müller", "Herrn Reichspräsidenten", "de"),
        (SPANISH, "Madrid", "1936-05-03", "María de la Cruz", "señor Presidente", "es"),
        (PERSIAN, "مشهد", "2021-02-12", "هاشم خواستار", "آقای خامنه‌ای", "fa"),
        (ARABIC, "دمشق", "2021-02-12", "سمير العلي", "محمد", "ar"),
        (ENGLISH, "Mashhad", "2021-02-03", "Hashem Khastar", "Ali Khamenei", "en"),
    ],
)
def test_a_letter_tells_who_wrote_to_whom_where_and_when(  # noqa: PLR0913, PLR0917
    text: str, place: str, date: str, author: str, recipient: str, language: str
) -> None:
    read_fields = fields(text)
    assert read_fields.kind == "letter"
    assert (read_fields.place, read_fields.date, read_fields.language) == (place, date, language)
    assert (read_fields.authors, read_fields.recipients) == ((author,), (recipient,))


def test_each_finding_names_its_line() -> None:
    lines = {each.field: each.line for each in read(ENGLISH.encode(), name="a.txt").extracted}
    assert lines | {"place": 1, "date": 1, "recipients": 3, "kind": 5, "authors": 10} == lines


def test_the_wording_of_the_date_is_kept() -> None:
    assert fields(PERSIAN).date_words == "۲۴ بهمن ۱۳۹۹"


def test_a_date_below_the_signature_counts() -> None:
    moved = ENGLISH.removeprefix("Mashhad, 3 February 2021\n\n").replace(
        "P.S. Do not answer.", "Evin prison, 5 May 2021"
    )
    assert (fields(moved).place, fields(moved).date) == ("Evin prison", "2021-05-05")


@pytest.mark.parametrize("greeting", ["Dear Sir or Madam,", "Dear friends,", "To whom it may concern"])
def test_a_greeting_to_nobody_names_nobody(greeting: str) -> None:
    assert fields(f"{greeting}\n\nThe words.\n\nSincerely,\nJane Doe\n").recipients == ()


@pytest.mark.parametrize(
    ("closing", "authors"),
    [
        ("Yours sincerely, Jane Doe", ("Jane Doe",)),
        ("Sincerely,\n\nJane van der Doe (London)", ("Jane van der Doe",)),
        ("Sincerely,\n(signed) Jane Doe", ("Jane Doe",)),
        ("Sincerely,\n\nP.S. Jane Doe", ()),
        ("Sincerely,\n\nwho knows", ()),
        ("Sincerely,\n", ()),
    ],
)
def test_only_what_can_be_a_name_signs(closing: str, authors: tuple[str, ...]) -> None:
    assert fields(f"Dear John,\n\nThe words.\n\n{closing}\n").authors == authors


def test_an_open_letter_lists_who_signed() -> None:
    text = (
        "Open letter to the United Nations\n\nDear Secretary-General,\n\nWe ask that they be released.\n\n"
        "Signatories:\n1. Jane Doe, London\n2. John Roe (Paris)\n• نرگس محمدی\nand 1,213 others\n"
    )
    read_fields = fields(text)
    assert (read_fields.title, read_fields.recipients) == (
        "Open letter to the United Nations",
        ("United Nations",),
    )
    assert read_fields.signatories == ("Jane Doe", "John Roe", "نرگس محمدی")
    assert read_fields.signatory_count == 1216


def test_the_stamp_of_arrival_is_no_date_of_the_letter() -> None:
    read_fields = fields(f"Received 5 March 2021\n{ENGLISH}")
    assert (read_fields.received, read_fields.date) == ("2021-03-05", "2021-02-03")


def test_a_subject_line_is_the_title() -> None:
    assert fields(ENGLISH.replace("Dear", "Re: The prisoners\n\nDear")).title == "The prisoners"


@pytest.mark.parametrize(
    "text",
    [
        "Dear reader, this is a novel.\n\nIt goes on.\n",
        "A story.\n\nYours,\nJane Doe\n",
        "To: be or not\nthat is the question\n",
        "Note: From here on\nwe speak of kings\n",
        "From: the archive of words\n\nA text.\n",
    ],
)
def test_half_a_letter_is_none(text: str) -> None:
    assert fields(text).kind == "other"
    assert fields(text).authors == fields(text).recipients == ()
