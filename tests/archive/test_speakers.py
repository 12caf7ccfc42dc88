"""Records of speakers."""

import json

import pytest

from tests.cli.conftest import Run


def test_a_speaker_is_added_once(with_letter: Run) -> None:
    assert with_letter("speakers", "add", "Ann Lee").exit_code == 0
    again = with_letter("speakers", "add", "ann lee")
    assert (again.exit_code, "Ann Lee" in again.stderr) == (1, True)


def test_a_name_that_a_speaker_does_not_have_can_not_be_dropped(with_letter: Run) -> None:
    assert with_letter("speakers", "add", "Ann Lee").exit_code == 0
    assert with_letter("speakers", "alias", "Ann Lee", "A. Lee").exit_code == 0
    assert with_letter("speakers", "alias", "Ann Lee", "--drop", "Nobody").exit_code == 1
    assert json.loads(with_letter("speakers", "show", "Ann Lee", "--json").stdout)["aliases"] == ["A. Lee"]


@pytest.mark.parametrize("field", ["role", "note"])
def test_of_two_values_the_one_of_the_speaker_who_stays_stays_and_the_other_is_named(
    with_letter: Run, field: str
) -> None:
    for name, value in (("Ann Lee", "teacher"), ("A. Lee", "writer")):
        assert with_letter("speakers", "add", name).exit_code == 0
        assert with_letter("speakers", "edit", name, f"--{field}", value).exit_code == 0
    merged = with_letter("speakers", "merge", "A. Lee", "--into", "Ann Lee")
    assert "writer" in merged.stderr + merged.stdout
    assert json.loads(with_letter("speakers", "show", "Ann Lee", "--json").stdout)[field] == "teacher"
