"""The rules of finding a passage in a text, and of finding it again when the text has changed."""

from contextlib import suppress
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.anchoring.comparison import differences
from quotearchive.anchoring.errors import (
    AmbiguousPassageError,
    EmptyPassageError,
    OccurrenceError,
    PassageNotFoundError,
    SpanError,
)
from quotearchive.anchoring.location import Rung, locate, take
from quotearchive.anchoring.relocation import Outcome, Relocation, relocate
from quotearchive.errors import QuoteArchiveError
from quotearchive.model import Passage
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
        with pytest.raises(AmbiguousPassageError, match="and 490 more") as caught:
            locate("ab " * 500, "ab")
        assert caught.value.count == 500
        assert locate("ab " * 500, "ab", occurrence=500).start == 499 * 3

    @pytest.mark.parametrize("occurrence", [0, -1, 3])
    def test_an_occurrence_that_is_not_there_is_refused(self, occurrence: int) -> None:
        with pytest.raises(OccurrenceError, match=f"no occurrence {occurrence} of"):
            locate("banana", "ana", occurrence=occurrence)

    def test_a_second_occurrence_of_what_stands_once_is_refused(self) -> None:
        with pytest.raises(OccurrenceError, match="it occurs once in"):
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
    def test_any_input_gives_an_answer_or_a_sentence(self, text: str, passage: str, occurrence: int | None) -> None:
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
            'First difference: "jail" where the document has "prison".'
        )

    def test_it_says_so_when_nothing_is_near(self, letter: str) -> None:
        with pytest.raises(PassageNotFoundError, match=r"No similar passage was found\.") as caught:
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


def mark(text: str, words: str) -> Passage:
    """Return the first place of some words as a passage."""
    start = text.index(words)
    return take(text, start, start + len(words))


def outcome_and_words(relocation: Relocation) -> tuple[str, str | None]:
    return relocation.outcome.value, relocation.passage.exact if relocation.passage else None


BEFORE = "“Prison authorities met J and S on Monday. They said: ‘J and S must go now.’ Then they left the room.”"


