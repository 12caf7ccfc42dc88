"""Print how fast texts are folded and whether time grows in step with the input.

Run it with `python tests/benchmarks/bench_text.py [MEGABYTES]`. The first table compares folding with
`str.casefold` and `unicodedata.normalize` run at the same time. The second doubles inputs made to be
hard and prints the ratio of the times: 2 is linear; more than 2.3 is marked.
"""

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from unicodedata import normalize

from quotearchive.anchoring.comparison import differences
from quotearchive.anchoring.location import locate, take
from quotearchive.anchoring.relocation import relocate
from quotearchive.errors import QuoteArchiveError
from quotearchive.text import canonical, fold, folded, paragraphs, show, slugify, visible

LETTER = (Path(__file__).parents[1] / "data" / "khastar-open-letter.txt").read_text(encoding="utf-8")

#: Texts whose folding is timed.
SAMPLES = {
    "English, curly marks": LETTER,
    "French": "L’été dernier, à Téhéran, où l’élève était né, « rien n’a changé ». ",
    "Persian": "او گفت: «می‌خواهم كتاب را ببینم» و به خانه رفت. ",
    "Arabic with harakat": "قَالَ: مُحَمَّدٌ رَسُولٌ أَمِينٌ ",
    "Japanese": "彼は「牢獄の中に牢獄を作った」と言った。ＡＢＣ",
    "German": "„Ich weiß, daß die Straße überflutet ist“, sagte er. ",
}

#: A ratio of times above which doubling the input counts as more than doubling the work.
LIMIT = 2.3

#: Code points of the smaller input of each pair.
SIZE = 1 << 19


def best(action: Callable[[], object], *, runs: int = 5) -> float:
    """Return the least processor time of several runs, in seconds."""
    return min(_timed(action) for _ in range(runs))


def _timed(action: Callable[[], object]) -> float:
    start = time.process_time()
    with suppress(QuoteArchiveError):
        action()
    return time.process_time() - start


def filled(piece: str, length: int) -> str:
    """Return a piece repeated up to a length in code points."""
    return (piece * (length // len(piece) + 1))[:length]


def print_speeds(megabytes: float) -> None:
    """Print how many megabytes of UTF-8 each way of folding takes in a second."""
    print(f"{'MB/s of UTF-8':24}{'folded':>9}{'fold':>9}{'casefold':>10}{'NFKC':>9}")
    for name, sample in SAMPLES.items():
        size = len(sample.encode())
        text = sample * max(1, round(megabytes * 1e6 / size))
        size = len(text.encode())
        ways: tuple[Callable[[str], object], ...] = (folded, fold, str.casefold, partial(normalize, "NFKC"))
        speeds = [size / 1e6 / best(partial(way, text)) for way in ways]
        print(f"{name:24}{speeds[0]:9.0f}{speeds[1]:9.0f}{speeds[2]:10.0f}{speeds[3]:9.0f}")


def actions(size: int) -> dict[str, Callable[[], object]]:
    """Return what is done to inputs of one size, by what it is."""
    prose = filled(LETTER, size)
    words = filled("".join(f"word{number} " for number in range(size // 8)), size)
    spaces, letters, marks = " " * size, "a" * size, filled("\u0301\u0316", size)
    passage = take(prose, size // 2, size // 2 + 300)
    return {
        "canonical, alternating marks": lambda: canonical("a" + marks),
        "canonical, carriage returns": lambda: canonical("\r" * size),
        "folded, spaces": lambda: folded(spaces),
        "folded, ellipses and ligatures": lambda: folded(filled("…ﬁﷺ", size)),
        "fold, marks": lambda: fold("a" + marks),
        "fold, spaces": lambda: fold(spaces),
        "fold, dropped characters and marks": lambda: fold(filled("\u200d\u200d\u0301", size)),
        "slugify, letters": lambda: slugify(letters, ()),
        "paragraphs, blank lines": lambda: paragraphs(filled("\n  \t\n", size)),
        "paragraphs, spaces": lambda: paragraphs("a\n" + spaces + "b"),
        "visible, escapes": lambda: visible("\x1b" * size),
        "show, joiners": lambda: show("\u200d" * size),
        "locate, a letter in a run of it": lambda: locate(letters, "a"),
        "locate, half a run of letters": lambda: locate(letters, letters[: size // 2]),
        "locate, half a run of quotation marks": lambda: locate("“" * size, '"' * (size // 2)),
        "locate, ends in a run of them": lambda: locate(filled("a b ", size), "a ... b"),
        "locate, first words without last": lambda: locate(filled("a b ", size), "a ... c"),
        "locate, ellipses in ellipses": lambda: locate("." * size, "a" + "." * (size // 2) + "b"),
        "locate, spaces around ellipses": lambda: locate(letters, f"{spaces}…{spaces}b{spaces}…"),
        "locate, words that are not there": lambda: locate(prose, "prison within the jail for me"),
        "locate, letters that are not there": lambda: locate(letters, "ab" * 60),
        "locate, words of one kind": lambda: locate(filled("the ", size), "the the other the " * 5),
        "locate, a long passage with one change": lambda: locate(words, words[: size // 2] + "x" + words[size // 2 :]),
        "locate, Japanese that is not there": lambda: locate(filled(SAMPLES["Japanese"], size), "牢獄の外に監獄を作"),
        "relocate, in many like places": lambda: relocate("x" + prose, passage),
        "relocate, changed": lambda: relocate("x" + prose.replace("prison", "jail"), passage),
        "relocate, half the text changed": lambda: relocate(
            words.replace("word15", "sword15"), take(words, size // 4, size // 2)
        ),
        "relocate, a letter in a run of it": lambda: relocate(letters, take(letters, size // 2, size // 2 + 1)),
        "relocate, half a run of letters": lambda: relocate("b" + letters, take(letters, 0, size // 2)),
        "differences, nothing the same": lambda: differences(words, words[::-1]),
        "differences, every other word": lambda: differences(words, words.replace("1 ", "one ")),
        "differences, apostrophes": lambda: differences(filled("a'", size), filled("a’", size)),
    }


def print_growth(size: int) -> None:
    """Print the time for each action, and by what doubling its input multiplies it."""
    print(f"\n{f'{size / 1e6:.1f} million code points':42}{'seconds':>9}{'doubled':>9}{'ratio':>7}")
    single, double = actions(size), actions(2 * size)
    for name, action in single.items():
        once, twice = best(action, runs=3), best(double[name], runs=3)
        ratio = twice / once if twice > 1e-3 else 1.0  # below a millisecond there is only noise
        print(f"{name:42}{once:9.4f}{twice:9.4f}{ratio:7.2f}{' <--' if ratio > LIMIT else ''}")


if __name__ == "__main__":
    print_speeds(float(sys.argv[1]) if len(sys.argv) > 1 else 4)
    print_growth(SIZE)
