"""What an import does with quotes."""

from quotearchive.anchoring.location import take
from quotearchive.archive.archive import Archive
from quotearchive.archive.imports import summary
from tests.archive.import_rows import TEXT, Import, document, quote


def test_nothing_is_stored_that_is_not_in_the_text(imported: Import, archive: Archive) -> None:
    moved = {
        **quote("that is the question"),
        "passages": [{"start": 3, "end": 8, "exact": "that  is the QUESTION"}],
    }
    imported(document(), moved)
    (stored,) = archive.read().quotes()
    assert stored.passages[0] == take(TEXT, TEXT.index("that"), TEXT.index(".” And"))


def test_a_quote_that_cannot_be_within_another_stands_by_itself(imported: Import) -> None:
    around = [
        quote("To be", id=1, speaker="Ann", within=2),
        quote("To be", id=2, speaker="Bob", within=1),
        quote("left", id=3, within=9),
        quote("question", id=4, within=4),
    ]
    around[2]["passages"] = quote("And left")["passages"]
    report = imported(document(), *around)
    assert [each.within for each in report.quotes] == [2, None, None, None]
    assert report.remarks == (
        "Line 3 was said in a quote that does not hold it; it is a quote of its own now.",
        "Line 4 was said in a quote that is not in the file; it is a quote of its own now.",
        "Line 5 was said in a quote that does not hold it; it is a quote of its own now.",
    )


def test_what_the_file_knows_more_of_a_quote_is_added_to_it(imported: Import, archive: Archive) -> None:
    imported(document(), quote("To be", topics=["a"]))
    report = imported(document(), quote("To be", topics=["b"], note="n", speaker="Hamlet", to="Ophelia"))
    (stored,) = archive.read().quotes()
    assert (stored.topics, stored.note, stored.speaker, stored.to) == (("a", "b"), "n", "Hamlet", "Ophelia")
    assert [(each.record.id, each.fields) for each in report.grown] == [(1, ("speaker", "to", "topics", "note"))]
    assert (report.known_quotes, len(report.quotes)) == (0, 0)
    assert "Filled in quote 1: speaker, to, topics, note." in summary(report)
    before = archive.path.read_bytes()
    assert imported(document(), quote("To be", topics=["b"], note="n")).known_quotes == 1
    assert archive.path.read_bytes() == before


def test_a_document_can_be_named_for_all_quotes(imported: Import) -> None:
    imported(document())
    report = imported({**quote("To be"), "document": "?"}, format="jsonl", document="ham")
    assert [each.text for each in report.quotes] == ["To be"]
