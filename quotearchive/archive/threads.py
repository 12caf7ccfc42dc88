"""Letters that answer each other by the identifiers that e-mail gives them, and what was sent with a letter.

A letter's own identifier is the `ref` of its segment of the kind `message`, and what it answers that of its `header`
(`readers.mail`). So an answer finds its letter, and a letter the answers that were in the archive before it.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec

from quotearchive.model import Description
from quotearchive.readers import Reading
from quotearchive.store import Transaction

#: The time in the label of a message, without a zone that nobody knows.
_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d) ([+-]\d\d:\d\d)$")


class Read(msgspec.Struct, frozen=True):
    """A document of the archive, and what its file gave.

    Attributes:
        number: The document.
        reading: What was read.
        enclosed_in: The document that it was sent with.
        is_new: Whether it was added by this command.
    """

    number: int
    reading: Reading
    enclosed_in: int | None = None
    is_new: bool = True


class Connections(msgspec.Struct):
    """What was found out about documents.

    Attributes:
        answers: By document, the one that it answers.
        encloses: By document, those that were sent with it.
        remarks: By document, sentences for the user.
    """

    answers: dict[int, int]
    encloses: dict[int, list[int]]
    remarks: dict[int, list[str]]


def connect(transaction: Transaction, read: Sequence[Read], *, answers: bool = True) -> Mapping[int, tuple[str, ...]]:
    """Let letters answer the letters that they name, and enclose what was sent with them.

    What a document answers already, by the word of the user, stays.

    Args:
        transaction: The archive, with the documents in it.
        read: What a command read, in its order.
        answers: Whether letters are to answer others.

    Returns:
        By the numbers of documents, sentences on what is odd about their dates.
    """
    found = Connections({}, {}, {})
    for each in read:
        if each.enclosed_in is not None and each.enclosed_in != each.number:
            found.encloses.setdefault(each.enclosed_in, []).append(each.number)
    if answers and any(each.reading.key or each.reading.answers for each in read):
        _find_answered(transaction, read, found)
    for number in sorted({*found.answers, *found.encloses}):
        _put(transaction, number, found)
    return {number: tuple(sentences) for number, sentences in found.remarks.items()}


def _find_answered(transaction: Transaction, read: Sequence[Read], found: Connections) -> None:
    stored = {each.id: each for each in transaction.descriptions() if each.segments}
    keys = {key: number for number, each in stored.items() if (key := key_of(each))}
    keys |= {each.reading.key: each.number for each in read if each.reading.key}
    for each in read:
        letter = next((keys[key] for key in each.reading.answers if key in keys and keys[key] != each.number), None)
        if letter is not None and each.is_new:
            found.answers[each.number] = letter
    new = {each.reading.key: each.number for each in read if each.reading.key and each.is_new}
    for number, description in stored.items():
        letter = new.get(answered_by(description) or "")
        if letter is not None and letter != number and description.replies_to is None:
            found.answers.setdefault(number, letter)
    for number, letter in found.answers.items():
        if remark := _oddity(stored.get(number), stored.get(letter)):
            found.remarks.setdefault(number, []).append(remark)


def key_of(document: Description) -> str | None:
    """Return the Message-ID of an e-mail."""
    return next((str(each.ref) for each in document.segments if each.kind == "message" and each.ref), None)


def answered_by(document: Description) -> str | None:
    """Return the Message-ID of what an e-mail answers."""
    if not any(each.kind == "message" for each in document.segments[:2]):
        return None
    header = next((each for each in document.segments if each.kind == "section"), None)
    return str(header.ref) if header and header.ref and header.label == "header" else None


def _put(transaction: Transaction, number: int, found: Connections) -> None:
    document = transaction.find_document(number)
    if document is None:
        return
    replies_to = document.replies_to if document.replies_to is not None else found.answers.get(number)
    encloses = tuple(dict.fromkeys((*document.encloses, *found.encloses.get(number, ()))))
    connected = msgspec.structs.replace(document, replies_to=replies_to, encloses=encloses)
    if connected != document:
        transaction.put(connected)


def _oddity(answer: Description | None, letter: Description | None) -> str | None:
    """Return a remark if an answer is older than what it answers, by the clocks of those who sent them."""
    if answer is None or letter is None:
        return None
    answered, sent = _moment(answer), _moment(letter)
    if answered is None or sent is None or answered >= sent:
        return None
    return (
        f"By its sender's clock, {answer.slug} was sent before {letter.slug}, which it answers."
        " Both dates are kept as they are."
    )


def _moment(document: Description) -> datetime | None:
    label = next((each.label for each in document.segments if each.kind == "message"), "")
    found = _TIME.search(label)
    if found is None or found[3] == "-00:00":
        return None
    return datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3]}")
