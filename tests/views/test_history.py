"""The history as renderables."""

import pytest

from quotearchive.store.history import HistoryEntry, OldValues, RecordedChange
from quotearchive.views.history import deeds, history_table, named

from .samples import PASTS, column, screen


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([1], "quote 1"), ([2, 1], "quotes 1, 2"), ([3, 1, 2], "quotes 1–3"), ([1, 2, 4, 5, 6], "quotes 1, 2, 4–6")],
)
def test_runs_of_three_numbers_are_ranges(numbers: list[int], expected: str) -> None:
    assert named("quotes", numbers) == expected


def test_records_of_other_tables_go_by_the_table() -> None:
    assert named("letters", [1]) == "record of letters 1"


def test_the_archives_own_record_is_how_it_is_used() -> None:
    assert named("archive", [1]) == "how the archive is used"


def test_a_change_tells_all_that_it_did() -> None:
    change = RecordedChange(
        when="",
        added={"topics": (1,)},
        changed={"quotes": {"2": OldValues()}},
        removed={"documents": {"3": OldValues()}},
    )
    assert deeds(change) == "added topic 1; changed quote 2; removed document 3"


def test_a_change_tells_what_it_undid_what_undid_it_and_what_it_found() -> None:
    assert column(screen(history_table(PASTS), 200), "Changes", None).splitlines()[1:] == [
        "found quote 2 edited by hand",
        "undid change 1",
        "undone by change 3",
    ]


def test_times_are_as_people_write_them() -> None:
    assert column(
        screen(history_table([HistoryEntry(change=RecordedChange(when="2026-01-02T03:04:05Z"))])), "When", "By"
    ) == ("2026-01-02 03:04:05")
