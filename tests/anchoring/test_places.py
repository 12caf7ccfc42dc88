import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.anchoring.places import Places, number_of, sound
from quotearchive.model import SEGMENT_KINDS, Document, Passage, Quote, Segment

TEXT = "Dear all,\n\nthe first page ends here and\n\nthe second begins. It has two paragraphs.\n\nThe end."
PAGES = (
    Segment(0, "page", "iv", 4),
    Segment(TEXT.index("the second"), "page", "v", 5),
    Segment(TEXT.index("The end"), "page", "vi", 6),
)


def passage(words: str, text: str = TEXT) -> Passage:
    start = text.index(words)
    return Passage(start=start, end=start + len(words), exact=words)


def locator(segments: tuple[Segment, ...], *words: str) -> str:
    return Places(TEXT, segments).locator([passage(each) for each in words])


def at(words: str, kind: str, label: str, ref: str | int | None = None) -> Segment:
    return Segment(TEXT.index(words), kind, label, ref)


@pytest.mark.parametrize(
    ("segments", "words", "expected"),
    [
        ((), ["the second"], "paragraph 3"),
        ((), ["here and\n\nthe second"], "paragraphs 2–3"),
        ((), ["Dear", "The end"], "paragraphs 1, 4"),
        (PAGES, ["first page"], "p. iv, paragraph 2"),
        (PAGES, ["ends here and\n\nthe second"], "pp. iv–v"),
        (PAGES, ["first page", "two paragraphs"], "pp. iv–v"),
        (PAGES, ["first page", "The end"], "pp. iv, vi"),
        ((*PAGES, at("the second", "section", "Chapter 2")), ["two"], "p. v, paragraph 1"),
        ((*PAGES, at("The end", "page", "v"), at("the second", "section", "Chapter 2")), ["two"], "Chapter 2, p. v"),
        ((at("the second", "section", "Chapter 2"),), ["The end"], "Chapter 2, paragraph 2"),
        ((at("the second", "section", "Chapter 2"),), ["Dear"], "paragraph 1"),
        ((at("Dear", "message", "3"),), ["The end"], "message 3, paragraph 4"),
        ((at("Dear", "message", "3"), at("The end", "message", "4")), ["end.", "two"], "messages 3–4"),
        ((at("Dear", "message", "Re: Prison"),), ["Dear"], "Re: Prison, paragraph 1"),
        ((at("Dear", "time", "00:14:05"), at("The end", "time", "00:14:31")), ["Dear"], "00:14:05"),
        (
            (at("Dear", "time", "00:14:05"), at("The end", "time", "00:14:31")),
            ["two paragraphs.\n\nThe"],
            "00:14:05–00:14:31",
        ),
        ((at("Dear", "turn", "Anna Svoboda"),), ["Dear"], "paragraph 1"),
        ((Segment(0, "page", "12"), Segment(11, "page", "12")), [TEXT[:20]], "p. 12"),
    ],
)
def test_a_place_reads_as_a_person_cites_it(segments: tuple[Segment, ...], words: list[str], expected: str) -> None:
    assert locator(segments, *words) == expected


def test_a_page_that_begins_within_a_paragraph_counts_that_as_its_first() -> None:
    assert locator((at("page ends", "page", "2"),), "ends here") == "p. 2, paragraph 1"


def test_a_section_without_a_label_ends_the_one_before_it() -> None:
    quoted = (at("Dear", "section", "quoted from Omid"), at("the second", "section", ""))
    assert [locator(quoted, words) for words in ("first", "two")] == ["quoted from Omid, paragraph 2", "paragraph 3"]


def test_a_section_ends_with_its_message() -> None:
    segments = (at("Dear", "message", "1"), at("first", "section", "signature"), at("the second", "message", "2"))
    assert locator(segments, "page ends") == "message 1, signature"
    assert locator(segments, "two") == "message 2, paragraph 1"


def test_a_quote_that_is_missing_has_no_place() -> None:
    quote = Quote(document=1, passages=(passage("Dear"),), missing=True)
    assert Places.of(Document(slug="a", title="A", text=TEXT, segments=PAGES)).locate(quote) is None


@given(st.text(st.sampled_from("ab \n"), min_size=1), st.data())
def test_a_passage_touches_the_segments_that_its_characters_are_in(text: str, data: st.DataObject) -> None:
    starts = sorted(data.draw(st.sets(st.integers(0, len(text) - 1), max_size=5)))
    segments = tuple(Segment(start, "page", str(number)) for number, start in enumerate(starts))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    holders = [
        max((n for n, first in enumerate(starts) if first <= offset), default=None) for offset in range(start, end)
    ]
    expected = [str(number) for number in dict.fromkeys(holders) if number is not None]
    place = Places(text, segments).place("page", start, end)
    assert [each.label for each in place.segments] == expected if place else not expected


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("V", ["the second begins. It has two paragraphs.\n\n"]),
        ("4", ["Dear all,\n\nthe first page ends here and\n\n"]),
        ("v-vi", [TEXT[PAGES[1].start :]]),
        ("4..5", [TEXT[: PAGES[2].start]]),
        ("6–6", ["The end."]),
        ("", []),
        ("vii", []),
        ("vi-iv", []),
        ("-", []),
    ],
)
def test_a_page_is_found_by_its_label_or_its_number(wanted: str, found: list[str]) -> None:
    assert [TEXT[start:end] for start, end in Places(TEXT, PAGES).find("page", wanted)] == found


def test_a_label_that_is_a_number_counts_more_than_the_place_in_the_file() -> None:
    pages = (Segment(0, "page", "2", 1), Segment(11, "page", "1", 2))
    assert Places(TEXT, pages).find("page", "1") == [(11, len(TEXT))]
    assert number_of(Segment(0, "page", "۱۲", 20)) == 12


def test_what_a_text_can_not_have_is_left_out() -> None:
    given_ = [
        Segment(9, "page", "2\n3"),
        Segment(0, "page", "\x1b[31m1"),
        Segment(99, "page", "3"),
        Segment(0, "verse", "1"),
    ]
    assert sound(given_, "Ten chars.") == (Segment(0, "page", "[31m1"), Segment(9, "page", "2 3"))
    assert {each.kind for each in sound(given_, "Ten chars.")} <= set(SEGMENT_KINDS)


@pytest.mark.parametrize(("offset", "number"), [(0, 1), (3, 1), (5, 1), (6, 2), (7, 2), (99, 2)])
def test_an_offset_is_in_the_paragraph_that_starts_before_it(offset: int, number: int) -> None:
    assert Places(" ab\n\n\ncd\n").paragraph(offset) == number
