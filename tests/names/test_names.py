"""The form in which two spellings of a name are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.names import key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hāshem  KHASTAR", "hashem khastar"),
        ("Ja'far Panahi", "Jafar Panahi"),
        ("Reuters, Ltd.", "reuters ltd"),
        ("علي", "علی"),
    ],
)
def test_case_accents_and_marks_do_not_count(one: str, other: str) -> None:
    assert key(one) == key(other)


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert key(key(name)) == key(name)
