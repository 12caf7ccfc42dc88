"""Show that reading takes time in proportion to the text: the ratio when adversarial input doubles.

Run it with `python tests/benchmarks/bench_readers.py`. A ratio near 2 is proportional; near 1, the input is
only looked at in part.
"""

import contextlib
import time
from collections.abc import Callable

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers import read

#: Characters or repetitions of the smaller input.
SIZE = 2_000_000

INPUTS: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "one endless line": ("a.txt", lambda size: b"a, " * size),
    "blank lines": ("a.txt", lambda size: b"\n" * size + b"x"),
    "salutations": ("a.txt", lambda size: b"Dear x,\n" * size),
    "signatures": ("a.txt", lambda size: b"Dear x,\n" + b"Yours,\nA B\n" * size),
    "quotation marks": ("a.txt", lambda size: "“”".encode() * size),
    "dashes and dates": ("a.txt", lambda size: "—, 1999 ".encode() * size),
    "header lines": ("a.txt", lambda size: b"From: a@b.c\n" * size),
    "encoded words": ("a.txt", lambda size: b"From: =?utf-8?b?" * size),
    "encoded words without a set": ("a.txt", lambda size: b"From: " + "=?utf-8ö?q?a?= ".encode() * size),
    "addresses": ("a.txt", lambda size: b"To: x\nFrom: " + b"a@b.c, " * size),
    "brackets in addresses": ("a.txt", lambda size: b"To: x\nFrom: a@b.c " + b"(" * size),
    "tags in one paragraph": ("a.txt", lambda size: "“x,” said A B. ".encode() * size),
    "cp1251": ("a.txt", lambda size: "право человека ".encode("cp1251") * size),
    "UTF-16 without a mark": ("a.txt", lambda size: "ab \n".encode("utf-16-le") * size),
    "headings": ("a.md", lambda size: b"a\n=\n" * size),
    "fences": ("a.md", lambda size: b"```\n" * size),
    "front matter without end": ("a.md", lambda size: b"---\n" + b"a: b\n" * size),
    "nested front matter": ("a.md", lambda size: b"---\na: " + b"[" * size + b"\n---\nx"),
}


def seconds(content: bytes, name: str) -> float:
    """Time one reading, refused or not."""
    began = time.perf_counter()
    with contextlib.suppress(QuoteArchiveError):
        read(content, name=name)
    return time.perf_counter() - began


def main() -> None:
    """Print a line an input: its name, the seconds, and the ratio at twice the size."""
    read(b"Paris, 12 February 2021\n", name="a.txt")  # loads the libraries
    for title, (name, make) in INPUTS.items():
        once = min(seconds(make(SIZE), name) for _ in range(7))
        twice = min(seconds(make(2 * SIZE), name) for _ in range(7))
        print(f"{title:28}{once:8.3f} s   ratio {twice / once:.2f}")


if __name__ == "__main__":
    main()
