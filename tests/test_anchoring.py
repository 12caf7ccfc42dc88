"""The rules of finding a passage in a text, and of finding it again when the text has changed."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.anchoring import Rung, differences, locate, take
from quotearchive.errors import (
    AmbiguousPassageError,
    EmptyPassageError,
    OccurrenceError,
    PassageNotFoundError,
    QuoteArchiveError,
    SpanError,
)
from quotearchive.text import canonical, folded

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

texts = st.text(alphabet="ab éß…—\n“”\u0301\u200c", max_size=60).map(canonical)


class TestTake:
    def test_a_passage_has_its_words_and_32_code_points_on_each_side(self) -> None:
        text = "a" * 40 + "words" + "b" * 40
        passage = take(text, 40, 45)
        assert (passage.exact, passage.prefix, passage.suffix) == ("words", "a" * 32, "b" * 32)

    def test_context_ends_where_the_text_ends(self) -> None:
        assert take("words", 0, 5).prefix == take("words", 0, 5).suffix == ""

    @pytest.mark.parametrize("span", [(0, 0), (3, 2), (-1, 2), (0, 6), (9, 10)])
    def test_an_empty_or_outside_span_is_refused(self, span: tuple[int, int]) -> None:
        with pytest.raises(SpanError, match=f"The span {span[0]}:{span[1]} .* END <= 5"):
            take("words", *span)


class TestLocate:
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
        self, letter: str, passage: str, rung: Rung, found: str | None
    ) -> None:
        location = locate(letter, passage)
        assert location.rung is rung
        assert found is None or letter[location.start : location.end] == found

    @pytest.mark.parametrize("gap", [" ... ", "…", " […] ", " [...] ", " (…) ", " .... ", "..."])
    def test_two_ends_take_all_between_them(self, letter: str, gap: str) -> None:
        location = locate(letter, f"Under the Shah regime{gap}completely loyal")
        found = letter[location.start : location.end]
        assert location.rung is Rung.ENDS
        assert found.startswith("Under the Shah regime, when")
        assert found.endswith("that were completely loyal")

    def test_two_ends_may_hold_an_ellipsis_of_the_text_itself(self, letter: str) -> None:
        location = locate(letter, "the people to choose one… In response ... widely participating")
        assert letter[location.start : location.end].endswith("are widely participating")

    def test_the_nearest_last_words_are_taken(self) -> None:
        assert locate("start a end b end", "start ... end").end == len("start a end")

    def test_first_words_in_several_places_are_ambiguous(self) -> None:
        with pytest.raises(AmbiguousPassageError) as caught:
            locate("He said a. He said b. So it ended.", "He said ... ended")
        assert [place.start for place in caught.value.places] == [0, 11]
        assert locate("He said a. He said b. So it ended.", "He said ... ended", occurrence=2).start == 11

    @pytest.mark.parametrize(("text", "passage", "found"), SCRIPTS)
    def test_words_are_found_in_any_script(self, text: str, passage: str, found: str) -> None:
        location = locate(canonical(text), passage)
        assert canonical(text)[location.start : location.end] == canonical(found)

    def test_an_ambiguous_passage_is_refused_with_each_place(self, letter: str) -> None:
        with pytest.raises(AmbiguousPassageError) as caught:
            locate(letter, "the Shah")
        assert caught.value.count == len(caught.value.places) == letter.count("the Shah")
        assert "  1. " in str(caught.value)
        assert "--occurrence" in str(caught.value)

    def test_places_may_overlap(self) -> None:
        with pytest.raises(AmbiguousPassageError) as caught:
            locate("banana", "ana")
        assert [(place.start, place.end) for place in caught.value.places] == [(1, 4), (3, 6)]

    def test_many_places_are_counted_but_not_all_listed(self) -> None:
        with pytest.raises(AmbiguousPassageError, match="and 400 more") as caught:
            locate("ab " * 500, "ab")
        assert caught.value.count == 500
        assert locate("ab " * 500, "ab", occurrence=500).start == 499 * 3

    @pytest.mark.parametrize("occurrence", [0, -1, 3])
    def test_an_occurrence_that_is_not_there_is_refused(self, occurrence: int) -> None:
        with pytest.raises(OccurrenceError, match=f"no occurrence {occurrence} of"):
            locate("banana", "ana", occurrence=occurrence)

    def test_a_second_occurrence_of_what_stands_once_is_refused(self) -> None:
        with pytest.raises(OccurrenceError, match="it stands in one place"):
            locate("banana", "banana", occurrence=2)

    @pytest.mark.parametrize("passage", ["", "  ", "\n", "\ufeff"])
    def test_an_empty_passage_is_refused(self, passage: str) -> None:
        with pytest.raises(EmptyPassageError):
            locate("banana", passage)

    @given(texts, st.data())
    def test_what_is_located_is_what_was_marked(self, text: str, data: st.DataObject) -> None:
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        passage = text[start:end]
        if not passage.strip() or canonical(passage) != passage:
            return
        number = sum(text.startswith(passage, at) for at in range(start + 1))
        location = locate(text, passage, occurrence=number)
        assert (location.start, location.end, location.rung) == (start, end, Rung.EXACT)

    @given(texts, texts)
    def test_what_is_found_folds_to_what_was_typed(self, text: str, passage: str) -> None:
        try:
            location = locate(text, passage, occurrence=1)
        except (EmptyPassageError, PassageNotFoundError):
            return
        found = folded(text[location.start : location.end])
        bare = folded(passage).strip(" \"'.")
        assert bare in found or location.rung is Rung.ENDS or "..." in bare

    @given(st.text(), st.text(), st.one_of(st.none(), st.integers()))
    def test_any_input_gives_an_answer_or_a_sentence(
        self, text: str, passage: str, occurrence: int | None
    ) -> None:
        with suppress(QuoteArchiveError):
            location = locate(text, passage, occurrence=occurrence)
            assert 0 <= location.start < location.end <= len(text)


class TestNearest:
    @pytest.mark.parametrize(
        ("passage", "nearest", "typed", "found"),
        [
            ("a prison within the jail for me", "a prison within the prison for me", "jail", "prison"),
            ("\"You've made a prison within", "“You’ve created a prison within", "made", "created"),
            ("fists in the streets.", "fists in the streets!", ".", "!"),
            ("a vocal critic of the old regime", "a vocal critic of the regime", "old ", ""),
            ("prisn withn th prson", "prison within the prison", "prisn withn th prson", None),
            ("Hitlers. Just as he", "Hitler’s. Just as he", "Hitlers", "Hitler’s"),
            ("were sentenced to 16 years", "was sentenced to 16 years", "were", "was"),
            ("agent took me from the room", "agent takes me from the room", "took", "takes"),
        ],
    )
    def test_a_refusal_shows_the_nearest_words_and_the_first_difference(
        self, letter: str, passage: str, nearest: str, typed: str, found: str | None
    ) -> None:
        with pytest.raises(PassageNotFoundError) as caught:
            locate(letter, passage)
        error = caught.value
        assert error.nearest is not None
        assert error.mismatch is not None
        assert error.nearest.words == nearest == letter[error.nearest.start : error.nearest.end]
        assert error.mismatch.typed == typed
        assert error.mismatch.found == (nearest if found is None else found)

    def test_the_sentence_says_it_at_once(self, letter: str) -> None:
        with pytest.raises(PassageNotFoundError) as caught:
            locate(letter, "a prison within the jail for me")
        assert str(caught.value.in_document("khastar")) == (
            'Not in khastar: "a prison within the jail for me". '
            'The nearest passage is "a prison within the prison for me" at 770:803. '
            'First difference: "jail" against "prison".'
        )

    def test_it_says_so_when_nothing_is_near(self, letter: str) -> None:
        with pytest.raises(PassageNotFoundError, match=r"Nothing in it comes near\.") as caught:
            locate(letter, "all lazy dogs jump over")
        assert caught.value.nearest is None

    def test_a_long_passage_is_compared_where_it_differs(self) -> None:
        text = " ".join(f"word{number}" for number in range(20_000))
        with pytest.raises(PassageNotFoundError) as caught:
            locate(text, text.replace("word15000 ", "sword "))
        assert caught.value.mismatch is not None
        assert (caught.value.mismatch.typed, caught.value.mismatch.found) == ("sword", "word15000")
        assert caught.value.mismatch.typed_at == text.index("word15000 ")

    def test_words_of_a_script_without_spaces_are_compared_one_by_one(self) -> None:
        with pytest.raises(PassageNotFoundError) as caught:
            locate("彼は刑務所の中に牢獄を作ったと言った。", "刑務所の中に病院を作った")
        assert caught.value.nearest is not None
        assert caught.value.nearest.words == "刑務所の中に牢獄を作った"
        assert caught.value.mismatch is not None
        assert (caught.value.mismatch.typed, caught.value.mismatch.found) == ("病院", "牢獄")


class TestDifferences:
    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("", "", []),
            ("same", "same", []),
            ("J and S left", "James and Sarah left", [("J", "James"), ("S", "Sarah")]),
            ("don't go", "don’t go", [("don't", "don’t")]),
            ("in the\njail", "in the jail", [("\n", " ")]),
            ("a prison", "a big prison", [("", "big ")]),
            ("the jail yard was", "the prison court was", [("jail yard", "prison court")]),
            ("हिन्दी पत्र", "हिन्दू पत्र", [("हिन्दी", "हिन्दू")]),
        ],
    )
    def test_they_are_whole_words(self, old: str, new: str, expected: list[tuple[str, str]]) -> None:
        assert [(each.old, each.new) for each in differences(old, new)] == expected

    @given(texts, texts)
    def test_they_turn_one_text_into_the_other(self, old: str, new: str) -> None:
        result, done = "", 0
        for each in differences(old, new):
            assert old[each.old_start :].startswith(each.old)
            assert new[each.new_start :].startswith(each.new)
            result += old[done : each.old_start] + each.new
            done = each.old_start + len(each.old)
        assert result + old[done:] == new
