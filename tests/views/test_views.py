"""What holds of every view."""

from collections.abc import Callable

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from quotearchive.text import visible
from quotearchive.views import (
    candidates,
    documents,
    edits,
    history,
    merge,
    quotes,
    replacement,
    search,
    speakers,
    topics,
    verification,
)

from . import samples
from .samples import DOCUMENT, HARD, INNER, MISSING, OUTER, PERSIAN, screen, squeezed

#: Every view at a width of the terminal, with words that it must show whole.
VIEWS: dict[str, tuple[Callable[[int], RenderableType], tuple[str, ...]]] = {
    "quotes": (
        lambda width: quotes.quotes_table(samples.HITS, width=width, full=True),
        (*(hit.quote.text for hit in samples.HITS), *INNER.topics, quotes.MISSING),
    ),
    "quote": (
        lambda _: quotes.quote_page(INNER, DOCUMENT, ("نرگس محمدی", None), (OUTER,)),
        (
            PERSIAN,
            "نرگس محمدی, quoted by somebody",
            f"A note. {HARD}",
            DOCUMENT.title,
            "engineer [ret.]",
            "quote 1",
            "She",
        ),
    ),
    "missing quote": (lambda _: quotes.quote_page(MISSING, DOCUMENT), (HARD, quotes.MISSING)),
    "documents": (lambda _: documents.documents_table([(DOCUMENT, 3)]), ("open-letter", "letter", "2021-02-12")),
    "document": (
        lambda _: documents.document_page(DOCUMENT, (), samples.LETTERS),
        (
            DOCUMENT.title,
            DOCUMENT.text,
            "letters/open [1].txt",
            "2021-02-12 (“24 Bahman 1399”)",
            "Ann [/b] Lee, Bob (14 in all)",
        ),
    ),
    "addition": (lambda _: documents.addition(samples.addition()), ("A title [sic]", "line 1", "1,234 characters")),
    "candidate": (
        lambda _: candidates.candidate_page(samples.CANDIDATE, DOCUMENT, 9),
        (PERSIAN, "Candidate 2 of 9", "88%", "She [who]", samples.CANDIDATE.reason),
    ),
    "candidates": (
        lambda _: candidates.candidates_table([samples.CANDIDATE], DOCUMENT),
        (INNER.text, "“She [who]”", samples.CANDIDATE.reason),
    ),
    "preview": (lambda _: edits.preview(samples.EDIT), (*INNER.topics, "Ann [/b] Lee", "1 quote would change.")),
    "changed quotes": (lambda _: edits.quotes_changed(samples.EDIT), (*INNER.topics, "Ann [/b] Lee")),
    "changed document": (
        lambda _: edits.document_changed(DOCUMENT, samples.addition().document),
        ("Nothing changed.",),
    ),
    "conflicts": (lambda _: merge.conflicts_table(samples.MERGED.conflicts), ("Dated", HARD, PERSIAN)),
    "relocations": (
        lambda _: replacement.relocations(samples.RELOCATIONS),
        ("Quotes: 1 moved, 1 changed, 1 missing.", "“[sic] jail” in the quote, “prison [/x]” in the document"),
    ),
    "verification": (
        lambda _: verification.report(samples.VERIFICATION),
        ("“[sic] jail” in the quote", "the words are at 7–9", "a [1].txt", "Quote 2 was changed by hand [sic]."),
    ),
    "repair": (lambda _: verification.repair(samples.REPAIR), (HARD, "{[/x]", "quotes 1–3", "archive.json.bak-1")),
    "history": (
        lambda _: history.history_table(samples.PASTS),
        ("Ann [/b]", "quote open-letter '[sic] \x1b[2J'", "added document 1 and quotes 1–3, 5", "undone by change 3"),
    ),
    "speakers": (
        lambda _: speakers.speakers_table([samples.SUMMARY]),
        ("نرگس محمدی", "Narges [/x] Mohammadi", "1200", "2021-02-12"),
    ),
    "speaker": (lambda _: speakers.profile(samples.PROFILE), (HARD, "Q467574", "engineer [ret.]", "prison (3)")),
    "like speakers": (
        lambda _: speakers.pairs([samples.PAIR]),
        ("N. Mohammadi", "86% alike", "1,200 quotes, 2019 to 2021-02-12", "1 quote, 2020"),
    ),
    "changed speaker": (
        lambda _: speakers.speaker_change(samples.SPEAKER_CHANGE),
        ("Narges [/x] Mohammadi", "2 quotes changed, and open-letter."),
    ),
    "topics": (lambda _: topics.topics_tree(samples.TOPICS), ("[all] of it", "[x]", "1 (3 with subtopics)")),
    "like topics": (
        lambda _: topics.pairs([("prison", "[x]", "one lies in the other")]),
        ("quotearchive topics merge '[x]' --into prison",),
    ),
    "changed topics": (lambda _: topics.topic_change(samples.TOPIC_CHANGE), ("jail → prison", "Removed [x]")),
    "documents found": (
        lambda _: search.document_hits_table([samples.DOCUMENT_HIT]),
        (f"[/x] {PERSIAN}", "10–30", "open-letter"),
    ),
    "counts": (
        lambda _: search.counts_table("topic", [("[x]", 1200), (None, 1)]),
        ("Topic", "[x]", "1,200", "not known"),
    ),
}

views = pytest.mark.parametrize("name", VIEWS)
widths = pytest.mark.parametrize("width", [80, 200])


def view(name: str, width: int) -> RenderableType:
    return VIEWS[name][0](width)


@views
@widths
def test_every_line_fits_the_terminal(name: str, width: int) -> None:
    lines = screen(view(name, width), width, is_terminal=True).splitlines()
    assert max(map(cell_len, lines)) <= width


@views
@widths
def test_words_are_shown_as_they_are_with_signs_for_what_a_terminal_obeys(name: str, width: int) -> None:
    # in a table, words of one cell are beside those of others: they are looked for letter by letter
    shown = screen(view(name, width), width)
    assert "\x1b" not in shown
    for words in VIEWS[name][1]:
        assert is_shown(squeezed(visible(words)), squeezed(shown)), words


def is_shown(words: str, shown: str) -> bool:
    """Check whether words occur in a text, whole or with others between them."""
    letters = iter(shown)
    return words in shown or all(letter in letters for letter in words)


@views
def test_colour_is_never_used(name: str) -> None:
    console = Console(width=80, force_terminal=True, color_system="truecolor")
    styles = [segment.style for segment in console.render(view(name, 80)) if segment.style]
    assert not [style for style in styles if style.color or style.bgcolor]


@views
def test_a_terminal_without_styles_shows_the_same(name: str) -> None:
    if name != "document":  # its text is wrapped on a terminal alone
        assert screen(view(name, 80), is_terminal=True) == screen(view(name, 80))
