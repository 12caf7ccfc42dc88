import pytest

from quotearchive.exporters.context import about, facts, in_context, known, nested, remark, topics
from quotearchive.fields import FIELDS
from quotearchive.model import Document, Quote, Selection


def test_fields_are_listed_in_the_order_of_their_table(everything: Selection) -> None:
    for kind, record in ((Quote, everything.quotes[0]), (Document, everything.document)):
        assert [field for field, _ in known(record)] == list(FIELDS[kind])


def test_a_field_that_is_not_known_or_shown_elsewhere_is_no_fact(letter: Selection) -> None:
    assert list(facts(letter.quotes[3], {"speaker", "topics"})) == ["to the Shah", "said 1978~", "within quote 3"]


def test_a_remark_has_the_words_and_all_that_is_known_of_them(letter: Selection) -> None:
    (last,) = [entry for entry in in_context(letter) if entry.quote.id == 4]
    expected = (
        "“Take your knife off the people’s throat to see who they stand with” (Ruhollah Khomeini, quoted by Hashem "
        "Khastar; to the Shah; said 1978~; within quote 3; paragraph 8, characters 1860–1926; elections; quote 4)"
    )
    assert remark(last) == expected


@pytest.mark.parametrize("origin", [(), ("“A letter”", "2021")])
def test_a_quote_that_is_gone_from_its_document_says_so(origin: tuple[str, ...], letter: Selection) -> None:
    gone = Quote(id=1, document=1, passages=letter.quotes[0].passages, missing=True)
    (entry,) = in_context(Selection(document=letter.document, quotes=(gone,)))
    assert about(entry, *origin) == [*origin, "no longer in the document"]


def test_an_inner_quote_follows_its_outer(letter: Selection) -> None:
    assert [(depth, entry.quote.id) for depth, entry in nested(tuple(in_context(letter)))] == [
        (0, 1),
        (0, 2),
        (0, 3),
        (1, 4),
    ]


def test_a_topic_of_several_quotes_is_named_once(letter: Selection) -> None:
    assert topics(letter) == ["elections", "executions", "prison/conditions", "prison/telephone", "uprising"]
