"""Text as Markdown that reads back as the same text, whatever it holds.

What a CommonMark parser would take for markup is escaped with a backslash, and so is what GitHub's and
Obsidian's dialects add: strikethrough, tables, bare addresses that become links, tags, comments, formulas.
White space that a parser drops is written as a character reference. The one character that Markdown can't
hold is NUL; it is shown as its picture, ␀. See https://spec.commonmark.org/0.31.2/.
"""

import re
from typing import Final

#: Characters that may begin markup, each with what it must be next to where that matters. All alternatives
#: share one leading set, which lets the search skip what is none of them.
_MARKUP: Final = re.compile(
    r"[\\`*_\[\]<#|~^${&=%:/.@]"
    r"(?:(?<=[\\`*_\[\]<#|~^${])"
    r"|(?<=&)(?=[#\w])"  # a character reference: &amp;
    r"|(?<==)(?==)|(?<===)"  # ==highlighted==
    r"|(?<=%)(?=%)|(?<=%%)"  # %%a comment%%
    r"|(?<=:)(?=[/A-Za-z+-])"  # http://…, mailto:…, :smile:
    r"|(?<=/)(?=/)"  # //host
    r"|(?<=\.)(?=[^\W\d_])"  # www.…, example.org
    r"|(?<=@)(?=\w))",  # a name or an e-mail address
)

#: What begins a list, a block quote, a heading's underline or a definition at the start of a line.
_OPENING: Final = re.compile(r"\d{1,9}(?=[.)])|(?=[-+>=:])")

#: Two line ends between lines are a new paragraph. Longer runs are not: parsers would shorten them.
_PARAGRAPHS: Final = re.compile(r"(?<=[^\n])\n\n(?=[^\n])")

#: Control characters that a character reference can't stand for; parsers put U+FFFD in its place.
_UNNAMEABLE: Final = frozenset(map(chr, (*range(0x09), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0xA0))))

#: What no line can hold: NUL, and a carriage return, which parsers take for a line end.
_REPLACED: Final = {0x00: "␀", 0x0D: "&#13;"}


def inline(text: str) -> str:
    r"""Write text as a piece of one line; its own line ends and runs of white space become one space.

    >>> print(inline("[sic] 3 * 4\nis_not 12"))
    \[sic\] 3 \* 4 is\_not 12
    """
    return _line(" ".join(text.split()))


def block_quote(text: str, indent: str = "") -> str:
    r"""Write text as a block quote that holds each of its characters.

    >>> print(block_quote("One,\n1. two\n\n# three"), end="")
    > One,\
    > 1\. two
    >
    > \# three

    Args:
        text: The text; may hold anything.
        indent: What each line begins with.
    """
    if "\n" not in text:
        return f"{indent}> {_line(text)}\n"
    blocks = f"\n{indent}>\n".join(_paragraph(part, indent) for part in _PARAGRAPHS.split(text))
    return blocks + "\n"


def _paragraph(text: str, indent: str) -> str:
    parts = [f"{indent}> "]
    previous = ""
    for number, line in enumerate(text.split("\n")):
        if number:
            parts.append(f"\\\n{indent}> " if previous and line else "&#10;")
        parts.append(_line(line))
        previous = line
    return "".join(parts)


def _line(line: str) -> str:
    body = line.strip()
    if not body:
        return _references(line)
    start = line.index(body)
    escaped = _MARKUP.sub(r"\\\g<0>", body)
    if "\0" in escaped or "\r" in escaped:
        escaped = escaped.translate(_REPLACED)
    opening = _OPENING.match(escaped)
    if opening:
        escaped = f"{opening.group()}\\{escaped[opening.end() :]}"
    if len(body) == len(line):
        return escaped
    return _references(line[:start]) + escaped + _references(line[start + len(body) :])


def _references(white: str) -> str:
    return "".join(sign if sign in _UNNAMEABLE else f"&#{ord(sign)};" for sign in white)
