import pytest
from compressed_rtf import compress

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.extracts import Options
from quotearchive.readers.mail.outlook import extract, rtf_rows
from quotearchive.readers.mail.parts import Parts
from tests.conftest import DATA
from tests.readers.mails import read_mail

#: A message that Outlook saved, from the tests of Apache Tika (Apache-2.0).
MESSAGE = DATA / "letter-of-outlook.msg"


def test_a_message_of_outlook_is_a_letter() -> None:
    found = read_mail(MESSAGE.read_bytes(), "a.msg")
    assert found.metadata["kind"] == "letter"
    assert found.metadata["title"] == "MIME registry use cases"
    assert found.metadata["authors"] == ("Jukka Zitting",)
    assert found.metadata["recipients"] == ("tika-dev@lucene.apache.org",)
    assert found.metadata["date"] == "2009-01-29"
    assert "please\nlet me know about your use cases" in found.text
    assert found.text.startswith("From: Jukka Zitting <jukka.zitting@gmail.com>\n")


@pytest.mark.parametrize("cut", [0, 8, 600, 5_000, 15_000])
def test_a_damaged_message_is_refused_or_read_but_nothing_fails(cut: int) -> None:
    content = MESSAGE.read_bytes()[:cut] + b"\xff" * 2_000
    try:
        texts = [each.text for each in extract(content, "a.msg", Options())]
    except QuoteArchiveError:
        texts = ["refused"]
    assert all(texts)


@pytest.mark.parametrize(
    ("packed", "lines"),
    [
        (compress(rb"{\rtf1\ansi Who signed?\par The deputy.}"), ["Who signed?", "The deputy."]),
        (compress(rb"{\rtf1\ansi Who signed?}", False), ["Who signed?"]),  # noqa: FBT003 - the library's own form
        (compress(rb"{\rtf1\ansi Who signed?}")[:-4], []),
        (b"\0" * 20, []),
    ],
)
def test_words_in_rtf_are_unpacked_and_damage_is_told(packed: bytes, lines: list[str]) -> None:
    parts = Parts([], [], [])
    assert [row.words for row in rtf_rows(packed, parts) if row.words] == lines
    assert bool(parts.remarks) == (not lines)


def test_half_a_message_is_refused() -> None:
    with pytest.raises(QuoteArchiveError, match="damaged"):
        list(extract(MESSAGE.read_bytes()[:9_000], "a.msg", Options()))
