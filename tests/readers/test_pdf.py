"""PDF: paragraphs, running heads, hyphens, columns, pages, metadata and remarks."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers import read
from quotearchive.text import canonical
from tests.readers.tiny_pdf import Words, column, tiny_pdf

pytest.importorskip("pypdfium2", reason="needs the extra `files`")

DATA = Path(__file__).parents[1] / "data" / "pdf"

FULL = (
    "The prisoners were woken before dawn and taken to the yard, where an officer",
    "read out a list of names that nobody had seen before. Those who were named had",
    "to step forward.",
)
JOINED = " ".join(FULL)


def paragraphs(*pages: list[Words], **rest: str) -> list[str]:
    return read(tiny_pdf(pages, **rest), name="letter.pdf").text.split("\n\n")  # type: ignore[arg-type]


def test_lines_are_joined_to_a_paragraph() -> None:
    assert paragraphs(column(72, 700, *FULL)) == [JOINED]


def test_paragraphs_are_told_by_the_space_between_them() -> None:
    assert paragraphs(column(72, 700, *FULL) + column(72, 655, *FULL)) == [JOINED, JOINED]


def test_paragraphs_are_told_by_a_first_line_that_is_set_in() -> None:
    full = FULL[:2]
    page = column(72, 700, *full, indent=12) + column(72, 676, *full, indent=12)
    assert paragraphs(page) == [" ".join(full)] * 2


def test_a_line_that_leaves_room_for_the_next_word_ends_its_paragraph() -> None:
    assert paragraphs(column(72, 700, *FULL, *FULL)) == [JOINED, JOINED]


def test_columns_are_read_one_after_the_other() -> None:
    left = column(72, 700, "Those who were named had to", "step forward and leave the")
    right = column(320, 700, "yard one after the other, and", "nobody saw them again.")
    expected = (
        "Those who were named had to step forward and leave the yard one after the other, and nobody saw them again."
    )
    assert paragraphs(left + right) == [expected]


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    reading = read(tiny_pdf([column(72, 100, *FULL[:2]), column(72, 700, FULL[2])]), name="letter.pdf")
    assert reading.text == JOINED
    assert [(each.label, each.ref) for each in reading.segments] == [("1", 1), ("2", 2)]
    assert reading.text[reading.segments[1].start :] == FULL[2]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        [Words(250, 760, "Annual report 2020"), *column(72, 700, *FULL), Words(300, 40, str(number))]
        for number in (117, 118, 119)
    ]
    reading = read(tiny_pdf(pages), name="letter.pdf")
    assert reading.text == "\n\n".join([JOINED] * 3)
    assert [each.label for each in reading.segments] == ["117", "118", "119"]


def test_headings_at_the_top_of_pages_are_kept() -> None:
    pages = [[Words(72, 700, f"Article {7 * number}", 14), *column(72, 676, *FULL)] for number in (1, 2, 3)]
    assert paragraphs(*pages)[::2] == ["Article 7", "Article 14", "Article 21"]


def test_pages_are_called_what_the_file_calls_them() -> None:
    pages = [column(72, 700, *FULL)] * 3
    reading = read(tiny_pdf(pages, labels="0<</S/r>>2<</S/D/St 1>>"), name="letter.pdf")
    assert [(each.label, each.ref) for each in reading.segments] == [("i", 1), ("ii", 2), ("1", 3)]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("The authorities said in a long statement to all of the news-", "papers that he was ill.", "newspapers"),
        ("The authorities named for the first time the Nord-", "Ostsee canal as the place.", "Nord-Ostsee"),
        ("The writers of this letter demand the freedom of Rede-", "und Glauben for all.", "Rede- und"),
    ],
)
def test_a_word_that_a_hyphen_broke_is_mended(above: str, below: str, joined: str) -> None:
    [paragraph] = paragraphs(column(72, 700, above, below))
    assert joined in paragraph


def test_a_compound_that_the_text_has_elsewhere_keeps_its_hyphen() -> None:
    page = column(72, 700, "They asked the others, who agreed to it at once, for co-", "operation in this matter.")
    assert "for co-operation" in paragraphs([*page, Words(72, 600, "No co-operation was offered.")])[0]


def test_the_mark_of_a_note_is_raised_and_the_note_stands_at_the_end_of_its_page() -> None:
    first = [
        *column(72, 124, FULL[0], FULL[1]),
        Words(72, 60, "1", 5),
        Words(75, 57, "The list was never published, and its author is not known.", 8),
    ]
    second = [Words(72, 700, "to step forward."), Words(141, 704, "2", 6)]
    texts = paragraphs(first, second)
    assert texts == [
        "¹ The list was never published, and its author is not known.",
        f"{FULL[0]} {FULL[1]} to step forward.²",
    ]


def test_a_page_that_is_written_sideways_is_read_in_paragraphs() -> None:
    page = [Words(72 + 12 * at, 72, line, 10, is_upward=True) for at, line in enumerate(FULL)]
    assert paragraphs(page) == [JOINED]


def test_words_that_run_up_the_margin_are_kept_at_the_end_of_their_page() -> None:
    page = [Words(30, 300, "Received 4 May", 8, is_upward=True), *column(72, 700, *FULL)]
    assert paragraphs(page, [Words(72, 700, "Nobody answered.")]) == [JOINED, "Received 4 May", "Nobody answered."]


def test_items_of_a_list_are_paragraphs() -> None:
    items = ["1. the first of them is a long item that reaches the end of its line and goes on", "   below it"]
    page = column(72, 700, *items) + column(72, 676, "2. the second is short", "3. the third is short, too")
    assert [each[:2] for each in paragraphs(page)] == ["1.", "2.", "3."]


def test_the_bullets_of_a_list_are_no_words() -> None:
    page = [*column(72, 700, "• the first is one", "• the second is two"), Words(72, 672, "•")]
    assert paragraphs([*page, Words(84, 672, "the third is three")]) == [
        "the first is one",
        "the second is two",
        "the third is three",
    ]


def test_a_justified_line_that_is_not_stretched_to_the_edge_ends_its_paragraph() -> None:
    edge = "and nobody in the whole of the yard said one word about the names that they"
    last = "and nobody in the whole of the yard said one word about the names he had."
    page = column(72, 700, *[edge] * 5, last, *[edge] * 3)
    assert paragraphs(page) == [" ".join([*[edge] * 5, last]), " ".join([edge] * 3)]


def test_a_title_is_believed_if_its_words_are_on_the_first_page() -> None:
    page = [Words(72, 740, "On Liberty", 20), *column(72, 700, *FULL)]
    assert read(tiny_pdf([page], information="/Title(On liberty)"), name="x.pdf").metadata["title"] == "On liberty"


@pytest.mark.parametrize("title", ["Microsoft Word - draft.doc", "untitled", "The letter of another"])
def test_the_largest_words_are_the_title_where_the_file_states_none_that_is_one(title: str) -> None:
    page = [Words(72, 740, "On Liberty", 20), *column(72, 700, *FULL)]
    assert read(tiny_pdf([page], information=f"/Title({title})"), name="x.pdf").metadata["title"] == "On Liberty"


def test_an_author_who_is_no_person_is_passed_over_and_another_is_a_guess() -> None:
    page = column(72, 700, *FULL)
    for name, expected in (("user", []), ("Canon iR 2520", []), ("Anna Svoboda", [("Anna Svoboda", True)])):
        reading = read(tiny_pdf([page], information=f"/Author({name})"), name="x.pdf")
        assert [(each.value, each.is_guess) for each in reading.extracted if each.field == "authors"] == expected
        assert "authors" not in reading.metadata


def test_the_day_of_printing_is_only_a_guess_for_the_date() -> None:
    reading = read(tiny_pdf([column(72, 700, *FULL)], information="/CreationDate(D:20230306120000Z)"), name="x.pdf")
    [date] = [each for each in reading.extracted if each.field == "date"]
    assert (date.value, date.is_guess, date.source) == ("2023-03-06", True, "Info CreationDate")
    assert "date" not in reading.metadata


def test_a_locked_file_is_refused_with_what_to_do() -> None:
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'00' * 32}>/U<{'00' * 32}>/P -4>>/ID[<00><00>]"
    with pytest.raises(QuoteArchiveError, match="password"):
        read(tiny_pdf([column(72, 700, *FULL)], trailer=lock), name="letter.pdf")


@pytest.mark.parametrize("content", [b"%PDF-1.4\nnothing", b"%PDF-1.7\n" + b"\x00" * 2000])
def test_a_damaged_file_is_refused(content: bytes) -> None:
    with pytest.raises(QuoteArchiveError, match="damaged"):
        read(content, name="letter.pdf")


def test_a_file_without_words_is_refused() -> None:
    with pytest.raises(QuoteArchiveError, match="no text"):
        read(tiny_pdf([[]]), name="letter.pdf")


def test_real_columns_heads_and_traps() -> None:
    reading = read(DATA / "writer-eng.pdf")
    assert reading.metadata["title"] == "Universal Declaration of Human Rights"
    assert "authors" not in reading.metadata
    assert "Bulletin 12" not in reading.text
    assert "Everyone has the right to life, liberty and the security of person." in reading.text.split("\n\n")
    assert [each.label for each in reading.segments if each.kind == "page"] == ["1", "2", "3", "4", "5", "6"]


def test_arabic_is_in_logical_order_and_remarked_on() -> None:
    reading = read(DATA / "writer-arb.pdf")
    assert "الإعلان العالمي لحقوق الإنسان" in reading.text.split("\n\n")
    assert "تناسي حقوق الإنسان وازدراؤها قد أفضيا إلى أعمال همجية" in reading.text
    assert any("right-to-left" in remark for remark in reading.remarks)


WORDS = st.lists(st.text("abcdefghijklm", min_size=2, max_size=9), min_size=6, max_size=20)


@given(st.lists(st.lists(WORDS, max_size=4), min_size=1, max_size=3).filter(any))
def test_no_word_is_invented_and_places_are_in_order(pages: list[list[list[str]]]) -> None:
    drawn = [[Words(72, 700 - 14 * at, " ".join(words)) for at, words in enumerate(page)] for page in pages]
    known = {word for page in pages for words in page for word in words}
    reading = read(tiny_pdf(drawn), name="letter.pdf")
    assert set(reading.text.split()) <= known
    assert reading.text == canonical(reading.text)
    starts = [each.start for each in reading.segments]
    assert starts == sorted(starts)
    assert all(0 <= start < len(reading.text) for start in starts)
