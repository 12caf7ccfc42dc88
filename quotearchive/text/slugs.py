"""Names for the command line."""

import unicodedata
from collections.abc import Container

#: Code points of a slug before a number is added: long enough for a headline to be known by, short
#: enough to be typed and to fit into a table.
LENGTH = 60

#: Code points of a title that are looked at, so that a text without line ends may serve as one.
_READ = 8 * LENGTH

#: What joins the words of a slug, and the joiners that some scripts need inside theirs.
_JOINING = frozenset("-_\u200c\u200d")

#: The name of what has no words of its own.
NAMELESS = "document"


def slugify(words: str, taken: Container[str]) -> str:
    """Make a name that is unique, can be typed, and is neither empty nor a number.

    Args:
        words: A title, in any script.
        taken: Names in use.

    Returns:
        Lower-case words of the title joined by `-`, cut at a word's end to about 60 code points, with
        `-2`, `-3` ... where that is taken. It never holds white space or a path's separators.

    >>> slugify("An open letter: calls for Khamenei to resign", {"an-open-letter"})
    'an-open-letter-calls-for-khamenei-to-resign'
    >>> slugify("نامه", {"نامه"}), slugify("1984–1985", ()), slugify("???", ())
    ('نامه-2', 'document-1984-1985', 'document')
    """
    from slugify import slugify as make_slug  # noqa: PLC0415 - its 7 ms would burden every search

    base = make_slug(
        words[:_READ],
        entities=False,
        decimal=False,
        hexadecimal=False,
        max_length=LENGTH,
        word_boundary=True,
        save_order=True,
        allow_unicode=True,
        algorithm="modern",
    )
    if not is_slug(base):
        base = "-".join(filter(None, (NAMELESS, base)))
    return _made_unique(base, taken)


def is_slug(words: str) -> bool:
    """Check whether a name can be typed, and is neither a number nor a range of numbers nor a path.

    >>> is_slug("open-letter"), is_slug("हिन्दी"), is_slug("12"), is_slug("12-19"), is_slug("../letter")
    (True, True, False, False, False)
    """
    numbers = words.split("-")
    are_numbers = len(numbers) <= 2 and all(map(str.isnumeric, numbers))  # noqa: PLR2004 - the ends of a range
    return (
        words[:1].isalnum()
        and not are_numbers
        and all(sign in _JOINING or unicodedata.category(sign)[0] in "LMN" for sign in words)
    )


def _made_unique(base: str, taken: Container[str]) -> str:
    """Add the first free number, or one that is free where very many are taken.

    Doubling and then halving the step asks `taken` a few times where counting would ask it as often
    as there are documents of one title.
    """
    if base not in taken:
        return base
    step = 1
    while f"{base}-{1 + step}" in taken:
        step *= 2
    low, high = 1 + step // 2, 1 + step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if f"{base}-{middle}" in taken else (low, middle)
    return f"{base}-{high}"
