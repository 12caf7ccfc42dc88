"""Speakers as reports show them, and who may be one with whom."""

import json

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def with_spellings(with_letter: Run) -> Run:
    """Run commands on an archive where one man stands under three names."""
    with_letter("quote", "khaster", "Comparing the mullahs’ regime", "--speaker", "Hashem Khaster")
    with_letter("quote", "khaster", "resign immediately", "--speaker", "هاشم خواستار", "--to", "Ali Khamenei")
    return with_letter


def test_doubles_are_proposed_with_their_evidence(with_spellings: Run) -> None:
    pairs = json.loads(with_spellings("speakers", "duplicates", "--json").stdout)
    found = {frozenset((pair["one"]["name"], pair["other"]["name"])) for pair in pairs}
    assert frozenset(("Hashem Khastar", "Hashem Khaster")) in found
    assert frozenset(("Hashem Khastar", "هاشم خواستار")) in found
    assert all(pair["documents"] for pair in pairs)
    assert "speakers merge" in with_spellings("speakers", "duplicates").stdout


def test_a_former_name_of_a_command_still_works(with_spellings: Run) -> None:
    assert with_spellings("speakers", "doubles").stdout == with_spellings("speakers", "duplicates").stdout
