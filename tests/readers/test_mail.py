import binascii
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers import Reading
from tests.readers.mails import HEADER, body, read_mail, read_mails, refused, sections


def values(reading: Reading, field: str) -> list[str]:
    return [each.value for each in reading.extracted if each.field == field]


def letter(**fields: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {"From": "Omid Rahimi <omid@example.org>", "Subject": "The list", **fields}.items():
        message[name.replace("_", "-")] = value
    return message


def test_an_email_is_a_letter() -> None:
    found = body("The guards took the list from us on Friday, and nobody told the families of it.")
    assert found.metadata == {
        "title": "The list",
        "kind": "letter",
        "authors": ("Omid Rahimi",),
        "recipients": ("Leyla Azadi",),
        "date": "2021-03-01",
        "date_words": "Mon, 1 Mar 2021 23:40:00 +0330",
        "language": "en",
    }
    assert {each.source for each in found.extracted if each.field in {"date", "authors"}} == {
        "header Date",
        "header From",
    }


def test_its_text_begins_as_a_printed_email_does() -> None:
    assert body("Thanks!").text == (
        "From: Omid Rahimi <omid@example.org>\nTo: Leyla Azadi <leyla@example.net>\n"
        "Date: Mon, 1 Mar 2021 23:40:00 +0330\nSubject: The list\n\nThanks!"
    )


def test_its_segments_lead_back_to_the_message() -> None:
    message, header, own = body("Thanks!", header=f"{HEADER}In-Reply-To: <m0@example.net>\n").segments
    assert (message.start, message.label, message.ref) == (0, "message of 2021-03-01 23:40 +03:30", "<m1@example.org>")
    assert (header.start, header.label, header.ref) == (0, "header", "<m0@example.net>")
    assert own.label == "Omid Rahimi"


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("=?utf-8?b?2YTbjNmE2Kcg2KLYstin2K/bjA==?= <leyla@example.net>", ["لیلا آزادی"]),
        ("=?iso-8859-1?q?J=F6rg_M=FCller?= <j@example.org>", ["Jörg Müller"]),
        ('"=?utf-8?q?J=C3=B6rg?= Müller" <j@example.org>', ["Jörg Müller"]),
        ("لیلا آزادی <leyla@example.net>", ["لیلا آزادی"]),
        ('"Rahimi, Omid" <omid@example.org>', ["Rahimi, Omid"]),
        ("'Omid Rahimi' <omid@example.org>", ["Omid Rahimi"]),
        ("omid@example.org", ["omid@example.org"]),
        ("omid@example.org (Omid Rahimi)", ["Omid Rahimi"]),
        ("omid@example.org <omid@example.org>", ["omid@example.org"]),
        ("A <a@example.org>,\n B <b@example.org>", ["A", "B"]),
        ("=?unknown?q?Omid?= <omid@example.org>", ["Omid"]),
        ("Omid Rahimi", ["Omid Rahimi"]),
    ],
)
def test_the_sender_is_named(field: str, names: list[str]) -> None:
    assert values(read_mail(f"From: {field}\nTo: a@example.org\n\nHello."), "authors") == names


def test_raw_bytes_in_a_header_are_letters() -> None:
    assert read_mail("From: a@example.org\nSubject: Grüße aus Köln\n\nHello.".encode("latin-1")).metadata["title"] == (
        "Grüße aus Köln"
    )


def test_a_name_that_a_list_put_itself_into_is_the_writers() -> None:
    lines = "From: Omid Rahimi via Letters <letters@lists.example>\nList-Id: The letters <letters.lists.example>\n"
    found = read_mail(f"{lines}Subject: A\n\nHello.")
    assert found.metadata["authors"] == ("Omid Rahimi",)
    assert found.metadata["publisher"] == "The letters"


def test_all_who_were_addressed_are_recipients() -> None:
    found = read_mail(
        "From: a@example.org\nTo: B <b@example.org>\nCc: C <c@example.org>\nBcc: D <d@example.org>\n\nHi."
    )
    assert values(found, "recipients") == ["B", "C", "D"]
    assert [each.source for each in found.extracted if each.field == "recipients"][-1] == "header Bcc"


