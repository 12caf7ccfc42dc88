"""What programs write where an author or a title should be."""

import pytest

from quotearchive.readers.placeholders import is_no_title, is_nobody


@pytest.mark.parametrize("name", ["", "user", "Microsoft Office User", "Owner 1", "python-docx", "Canon iR-ADV", "N/A"])
def test_what_names_nobody_is_known(name: str) -> None:
    assert is_nobody(name)


@pytest.mark.parametrize("name", ["Jane Doe", "Brother John", "Omid Rahimi", "A. Guest-Smith"])
def test_people_are_somebody(name: str) -> None:
    assert not is_nobody(name)


@pytest.mark.parametrize("title", ["Microsoft Word - x.doc", "untitled", "Document1", "letter.docx", "Titel"])
def test_what_is_no_title_is_known(title: str) -> None:
    assert is_no_title(title)


def test_titles_are_titles() -> None:
    assert not is_no_title("On liberty")
    assert not is_no_title("The title of nobility")


def test_a_value_made_to_keep_readers_busy_is_judged_at_once() -> None:
    assert not is_nobody(" -_" * 60_000 + "x")
    assert not is_no_title("title" + "-_ " * 60_000 + "x")
