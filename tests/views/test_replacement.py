"""What replacing a text does to quotes, as Rich renderables."""

from quotearchive.views.quotes import place
from quotearchive.views.replacement import relocations

from .samples import RELOCATIONS, column, screen


def test_every_quote_says_what_becomes_of_it() -> None:
    shown = screen(relocations(RELOCATIONS), 200)
    assert column(shown, "Becomes", "Words").split()[:3] == ["moved", "changed", "missing"]
    assert column(shown, "Where", None).splitlines()[:3] == [
        place(RELOCATIONS[0].after.passages),
        "“[sic] jail” in the quote, “prison [/x]” in the document",
        "keeps its old words and is marked as missing",
    ]


def test_a_document_without_quotes_has_none_to_list() -> None:
    assert screen(relocations([])) == "No quotes.\n"
