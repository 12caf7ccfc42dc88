"""Finding a passage again when the text has changed."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.anchoring.location import take
from quotearchive.anchoring.relocation import Outcome, PassageRelocation, relocate
from quotearchive.model import Passage
from quotearchive.text import canonical
from tests.anchoring.material import texts


def mark(text: str, words: str) -> Passage:
    """Return the first place of some words as a passage."""
    start = text.index(words)
    return take(text, start, start + len(words))


def outcome_and_words(relocation: PassageRelocation) -> tuple[str, str | None]:
    return relocation.outcome.value, relocation.passage.exact if relocation.passage else None


BEFORE = "“Prison authorities met J and S on Monday. They said: ‘J and S must go now.’ Then they left the room.”"


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
        ("He left the art with us.", "art", "He left the start with us.", "changed", "start"),
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
def test_edits_have_their_outcomes(old: str, words: str, new: str, outcome: str, found: str | None) -> None:
    assert outcome_and_words(relocate(new, mark(old, words))) == (outcome, found)


def test_a_part_of_a_word_is_found_within_that_word() -> None:
    found = relocate("Here is the party.", mark("The party.", "art"))
    assert outcome_and_words(found) == ("moved", "art")


def test_a_change_is_told_in_words() -> None:
    relocation = relocate("I met James and Sarah on Monday.", mark("I met J and S on Monday.", "J and S"))
    assert [(each.old, each.new) for each in relocation.differences] == [("J", "James"), ("S", "Sarah")]


def test_a_moved_passage_has_its_new_context(letter: str) -> None:
    relocation = relocate("News: " + letter, mark(letter, "repressive forces"))
    assert relocation.passage == mark("News: " + letter, "repressive forces")


def test_words_in_two_places_that_nothing_distinguishes_are_missing() -> None:
    assert relocate("Up: no. Down: no.", mark("She said no.", "no")) == PassageRelocation(outcome=Outcome.MISSING)


def test_a_long_passage_with_changes_is_found_by_its_ends(letter: str) -> None:
    passage = take(letter, letter.index("regime"), letter.index("With all") + 2700)
    changed = letter.replace("the mullahs", "these mullahs").replace("Vakilabad ", "")
    now = relocate("News: " + changed, passage)
    assert now.outcome is Outcome.CHANGED
    assert now.passage is not None
    assert now.passage.exact == passage.exact.replace("the mullahs", "these mullahs").replace("Vakilabad ", "")


def test_what_became_of_the_words_goes_before_where_else_they_stand() -> None:
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


@given(edits)
def test_in_the_same_text_it_is_exact(edit: Edit) -> None:
    assert relocate(edit.text, edit.passage) == PassageRelocation(outcome=Outcome.EXACT, passage=edit.passage)


@given(edits)
def test_when_paragraphs_change_places_it_moves_with_its_own(edit: Edit) -> None:
    edit.random.shuffle(edit.paragraphs)
    text = "\n\n".join(edit.paragraphs)
    relocation = relocate(text, edit.passage)
    found = mark(text, edit.passage.exact)
    assert relocation.passage == found
    assert relocation.outcome is (Outcome.EXACT if found.start == edit.passage.start else Outcome.MOVED)


@given(edits)
def test_when_its_paragraph_is_removed_it_is_missing(edit: Edit) -> None:
    del edit.paragraphs[edit.number]
    assert relocate("\n\n".join(edit.paragraphs), edit.passage).outcome is Outcome.MISSING


@given(edits)
def test_when_its_paragraph_is_doubled_it_stays_or_is_missing(edit: Edit) -> None:
    home = edit.paragraphs[edit.number]
    assert relocate("\n\n".join([*edit.paragraphs, home]), edit.passage).outcome is Outcome.EXACT
    before = relocate("\n\n".join(["Preface", home, *edit.paragraphs]), edit.passage)
    assert before == PassageRelocation(outcome=Outcome.MISSING)


@given(edits)
def test_when_a_word_of_it_is_mended_it_is_changed(edit: Edit) -> None:
    number = edit.random.randrange(len(edit.words))
    words = [*edit.words[:number], edit.word(), *edit.words[number + 1 :]]
    if words == edit.words:
        return
    home = edit.paragraphs[edit.number].replace(edit.passage.exact, " ".join(words))
    relocation = relocate(edit.with_home(home), edit.passage)
    assert outcome_and_words(relocation) == ("changed", " ".join(words))
    assert [(each.old, each.new) for each in relocation.differences] == [(edit.words[number], words[number])]


@given(edits)
def test_when_words_around_it_are_mended_it_is_found(edit: Edit) -> None:
    before, behind = edit.paragraphs[edit.number].split(edit.passage.exact)
    mended = " ".join([*before.split()[:-2], edit.word(), *before.split()[-1:], edit.passage.exact, edit.word()])
    text = edit.with_home(" ".join([mended, *behind.split()[1:]]))
    assert relocate(text, edit.passage).passage == mark(text, edit.passage.exact)


@given(edits)
def test_when_lines_are_broken_elsewhere_it_is_changed(edit: Edit) -> None:
    words = "\n".join(edit.words)
    text = edit.with_home(edit.paragraphs[edit.number].replace(edit.passage.exact, words))
    assert outcome_and_words(relocate(text, edit.passage)) == ("changed", words)


@given(texts, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9), texts), max_size=4), st.data())
def test_after_any_edit_only_the_same_words_count_as_the_same(
    text: str, cuts: list[tuple[int, int, str]], data: st.DataObject
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
def test_any_input_has_an_outcome(text: str, exact: str, prefix: str, suffix: str) -> None:
    passage = Passage(start=0, end=len(exact), exact=exact, prefix=prefix, suffix=suffix)
    assert relocate(text, passage).outcome in Outcome
