r"""The words of the project as values: passages, quotes, documents and what is known of them.

Values are frozen and know no files. All offsets are half-open and count Unicode code points of the
document's text, which is NFC with `\n` line ends and no byte order mark. Times are ISO 8601 in UTC
(`2021-02-12T09:30:00Z`); dates are EDTF (`2021-02-12`, `2021-02`, `1943~`). None and empty tuples mean
"not known".
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import msgspec

#: What a document can be; the first is the commonest in the archives this is made for.
KINDS: Final = ("letter", "article", "statement", "speech", "interview", "other")

#: The kind of a document of which nothing tells what it is.
UNTOLD_KIND: Final = "other"

#: Code points of context kept on each side of a passage, as the W3C Web Annotation Data Model's
#: TextQuoteSelector suggests and other annotators store (https://www.w3.org/TR/annotation-model/).
CONTEXT: Final = 32

#: Stands between the passages of one quote wherever they are shown in one line.
GAP: Final = " […] "

#: A half-open span of code points.
Span = tuple[int, int]


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a document's text.

    Attributes:
        start: Offset of its first code point.
        end: Offset behind its last code point; always greater than `start`.
        exact: The document's own words, `text[start:end]`.
        prefix: Up to 32 code points before it.
        suffix: Up to 32 code points after it.
    """

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


class Quote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One or more passages of one document, said by a speaker, on topics.

    Attributes:
        id: Its number in the archive; 0 until it is stored.
        document: The number of its document.
        passages: At least one, in the order in which they stand in the document.
        speaker: Who said it, by name.
        role: What the speaker was then: "teacher", "minister of justice".
        mention: How the document names the speaker there: `He`, `the teacher`.
        to: To whom it was said.
        topics: Paths such as `prison/conditions`, sorted and unique.
        said: When it was said, if not when the document was written.
        note: The archivist's own words on it.
        within: The number of the quote it is said in: a speaker who is quoted by another.
        missing: Whether its document, whose text was replaced, no longer has its words; its passages then
            are where they stood before.
        created: When it was stored.
        modified: When it was last changed.
    """

    id: int = 0
    document: int
    passages: tuple[Passage, ...]
    speaker: str | None = None
    role: str | None = None
    mention: str | None = None
    to: str | None = None
    topics: tuple[str, ...] = ()
    said: str | None = None
    note: str | None = None
    within: int | None = None
    missing: bool = False
    created: str = ""
    modified: str = ""

    @property
    def text(self) -> str:
        """All of its words, with `GAP` between the passages."""
        return GAP.join(passage.exact for passage in self.passages)

    def stands_in(self, text: str) -> bool:
        """Check whether its passages are a text's words at their offsets, in order and apart."""
        are_apart = all(first.end <= second.start for first, second in itertools.pairwise(self.passages))
        return are_apart and all(
            0 <= passage.start < passage.end and text[passage.start : passage.end] == passage.exact
            for passage in self.passages
        )

    def holds(self, passages: Iterable[Passage]) -> bool:
        """Check whether its passages hold all the words of others."""
        return all(
            any(around.start <= inner.start and inner.end <= around.end for around in self.passages)
            for inner in passages
        )

    def may_hold(self, inner: "Quote") -> bool:
        """Check whether another quote can be said within this one.

        It is of the same document and its words are held; where words are missing, nobody knows.
        """
        if self.document != inner.document:
            return False
        return self.missing or inner.missing or self.holds(inner.passages)


#: What a segment can be: a page, a moment, a message, a chapter or other section, what one speaker says in a row.
SEGMENT_KINDS: Final = ("page", "time", "message", "section", "turn")


#: How the label of a section begins whose words are another's, such as what an e-mail repeats of the one before it.
QUOTED: Final = "quoted"


class Segment(msgspec.Struct, frozen=True, omit_defaults=True):
    """A labelled stretch of a document's text; it lasts to the next of its kind, or to the end of the text.

    Attributes:
        start: Offset of its first code point.
        kind: One of `SEGMENT_KINDS`.
        label: What a person cites: `117`, `iv`, `00:14:05`, `Chapter 2`, `Anna Svoboda`.
        ref: How a machine finds it in the original: the number of the page from 1, milliseconds, a Message-ID,
            an address within the file.
    """

    start: int
    kind: str
    label: str
    ref: str | int | None = None


