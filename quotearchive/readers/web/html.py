"""Web pages: their main text, word for word as the page has it, and what they declare of themselves."""

import importlib.metadata
import logging
from collections.abc import Iterator
from typing import Final

from quotearchive.readers.extracts import Extract, Options
from quotearchive.readers.web.main_text import Block, blocks_of, is_huge, main_blocks
from quotearchive.readers.web.markup import decode_markup, parse
from quotearchive.readers.web.metadata import describe_page
from quotearchive.readers.web.origins import Origin, origin_of, without_toolbar

#: What made the text, with the version on which it depends.
READER: Final = f"web page, trafilatura {importlib.metadata.version('trafilatura')}"

#: What made the text where trafilatura had no part in it.
_WHOLE_READER: Final = f"web page, lxml {importlib.metadata.version('lxml')}"

# trafilatura says of every short page that it is one.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_TOO_LARGE: Final = "The page is too large for its main text to be looked for, so all that it shows was taken."
_NO_MAIN_TEXT: Final = "No main text was found in the page, so all that it shows was taken."


def extract(content: bytes, name: str, options: Options) -> Iterator[Extract]:  # noqa: ARG001
    """Read a web page, also one that a browser or SingleFile saved.

    Args:
        content: The page; it is decoded as it declares.
        name: The file's name, which a page has no use for.
        options: Whether everything that it shows is its text.
    """
    yield read_page(content, options)


def read_page(
    content: bytes,
    options: Options,
    origin: Origin | None = None,
    charset: str | None = None,
    member: str | None = None,
) -> Extract:
    """Read a page whose origin may be known.

    Args:
        content: The page.
        options: Whether everything that it shows is its text.
        origin: Its address and when it was retrieved, as what it lay in says.
        charset: The encoding that was declared outside of it.
        member: Which of several pages it is.
    """
    decoded = decode_markup(content, charset)
    tree = parse(decoded.text)
    origin = origin_of(decoded.text, tree, origin or Origin())
    without_toolbar(tree)
    blocks = blocks_of(tree)
    too_large = is_huge(tree)
    main = [] if options.whole_page or too_large else main_blocks(tree, blocks)
    remarks = [] if main or options.whole_page or not blocks else [_TOO_LARGE if too_large else _NO_MAIN_TEXT]
    if decoded.is_guessed:
        remarks.append(f"The page doesn't say how it is encoded; it was read as {decoded.encoding}.")
    text = _joined(main or blocks)
    extracted, more = describe_page(tree, blocks, main or blocks, origin, may_guess=not too_large)
    return Extract(
        text=text,
        extracted=extracted,
        remarks=(*remarks, *more),
        url=origin.url,
        retrieved=origin.retrieved,
        reader=READER if main else _WHOLE_READER,
        member=member,
    )


def whole_text(content: bytes, charset: str | None = None) -> str:
    """Return all that a page shows, navigation and comments too.

    Each paragraph of its main text is in it, so that a passage can be looked for that isn't in the main text.

    Args:
        content: The page.
        charset: The encoding that was declared outside of it, if any.
    """
    tree = parse(content, charset)
    without_toolbar(tree)
    return _joined(blocks_of(tree))


def _joined(blocks: list[Block]) -> str:
    return "\n\n".join(block.text for block in blocks)
