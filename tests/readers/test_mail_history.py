import pytest

from quotearchive.readers.mail.history import rows_of, stretches, unflowed
from quotearchive.readers.mail.html import html_rows

Found = list[tuple[str, str, str]]


def found(text: str) -> Found:
    return [(each.kind, each.label, each.paragraphs[-1]) for each in stretches(rows_of(text))]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("On Mon, 1 Mar 2021 at 23:40, Omid Rahimi <omid@example.org> wrote:", "Omid Rahimi, 2021-03-01"),
        ("On Mar 1, 2021, at 11:40 PM, Omid Rahimi <omid@example.org> wrote:", "Omid Rahimi, 2021-03-01"),
        ("On 2021-03-01 23:40, Omid Rahimi wrote:", "Omid Rahimi, 2021-03-01"),
        ("Omid Rahimi wrote:", "Omid Rahimi"),
        ('"Omid Rahimi" <omid@example.org> writes:', "Omid Rahimi"),
        ("omid@example.org wrote:", "omid@example.org"),
        ("Am 01.03.2021 um 23:40 schrieb Omid Rahimi:", "Omid Rahimi, 2021-03-01"),
        ("Am Mo., 1. März 2021 um 23:40 Uhr schrieb Omid Rahimi <omid@example.org>:", "Omid Rahimi, 2021-03-01"),
        ("Le lun. 1 mars 2021 à 23:40, Omid Rahimi <omid@example.org> a écrit :", "Omid Rahimi, 2021-03-01"),
        ("El lun, 1 mar 2021 a las 23:40, Omid Rahimi (<omid@example.org>) escribió:", "Omid Rahimi, 2021-03-01"),
        ("Il giorno lun 1 mar 2021 alle ore 23:40 Omid Rahimi <omid@example.org> ha scritto:", "Omid Rahimi"),
        ("Op ma 1 mrt. 2021 om 23:40 schreef Omid Rahimi <omid@example.org>:", "Omid Rahimi"),
        ("пн, 1 мар. 2021 г. в 23:40, Omid Rahimi <omid@example.org>:", "Omid Rahimi"),
        ("در دوشنبه ۱ مارس ۲۰۲۱ ساعت ۲۳:۴۰، امید رحیمی <omid@example.org> نوشت:", "امید رحیمی"),
        ("في ١ مارس ٢٠٢١، كتب Omid Rahimi:", "Omid Rahimi"),
    ],
)
def test_the_line_above_repeated_words_says_whose_they_are(line: str, label: str) -> None:
    kind, name, words = found(f"{line}\n> Who signed?")[0]
    assert (kind, words) == ("quoted", "> Who signed?")
    assert name.startswith(label)


def test_such_a_line_may_be_broken() -> None:
    text = "Yes.\n\nOn Mon, 1 Mar 2021 at 23:40, Omid Rahimi\n<omid@example.org> wrote:\n> Who signed?"
    assert found(text)[1][:2] == ("quoted", "Omid Rahimi, 2021-03-01")


def test_answers_between_repeated_words_are_the_senders_own() -> None:
    text = "Omid wrote:\n> Who signed?\nThe deputy.\n> When?\nOn Friday."
    assert found(text) == [
        ("quoted", "Omid", "> Who signed?"),
        ("own", "", "The deputy."),
        ("quoted", "Omid", "> When?"),
        ("own", "", "On Friday."),
    ]


def test_words_repeated_twice_are_anothers() -> None:
    text = "Leyla wrote:\n> Omid wrote:\n>> Who signed?\n> The deputy."
    assert found(text) == [
        ("quoted", "Leyla", "Leyla wrote:"),
        ("quoted", "Omid", ">> Who signed?"),
        ("quoted", "Leyla", "> The deputy."),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "-----Original Message-----",
        "-----Ursprüngliche Nachricht-----",
        "-----Message d'origine-----",
        "---------- Forwarded message ---------",
        "________________________________",
        "Begin forwarded message:",
    ],
)
def test_a_letter_below_such_a_line_is_repeated_to_the_end(rule: str) -> None:
    text = f"I agree.\n\n{rule}\nFrom: Omid Rahimi\nSent: 1 March 2021\nTo: Leyla\nSubject: A\n\nWho signed?\n\nOmid"
    assert found(text) == [("own", "", "I agree."), ("quoted", "Omid Rahimi, 2021-03-01", "Omid")]


