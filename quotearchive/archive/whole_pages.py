"""What a web page holds outside its main text."""

from quotearchive.anchoring.errors import AmbiguousPassageError, PassageError
from quotearchive.anchoring.location import locate
from quotearchive.archive.archive import Archive
from quotearchive.errors import QuoteArchiveError
from quotearchive.model import Original
from quotearchive.readers.formats import FORMATS


def is_in_whole_page(archive: Archive, original: Original, passage: str) -> bool:
    """Check whether a passage is anywhere in the web page that a document was read from, if that is kept.

    Args:
        archive: The archive.
        original: The original of the document.
        passage: The passage as it was typed.
    """
    if not original.kept or original.media_type not in _web_pages():
        return False
    from quotearchive.readers import LIMIT, Options, Reading, read_all  # noqa: PLC0415 - only for a web page

    content = archive.originals.read(original.sha256, LIMIT)
    if content is None:
        return False
    try:
        outcomes = read_all(content, name=original.name, options=Options(whole_page=True))
        readings = (each for each in outcomes if isinstance(each, Reading) and each.original.member == original.member)
        return any(_holds(each.text, passage) for each in readings)
    except QuoteArchiveError:
        return False


def _web_pages() -> set[str]:
    return {each.media_type for each in FORMATS if each.is_web_page}


def _holds(text: str, passage: str) -> bool:
    try:
        locate(text, passage)
    except AmbiguousPassageError:
        return True
    except PassageError:
        return False
    return True
