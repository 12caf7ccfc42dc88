"""Finding a passage in a text."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.anchoring.errors import (
    AmbiguousPassageError,
    EmptyPassageError,
    OccurrenceError,
    PassageNotFoundError,
    SpanError,
)
from quotearchive.anchoring.location import Rung, locate, take
from quotearchive.errors import QuoteArchiveError
from quotearchive.text import canonical, folded
from tests.anchoring.material import texts

#: Sentences in several scripts, each with another way of typing a part of it and the part itself.
SCRIPTS = [
    ("او گفت: «می‌خواهم علي را ببینم».", "میخواهم علی", "می‌خواهم علي"),
    ("قال: مُحَمَّدٌ رسولٌ أمين", "محمد رسول امين", "مُحَمَّدٌ رسولٌ أمين"),
    ("Sie ging über die Straße nach Hause.", "uber die strasse", "über die Straße"),
    ("Il a dit : « J’étais à Téhéran… hier. »", "j'etais a teheran... hier", "J’étais à Téhéran… hier"),
    ("彼は「ＡＢＣが必要です」と言った。", "abcが必要", "ＡＢＣが必要"),
    ("הוא אמר: שָׁלוֹם לכם", "שלום לכם", "שָׁלוֹם לכם"),
    ("İstanbul’da ıssız bir ışık gördüm.", "istanbul'da issiz bir isik", "İstanbul’da ıssız bir ışık"),
    ("उसने कहा हिन्दी में १२ पत्र", "हिन्दी में 12 पत्र", "हिन्दी में १२ पत्र"),
    ("We were\nheld in the\n   prison.", "we were held in the prison", "We were\nheld in the\n   prison"),
]


def test_a_passage_has_its_words_and_32_code_points_on_each_side() -> None:
    text = "a" * 40 + "words" + "b" * 40
    passage = take(text, 40, 45)
    assert (passage.exact, passage.prefix, passage.suffix) == ("words", "a" * 32, "b" * 32)


def test_context_ends_where_the_text_ends() -> None:
    assert take("words", 0, 5).prefix == take("words", 0, 5).suffix == ""


@pytest.mark.parametrize("span", [(0, 0), (3, 2), (-1, 2), (0, 6), (9, 10)])
def test_an_empty_or_outside_span_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(SpanError, match=f"The span {span[0]}:{span[1]} .* END <= 5"):
        take("words", *span)


@pytest.mark.parametrize(
    ("passage", "rung", "found"),
    [
        ("resign immediately", Rung.EXACT, "resign immediately"),
        ("  resign immediately\n", Rung.EXACT, "resign immediately"),
        ("“You’ve created a prison", Rung.EXACT, "“You’ve created a prison"),
        ("\"You've created a prison", Rung.FOLDED, "“You’ve created a prison"),
        ("[prison authorities] CONTROL my", Rung.FOLDED, "[Prison authorities] control my"),
        ("people to choose one… In response", Rung.EXACT, "people to choose one… In response"),
        ("people to choose one... in response", Rung.FOLDED, "people to choose one… In response"),
        ("Your repressive forces ... this time", Rung.ENDS, None),
        ("“resign immediately”", Rung.EXACT, "resign immediately"),
        ("'the regime's foreign policy'", Rung.FOLDED, "the regime’s foreign policy"),
        ("...weighed in on the regime's...", Rung.FOLDED, "weighed in on the regime’s"),
        ("[…] weighed in on the […]", Rung.EXACT, "weighed in on the"),
    ],
)
def test_the_ladder_is_climbed_to_the_first_rung_that_holds(
    letter: str, passage: str, rung: Rung, found: str | None
) -> None:
    location = locate(letter, passage)
    assert location.rung is rung
    assert found is None or letter[location.start : location.end] == found


@pytest.mark.parametrize("gap", [" ... ", "…", " […] ", " [...] ", " (…) ", " .... ", "..."])
def test_two_ends_take_all_between_them(letter: str, gap: str) -> None:
    location = locate(letter, f"Under the Shah regime{gap}completely loyal")
    found = letter[location.start : location.end]
    assert location.rung is Rung.ENDS
    assert found.startswith("Under the Shah regime, when")
    assert found.endswith("that were completely loyal")


def test_two_ends_may_hold_an_ellipsis_of_the_text_itself(letter: str) -> None:
    location = locate(letter, "the people to choose one… In response ... widely participating")
    assert letter[location.start : location.end].endswith("are widely participating")


def test_the_nearest_last_words_are_taken() -> None:
    assert locate("start a end b end", "start ... end").end == len("start a end")


def test_first_words_in_several_places_are_ambiguous() -> None:
    with pytest.raises(AmbiguousPassageError) as caught:
        locate("He said a. He said b. So it ended.", "He said ... ended")
    assert [place.start for place in caught.value.places] == [0, 11]
    assert locate("He said a. He said b. So it ended.", "He said ... ended", occurrence=2).start == 11


@pytest.mark.parametrize(("text", "passage", "found"), SCRIPTS)
def test_words_are_found_in_any_script(text: str, passage: str, found: str) -> None:
    location = locate(canonical(text), passage)
    assert canonical(text)[location.start : location.end] == canonical(found)


def test_an_ambiguous_passage_is_refused_with_each_place(letter: str) -> None:
    with pytest.raises(AmbiguousPassageError) as caught:
        locate(letter, "the Shah")
    assert caught.value.count == len(caught.value.places) == letter.count("the Shah")
    assert "  1. " in str(caught.value)
    assert str(caught.value).startswith('"the Shah" occurs 3 times in the document:\n')


def test_places_may_overlap() -> None:
    with pytest.raises(AmbiguousPassageError) as caught:
        locate("banana", "ana")
    assert [(place.start, place.end) for place in caught.value.places] == [(1, 4), (3, 6)]


def test_many_places_are_counted_but_not_all_listed() -> None:
    with pytest.raises(AmbiguousPassageError, match="and 490 more") as caught:
        locate("ab " * 500, "ab")
    assert caught.value.count == 500
    assert locate("ab " * 500, "ab", occurrence=500).start == 499 * 3


@pytest.mark.parametrize("occurrence", [0, -1, 3])
def test_an_occurrence_that_is_not_there_is_refused(occurrence: int) -> None:
    with pytest.raises(OccurrenceError, match=f"no occurrence {occurrence} of"):
        locate("banana", "ana", occurrence=occurrence)


def test_a_second_occurrence_of_what_stands_once_is_refused() -> None:
    with pytest.raises(OccurrenceError, match="it occurs once in"):
        locate("banana", "banana", occurrence=2)


@pytest.mark.parametrize("passage", ["", "  ", "\n", "\ufeff"])
def test_an_empty_passage_is_refused(passage: str) -> None:
    with pytest.raises(EmptyPassageError):
        locate("banana", passage)


@given(texts, st.data())
def test_what_is_located_is_what_was_marked(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    passage = text[start:end]
    if not passage.strip() or canonical(passage) != passage:
        return
    number = sum(text.startswith(passage, at) for at in range(start + 1))
    location = locate(text, passage, occurrence=number)
    assert (location.start, location.end, location.rung) == (start, end, Rung.EXACT)


@given(texts, texts)
def test_what_is_found_folds_to_what_was_typed(text: str, passage: str) -> None:
    try:
        location = locate(text, passage, occurrence=1)
    except (EmptyPassageError, PassageNotFoundError):
        return
    found = folded(text[location.start : location.end])
    bare = folded(passage).strip(" \"'.")
    assert bare in found or location.rung is Rung.ENDS or "..." in bare


@given(st.text(), st.text(), st.one_of(st.none(), st.integers()))
def test_any_input_gives_an_answer_or_a_sentence(text: str, passage: str, occurrence: int | None) -> None:
    with suppress(QuoteArchiveError):
        location = locate(text, passage, occurrence=occurrence)
        assert 0 <= location.start < location.end <= len(text)
