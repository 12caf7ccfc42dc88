"""Quotes as Rich renderables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.model import Document, Passage, Quote, QuoteHit
from quotearchive.text import visible
from quotearchive.views.quotes import MISSING, attribution, place, quote_page, quotes_table

from .samples import DOCUMENT, HITS, INNER, OUTER, column, labelled, matches, screen, squeezed

#: Texts without white space at their ends, which a column does not show.
TEXTS = st.text(st.sampled_from("ab [/]\x1b\u202e\u200bمن"), min_size=1, max_size=400)


@given(TEXTS, st.sampled_from([80, 200]))
def test_a_full_table_holds_a_quote_character_by_character(text: str, width: int) -> None:
    quote = Quote(id=1, document=7, passages=(Passage(start=0, end=len(text), exact=text),))
    shown = screen(quotes_table([QuoteHit(quote=quote, document=DOCUMENT)], width=width, full=True), width)
    assert squeezed(column(shown, "Quote", "Speaker")) == squeezed(visible(text))


@pytest.mark.parametrize("full", [True, False])
def test_matches_in_a_quote_are_marked(full: bool) -> None:  # noqa: FBT001 - pytest passes it by name
    assert matches(quotes_table(HITS, width=200, full=full)) == ["[sic]", "[/x]"]


def test_a_wide_table_has_a_column_for_topics() -> None:
    wide, narrow = (screen(quotes_table(HITS, width=width), width) for width in (120, 119))
    assert wide.splitlines()[0].split() == ["#", "Quote", "Speaker", "Topics", "Source"]
    assert narrow.splitlines()[0].split() == ["#", "Quote", "Speaker", "·", "topics", "Source"]


def test_a_speaker_whom_nobody_knows_is_shown_as_such() -> None:
    shown = screen(quotes_table([QuoteHit(quote=OUTER, document=DOCUMENT, relay=())], width=80))
    assert "not known" in column(shown, "Speaker", "Source")


def test_a_quote_without_its_words_says_so_in_a_table_and_on_its_page() -> None:
    for shown in (screen(quotes_table(HITS[2:], width=200), 200), screen(quote_page(HITS[2].quote, DOCUMENT))):
        assert squeezed(MISSING) in squeezed(shown)
        assert "Location" not in shown


def test_a_page_names_the_fields_of_a_quote_where_they_are_known() -> None:
    shown = screen(quote_page(OUTER, DOCUMENT), 200)
    assert list(labelled(shown)) == ["Speaker", "Source", "Date", "Location", "Document"]


def test_a_page_names_the_quotes_around_and_within() -> None:
    shown = screen(quote_page(INNER, DOCUMENT, (), (OUTER,)), 200)
    assert labelled(shown).items() >= {"Within": "quote 1", "Holds": "quote 1", "Named as": "She"}.items()


@pytest.mark.parametrize(
    ("relay", "expected"),
    [
        (("Ann",), "Ann"),
        (("Ann", None), "Ann, quoted by somebody"),
        ((None, "Bob", "Cy"), "somebody, quoted by Bob, quoted by Cy"),
    ],
)
def test_who_passes_a_quote_on_is_named_outward(relay: tuple[str | None, ...], expected: str) -> None:
    assert attribution(relay) == expected


def test_the_place_of_a_quote_is_its_paragraph_and_its_characters() -> None:
    passages = [Passage(start=4, end=6, exact="ab"), Passage(start=7, end=8, exact="c")]
    document = Document(slug="a", title="A", text="x\n\ny ab c")
    assert place(passages, document) == "paragraph 2, characters 4–6, 7–8"
