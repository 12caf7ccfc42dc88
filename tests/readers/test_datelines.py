"""Datelines and bylines."""

import pytest

from tests.readers.metadata import fields


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


def test_a_date_that_can_mean_two_days_is_not_taken() -> None:
    assert fields("The heading\n\n03/04/2021\n\nThe words.\n").date is None
