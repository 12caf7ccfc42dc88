"""Search, list and show what the archive holds."""

import shlex
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final

import msgspec

from quotearchive.anchoring.places import Places
from quotearchive.archive.archive import Archive
from quotearchive.archive.errors import PageNotFoundError, QuoteNotFoundError, UnreadableReferenceError
from quotearchive.archive.references import LAST, document_number, numbers_among
from quotearchive.model import Description, Document, Quote, Selection, Span, outward, relay
from quotearchive.names import key
from quotearchive.names.people import SpeakerSummary
from quotearchive.names.topics import TopicSummary, tidy, topic_key, upward
from quotearchive.query import And, Involves, Query, all_of, condition, conditions_of, words_of
from quotearchive.search import Order, Results
from quotearchive.text import counted


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A document with its quotes, or one of them, as it is shown.

    Attributes:
        document: The document.
        quotes: All its quotes, in reading order.
    """

    document: Document
    quotes: tuple[Quote, ...]

    def relay(self, quote: Quote) -> tuple[str | None, ...]:
        """Return who said a quote, then who passes it on."""
        return relay(quote, {each.id: each for each in self.quotes})

    def inner(self, quote: Quote) -> tuple[Quote, ...]:
        """Return the quotes that are said in a quote."""
        return tuple(each for each in self.quotes if each.within == quote.id)


def list_documents(  # noqa: PLR0913 - one parameter an option
    archive: Archive,
    order: Order,
    *,
    kind: str | None = None,
    sender: str | None = None,
    recipient: str | None = None,
    is_whole: bool = False,
) -> Results[tuple[Description, int]]:
    """List documents, each with the number of its quotes.

    Args:
        archive: The archive.
        order: How they are sorted, and how many are wanted.
        kind: One of the model's kinds.
        sender: A part of a name or an alias of who wrote or signed.
        recipient: The same of whom it is addressed to.
        is_whole: Whether their segments are wanted too.

    Raises:
        ArchiveError: The archive can't be read.
    """
    conditions: tuple[Query | None, ...] = (
        condition("kind", kind) if kind else None,
        Involves(("authors", "signatories"), sender) if sender else None,
        Involves(("recipients",), recipient) if recipient else None,
    )
    return archive.index.documents(all_of(filter(None, conditions)), order, is_whole=is_whole)


def list_speakers(archive: Archive, words: str = "") -> list[SpeakerSummary]:
    """Return the speakers, those with most quotes first.

    Args:
        archive: The archive.
        words: Parts of a name or an alias that all must be there, folded; empty for all speakers.

    Raises:
        ArchiveError: The archive can't be read.
    """
    wanted = key(words).split()
    speakers = archive.index.speakers()
    return [each for each in speakers if any(all(word in key(name) for word in wanted) for name in each.speaker.names)]


def list_topics(archive: Archive, words: str = "") -> list[TopicSummary]:
    """Return the topics, or those whose path holds some words, with all that they lie under.

    Raises:
        ArchiveError: The archive can't be read.
    """
    branches = archive.index.topics()
    wanted = topic_key(tidy(words))
    kept = {above for each in branches if wanted in topic_key(each.path) for above in upward(each.path)}
    return [each for each in branches if each.path in kept]


def show_document(archive: Archive, reference: str) -> Page:
    """Return a document with its quotes.

    Raises:
        DocumentNotFoundError: There is no such document.
        AmbiguousDocumentError: There are several.
    """
    return _page(archive, document_number(archive.index.slugs(), reference))


def pages_of(document: Document, wanted: str) -> list[Span]:
    """Return the stretches of a document's text that pages hold.

    Args:
        document: The document.
        wanted: The label or the number of a page, or a range of them.

    Raises:
        PageNotFoundError: There is no such page.
    """
    spans = Places.of(document).find("page", wanted)
    if not spans:
        raise PageNotFoundError(
            document.slug, wanted, tuple(each.label for each in document.segments if each.kind == "page")
        )
    return spans


def show_quote(archive: Archive, reference: str) -> tuple[Quote, Page]:
    """Return a quote, and its document with all quotes of it.

    Raises:
        QuoteNotFoundError: There is no such quote.
    """
    if not (reference.isdecimal() or reference == LAST):
        raise UnreadableReferenceError(reference)
    (number,) = numbers_among(archive.index.quote_numbers(_named(reference)), [reference])
    found = archive.index.quote(number)
    if found is None:
        raise QuoteNotFoundError(number)
    return found.quote, _page(archive, found.quote.document)


def _named(reference: str) -> Query:
    """Ask for the quote of a number; for the last one, all must be known."""
    return condition("id", reference) or And()


def _page(archive: Archive, number: int) -> Page:
    return Page(document=archive.index.document(number), quotes=tuple(archive.index.quotes_of(number)))


def selections(archive: Archive, query: Query, *, with_unquoted: bool = False) -> Iterator[Selection]:
    """Return the documents that a query finds quotes of, with those quotes, as exports take them.

    Args:
        archive: The archive.
        query: Which quotes.
        with_unquoted: Whether a query that asks for nothing also yields the documents without quotes.

    Raises:
        ArchiveError: The archive can't be read.
    """
    index = archive.index
    chosen = set(index.quote_numbers(query))
    whole = with_unquoted and not conditions_of(query)
    numbers = sorted(index.slugs()) if whole else index.document_numbers(query)
    return (_selection(index.document(number), index.quotes_of(number), chosen) for number in numbers)


def _selection(document: Document, quotes: Iterable[Quote], chosen: AbstractSet[int]) -> Selection:
    ordered = {quote.id: quote for quote in quotes}
    own = chosen & ordered.keys()
    around = {outer.id for number in own for outer in outward(ordered[number], ordered.get)} - own
    return Selection(
        document=document,
        quotes=tuple(quote for quote in ordered.values() if quote.id in own),
        enclosing=tuple(quote for quote in ordered.values() if quote.id in around),
    )


#: Code points of a query that is repeated; of a longer one, its beginning is enough to know it by.
_LONGEST_REPEATED: Final = 500


def explain_nothing(archive: Archive, query: Query) -> Iterator[str]:
    """Yield sentences on what a query that finds nothing could mean, and which condition stands in its way."""
    if not archive.index.quote_numbers(And()):
        yield "The archive has no quotes yet. Tag one with: quotearchive quote DOC PASSAGE --speaker NAME"
        return
    typed = str(query)
    yield f"Nothing was found for {typed if len(typed) <= _LONGEST_REPEATED else f'{typed[:_LONGEST_REPEATED]} …'}."
    advice = archive.index.advise(query)
    for word, near in advice.words.items():
        yield f"No quote has {word}. The archive has: {', '.join(near)}."
    for name, near in advice.speakers.items():
        yield f"No speaker is called {name}. Similar names: {', '.join(near)}."
    for obstacle in advice.obstacles:
        yield f"Without {obstacle.condition}, {_match(obstacle.without, 'quote')}."
    if len(typed) <= _LONGEST_REPEATED and words_of(query) and (documents := archive.index.count("documents", query)):
        asked = shlex.quote(typed)
        yield f"{_match(documents, 'document')}: quotearchive search --documents {asked}"


def _match(number: int, noun: str) -> str:
    return f"{counted(number, noun)} {'matches' if number == 1 else 'match'}"
