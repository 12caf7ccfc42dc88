"""Why a string is proposed, or doubted."""

import pytest

from quotearchive.detection import detect


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("“We will stay here,” said Ann Lee.", ("“said”", "“Ann Lee”")),
        ("Ann Lee: “We will stay here.”", ("colon", "“Ann Lee”")),
        ("Ann Lee came late. “We will stay here,” she said.", ("“she”", "Ann Lee")),
        ("“We will stay here,” he said.", ("“he”", "not named")),
        ("“We will stay here for as long as it takes.”", ("nothing nearby names a speaker",)),
        ("She was convicted of “spreading lies against the state” and left.", ("Perhaps not a quotation", "charge")),
    ],
)
def test_a_reason_names_the_evidence(text: str, parts: tuple[str, ...]) -> None:
    (one,) = detect(text)
    assert one.reason.endswith(".")
    assert [part for part in parts if part not in one.reason] == []
