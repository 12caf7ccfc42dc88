"""Quotations in languages other than English, written for this test; English is measured on gold news elsewhere.

The figures stand in the message of a failure, and in the report of `pytest --junit-xml`.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotearchive.detection import Candidate, detect

GOLD = Path(__file__).parent / "gold"
#: Least share of the quotations found, with the right mention, and with the right full name.
FLOORS = (0.95, 0.85, 0.85)


def trimmed(words: str | None) -> str:
    """Fold what does not matter: case, blanks and the last sign."""
    return (words or "").strip(" .,\xa0").lower()


def judge(quote: dict[str, Any], found: list[Candidate]) -> tuple[bool, bool, bool]:
    """Check whether a quotation was found, with its mention, with its speaker."""
    one = next((one for one in found if trimmed(one.exact) == trimmed(quote["exact"])), None)
    if one is None or one.confidence < 0.5:
        return False, False, False
    mention, speaker = trimmed(one.mention), trimmed(one.speaker)
    is_mention = bool(mention) and (mention in trimmed(quote["mention"]) or trimmed(quote["mention"]) in mention)
    return True, is_mention, trimmed(quote["speaker"]) in speaker if quote["speaker"] else not speaker


@pytest.mark.parametrize("code", ["fr", "de", "es", "fa", "ar"])
def test_quotations_of_other_languages_are_found_with_their_speakers(
    code: str, record_property: Callable[[str, object], None]
) -> None:
    records = [json.loads(line) for line in (GOLD / f"{code}.jsonl").read_text(encoding="utf-8").splitlines()]
    judged = [
        judge(quote, found)
        for record in records
        for found in [detect(record["text"], code)]
        for quote in record["quotes"]
    ]
    shares = [sum(column) / len(judged) for column in zip(*judged, strict=True)]
    report = f"{code}: {len(judged)} quotations; found, mention, full name: " + ", ".join(
        f"{one:.0%}" for one in shares
    )
    record_property("figures", report)
    assert len(judged) >= 30
    assert all(share >= floor for share, floor in zip(shares, FLOORS, strict=True)), report
