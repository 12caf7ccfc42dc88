"""What an import does with documents, and what they answer and enclose."""

import pytest

from quotearchive.archive.archive import Archive
from tests.archive.import_rows import TEXT, Import, document, quote


def test_the_same_text_is_the_same_document(imported: Import, archive: Archive) -> None:
    imported(document(), quote("To be"))
    again = {**document(), "slug": "other", "date": "1602", "title": "The tragedy"}
    report = imported(
        again,
        {**quote("left"), "document": "other", "passages": [{"start": -1, "end": -1, "exact": "left. He"}]},
    )
    assert (report.known_documents, len(report.documents), len(report.quotes)) == (1, 0, 1)
    assert [filled.fields for filled in report.filled] == [("date",)]
    assert [each.date for each in archive.read().descriptions()] == ["1602"]


LETTERS = (
    document("The first letter.", id=1, slug="first", title="First"),
    document("The second letter.", id=2, slug="second", title="Second", replies_to=1, encloses=[3]),
    document("A photograph.", id=3, slug="photograph", title="Photograph"),
)


def references(archive: Archive) -> dict[str, tuple[str | None, list[str]]]:
    """What each document answers and encloses, by slug."""
    known = {each.id: each for each in archive.read().descriptions()}
    return {
        each.slug: (known[each.replies_to].slug if each.replies_to else None, [known[n].slug for n in each.encloses])
        for each in known.values()
    }


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_a_letter_answers_the_letter_that_it_answered(
    imported: Import, archive: Archive, order: tuple[int, ...]
) -> None:
    imported(document("Some memo."), document("Another memo.", slug="other"))
    report = imported(*(LETTERS[place] for place in order))
    assert references(archive)["second"] == ("first", ["photograph"])
    assert report.remarks == ()
    before = archive.path.read_bytes()
    assert not imported(*LETTERS).filled
    assert archive.path.read_bytes() == before


def test_a_letter_that_is_here_learns_what_it_answers(imported: Import, archive: Archive) -> None:
    imported(document("Some memo."), {**LETTERS[1], "replies_to": None, "encloses": []})
    report = imported(*LETTERS)
    assert references(archive)["second"] == ("first", ["photograph"])
    assert [each.fields for each in report.filled] == [("replies_to", "encloses")]


def test_what_a_letter_is_known_to_answer_stays(imported: Import, archive: Archive) -> None:
    imported(*LETTERS)
    report = imported(*LETTERS[:2], {**LETTERS[1], "replies_to": 3, "encloses": []}, LETTERS[2])
    assert references(archive)["second"] == ("first", ["photograph"])
    assert report.remarks == ("second differs from the file in replies to; ours was kept.",)


def test_a_reference_that_leads_out_of_the_file_is_left_out_and_said(imported: Import, archive: Archive) -> None:
    imported(document("Some memo."), document("Another memo.", slug="other"))
    report = imported({**LETTERS[1], "encloses": [3, 2]})
    assert references(archive)["second"] == (None, [])
    assert report.remarks == (
        "second refers to document 1, which is not in the file; that was left out.",
        "second refers to document 3, which is not in the file; that was left out.",
        "second refers to document 2, which is itself; that was left out.",
    )


def test_a_full_archive_gives_new_numbers_and_names(imported: Import, archive: Archive) -> None:
    imported(
        document("Some other Hamlet."),
        {**quote("e", id=3), "passages": [{"start": 3, "end": 4, "exact": "e"}]},
    )
    outer, inner = quote(TEXT, id=3), quote("the question", id=2, within=3)
    report = imported(document(), inner, outer)
    assert [each.slug for each in report.documents] == ["hamlet-2"]
    assert [(each.id, each.document, each.within) for each in report.quotes] == [(4, 2, 5), (5, 2, None)]
    assert {each.id: each.within for each in archive.read().quotes()} == {3: None, 4: 5, 5: None}
