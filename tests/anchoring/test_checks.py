"""Verifying quotes against their document."""

import pytest

from quotearchive.anchoring.checks import DocumentCheck, QuoteCheck, State, Verdict, Verification, check_quote
from quotearchive.anchoring.location import take
from quotearchive.model import Document, Original, Quote

TEXT = "We will stay here. Nobody asked us. They left at once."


def checked(start: int, end: int, text: str) -> QuoteCheck:
    quote = Quote(id=1, document=1, passages=(take(TEXT, start, end),))
    return check_quote(quote, Document(slug="letter", title="A letter", text=text))


def test_exact_words_that_were_recognised_in_a_picture_are_told_apart() -> None:
    original = Original(sha256="ab", name="scan.png", size=1, media_type="image/png", reader="ocr", recognised=True)
    scan = Document(slug="scan", title="A scan", text=TEXT, original=original)
    check = check_quote(Quote(id=1, document=1, passages=(take(TEXT, 0, 7),)), scan)
    assert check.outcome is Verdict.RECOGNISED
    found = Verification(quotes=(check,), documents=(), problems=())
    assert not found.has_failed(strict=True)


@pytest.mark.parametrize(
    ("text", "outcome", "places"),
    [
        (TEXT, Verdict.EXACT, ()),
        (f"News. {TEXT}", Verdict.CHANGED, ((25, 41),)),
        (TEXT.replace("asked", "told"), Verdict.CHANGED, ((19, 34),)),
        ("Nothing of it.", Verdict.MISSING, ()),
    ],
)
def test_a_quote_is_exact_changed_or_missing(text: str, outcome: Verdict, places: tuple[tuple[int, int], ...]) -> None:
    check = checked(19, 35, text)
    assert (check.outcome, check.places) == (outcome, places)


def test_a_quote_whose_document_is_gone_is_unchecked() -> None:
    check = check_quote(Quote(id=1, document=7, passages=(take(TEXT, 0, 7),)), None)
    assert (check.outcome, check.document) == (Verdict.UNCHECKED, "7")


def test_a_quote_without_passages_is_missing() -> None:
    quote = Quote(id=1, document=1, passages=())
    assert check_quote(quote, Document(slug="a", title="A", text=TEXT)).outcome is Verdict.MISSING


@pytest.mark.parametrize(
    ("outcome", "state", "has_failed", "has_failed_strictly"),
    [
        (Verdict.EXACT, State.SAME, False, False),
        (Verdict.CHANGED, State.SAME, True, True),
        (Verdict.MISSING, State.SAME, True, True),
        (Verdict.EXACT, State.CHANGED, True, True),
        (Verdict.UNCHECKED, State.SAME, False, True),
        (Verdict.EXACT, State.GONE, False, True),
        (Verdict.EXACT, State.UNKNOWN, False, False),
    ],
)
def test_what_differs_fails_and_strictly_what_could_not_be_checked(
    outcome: Verdict, state: State, *, has_failed: bool, has_failed_strictly: bool
) -> None:
    verification = Verification(
        quotes=(QuoteCheck(id=1, document="a", outcome=outcome),),
        documents=(DocumentCheck(id=1, slug="a", text=State.SAME, source=state),),
        problems=(),
    )
    assert verification.has_failed() == has_failed
    assert verification.has_failed(strict=True) == has_failed_strictly
