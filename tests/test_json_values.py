from quotearchive.json_values import description_values, document_values, quote_values
from quotearchive.model import Description, Document, Passage, Quote, relay

#: As listed for users, in their order.
QUOTE_KEYS = """
    id document title text passages locator speaker role mention to topics said note within missing relay
    created modified
"""
DOCUMENT_KEYS = """
    id slug kind title authors recipients date date_words place received destination signatories
    signatory_count replies_to encloses
    publisher url language source source_sha256 sha256 characters quotes segments original added modified
"""


def test_all_keys_are_there_even_where_nothing_is_known() -> None:
    bare = Description(slug="a", title="A")
    quote = quote_values(Quote(document=1, passages=()), bare)
    assert list(quote) == QUOTE_KEYS.split()
    assert (quote["speaker"], quote["topics"], quote["relay"], quote["created"]) == (None, (), (), None)
    document = description_values(bare, 0)
    assert list(document) == DOCUMENT_KEYS.split()
    assert (document["date"], document["authors"], document["sha256"]) == (None, (), None)


def test_a_quote_is_serialised_with_its_gap_and_its_passages() -> None:
    passages = (Passage(start=0, end=2, exact="To"), Passage(start=6, end=8, exact="or"))
    values = quote_values(Quote(document=1, passages=passages), Description(slug="a", title="A"))
    assert values["text"] == "To […] or"
    assert [passage["start"] for passage in values["passages"]] == [0, 6]
    assert values["document"] == "a"


def test_a_relay_leads_from_the_speaker_outward() -> None:
    outer = Quote(id=3, document=1, passages=(), speaker="Hashem Khastar")
    inner = Quote(id=4, document=1, passages=(), speaker="Ruhollah Khomeini", within=3)
    values = quote_values(inner, Description(slug="a", title="A"), {3: outer, 4: inner})
    assert values["relay"] == ("Ruhollah Khomeini", "Hashem Khastar")


def test_a_speaker_who_is_not_known_keeps_their_place_in_a_relay() -> None:
    outer = Quote(id=1, document=1, passages=(), speaker="A")
    assert relay(Quote(id=2, document=1, passages=(), within=1), {1: outer}) == (None, "A")


def test_quotes_within_each_other_by_mistake_end_a_relay() -> None:
    one = Quote(id=1, document=1, passages=(), speaker="A", within=2)
    two = Quote(id=2, document=1, passages=(), speaker="B", within=1)
    assert relay(one, {1: one, 2: two}) == ("A", "B")


def test_a_whole_document_has_its_text() -> None:
    assert document_values(Document(slug="a", title="A", text="To be."), 4)["text"] == "To be."
