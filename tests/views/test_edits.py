"""Changes to quotes and documents as Rich renderables."""

import msgspec

from quotearchive.archive.edits import EditPlan, QuoteChange
from quotearchive.views.edits import SHOWN, document_changed, preview, quotes_changed

from .samples import DOCUMENT, INNER, column, screen


def change(number: int) -> QuoteChange:
    before = msgspec.structs.replace(INNER, id=number)
    return QuoteChange(
        before=before, after=msgspec.structs.replace(before, role="poet", topics=("prison",), modified="now")
    )


def test_a_change_shows_the_fields_that_differ_before_and_after() -> None:
    shown = screen(quotes_changed(EditPlan(edited=(change(5),))), 200)
    assert column(shown, "Field", "Before").split() == ["Role", "Topics"]
    assert column(shown, "Before", "After").splitlines() == ["engineer [ret.]", "prison/conditions, prison/[x]"]
    assert column(shown, "After", None).splitlines() == ["poet", "prison"]
    assert column(shown, "#", "Words").split() == ["5"]


def test_of_many_changes_the_first_are_shown_and_the_others_counted() -> None:
    many = EditPlan(edited=tuple(change(number) for number in range(1, SHOWN + 3)))
    for shown in (screen(preview(many), 200), screen(quotes_changed(many), 200)):
        assert str(SHOWN) in shown
        assert str(SHOWN + 1) not in column(shown, "#", "Words")
        assert "and 2 more\n" in shown
    assert screen(preview(many), 200).endswith(f"{SHOWN + 2} quotes would change.\n")


def test_a_document_that_is_as_it_was_says_so() -> None:
    same = msgspec.structs.replace(DOCUMENT, modified="now")
    assert screen(document_changed(DOCUMENT, same)) == "Nothing changed.\n"


def test_a_changed_document_goes_by_its_title() -> None:
    shown = screen(document_changed(DOCUMENT, msgspec.structs.replace(DOCUMENT, place="Evin")), 200)
    assert "An open letter" in column(shown, "Words", "Field")
    assert column(shown, "Before", "After") == "Mashhad"
