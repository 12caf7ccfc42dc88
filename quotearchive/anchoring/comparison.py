"""Compare two texts word by word.

The words of both are aligned by their longest common subsequence. Its cost is the product of their
numbers, so the comparison is bounded: texts that differ in more than `CELLS` allows count as different
as a whole between their first and their last difference.
"""

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

import msgspec
from rapidfuzz.distance import LCSseq

from quotearchive.text import folded

#: Marks and vowel signs, which are part of a word though Python's `\w` excludes them, and the joiners.
_SIGNS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0711\u0730-\u074a\u07a6-\u07b0\u0900-\u0903\u093a-\u094f\u0951-\u0963\u0980-\u0e4e\u0eb1-\u0ebc"
    "\u0f71-\u0f84\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u3099\u309a\u200c\u200d"
)

#: Scripts that leave no space between words; their characters are compared one by one.
_UNSPACED: Final = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

#: A word with its apostrophes and inner marks, or a character of an unspaced script.
_LETTER: Final = rf"(?:(?![{_UNSPACED}])[\w{_SIGNS}])"
_WORD: Final = rf"[{_UNSPACED}][\u3099\u309a]?|{_LETTER}+(?:['’]{_LETTER}+)*"
WORD: Final = re.compile(_WORD)

#: A word, a run of white space, or any other character: together they are the whole text.
TOKEN: Final = re.compile(rf"{_WORD}|\s+|.", re.DOTALL)

#: The largest product of the numbers of words that are aligned: 10,000 by 10,000 words take 20 ms.
CELLS: Final = 10**8

#: Stretches of the old and of the new words: old start, old end, new start, new end; in tokens.
ChangedTokens = tuple[int, int, int, int]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of words that differs between two texts.

    Attributes:
        old: What the old text has; empty where words were put in.
        new: What the new text has; empty where words were left out.
        old_start: Its offset in the old text, in code points.
        new_start: Its offset in the new text, in code points.
    """

    old: str
    new: str
    old_start: int
    new_start: int


def differences(old: str, new: str, *, is_folded: bool = False) -> tuple[Difference, ...]:
    """Find the differences between two texts, in whole words.

    Args:
        old: Any text.
        new: Any text.
        is_folded: Whether words that fold to the same count as the same.

    Returns:
        The differences in order. Putting each `new` in the place of its `old` turns one text into the
        other, save for what folding ignores.

    >>> [(each.old, each.new) for each in differences("J and S were there.", "James and Sarah were there.")]
    [('J', 'James'), ('S', 'Sarah')]
    """
    old_tokens, new_tokens = TOKEN.findall(old), TOKEN.findall(new)
    key = folded if is_folded else str
    old_offsets = [0, *accumulate(map(len, old_tokens))]
    new_offsets = [0, *accumulate(map(len, new_tokens))]
    changes = find_changes(list(map(key, old_tokens)), list(map(key, new_tokens)))
    return tuple(
        Difference(
            old=old[old_offsets[a] : old_offsets[b]],
            new=new[new_offsets[c] : new_offsets[d]],
            old_start=old_offsets[a],
            new_start=new_offsets[c],
        )
        for a, b, c, d in _joined(changes, old_tokens)
    )


def find_changes(old: Sequence[str], new: Sequence[str]) -> list[ChangedTokens]:
    """Return where two sequences of tokens differ, in order; neither touching nor overlapping."""
    head = _common_length(old, new)
    tail = _common_length(old[: head - 1 if head else None : -1], new[: head - 1 if head else None : -1])
    old_end, new_end = len(old) - tail, len(new) - tail
    if (old_end - head) * (new_end - head) > CELLS:
        return [(head, old_end, head, new_end)]
    blocks = LCSseq.opcodes(old[head:old_end], new[head:new_end])
    changes: list[ChangedTokens] = []
    for block in blocks:
        if block.tag == "equal":
            continue
        a, b = head + block.src_start, head + block.src_end
        c, d = head + block.dest_start, head + block.dest_end
        if changes and changes[-1][1] == a and changes[-1][3] == c:
            a, _, c, _ = changes.pop()
        changes.append((a, b, c, d))
    return changes


def _common_length(first: Sequence[str], second: Sequence[str]) -> int:
    pairs = enumerate(zip(first, second, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(first), len(second)))


def _joined(changes: Sequence[ChangedTokens], old: Sequence[str]) -> list[ChangedTokens]:
    """Join changes with nothing but white space between them: they are one to a reader."""
    joined: list[ChangedTokens] = []
    for a, b, c, d in changes:
        if joined and "".join(old[joined[-1][1] : a]).isspace():
            joined[-1] = (joined[-1][0], b, joined[-1][2], d)
        else:
            joined.append((a, b, c, d))
    return joined