class Original(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The file that a document was read from.

    Attributes:
        sha256: SHA-256 of its bytes, in hexadecimal.
        name: What it was called, without its folders.
        size: Its length in bytes.
        media_type: What it is, such as `application/pdf`.
        url: The address that it was retrieved from, as the file itself says.
        retrieved: When it was retrieved, EDTF or ISO 8601 with its zone, as the file itself says.
        member: The part of it that the document is, where it holds several: `message 3`, `letters/a.pdf`.
        reader: What made the text of it, with versions, such as `pdf pypdfium2 5.15.2`; the text depends on it.
        recognised: Whether the text was recognised in a picture: it is never word for word without that.
        kept: Whether its bytes are kept beside the archive.
    """

    sha256: str
    name: str
    size: int
    media_type: str
    url: str | None = None
    retrieved: str | None = None
    member: str | None = None
    reader: str
    recognised: bool = False
    kept: bool = False


class Description(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of a document: everything but its text.

    Attributes:
        id: Its number in the archive; 0 until it is stored.
        slug: Its name on the command line: unique and stable.
        kind: One of `KINDS`.
        title: What it is called.
        authors: Who wrote it.
        recipients: To whom it is addressed.
        date: When it was written or published.
        date_words: That date as the document words it.
        place: Where it was written or published.
        received: When a letter arrived.
        destination: Where a letter was sent to.
        signatories: Who signed it, if several did; perhaps only some of them.
        signatory_count: How many signed it.
        replies_to: The number of the letter that it answers.
        encloses: The numbers of documents that were sent with it.
        publisher: Who published it.
        url: Where it was found.
        language: A BCP 47 tag, such as `en` or `fa`.
        source: The file it was read from, relative to the archive's folder where it lies below it.
        source_sha256: SHA-256 of that file's bytes, in hexadecimal.
        segments: The stretches of its text that have a label, by where they start.
        original: The file that it was read from, and whether that is kept; None for a text without a file.
        sha256: SHA-256 of the text in UTF-8, in hexadecimal.
        characters: The length of the text in code points.
        added: When it was stored.
        modified: When it was last changed.
    """

    id: int = 0
    slug: str
    kind: str = "other"
    title: str
    authors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    date: str | None = None
    date_words: str | None = None
    place: str | None = None
    received: str | None = None
    destination: str | None = None
    signatories: tuple[str, ...] = ()
    signatory_count: int | None = None
    replies_to: int | None = None
    encloses: tuple[int, ...] = ()
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    source: str | None = None
    source_sha256: str | None = None
    segments: tuple[Segment, ...] = ()
    original: Original | None = None
    sha256: str = ""
    characters: int = 0
    added: str = ""
    modified: str = ""

    @property
    def is_recognised(self) -> bool:
        """Whether its text was recognised in a picture, and is not word for word without that."""
        return self.original is not None and self.original.recognised


class Document(Description, frozen=True, kw_only=True, omit_defaults=True):
    """A text with what is known of it.

    Attributes:
        text: The canonical text. It changes only by replacing it, which finds every quote again.
    """

    text: str


class Speaker(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person or body that is quoted, as far as somebody has written down more than the name.

    Attributes:
        id: Its number in the archive; 0 until it is stored.
        name: What quotes call it.
        aliases: Other spellings, scripts, short names; each finds the speaker.
        role: What it is known as.
        note: The archivist's own words on it.
        wikidata: Its item, such as `Q1234`.
        viaf: Its number in the Virtual International Authority File.
        gnd: Its number in the Gemeinsame Normdatei.
        created: When it was stored.
        modified: When it was last changed.
    """

    id: int = 0
    name: str
    aliases: tuple[str, ...] = ()
    role: str | None = None
    note: str | None = None
    wikidata: str | None = None
    viaf: str | None = None
    gnd: str | None = None
    created: str = ""
    modified: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name and all others."""
        return (self.name, *self.aliases)


class Topic(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What quotes are about, as far as somebody has written down more than the path.

    Attributes:
        id: Its number in the archive; 0 until it is stored.
        path: Such as `prison/conditions`, which lies under `prison`.
        description: What belongs under it.
        created: When it was stored.
        modified: When it was last changed.
    """

    id: int = 0
    path: str
    description: str | None = None
    created: str = ""
    modified: str = ""


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One command that changes the archive, as the history keeps it.

    Attributes:
        when: The time, ISO 8601 in UTC.
        command: The words of the command line, without secrets.
        by: Who gave the command; may be empty.
        undoes: The number of the change that this one reverses.
    """

    when: str
    command: str = ""
    by: str = ""
    undoes: int | None = None


class Correspondence(msgspec.Struct, frozen=True, kw_only=True):
    """What a document has to do with others, each by its slug.

    Attributes:
        before: The letter before it between the same people.
        after: The letter after it.
        replies_to: What it answers.
        replies: What answers it.
        encloses: What was sent with it.
        enclosed_in: With what it was sent.
    """

    before: str | None = None
    after: str | None = None
    replies_to: str | None = None
    replies: tuple[str, ...] = ()
    encloses: tuple[str, ...] = ()
    enclosed_in: tuple[str, ...] = ()


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """A document with the quotes that were chosen from it, as exports and reports take them.

    Attributes:
        document: The document with its text.
        quotes: The chosen quotes in reading order; may be empty.
        enclosing: Quotes of the same document that were not chosen but that chosen ones are said in,
            directly or through others.
    """

    document: Document
    quotes: tuple[Quote, ...]
    enclosing: tuple[Quote, ...] = ()


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation that can be accepted: one candidate of detection, or several that are parts of one.

    Attributes:
        number: Its place in reading order, from 1.
        spans: Its passages, half-open, in code points of the document's text, sorted.
        speaker: The fullest name that the text gives, or None.
        mention: How the text names the speaker there.
        cue: The word that reports the words, or a colon.
        confidence: How likely this is right, 0..1.
        reason: Why it was proposed, in a sentence.
        within: The number of the proposal around it.
        quote: The number of the quote that these words are already, or None.
    """

    number: int
    spans: tuple[Span, ...]
    speaker: str | None
    mention: str | None
    cue: str | None
    confidence: float
    reason: str
    within: int | None = None
    quote: int | None = None


class QuoteHit(msgspec.Struct, frozen=True, kw_only=True):
    """A quote that was searched for and found.

    Attributes:
        quote: The quote.
        document: What is known of its document.
        marks: The spans of `quote.text` that matched, half-open, in code points, sorted; may be empty.
        relay: Who said it, then who passes it on, outwards; empty if nobody is known.
        locator: Where it stands in its document, as a person cites it; None if the document no longer has it.
    """

    quote: Quote
    document: Description
    marks: tuple[Span, ...] = ()
    relay: tuple[str | None, ...] = ()
    locator: str | None = None


def is_within_itself(quote: Quote, find: Callable[[int], Quote | None]) -> bool:
    """Check whether a quote is said within itself, however far out; see `outward`."""
    return quote.id in (quote.within, *(outer.within for outer in outward(quote, find)))


def in_reading_order(quotes: Iterable[Quote]) -> list[Quote]:
    """Sort quotes of one document by where they begin, outer ones before what they hold."""
    return sorted(quotes, key=lambda quote: (quote.passages[0].start, -quote.passages[-1].end, quote.id))


def relay(quote: Quote, others: Mapping[int, Quote]) -> tuple[str | None, ...]:
    """Return who said a quote, then who passes it on, up to the outermost.

    >>> outer = Quote(id=1, document=1, passages=(), speaker="Hashem Khastar")
    >>> inner = Quote(id=2, document=1, passages=(), speaker="Ruhollah Khomeini", within=1)
    >>> relay(inner, {1: outer})
    ('Ruhollah Khomeini', 'Hashem Khastar')

    Args:
        quote: The quote.
        others: Quotes of the same document by number. A chain that leads out of them ends there.

    Returns:
        Names, with None for a speaker who is not known; empty if none is.
    """
    names = tuple(each.speaker for each in (quote, *outward(quote, others.get)))
    return names if any(names) else ()


def outward(quote: Quote, find: Callable[[int], Quote | None]) -> Iterator[Quote]:
    """Yield the quotes that a quote is said within, the nearest first, each once.

    Args:
        quote: The quote.
        find: Finds a quote by its number. A chain that leads to one that it does not find ends there.
    """
    seen = {quote.id}
    while quote.within is not None and (outer := find(quote.within)) is not None and outer.id not in seen:
        yield outer
        seen.add(outer.id)
        quote = outer
