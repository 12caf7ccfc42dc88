"""Documents as Rich renderables."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.model import Correspondence, Document, Passage, Quote
from quotearchive.text import visible
from quotearchive.views import documents

from .samples import DOCUMENT, LETTERS, PERSIAN, TEXT, addition, bold, labelled, passage, screen

#: The signs that a page puts into a text.
SIGNS = re.compile(r"⟦\d+ |⟧")

NOTHING = Correspondence()


def body(document: Document, *quotes: Quote) -> str:
    """Return the text of a document's page, as it goes into a file."""
    page = screen(documents.document_page(document, quotes, NOTHING), 10_000)
    return re.split(r"^(?:No quotes yet\.|Quotes are marked.*)\n\n", page, flags=re.MULTILINE)[1].removesuffix("\n")


def quote(number: int, *words: str, text: str = TEXT) -> Quote:
    return Quote(id=number, document=7, passages=tuple(passage(each, text) for each in words))


@st.composite
def quoted(draw: st.DrawFn) -> tuple[str, list[Quote]]:
    """A text with quotes of any of its words, one over the other."""
    text = draw(st.text(st.sampled_from("ab [/]\x1b\u202eمن\n"), min_size=1, max_size=60))
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda each: each[0] < each[1])
    passages = [Passage(start=a, end=b, exact=text[a:b]) for a, b in draw(st.lists(spans, max_size=5))]
    return text, [Quote(id=number, document=7, passages=(each,)) for number, each in enumerate(passages, 1)]


@given(quoted())
def test_a_page_holds_the_text_character_by_character(sample: tuple[str, list[Quote]]) -> None:
    text, quotes = sample
    shown = body(Document(slug="a", title="A", text=text), *quotes)
    assert SIGNS.sub("", shown) == visible(text)
    assert (shown.count("⟦"), shown.count("⟧")) == (len(quotes), len(quotes))


def test_signs_are_around_the_words_of_a_quote() -> None:
    shown = body(DOCUMENT, quote(1, f"Persian: {PERSIAN}", "letters"), quote(2, PERSIAN))
    assert f"⟦1 Persian: ⟦2 {PERSIAN}⟧⟧" in shown
    assert "as ⟦1 letters⟧ do" in shown


def test_the_longer_of_two_quotes_with_the_same_beginning_is_outside() -> None:
    assert body(DOCUMENT, quote(2, "The letter"), quote(1, "The letter begins")).startswith("⟦1 ⟦2 The letter⟧ begins⟧")


def test_quoted_words_are_bold_and_no_others() -> None:
    text = "The letter begins, as letters do."
    quotes = [quote(1, "The letter begins", "do", text=text), quote(2, "letter", text=text)]
    shown = documents.document_page(Document(slug="a", title="A", text=text), quotes, NOTHING)
    assert "".join(bold(shown)).removeprefix("A") == "The letter beginsdo"


def test_a_quote_ends_before_the_next_begins() -> None:
    assert "⟦1 The ⟧⟦2 letter⟧" in body(DOCUMENT, quote(1, "The "), quote(2, "letter"))


def test_quotes_whose_words_are_gone_are_named_and_not_marked() -> None:
    gone = Quote(id=3, document=7, passages=(Passage(start=0, end=3, exact="old"),), missing=True)
    shown = screen(documents.document_page(DOCUMENT, [gone], NOTHING), 200)
    assert "Missing, because the text no longer has their words: 3." in shown
    assert "⟦3" not in shown


def test_a_document_without_quotes_says_so() -> None:
    assert "No quotes yet." in screen(documents.document_page(DOCUMENT, [], NOTHING))


def test_related_letters_are_named() -> None:
    shown = screen(documents.document_page(DOCUMENT, [], LETTERS))
    expected = {"Previous letter": "first", "Next letter": "third", "Reply to": "second", "Replies": "fourth"}
    assert labelled(shown).items() >= (expected | {"Enclosed": "map", "Enclosed in": "box"}).items()


@pytest.mark.parametrize(
    ("names", "count", "expected"),
    [((), None, None), (("Ann",), None, "Ann"), ((), 14, "14"), (("Ann", "Bob"), 14, "Ann, Bob (14 in all)")],
)
def test_who_signed_a_letter_is_shown(names: tuple[str, ...], count: int | None, expected: str | None) -> None:
    document = Document(slug="a", title="A", text="x", signatories=names, signatory_count=count)
    assert labelled(screen(documents.document_page(document, [], NOTHING))).get("Signed by") == expected


@pytest.mark.parametrize(("words", "expected"), [(None, "2021"), ("2021", "2021"), ("In 2021", "2021 (“In 2021”)")])
def test_a_date_is_shown_with_its_own_words(words: str | None, expected: str) -> None:
    document = Document(slug="a", title="A", text="x", date="2021", date_words=words)
    shown = screen(documents.document_page(document, [], NOTHING))
    assert labelled(shown)["Date"] == expected


def test_what_was_found_in_a_text_is_shown_with_its_line() -> None:
    lines = screen(documents.addition(addition())).splitlines()
    assert [line.split() for line in lines if "Title" in line] == [["Title", "A", "title", "[sic]", "line", "1"]]


@pytest.mark.parametrize(
    ("found", "expected"),
    [(1, "Found 1 likely quotation. Review it with:"), (1200, "Found 1,200 likely quotations. Review them with:")],
)
def test_a_review_is_proposed(found: int, expected: str) -> None:
    assert documents.review_advice(found, DOCUMENT).plain == f"  {expected} quotearchive quote open-letter"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (Document(slug="a", title="A", text="x", publisher="P", authors=("Ann",), date="2021"), "A\nP\n2021"),
        (Document(slug="a", title="A", text="x", authors=("Ann", "Bob")), "A\nAnn, Bob"),
        (Document(slug="a", title="A", text="x"), "A"),
    ],
)
def test_a_source_is_named_by_title_publisher_or_authors_and_date(document: Document, expected: str) -> None:
    assert documents.source(document).plain == expected
