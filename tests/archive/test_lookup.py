"""Documents and quotes as they are shown."""

import json
from typing import Any

import pytest

from quotearchive.archive.archive import Archive
from quotearchive.archive.errors import QuoteNotFoundError, UnreadableReferenceError
from quotearchive.archive.lookup import list_speakers, list_topics, selections, show_quote
from quotearchive.query import parse
from tests.cli.conftest import Run


def letters(run: Run, name: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(run("show", name, "--json").stdout)["letters"]
    return values


def test_a_letter_names_those_before_and_after_it(with_letters: Run) -> None:
    assert (letters(with_letters, "second")["before"], letters(with_letters, "second")["after"]) == (
        "first",
        "third",
    )
    assert (letters(with_letters, "other")["before"], letters(with_letters, "undated")["after"]) == (
        None,
        None,
    )


def test_replies_and_enclosures_are_known_from_both_sides(with_letters: Run) -> None:
    with_letters("edit", "second", "--replies-to", "first", "--enclose", "other")
    assert letters(with_letters, "first")["replies"] == ["second"]
    assert letters(with_letters, "other")["enclosed_in"] == ["second"]
    shown = with_letters("show", "second").stdout
    assert "Reply to" in shown
    assert "Next letter" in shown
    with_letters("remove", "first", "other", "--yes")
    assert letters(with_letters, "second")["replies_to"] is None
    assert json.loads(with_letters("show", "second", "--json").stdout)["encloses"] == []


@pytest.mark.usefixtures("with_letter")
@pytest.mark.parametrize("reference", ["x", "", "-1", "1-2", "1.0"])
def test_what_is_no_number_of_a_quote_is_not_shown(archive: Archive, reference: str) -> None:
    with pytest.raises(UnreadableReferenceError):
        show_quote(archive, reference)


@pytest.mark.usefixtures("with_letter")
@pytest.mark.parametrize("reference", ["0", "3", "99999999"])
def test_a_quote_that_there_is_not_is_not_shown(archive: Archive, reference: str) -> None:
    with pytest.raises(QuoteNotFoundError):
        show_quote(archive, reference)


@pytest.mark.usefixtures("with_letter")
def test_a_page_knows_who_passes_on_what(archive: Archive) -> None:
    quote, page = show_quote(archive, "last")
    assert (quote.id, page.relay(quote)) == (2, ("Ruhollah Khomeini", "Hashem Khastar"))
    assert [each.id for each in page.inner(page.quotes[0])] == [2]
    assert page.inner(quote) == ()


@pytest.mark.usefixtures("with_letter")
def test_a_selection_has_the_quotes_around_what_was_chosen(archive: Archive) -> None:
    (chosen,) = selections(archive, parse("speaker:khomeini").query)
    assert ([each.id for each in chosen.quotes], [each.id for each in chosen.enclosing]) == ([2], [1])
    (whole,) = selections(archive, parse("").query)
    assert ([each.id for each in whole.quotes], whole.enclosing) == ([1, 2], ())
    assert list(selections(archive, parse("topic:nothing").query)) == []


def test_documents_without_quotes_are_in_a_selection_of_everything_alone(with_letter: Run, archive: Archive) -> None:
    with_letter("add", "-", "--title", "Other", stdin="Nobody said a word.")
    everything, some = parse("").query, parse("knife").query
    assert [each.document.id for each in selections(archive, everything)] == [1]
    assert [each.document.id for each in selections(archive, everything, with_unquoted=True)] == [1, 2]
    assert [each.document.id for each in selections(archive, some, with_unquoted=True)] == [1]


def test_speakers_and_topics_are_found_by_parts_of_their_names(with_letter: Run, archive: Archive) -> None:
    with_letter("edit", "2", "--topic", "Prison/food")
    assert [each.speaker.name for each in list_speakers(archive, "KHAST hash")] == ["Hashem Khastar"]
    assert list_speakers(archive, "khast ruhollah") == []
    assert [each.path for each in list_topics(archive, "prison food")] == []
    assert [each.path for each in list_topics(archive, "FOOD")] == ["Prison", "Prison/food"]