class TestRelocate:
    @pytest.mark.parametrize(
        ("old", "words", "new", "outcome", "found"),
        [
            (BEFORE, "met J and S on Monday", BEFORE, "exact", "met J and S on Monday"),
            (BEFORE, "must go now", "News. " + BEFORE, "moved", "must go now"),
            # A name is lengthened before and inside a quote.
            (
                BEFORE,
                "J and S must go now.",
                BEFORE.replace("J and S", "James and Sarah"),
                "changed",
                "James and Sarah must go now.",
            ),
            (BEFORE, "must go now", BEFORE.replace("J and S", "James and Sarah"), "moved", "must go now"),
            (
                "I met J and S on Monday.",
                "J and S",
                "I met James and Sarah on Monday.",
                "changed",
                "James and Sarah",
            ),
            # White space is reflowed.
            (
                "They took us\nto the old prison\nof the town.",
                "us\nto the old prison",
                "They took us to the\nold prison of the town.",
                "changed",
                "us to the\nold prison",
            ),
            # Marks are made curly.
            (
                'He wrote, "You\'ve made a prison for me." So it was.',
                '"You\'ve made a prison for me."',
                "He wrote, “You’ve made a prison for me.” So it was.",
                "changed",
                "“You’ve made a prison for me.”",
            ),
            # A typing error is mended.
            (
                "In 2018 they abducted him and lokced him in a hospital.",
                "lokced him in",
                "In 2018 they abducted him and locked him in a hospital.",
                "changed",
                "locked him in",
            ),
            # The words are left out, or others take their place.
            (
                "One came. Two went away. Three stayed.",
                "Two went away.",
                "One came. Three stayed.",
                "missing",
                None,
            ),
            (
                "One came. Two went away. Three stayed.",
                "Two went away.",
                "One came. Nobody could know. Three stayed.",
                "missing",
                None,
            ),
            # A short word stands elsewhere too, but was not said there.
            (
                "He asked. She said no. He left.",
                "no",
                "He asked nothing of note. They left.",
                "missing",
                None,
            ),
            # The words stand twice and the context of neither tells.
            ("She said no.", "no", "Up: no. Down: no.", "missing", None),
            (
                "Go. " * 30 + "Let us. " + "Go. " * 30,
                "us",
                "Go. " * 31 + "Let us. " + "Go. " * 30 + "Let us. " + "Go. " * 20,
                "missing",
                None,
            ),
            # They are part of another word.
            ("He left the art with us.", "art", "He left the party with us.", "changed", "party"),
            ("«نامه» را خواند.", "نامه", "«کارنامه‌ها» را خواند.", "changed", "کارنامه‌ها"),
            # They stand twice and one has the context.
            ("She said no.", "no", "He cried no! Then she said no.", "moved", "no"),
            (
                "Er ging über die Straße heim.",
                "die Straße",
                "Er lief über die Strasse heim.",
                "changed",
                "die Strasse",
            ),
            (
                "او گفت: «كتاب من کجاست؟» و رفت.",
                "كتاب من",
                "او گفت: «کتاب من کجاست؟» و رفت.",
                "changed",
                "کتاب من",
            ),
            (
                "彼は「牢獄を作った」と言った。",
                "牢獄を作った",
                "彼は昨日「刑務所を作った」と言った。",
                "changed",
                "刑務所を作った",
            ),
        ],
    )
    def test_edits_have_their_outcomes(self, old: str, words: str, new: str, outcome: str, found: str | None) -> None:
        assert outcome_and_words(relocate(new, mark(old, words))) == (outcome, found)

    def test_a_change_is_told_in_words(self) -> None:
        relocation = relocate("I met James and Sarah on Monday.", mark("I met J and S on Monday.", "J and S"))
        assert [(each.old, each.new) for each in relocation.differences] == [("J", "James"), ("S", "Sarah")]

    def test_a_moved_passage_has_its_new_context(self, letter: str) -> None:
        relocation = relocate("News: " + letter, mark(letter, "repressive forces"))
        assert relocation.passage == mark("News: " + letter, "repressive forces")

    def test_the_words_of_a_missing_passage_are_counted(self) -> None:
        assert relocate("Up: no. Down: no.", mark("She said no.", "no")).places == 2

    def test_a_long_passage_with_changes_is_found_by_its_ends(self, letter: str) -> None:
        passage = take(letter, letter.index("regime"), letter.index("With all") + 2700)
        changed = letter.replace("the mullahs", "these mullahs").replace("Vakilabad ", "")
        now = relocate("News: " + changed, passage)
        assert now.outcome is Outcome.CHANGED
        assert now.passage is not None
        assert now.passage.exact == passage.exact.replace("the mullahs", "these mullahs").replace("Vakilabad ", "")

    def test_what_became_of_the_words_goes_before_where_else_they_stand(self) -> None:
        old = "The minister said that all prisoners must be freed at once. So it was."
        new = old.replace("freed", "released") + " We say that all prisoners must be freed at once, too."
        relocation = relocate(new, mark(old, "that all prisoners must be freed at once"))
        assert outcome_and_words(relocation) == ("changed", "that all prisoners must be released at once")


#: Words of which texts are made at random; those of one text are all different.
SYLLABLES = ("ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu")


