"""What programs, scanners and systems write where a file's author and title should be."""

import re
from typing import Final

_NOBODY: Final = re.compile(
    r"\W*|(?:the )?(?:microsoft|windows|ms|default|office|local)?[ _-]*+(?:office|word)?[ _-]*+"
    r"(?:users?|owner|admin(?:istrator)?|root|guest|unknown|anonymous|author|name|student|office|default|test|customer"
    r"|pc|hp|dell|lenovo|acer|asus|toshiba|me|none|null|n/?a|untitled|benutzer|utilisateur|usuario|kullanıcı)[ _-]*\d*"
    r"|.*\bun[- ]?registered\b.*|apache poi|openoffice\.org.*|libreoffice.*"
    r"|.*\b(?:canon|epson|xerox|ricoh|konica|kyocera|brother (?:mfc|dcp|hl)|scan(?:ner|ned|snap)?|adobe|acrobat|"
    r"microsoft|windows|word|libreoffice|openoffice|python-docx|latex|chrome|mozilla|pdf(?:creator|tk)?)\b.*",
    re.IGNORECASE,
)

_NO_TITLE: Final = re.compile(
    r"\W*|(?:microsoft (?:office )?word ?- ?)?(?:no title|title|titel|titre|document|dokument)[ _-]*\d*"
    r"|untitled.*|unbenannt.*|sans titre.*|sin título.*|microsoft (?:office )?(?:word|powerpoint|excel)\b.*"
    r"|.*\.(?:docx?|docm|dotx?|odt|rtf|tex|dvi|indd|qxd|pptx?|xlsx?|html?|pdf|txt|pages|wpd|p65|fm)"
    r"|(?:print|scan|img|image|file|layout|slide|presentation|template)[\W_]*\d*|about:blank|https?://.*|\d[\d\W_]*",
    re.IGNORECASE,
)


def is_nobody(author: str) -> bool:
    """Check for what names nobody.

    >>> is_nobody("Microsoft Office User"), is_nobody("Jane Doe")
    (True, False)
    """
    return _NOBODY.fullmatch(author) is not None


def is_no_title(title: str) -> bool:
    """Check for what was put in where nobody gave a title.

    >>> is_no_title("Microsoft Word - draft.doc"), is_no_title("On liberty")
    (True, False)
    """
    return _NO_TITLE.fullmatch(title) is not None
