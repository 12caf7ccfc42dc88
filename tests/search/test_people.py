"""People and topics come with what the archive has of them."""

from quotearchive.model import Speaker
from quotearchive.query import parse
from quotearchive.search import Index


def test_speakers_say_what_there_is_of_them(index: Index) -> None:
    found = [(each.speaker.name, each.quotes, each.documents, each.first, each.last) for each in index.speakers()]
    assert found == [
        ("Hashem Khastar", 2, 2, "1999", "2021-02-12"),
        ("Ali", 1, 1, "2020/..", "2020/.."),
        ("Zohreh", 1, 1, "1979", "1979"),
        ("Nobody", 0, 0, None, None),
    ]


def test_a_speaker_is_found_by_another_name(index: Index) -> None:
    assert index.quote_numbers(parse("speaker:zora").query) == [1]


def test_topics_say_what_lies_under_them(index: Index) -> None:
    assert [(each.path, each.own, each.whole) for each in index.topics()] == [
        ("law", 1, 1),
        ("prison", 1, 2),
        ("prison/phone", 2, 2),
    ]


def test_people_are_known_by_what_names_them(index: Index) -> None:
    assert index.names_in_quotes() == ["Zohreh", "Hashem Khastar", "Ali"]
    assert index.names_in_documents() == []
    assert [speaker.name for speaker in index.speaker_records()] == ["Zohreh", "Nobody"]
    assert index.summarise(Speaker(name="Ali")).documents == 1
    assert index.summarise(Speaker(name="Somebody")).quotes == 0


def test_two_speakers_share_documents_and_topics(index: Index) -> None:
    assert index.shared("documents", "Zohreh", "Hashem Khastar") == ["letter"]
    assert index.shared("topics", "Zohreh", "Hashem Khastar") == ["prison/phone"]
    assert index.shared("topics", "Zohreh", "Ali") == []
