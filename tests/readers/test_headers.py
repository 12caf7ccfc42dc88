"""The header lines of e-mails."""

import pytest

from tests.readers.metadata import fields

MAIL = """From: =?utf-8?b?2YfYp9i02YU=?= <h@example.org>
To: "Roe, John" <john@example.org>, press@example.org
Date: Fri, 12 Feb 2021 23:30:00 +0330
Subject: =?utf-8?q?Caf=C3=A9?= et =?x-unknown?q?=FF?=

Words.
"""


def test_the_header_of_an_e_mail_is_decoded() -> None:
    read_fields = fields(MAIL.replace(" et =?x-unknown?q?=FF?=", ""))
    assert (read_fields.kind, read_fields.title, read_fields.date) == ("letter", "Café", "2021-02-12")
    assert (read_fields.authors, read_fields.recipients) == (("هاشم",), ("Roe, John", "press@example.org"))


def test_what_a_header_garbles_stays_as_it_is_written() -> None:
    assert "=?x-unknown?q?=FF?=" in str(fields(MAIL).title)


def test_header_lines_are_known_in_other_languages() -> None:
    read_fields = fields("Von: Erich Müller\nAn: Anna Roe\nDatum: 3. Mai 1933\nBetreff: Bücher\n\nText.\n")
    assert (read_fields.authors, read_fields.recipients) == (("Erich Müller",), ("Anna Roe",))
    assert (read_fields.date, read_fields.title) == ("1933-05-03", "Bücher")


@pytest.mark.parametrize(
    "word", ["=?utf-8ö?b?w6k=?=", "=?x-none?q?a?=", "=?utf-8?b?a?=", "=?hex?q?zz?=", "=?utf-8?q?=ff?="]
)
def test_an_encoded_word_that_cannot_be_decoded_is_left_as_it_stands(word: str) -> None:
    found = fields(f"From: {word}\nTo: Jane Doe\n\nDear Jane,\n")
    assert (len(found.authors), found.recipients) == (1, ("Jane Doe",))
