import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from quotearchive.exporters.markup import language_tag, legal, marked_spans
from quotearchive.model import Description, Document, Passage, Quote


def test_a_quote_with_the_same_words_as_its_outer_lies_within_it() -> None:
    passage = Passage(start=0, end=5, exact="Alpha")
    outer = Quote(id=7, document=1, passages=(passage,), speaker="A")
    inner = Quote(id=3, document=1, passages=(passage,), speaker="B", within=7)
    document = Document(id=1, slug="a", title="A", text="Alpha")
    assert [span.quote.id for span in marked_spans(document, (inner, outer))] == [7, 3]


@given(st.text())
def test_stand_ins_keep_every_place(text: str) -> None:
    element = etree.Element("a")
    element.text = legal(text)
    assert len(element.text or "") == len(text)


@pytest.mark.parametrize(("language", "tag"), [("fa", "fa"), ("zh-Hant", "zh-Hant"), ("Old Norse", ""), (None, "")])
def test_a_language_that_is_no_tag_is_none(language: str | None, tag: str) -> None:
    assert language_tag(Description(slug="a", title="A", language=language)) == tag