def test_nobody_is_addressed_by_undisclosed_recipients() -> None:
    assert values(read_mail("From: a@example.org\nTo: undisclosed-recipients:;\n\nHi."), "recipients") == []


@pytest.mark.parametrize(
    ("field", "day", "label"),
    [
        ("Mon, 1 Mar 2021 23:40:00 +0330", "2021-03-01", "message of 2021-03-01 23:40 +03:30"),
        ("Tue, 02 Mar 2021 00:10:00 -0000", "2021-03-02", "message of 2021-03-02 00:10 -00:00"),
        ("1 Mar 21 23:40 EST", "2021-03-01", "message of 2021-03-01 23:40 -05:00"),
        ("2025-07-29T12:42:06.000Z", "2025-07-29", "message of 2025-07-29 12:42 +00:00"),
        ("Mon, 1 Mar 2021 23:40:00 +0330 (IRST)", "2021-03-01", "message of 2021-03-01 23:40 +03:30"),
        ("1. März 2021", "2021-03-01", "message of 2021-03-01"),
    ],
)
def test_the_date_is_the_day_by_the_senders_clock(field: str, day: str, label: str) -> None:
    found = read_mail(f"From: a@example.org\nDate: {field}\n\nHi.")
    assert (found.metadata["date"], found.metadata["date_words"]) == (day, field)
    assert found.segments[0].label == label


@pytest.mark.parametrize(
    "field", ["Tue, 31 Feb 2021 00:10:00 +0000", "Thu, 1 Jan 1970 00:00:00 +0000", "yesterday", "0000-00-00T00:00:00Z"]
)
def test_an_impossible_date_is_told_and_not_taken(field: str) -> None:
    found = read_mail(f"From: a@example.org\nDate: {field}\n\nHi.")
    assert "date" not in found.metadata
    assert any(field in remark for remark in found.remarks)


def test_without_a_date_the_servers_is_a_guess() -> None:
    found = read_mail("Received: from x by y; Tue, 2 Mar 2021 01:00:00 +0100\nFrom: a@example.org\n\nHi.")
    (guess,) = [each for each in found.extracted if each.field == "date"]
    assert (guess.value, guess.is_guess) == ("2021-03-02", True)
    assert "date" not in found.metadata


def test_clocks_that_differ_by_days_are_told() -> None:
    received = "Received: from x by y; Fri, 2 Apr 2021 01:00:00 +0100\n"
    assert any("a clock was wrong" in remark for remark in read_mail(f"{received}{HEADER}\nHi.").remarks)


def test_without_a_subject_the_sender_is_the_title() -> None:
    assert read_mail("From: Omid <o@example.org>\nDate: 1 Mar 2021 10:00 +0000\n\nHi.").metadata["title"] == (
        "E-mail from Omid, 2021-03-01"
    )


def test_what_it_answers_is_named_nearest_first() -> None:
    found = read_mail(f"{HEADER}In-Reply-To: <c@x>\nReferences: <a@x> <b@x>\n <c@x>\n\nHi.")
    assert (found.key, found.answers) == ("<m1@example.org>", ("<c@x>", "<b@x>", "<a@x>"))


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("utf-8", "utf-8"), ("iso-8859-1", "utf-8"), ("us-ascii", "utf-8"), ("nonsense", "utf-8"), ("utf-8", "cp1252")],
)
def test_words_are_read_whatever_their_encoding_is_called(charset: str, encoding: str) -> None:
    words = "Für die Häftlinge und ihre Familien, die nicht wissen, wo sie sind: wir haben die Liste."
    content = f"{HEADER}Content-Type: text/plain; charset={charset}\n\n{words}".encode(encoding)
    assert read_mail(content).text.endswith(words)


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_words_are_read_whatever_was_put_on_them(encoding: str) -> None:
    message = letter()
    message.set_content("آزادی و عدالت" + " for all" * 20, cte=encoding)
    assert "آزادی و عدالت for all" in read_mail(message.as_bytes(policy=SMTP)).text


def test_lines_that_a_program_broke_are_joined() -> None:
    found = body("A sentence that \nwas broken.\n-- \nOmid", content_type="text/plain; format=flowed")
    assert [words for _, words in sections(found)] == ["A sentence that was broken.", "-- \nOmid"]


