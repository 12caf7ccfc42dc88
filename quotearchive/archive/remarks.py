"""What a user should know about how documents were read: remarks that name their document, and guesses."""

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from quotearchive.errors import shorten
from quotearchive.fields import options_of
from quotearchive.model import Document
from quotearchive.text import counted

if TYPE_CHECKING:
    from quotearchive.archive.documents import Addition
    from quotearchive.readers import Extracted, Reading

#: Documents that are named of those to which one remark applies.
_NAMED: Final = 3

#: Lines of remarks on many documents that a person would read.
_MOST: Final = 20

#: What shows all that was not said.
_SHOWN_BY: Final = "quotearchive add --preview PATH"


def remarks(additions: Sequence["Addition"], *, in_brief: bool = False) -> Iterator[str]:
    """Yield what a user should know about how documents were read.

    Args:
        additions: The documents. Of several each is named, those with the same remark together.
        in_brief: Whether they are too many for every guess and every remark to be told.
    """
    documents: dict[str, list[str]] = {}
    for each in additions:
        for sentence in (*on_reading(each.reading), *_on_original(each)):
            documents.setdefault(sentence, []).append(each.document.slug)
    lines = [
        f"{shorten(slugs, _NAMED)}: {sentence}" if len(additions) > 1 else sentence
        for sentence, slugs in documents.items()
    ]
    lines += [sentence for each in additions for sentence in (*each.likes, *each.oddities)]
    if not in_brief:
        yield from lines
        yield from filter(None, map(_on_guesses, additions))
        return
    yield from lines[:_MOST]
    if len(lines) > _MOST:
        yield f"{counted(len(lines) - _MOST, 'more remark')}. To see all: {_SHOWN_BY}"
    yield from _on_many_guesses(additions)


def on_reading(reading: "Reading") -> Iterator[str]:
    """Yield sentences on what of a file was passed over, or may be wrong in its text."""
    yield from dict.fromkeys(reading.remarks)
    if reading.is_encoding_guessed:
        yield (
            f"It is not UTF-8 and was read as {reading.encoding}, which is a guess. If its letters are wrong, save the"
            " file as UTF-8 and add that."
        )


def _on_original(addition: "Addition") -> Iterator[str]:
    if addition.is_unkept:
        yield "Its original isn't kept: the file has changed since it was read."


def _guesses(addition: "Addition") -> Iterator[tuple[str, str, "Extracted"]]:
    """Yield what is only guessed where nothing is known, with the field's label and option."""
    for field in options_of(Document):
        guesses = [each for each in addition.taken if each.is_guess and each.field == field.name]
        if guesses and field.option and not getattr(addition.document, field.name):
            label = field.label if field.label.isupper() else field.label.lower()
            for each in guesses if field.is_plural else guesses[:1]:
                yield label, field.option, each


def _on_guesses(addition: "Addition") -> str:
    """Return a sentence on guesses, which are not stored: the user may know better; empty if there are none."""
    guesses = list(_guesses(addition))
    if not guesses:
        return ""
    told = " and ".join(
        f"{label} {each.value}{f' ({each.source})' if each.source else ''}" for label, _, each in guesses
    )
    is_one = len(guesses) == 1
    are = f"{'is only a guess and was' if is_one else 'are only guesses and were'} not stored."
    right = f"If {'it is' if is_one else 'they are'} right:"
    options = shlex.join(word for _, option, each in guesses for word in (f"--{option}", each.value))
    command = f"quotearchive edit {addition.document.slug} {options}"
    return f"{told[0].upper()}{told[1:]} {are} {right} {command}"


def _on_many_guesses(additions: Iterable["Addition"]) -> Iterator[str]:
    numbers = Counter(label for each in additions for label, _, _ in _guesses(each))
    if numbers:
        told = " and ".join(counted(number, label) for label, number in numbers.items())
        are = "is only a guess and was" if numbers.total() == 1 else "are only guesses and were"
        it = "it" if numbers.total() == 1 else "them"
        yield f"{told} {are} not stored. To see {it}: {_SHOWN_BY}"
