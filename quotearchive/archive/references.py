"""What a user may call a document or a quote, and what that names."""

import difflib
from typing import Final

from quotearchive.errors import (
    AmbiguousDocumentError,
    DocumentNotFoundError,
    QuoteNotFoundError,
    UnreadableReferenceError,
)
from quotearchive.model import Document, Quote
from quotearchive.store import Snapshot
from quotearchive.text import folded

#: How many similar names an error offers.
_OFFERED: Final = 3

#: How similar a name must be to be offered, 0..1; lower offers names that share little but their length.
_SIMILAR: Final = 0.5


def document_number(snapshot: Snapshot, reference: str) -> int:
    """Find the document that a slug, an unambiguous part of one, or a number names.

    Raises:
        DocumentNotFoundError: There is none.
        AmbiguousDocumentError: The part occurs in several slugs.
    """
    slugs = {number: identity.slug for number, identity in snapshot.identities().items()}
    if reference.isdecimal() and int(reference) in slugs:
        return int(reference)
    part = folded(reference).replace(" ", "-")
    exact = [number for number, slug in slugs.items() if slug == reference]
    found = exact or [number for number, slug in slugs.items() if part and part in folded(slug)]
    if len(found) > 1:
        raise AmbiguousDocumentError(reference, [slugs[number] for number in found])
    if not found:
        raise DocumentNotFoundError(reference, _similar(reference, list(slugs.values())))
    return found[0]


def find_document(snapshot: Snapshot, reference: str) -> Document:
    """Give the document that a reference names, with its text.

    Raises:
        DocumentNotFoundError: There is none.
        AmbiguousDocumentError: The part occurs in several slugs.
    """
    document = snapshot.find_document(document_number(snapshot, reference))
    if document is None:
        raise DocumentNotFoundError(reference, [])
    return document


def find_quote(snapshot: Snapshot, reference: str) -> Quote:
    """Give the quote of a number.

    Raises:
        UnreadableReferenceError: The reference is no number.
        QuoteNotFoundError: There is no quote of that number.
    """
    if not reference.isdecimal():
        raise UnreadableReferenceError(reference)
    quote = snapshot.find_quote(int(reference))
    if quote is None:
        raise QuoteNotFoundError(int(reference))
    return quote


def _similar(reference: str, slugs: list[str]) -> list[str]:
    """Offer slugs that are much like the reference, or that have a word much like it."""
    whole = difflib.get_close_matches(reference, slugs, _OFFERED, _SIMILAR)
    words = {word: slug for slug in slugs for word in slug.split("-")}
    by_word = [words[word] for word in difflib.get_close_matches(reference, words, _OFFERED, cutoff=0.7)]
    return list(dict.fromkeys([*whole, *by_word]))[:_OFFERED]
