"""What is not read, in plain words, and what to do with it instead."""

from typing import Final

from quotearchive.readers.errors import UnreadDataError, UnreadFormatError

_TRANSCRIBE: Final = "transcribe it, and add the transcript (.srt, .vtt, Whisper's .json)"
_AS_PDF: Final = "save it as PDF and add that"
_AS_DOCX: Final = "save it as .docx and add that"

#: By kind: what it is, and what to do.
_UNREAD: Final = {
    "doc": ("an old Word document (.doc)", _AS_DOCX),
    "xls": ("a spreadsheet (.xls)", "save the sheet that you need as .csv and add that"),
    "xlsx": ("a spreadsheet (.xlsx)", "save the sheet that you need as .csv and add that"),
    "ods": ("a spreadsheet (.ods)", "save the sheet that you need as .csv and add that"),
    "ppt": ("a presentation (.ppt)", _AS_PDF),
    "pptx": ("a presentation (.pptx)", _AS_PDF),
    "odp": ("a presentation (.odp)", _AS_PDF),
    "drawing": ("a drawing", _AS_PDF),
    "iwork": ("a document of Apple's Pages, Numbers or Keynote", "export it as .docx or PDF and add that"),
    "sxw": ("an old OpenOffice document (.sxw)", "save it as .odt and add that"),
    "flat word": ("a Word document as one XML file", _AS_DOCX),
    "wordperfect": ("a WordPerfect document", _AS_DOCX),
    "locked": ("an office document with a password", "save it without one and add that"),
    "ole": ("a file of an old Windows program", _AS_PDF),
    "postscript": ("a PostScript file", "convert it to PDF and add that"),
    "djvu": ("a DjVu file", "convert it to PDF and add that"),
    "kindle": ("a Kindle book", "convert it to .epub and add that"),
    "help": ("a Windows help file (.chm)", _AS_PDF),
    "pst": ("an Outlook mailbox (.pst)", "export it as .mbox, or its messages as .msg, and add those"),
    "encrypted": ("an encrypted message", "decrypt it and add that"),
    "picture": ("a picture of a kind that is not read", "save it as PNG or JPEG and add that"),
    "gif": ("a picture of a kind that is not read (.gif)", "save it as PNG or JPEG and add that"),
    "recording": ("a recording of sound or video", _TRANSCRIBE),
    "packed": ("a packed archive of a kind that is not read", "unpack it and add its files"),
    "database": ("an SQLite database", "export what you need as text and add that"),
    "data": ("a file of settings (.plist)", "export what you need as text and add that"),
    "program": ("a program", "add the documents alone"),
    "font": ("a font", "add the documents alone"),
    "other xml": (
        "XML that is neither a web page nor TEI",
        "save its text as plain text, or as a web page, and add that",
    ),
    "other json": (
        "JSON that is no transcript",
        "save its text as plain text and add that; what another program exported may be for: quotearchive import",
    ),
}


#: What programs write for programs: no words of anybody.
_DATA: Final = frozenset(("other xml", "other json", "data"))


def refusal(kind: str, name: str) -> UnreadFormatError:
    """Return the error for a file of a kind that is not read.

    Args:
        kind: Its kind, as sniffing calls it.
        name: Its name.
    """
    what, advice = _UNREAD.get(kind) or (
        f"a file of a kind that is not read ({kind})",
        "save its text as plain text (UTF-8) and add that",
    )
    return (UnreadDataError if kind in _DATA else UnreadFormatError)(name, what, advice)
