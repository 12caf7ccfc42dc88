"""The verification and the repair of an archive as Rich renderables."""

import msgspec
import pytest

from quotearchive.anchoring.checks import DocumentCheck, State, Verification
from quotearchive.anchoring.comparison import Difference
from quotearchive.views.verification import difference, repair, report, sum_up

from .samples import REPAIR, VERIFICATION, screen

NOTHING = Verification(quotes=(), documents=(), problems=())


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (NOTHING, ("none", "none", "none", "none", "none")),
        (
            VERIFICATION,
            (
                "1 exact, 2 changed, 1 could not be checked",
                "1 same, 1 changed",
                "1 gone, 1 outside",
                "1 changed, 1 not kept",
                "1",
            ),
        ),
        (
            msgspec.structs.replace(NOTHING, is_sealed=False),
            ("none", "none", "none", "none", "unknown, because no change has sealed the archive yet"),
        ),
    ],
)
def test_a_verification_is_summed_up(found: Verification, expected: tuple[str, ...]) -> None:
    assert sum_up(found) == "Quotes: {}. Texts: {}. Sources: {}. Originals: {}. Manual edits: {}.".format(*expected)


def test_only_what_is_not_as_it_was_is_listed() -> None:
    lines = screen(report(VERIFICATION), 200).splitlines()
    assert [line.split()[0] for line in lines[2:5]] == ["2", "3", "4"]
    assert screen(report(NOTHING), 200).count("\n") == 1


def test_of_many_sources_that_were_not_opened_some_are_named() -> None:
    checks = [
        DocumentCheck(id=number, slug=f"letter-{number}", text=State.SAME, source=State.OUTSIDE) for number in range(7)
    ]
    shown = screen(report(msgspec.structs.replace(NOTHING, documents=tuple(checks))), 300)
    assert "Sources not opened: 7 (letter-0, letter-1, letter-2, letter-3, letter-4, …)." in shown


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a", "b", "“a” in the quote, “b” in the document"),
        ("a", "", "“a” is only in the quote"),
        ("", "b", "“b” is only in the document"),
        ("a" * 121, "b" * 120, f"“{'a' * 120}…” in the quote, “{'b' * 120}” in the document"),
    ],
)
def test_a_difference_is_told_with_the_words_of_both(old: str, new: str, expected: str) -> None:
    assert difference(Difference(old=old, new=new, old_start=0, new_start=0)) == expected


def test_a_repair_tells_where_everything_comes_from() -> None:
    lines = screen(repair(REPAIR), 300).splitlines()
    assert lines[:4] == [
        "From the backup: quotes 1–3.",
        "From the damaged file: document 5.",
        "No longer in the damaged file: quote 9.",
        "Duplicate number: record 4 of quotes; the second becomes 10.",
    ]
    assert lines[4].startswith("Recovered in part: record 6 of quotes: a field was cut off: He said [sic]")
    assert lines[5] == "Lost: line 12: it is not JSON: {[/x]"


def test_a_repair_that_loses_nothing_says_so() -> None:
    nothing = msgspec.structs.replace(
        REPAIR, recovered=(), added={}, removed={}, renumbered=(), mended=(), lost=(), spared=None
    )
    assert screen(repair(nothing), 200) == (
        "Every record can be read; only the end of the file, or its form, is damaged.\n"
    )
    assert screen(repair(msgspec.structs.replace(nothing, is_backup=True)), 200).startswith("The whole backup will be")
