"""The nearest words to a passage that a text does not have."""

import pytest

from quotearchive.anchoring.errors import PassageNotFoundError
from quotearchive.anchoring.location import locate


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
    letter: str, passage: str, nearest: str, typed: str, found: str | None
) -> None:
    with pytest.raises(PassageNotFoundError) as caught:
        locate(letter, passage)
    error = caught.value
    assert error.nearest is not None
    assert error.mismatch is not None
    assert error.nearest.words == nearest == letter[error.nearest.start : error.nearest.end]
    assert error.mismatch.old == typed
    assert error.mismatch.new == (nearest if found is None else found)


def test_the_sentence_says_it_at_once(letter: str) -> None:
    with pytest.raises(PassageNotFoundError) as caught:
        locate(letter, "a prison within the jail for me")
    assert str(caught.value.in_document("khastar")) == (
        'Not in khastar: "a prison within the jail for me". '
        'The nearest passage is "a prison within the prison for me" at 770:803. '
        'First difference: "jail" where the document has "prison".'
    )


def test_it_says_so_when_nothing_is_near(letter: str) -> None:
    with pytest.raises(PassageNotFoundError, match=r"No similar passage was found\.") as caught:
        locate(letter, "all lazy dogs jump over")
    assert caught.value.nearest is None


def test_a_long_passage_is_compared_where_it_differs() -> None:
    text = " ".join(f"word{number}" for number in range(20_000))
    with pytest.raises(PassageNotFoundError) as caught:
        locate(text, text.replace("word15000 ", "sword "))
    assert caught.value.mismatch is not None
    assert (caught.value.mismatch.old, caught.value.mismatch.new) == ("sword", "word15000")
    assert caught.value.mismatch.old_start == text.index("word15000 ")


def test_words_of_a_script_without_spaces_are_compared_one_by_one() -> None:
    with pytest.raises(PassageNotFoundError) as caught:
        locate("彼は刑務所の中に牢獄を作ったと言った。", "刑務所の中に病院を作った")
    assert caught.value.nearest is not None
    assert caught.value.nearest.words == "刑務所の中に牢獄を作った"
    assert caught.value.mismatch is not None
    assert (caught.value.mismatch.old, caught.value.mismatch.new) == ("病院", "牢獄")
