"""Changes of single fields."""

import json

import pytest

from quotearchive.archive.archive import Archive
from quotearchive.archive.edits import edit_document
from quotearchive.archive.errors import DocumentNotFoundError
from quotearchive.model import Change
from tests.cli.conftest import Run

CHANGE = Change(when="2026-02-01T10:00:00Z")


@pytest.mark.usefixtures("with_letter")
def test_a_document_that_is_gone_is_not_edited(archive: Archive) -> None:
    with pytest.raises(DocumentNotFoundError):
        edit_document(archive, 99, {"title": "Letter"}, change=CHANGE)


def test_with_its_date_a_document_loses_the_words_of_its_date(with_letter: Run) -> None:
    assert with_letter("edit", "khaster", "--date", "").exit_code == 0
    document = json.loads(with_letter("show", "khaster", "--json").stdout)
    assert (document["date"], document.get("date_words")) == (None, None)


def test_a_date_in_words_keeps_its_words(with_letter: Run) -> None:
    assert with_letter("edit", "khaster", "--date", "24 Bahman 1399").exit_code == 0
    document = json.loads(with_letter("show", "khaster", "--json").stdout)
    assert (document["date"], document["date_words"]) == ("2021-02-12", "24 Bahman 1399")
