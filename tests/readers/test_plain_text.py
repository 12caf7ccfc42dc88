import pytest

from quotearchive.readers import Extracted, Metadata, read


def fields(text: str) -> Metadata:
    return read(text.encode(), name="some-file.txt").metadata


def test_the_real_letter_tells_what_it_is(letter: str) -> None:
    reading = read(letter.encode(), name="khastar-open-letter.txt")
    assert reading.metadata == Metadata(
        kind="article",
        title="Iran: Political prisoner Hashem Khaster pens open letter, calls for Khamenei to resign",
        date="2021-02-12",
        date_words="February 12, 2021",
        place="Iran",
        publisher="PMOI/MEK",
        language="en",
    )
    assert Extracted("publisher", "PMOI/MEK", 8, "Reporting by PMOI/MEK") in reading.extracted
    assert Extracted("date", "2021-02-12", 10, "Iran, February 12, 2021") in reading.extracted
    assert reading.text == letter


@pytest.mark.parametrize(
    ("opening", "place", "date", "publisher"),
    [
        ("PARIS, 12 February 2021 — The", "PARIS", "2021-02-12", None),
        ("LONDON (Reuters) - The", "LONDON", None, "Reuters"),
        ("TEHRAN, Iran, Feb. 12, 2021 (AP) — The", "TEHRAN, Iran", "2021-02-12", "AP"),
        ("Genf, 12. März 1943 – Die", "Genf", "1943-03-12", None),
        ("تهران، ۲۴ بهمن ۱۳۹۹ — در", "تهران", "2021-02-12", None),
        ("He said — and I agree — no.", None, None, None),
        ("In March 1943 – as they say – the", None, None, None),
        ("March 1943 — a", None, None, None),
    ],
)
def test_a_dateline_opens_a_report(opening: str, place: str | None, date: str | None, publisher: str | None) -> None:
    found = fields(f"The heading\n\n{opening} rest of the paragraph.\n")
    assert (found.place, found.date, found.publisher) == (place, date, publisher)
    assert found.kind == ("article" if place else "other")


@pytest.mark.parametrize(
    ("line", "authors", "publisher"),
    [
        ("By Jane Doe", ("Jane Doe",), None),
        ("By Jane Doe and John Roe", ("Jane Doe", "John Roe"), None),
        ("Von Anna Müller", ("Anna Müller",), None),
        ("Reporting by PMOI/MEK", (), "PMOI/MEK"),
        ("By BBC News", (), "BBC News"),
        ("Source: Reuters", (), "Reuters"),
        ("By the rivers of Babylon", (), None),
        ("Von hier an blind", (), None),
    ],
)
def test_a_byline_names_people_or_a_publisher(line: str, authors: tuple[str, ...], publisher: str | None) -> None:
    found = fields(f"The heading\n\n{line}\n\nThe words.\n")
    assert (found.authors, found.publisher) == (authors, publisher)


def test_a_byline_with_a_date_makes_an_article() -> None:
    found = fields("The heading\n\nBy Jane Doe\nPublished on 12 February 2021\n\nThe words.\n")
    assert (found.kind, found.date) == ("article", "2021-02-12")


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


def test_a_date_that_can_mean_two_days_is_not_taken() -> None:
    assert fields("The heading\n\n03/04/2021\n\nThe words.\n").date is None


def test_a_line_end_of_any_system_counts_as_one() -> None:
    taken = read(b"728 x 90\r\n\r\nOn liberty\r\n", name="a.txt").extracted
    assert Extracted("title", "On liberty", 3, "On liberty") in taken
