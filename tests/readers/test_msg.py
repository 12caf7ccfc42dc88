import pytest

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers.extracts import Options
from quotearchive.readers.mail.outlook import extract
from quotearchive.readers.mail.rtf_compression import DamagedRtfError, decompress
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


def test_its_compressed_text_is_unpacked_or_refused() -> None:
    assert decompress(b"\x08\0\0\0\x04\0\0\0MELA\0\0\0\0{\\rt") == b"{\\rt"
    with pytest.raises(DamagedRtfError):
        decompress(b"\0" * 20)
    assert len(decompress(b"\0\0\0\0\xff\xff\xff\xffLZFu\0\0\0\0" + b"\xff" + b"\x00\x1f" * 8)) <= 200


def test_half_a_message_is_refused() -> None:
    with pytest.raises(QuoteArchiveError, match="damaged"):
        list(extract(MESSAGE.read_bytes()[:9_000], "a.msg", Options()))
