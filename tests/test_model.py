"""What the values say of themselves."""

import pytest

from quotearchive.model import Passage, Quote, in_reading_order, is_within_itself, outward, relay

TEXT = "To be, or not to be, that is the question."


def passage(start: int, end: int) -> Passage:
    return Passage(start=start, end=end, exact=TEXT[start:end])


def quote(*spans: tuple[int, int], number: int = 0, within: int | None = None, document: int = 1) -> Quote:
    return Quote(id=number, document=document, passages=tuple(passage(*span) for span in spans), within=within)


@pytest.mark.parametrize(
    ("spans", "stands"),
    [
        ([(0, 5)], True),
        ([(0, 5), (7, 19)], True),
        ([(0, 5), (5, 6)], True),
        ([(0, 5), (4, 9)], False),
        ([(7, 19), (0, 5)], False),
    ],
)
def test_passages_stand_in_order_and_apart(spans: list[tuple[int, int]], *, stands: bool) -> None:
    assert quote(*spans).stands_in(TEXT) is stands


@pytest.mark.parametrize(
    "wrong",
    [
        Passage(start=0, end=5, exact="to be"),
        Passage(start=3, end=3, exact=""),
        Passage(start=-9, end=len(TEXT), exact=TEXT[-9:]),
    ],
)
def test_other_words_no_words_and_places_before_the_text_stand_nowhere(wrong: Passage) -> None:
    assert not Quote(document=1, passages=(wrong,)).stands_in(TEXT)


def test_a_quote_holds_what_one_of_its_passages_holds_whole() -> None:
    outer = quote((0, 5), (7, 19))
    assert outer.may_hold(quote((0, 5), (10, 19)))
    assert not outer.may_hold(quote((0, 6)))
    assert not outer.may_hold(quote((3, 9)))
    assert not outer.may_hold(quote((0, 5), document=2))


def test_nobody_knows_what_held_words_that_are_missing() -> None:
    gone = Quote(document=1, passages=(passage(20, 24),), missing=True)
    assert quote((0, 5)).may_hold(gone)
    assert gone.may_hold(quote((0, 5)))


def test_a_chain_that_comes_back_ends() -> None:
    quotes = {each.id: each for each in (quote((0, 9), number=1, within=2), quote((0, 9), number=2, within=1))}
    assert [each.id for each in outward(quotes[1], quotes.get)] == [2]
    assert is_within_itself(quotes[1], quotes.get)
    assert not is_within_itself(quote((0, 5), number=3, within=1), quotes.get)
    assert is_within_itself(quote((0, 5), number=3, within=3), quotes.get)


def test_where_nobody_is_known_nobody_passes_it_on() -> None:
    assert relay(quote((0, 5), number=2, within=1), {1: quote((0, 9), number=1)}) == ()
    assert relay(quote((0, 5), number=2, within=7), {}) == ()


def test_outer_quotes_come_before_what_they_hold() -> None:
    quotes = [quote((7, 9), number=1), quote((0, 5), number=2), quote((0, 19), number=3), quote((0, 5), number=4)]
    assert [each.id for each in in_reading_order(quotes)] == [3, 2, 4, 1]