@pytest.mark.parametrize(
    "header",
    [
        "*From:* Omid Rahimi <o@example.org>\n*Sent:* Monday, 1 March 2021 23:40\n*To:* Leyla\n*Subject:* A",
        "Von: Omid Rahimi [mailto:o@example.org]\nGesendet: Montag, 1. März 2021 23:40\nAn: Leyla\nBetreff: A",
        "De : Omid Rahimi\nEnvoyé : lundi 1 mars 2021 23:40\nÀ : Leyla\nObjet : A",
        "De: Omid Rahimi\nEnviado: lunes, 1 de marzo de 2021 23:40\nPara: Leyla\nAsunto: A",
        "От: Omid Rahimi\nОтправлено: 1 марта 2021\nКому: Leyla\nТема: A",
        "از: Omid Rahimi\nتاریخ: ۱ مارس ۲۰۲۱\nبه: Leyla\nموضوع: A",
    ],
)
def test_header_lines_within_a_body_begin_a_repeated_letter(header: str) -> None:
    own, quoted = found(f"I agree.\n\n{header}\n\nWho signed?")
    assert (own[0], quoted[0], quoted[2]) == ("own", "quoted", "Who signed?")
    assert quoted[1].startswith("Omid Rahimi")


@pytest.mark.parametrize(
    "text",
    [
        "On 3 May he wrote:\n\nYou will not be written down.",
        "From: the families.\n\nWe wait.",
        "To: all of you\nI say this.",
        "The original message was lost.",
        "A - B\n-----\nC",
        "x >= 5\n>= 6",
    ],
)
def test_anybodys_sentences_are_own_words(text: str) -> None:
    assert {kind for kind, _, _ in found(text)} == {"own"}


@pytest.mark.parametrize(
    "end",
    [
        "-- \nOmid Rahimi\nTehran",
        "--\nOmid Rahimi",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "_______________________________________________\nLetters mailing list\nletters@lists.example",
    ],
)
def test_a_signature_is_apart(end: str) -> None:
    own, signature = found(f"He said no.\n\n{end}")
    assert (own, signature[0]) == (("own", "", "He said no."), "signature")


def test_own_words_below_a_repeated_signature_are_own() -> None:
    assert [kind for kind, _, _ in found("> No.\n> -- \n> Omid\n\nWhy?")] == ["quoted", "own"]


def test_flowed_lines_of_each_depth_are_joined() -> None:
    assert unflowed("> a \n> b\nc \nd\n-- \ne", joins_words=False) == "> a b\nc d\n-- \ne"
    assert unflowed("Wort \nteile", joins_words=True) == "Wortteile"


def test_nothing_is_lost() -> None:
    text = "A\n> B\n>> C\nD\n-- \nE"
    joined = " ".join(words for each in stretches(rows_of(text)) for words in each.paragraphs)
    assert [word for word in joined.split() if word.isalpha()] == ["A", "B", "C", "D", "E"]


def test_repeated_words_in_html_are_apart() -> None:
    page = (
        "<div>I agree.</div><div class=gmail_quote><div>On 1 Mar 2021, Omid Rahimi &lt;o@example.org&gt; wrote:</div>"
        "<blockquote class=gmail_quote><p>Who signed?<p>When?</blockquote></div><div class=gmail_signature>Leyla</div>"
    )
    assert [(each.kind, each.label, each.paragraphs[-1]) for each in stretches(html_rows(page))] == [
        ("own", "", "I agree."),
        ("quoted", "Omid Rahimi, 2021-03-01", "> When?"),
        ("signature", "", "Leyla"),
    ]


def test_a_passage_that_the_sender_quotes_in_html_is_own() -> None:
    rows = html_rows("<p>The law says:<blockquote>Nobody shall be kept.</blockquote>")
    assert [each.kind for each in stretches(rows)] == ["own"]


def test_the_writer_may_be_named_within_what_is_repeated() -> None:
    page = "Yes.<blockquote type=cite><div>On 1 Mar 2021, at 23:40, Omid Rahimi wrote:</div><p>Who?</blockquote>"
    assert [(each.kind, each.label) for each in stretches(html_rows(page))] == [
        ("own", ""),
        ("quoted", "Omid Rahimi, 2021-03-01"),
    ]