def test_of_two_forms_the_plain_one_is_its_words() -> None:
    message = letter()
    message.set_content("The plain words.")
    message.add_alternative("<p>The <b>rich</b> words.</p>", subtype="html")
    found = read_mail(bytes(message))
    assert "plain" in found.text
    assert "rich" not in found.text


@pytest.mark.parametrize("plain", ["", "Your mail program does not support HTML."])
def test_a_plain_form_without_words_gives_way_to_the_other(plain: str) -> None:
    message = letter()
    message.set_content(plain)
    message.add_alternative("<p>The <b>rich</b> words.</p>", subtype="html")
    found = read_mail(bytes(message))
    assert found.text.endswith("The rich words.")
    assert any("HTML" in remark for remark in found.remarks)


def test_what_was_sent_with_it_are_documents_that_it_encloses() -> None:
    message = letter()
    message.set_content("See below.")
    message.add_attachment("The names of the families.", filename="names.txt")
    inner = letter(From="Leyla <l@example.net>", Subject="The order")
    inner.set_content("From that day on.")
    message.add_attachment(inner)
    first, names, order = read_mails(bytes(message))
    assert (first.enclosed_in, names.enclosed_in, order.enclosed_in) == (None, 0, 0)
    assert (names.original.member, order.original.member) == ("names.txt", "The order.eml")
    assert order.text.endswith("From that day on.")


def test_pictures_are_told_and_fail_nothing() -> None:
    message = letter()
    message.set_content("See the picture.")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="order.png")
    content = bytes(message)
    assert "order.png" in " ".join(read_mail(content).remarks)
    assert refused(content) == []


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("multipart/encrypted; boundary=a", "encrypted"),
        ("application/pkcs7-mime; smime-type=enveloped-data", "encrypted"),
        ("application/ms-tnef", "winmail.dat"),
    ],
)
def test_words_that_are_hidden_are_told(kind: str, told: str) -> None:
    assert told in " ".join(body("MIAGCSqGSIb3DQEHA6CAMIACAQAxggE=", content_type=kind).remarks)


def test_a_signed_text_is_read_without_its_armour() -> None:
    found = body(
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nThe words.\n- -- \nOmid\n"
        "-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----\n"
    )
    assert sections(found) == [("Omid Rahimi", "The words."), ("signature", "-- \nOmid")]


def test_a_file_that_is_written_out_is_one_that_was_sent_with_it() -> None:
    written = binascii.b2a_uu(b"The names of the families.").decode()
    first, note = read_mails(f"{HEADER}\nBelow.\n\nbegin 644 note.txt\n{written}`\nend\n")
    assert "begin" not in first.text
    assert note.original.member == "note.txt"


def test_a_message_without_words_is_a_letter_all_the_same() -> None:
    assert "no words" in read_mail(f"{HEADER}\n").remarks[0]


def test_what_no_program_counts_is_no_email() -> None:
    with pytest.raises(QuoteArchiveError, match="no e-mail"):
        read_mail("X-Nothing: a\nX-Other: b\n\nHello.")


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n".encode() + b"\0hello\0" * 100,
        HEADER.encode(),
        f"To: {'(' * 20_000}\n{HEADER}\nhello".encode(),
        f"{HEADER}References: {'<a@b> ' * 20_000}\n\nhello".encode(),
        HEADER.encode() + b"Content-Type: message/rfc822\n\n" * 3_000 + b"\nhello",
        HEADER.encode() + b"".join(b"X-%d: a\n" % number for number in range(20_000)) + b"\nhello",
        f"{HEADER}\n{'>' * 100_000}hello".encode(),
        f"{HEADER}Content-Type: text/html\n\n{'<blockquote type=cite>' * 5_000}hello".encode(),
        f"{HEADER}Content-Type: multipart/mixed\n\nhello".encode(),
    ],
)
def test_hostile_messages_are_read(content: bytes) -> None:
    assert read_mail(content).metadata["title"] == "The list"


@pytest.mark.parametrize(
    "content",
    [
        HEADER.encode() + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 300_000,
        HEADER.encode()
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(3_000)),
    ],
)
def test_more_parts_than_anybody_sends_are_refused(content: bytes) -> None:
    with pytest.raises(QuoteArchiveError, match="parts"):
        read_mail(content)
