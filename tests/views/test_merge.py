"""Merges as Rich renderables."""

import pytest

from quotearchive.archive.merge import Merged
from quotearchive.views.merge import summary


@pytest.mark.parametrize(
    ("merged", "done", "rehearsed"),
    [
        (
            Merged(documents=1, quotes=1200, changed=2),
            "Added 1 document, 1,200 quotes; filled in 2 records.",
            "Would have added 1 document, 1,200 quotes; filled in 2 records.",
        ),
        (Merged(changed=1), "Filled in 1 record.", "Would have filled in 1 record."),
        (Merged(), "Nothing was added or changed.", "Nothing to add or change."),
    ],
)
def test_a_merge_is_summed_up(merged: Merged, done: str, rehearsed: str) -> None:
    assert (summary(merged), summary(merged, is_dry_run=True)) == (done, rehearsed)
