"""Where in a text the words of a query are."""

from collections.abc import Iterable, Iterator

from quotearchive.model import Span
from quotearchive.query.conditions import Query, Words, words_of
from quotearchive.query.words import spans
from quotearchive.text import fold


def highlights(query: Query, text: str) -> list[Span]:
    """Find what a query looks for in a text.

    Returns:
        Half-open spans in code points of the text as it is, in order; they don't overlap.

    >>> text = "“The prison’s gate”, Téhéran"
    >>> [text[start:end] for start, end in highlights(Words("prison's gat", is_prefix=True), text)]
    ['prison’s gate']
    """
    folding = fold(text)
    places = spans(folding.text)
    words = [folding.text[start:end] for start, end in places]
    found = sorted(set(_find(words_of(query), words)))
    merged: list[Span] = []
    for start, end in (folding.span(places[first][0], places[last - 1][1]) for first, last in found):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _find(searched: Iterable[Words], words: list[str]) -> Iterator[Span]:
    """Find words and phrases in one pass, by their last words; spans are half-open and count words."""
    by_last: dict[tuple[str, bool], list[list[str]]] = {}
    for each in searched:
        *whole, last = each.words.split()
        by_last.setdefault((last, each.is_prefix), []).append(whole)
    lengths = sorted({len(last) for last, is_prefix in by_last if is_prefix})
    for place, word in enumerate(words):
        keys = [(word, False), *((word[:length], True) for length in lengths if length <= len(word))]
        for whole in (whole for key in keys for whole in by_last.get(key, ())):
            if len(whole) <= place and words[place - len(whole) : place] == whole:
                yield place - len(whole), place + 1
