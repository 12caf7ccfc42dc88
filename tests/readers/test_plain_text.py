import pytest

from quotearchive.readers import Extracted, read
from tests.readers.metadata import fields


def test_the_real_letter_tells_what_it_is(letter: str) -> None:
    reading = read(letter.encode(), name="khastar-open-letter.txt")
    assert reading.metadata == {
        "kind": "article",
        "title": "Iran: Political prisoner Hashem Khaster pens open letter, calls for Khamenei to resign",
        "date": "2021-02-12",
        "date_words": "February 12, 2021",
        "place": "Iran",
        "publisher": "PMOI/MEK",
        "language": "en",
    }
    assert Extracted("publisher", "PMOI/MEK", 8, "Reporting by PMOI/MEK") in reading.extracted
    assert Extracted("date", "2021-02-12", 10, "Iran, February 12, 2021") in reading.extracted
    assert reading.text == letter


@pytest.mark.parametrize(
    "above",
    [
        "728 x 90\n",
        "Advertisement\n\nShare\n",
        "https://example.org/a\n",
        "12 February 2021\n",
        "***\n---\n",
        "A caption\nA caption\n",
        "\n" * 500,
        "By Jane Doe\n",
    ],
)
def test_the_title_is_the_first_sensible_line(above: str) -> None:
    assert fields(f"{above}\nOn liberty\n\nThe struggle between liberty and authority.\n").title == "On liberty"


def test_a_paragraph_is_no_title() -> None:
    assert fields("words " * 100 + "\n").title == "some-file"


def test_a_line_end_of_any_system_counts_as_one() -> None:
    taken = read(b"728 x 90\r\n\r\nOn liberty\r\n", name="a.txt").extracted
    assert Extracted("title", "On liberty", 3, "On liberty") in taken