class Edit:
    """A text of paragraphs made at random, a passage marked in one of them, and edits with their outcomes."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self.paragraphs = [self.paragraph() for _ in range(self.random.randint(2, 8))]
        self.number = self.random.randrange(len(self.paragraphs))
        home = self.paragraphs[self.number].split()
        first = self.random.randint(6, len(home) - 14)
        self.words = home[first : self.random.randint(first + 4, len(home) - 6)]
        self.text = "\n\n".join(self.paragraphs)
        self.passage = mark(self.text, " ".join(self.words))

    def word(self) -> str:
        return "".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 5)))

    def paragraph(self) -> str:
        return " ".join(self.word() for _ in range(self.random.randint(24, 60)))

    def with_home(self, home: str) -> str:
        return "\n\n".join([*self.paragraphs[: self.number], home, *self.paragraphs[self.number + 1 :]])


edits = st.integers(0, 2**32).map(Edit)


class TestRelocateAfterRandomEdits:
    @given(edits)
    def test_in_the_same_text_it_is_exact(self, edit: Edit) -> None:
        assert relocate(edit.text, edit.passage) == Relocation(outcome=Outcome.EXACT, passage=edit.passage, places=1)

    @given(edits)
    def test_when_paragraphs_change_places_it_moves_with_its_own(self, edit: Edit) -> None:
        edit.random.shuffle(edit.paragraphs)
        text = "\n\n".join(edit.paragraphs)
        relocation = relocate(text, edit.passage)
        assert relocation.passage == mark(text, edit.passage.exact)
        assert relocation.outcome is (Outcome.EXACT if relocation.start == edit.passage.start else Outcome.MOVED)

    @given(edits)
    def test_when_its_paragraph_is_removed_it_is_missing(self, edit: Edit) -> None:
        del edit.paragraphs[edit.number]
        assert relocate("\n\n".join(edit.paragraphs), edit.passage).outcome is Outcome.MISSING

    @given(edits)
    def test_when_its_paragraph_is_doubled_it_stays_or_is_missing(self, edit: Edit) -> None:
        home = edit.paragraphs[edit.number]
        assert relocate("\n\n".join([*edit.paragraphs, home]), edit.passage).outcome is Outcome.EXACT
        before = relocate("\n\n".join(["Preface", home, *edit.paragraphs]), edit.passage)
        assert before == Relocation(outcome=Outcome.MISSING, places=2)

    @given(edits)
    def test_when_a_word_of_it_is_mended_it_is_changed(self, edit: Edit) -> None:
        number = edit.random.randrange(len(edit.words))
        words = [*edit.words[:number], edit.word(), *edit.words[number + 1 :]]
        if words == edit.words:
            return
        home = edit.paragraphs[edit.number].replace(edit.passage.exact, " ".join(words))
        relocation = relocate(edit.with_home(home), edit.passage)
        assert outcome_and_words(relocation) == ("changed", " ".join(words))
        assert [(each.old, each.new) for each in relocation.differences] == [(edit.words[number], words[number])]

    @given(edits)
    def test_when_words_around_it_are_mended_it_is_found(self, edit: Edit) -> None:
        before, behind = edit.paragraphs[edit.number].split(edit.passage.exact)
        mended = " ".join([*before.split()[:-2], edit.word(), *before.split()[-1:], edit.passage.exact, edit.word()])
        text = edit.with_home(" ".join([mended, *behind.split()[1:]]))
        assert relocate(text, edit.passage).passage == mark(text, edit.passage.exact)

    @given(edits)
    def test_when_lines_are_broken_elsewhere_it_is_changed(self, edit: Edit) -> None:
        words = "\n".join(edit.words)
        text = edit.with_home(edit.paragraphs[edit.number].replace(edit.passage.exact, words))
        assert outcome_and_words(relocate(text, edit.passage)) == ("changed", words)

    @given(texts, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9), texts), max_size=4), st.data())
    def test_after_any_edit_only_the_same_words_count_as_the_same(
        self, text: str, cuts: list[tuple[int, int, str]], data: st.DataObject
    ) -> None:
        start = data.draw(st.integers(0, max(0, len(text) - 1)))
        end = data.draw(st.integers(start + 1, max(start + 1, len(text))))
        if end > len(text):
            return
        passage = take(text, start, end)
        for place, length, put_in in cuts:
            text = canonical(text[:place] + put_in + text[place + length :])
        relocation = relocate(text, passage)
        now = relocation.passage
        assert (now is None) == (relocation.outcome is Outcome.MISSING)
        if now:
            assert now == take(text, now.start, now.end)
            assert (now.exact == passage.exact) == (relocation.outcome is not Outcome.CHANGED)
            assert bool(relocation.differences) == (relocation.outcome is Outcome.CHANGED)
            assert (relocation.outcome is Outcome.EXACT) == ((now.start, now.exact) == (passage.start, passage.exact))

    @given(st.text(), st.text(min_size=1), st.text(max_size=32), st.text(max_size=32))
    def test_any_input_has_an_outcome(self, text: str, exact: str, prefix: str, suffix: str) -> None:
        passage = Passage(start=0, end=len(exact), exact=exact, prefix=prefix, suffix=suffix)
        assert relocate(text, passage).outcome in Outcome
