"""Passages that become quotes."""

import pytest

from quotearchive.archive.archive import Archive
from quotearchive.archive.errors import NoPassageError
from quotearchive.archive.quotes import Wording, quote
from quotearchive.model import Change

CHANGE = Change(when="2026-02-01T10:00:00Z")


@pytest.mark.usefixtures("with_letter")
def test_a_quote_without_words_is_refused(archive: Archive) -> None:
    with pytest.raises(NoPassageError):
        quote(archive, "khaster", Wording(), {}, change=CHANGE)
