"""What a file of text is: a page of markup, mail, subtitles, data, or words for people.

Only what begins and ends as such is markup: a text that speaks of `<b>`, and Markdown with some HTML in it, are
words for people.
"""

import re
from typing import Final

import msgspec

from quotearchive.readers.kinds.samples import Sample

#: Elements of HTML with which a page, or a piece of one, may begin.
_HTML: Final = re.compile(
    r"a|article|aside|b|base|blockquote|body|br|center|details|div|dl|em|figure|font|footer|form|frameset|"
    r"h1|h2|h3|h4|h5|h6|head|header|hr|html|i|iframe|img|link|main|meta|nav|noscript|ol|p|pre|script|"
    r"section|small|span|strong|style|sub|sup|table|tbody|td|template|title|tr|u|ul|video"
)

#: Those that stand in a page's head alone, where no words for people are.
_HEADS: Final = frozenset(("head", "meta", "title"))

_DOCTYPE: Final = re.compile(r"<!doctype\s+html\b", re.IGNORECASE)
_ROOT: Final = re.compile(r"<((?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*)(?=[\s/>])")
_HTML_LINE: Final = re.compile(r"^[ \t]*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.MULTILINE)
_TEI: Final = frozenset(("tei", "teicorpus", "tei.2"))

#: The namespace of OpenDocument as one file, declared at its root, and the bytes in which it is looked for.
_OPEN_DOCUMENT: Final = b"urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_NAMESPACES: Final = 2**13

#: Code points before a page in which a server may have complained.
_BEFORE_HTML: Final = 1024

_VTT: Final = re.compile(r"WEBVTT(?:[ \t\r\n]|$)")
_CUE: Final = re.compile(
    r"(?:\S{1,9}[ \t]*\r?\n)?(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*-->[ \t]*(?:\d+:)?\d{1,2}:\d{2}"
)
_WARC: Final = re.compile(r"WARC/\d\.\d+\r?\n")
_POSTSCRIPT: Final = re.compile(r"%!PS\b")
_ARMOUR: Final = re.compile(r"-----BEGIN PGP MESSAGE-----")

#: An envelope, with the year at its end (RFC 4155, https://www.rfc-editor.org/rfc/rfc4155), and a header after it.
_MBOX: Final = re.compile(r"From [^\n]{1,200}\b\d{4}\b[^\n]{0,20}\n(?:>?From [^\n]*\n)?[!-9;-~]+:")

_HEADER: Final = re.compile(r"([!-9;-~]{1,60}):")

#: Headers that programs write, and people who copy a letter don't.
_WRITTEN_BY_PROGRAMS: Final = re.compile(
    r"message-id|mime-version|received|return-path|content-type|content-transfer-encoding|delivered-to|"
    r"references|in-reply-to|dkim-signature|x-mailer|list-id|authentication-results|arc-seal|x-received|"
    r"user-agent|reply-to"
)

#: Lines of headers that are looked at.
_HEADERS: Final = 400

_SAVED_PAGE: Final = re.compile(
    r"^(?:Snapshot-Content-Location:|From:[^\n]*Saved by |Content-Location:[^\n]*\bhttps?:)",
    re.IGNORECASE | re.MULTILINE,
)
_RELATED: Final = re.compile(r"^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_SENT: Final = re.compile(r"^(?:To|Received|Message-ID|Return-Path):", re.IGNORECASE | re.MULTILINE)

#: What a file of JSON begins with; the words of a text may begin with a bracket too.
_JSON: Final = re.compile(r'(?:\{\s*(?:"|\})|\[\s*(?:[\[{"\]]|-?\d+\s*[,\]]))')

#: Keys of a transcript as Whisper and its kin write it.
_TRANSCRIPT: Final = re.compile(
    rb'"(?:segments|word_segments|words|chunks|utterances|monologues|transcription|tStartMs)"\s*:'
    rb'|\A\s*\[\s*\{[^{}]{0,4096}"start(?:_time|Time)?"\s*:'
)

#: Suffixes whose files are what they say, as long as nothing in them speaks against it.
_BELIEVED: Final = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".eml": "eml",
    ".emlx": "eml",
    ".mbox": "mbox",
    ".mbx": "mbox",
    ".srt": "srt",
    ".vtt": "vtt",
}

#: Suffixes of texts that may be full of HTML.
_MIXED: Final = frozenset((".md", ".markdown"))


def text_kind(seen: Sample, content: bytes, suffix: str) -> str:
    """Return the kind of a file that is text.

    Args:
        seen: A glance at it.
        content: All of it.
        suffix: How its name ends, in lower case, with the dot.

    Returns:
        The kind, which is `text` for words for people.
    """
    return (
        _by_line(seen, suffix)
        or _markup(seen, content, suffix)
        or _json(seen, content, suffix)
        or _BELIEVED.get(suffix)
        or "text"
    )


def _by_line(seen: Sample, suffix: str) -> str | None:
    """Recognise what is told by its first lines."""
    begun = seen.beginning
    kinds = ((_VTT, "vtt"), (_WARC, "warc"), (_POSTSCRIPT, "postscript"), (_ARMOUR, "encrypted"), (_MBOX, "mbox"))
    for pattern, kind in kinds:
        if pattern.match(begun):
            return kind
    if _CUE.match(begun):
        return "vtt" if suffix == ".vtt" else "srt"
    return _mail(begun, suffix)


def _mail(begun: str, suffix: str) -> str | None:
    """Recognise a message, and a page that was saved as one, by headers that programs write."""
    names: list[str] = []
    head = begun
    for number, line in enumerate(begun.splitlines()):
        if not line or number > _HEADERS:
            head = "\n".join(begun.splitlines()[:number])
            break
        found = _HEADER.match(line)
        if found is None and (not names or line[0] not in " \t"):
            break
        if found and line[0] not in " \t":
            names.append(found[1].lower())
    if not names:
        return None
    is_named = suffix in {".eml", ".mht", ".mhtml"}
    if not is_named and not (any(map(_WRITTEN_BY_PROGRAMS.fullmatch, names)) and len(names) > 1):
        return None
    if _RELATED.search(head) and (_SAVED_PAGE.search(head) or not _SENT.search(head)):
        return "mhtml"
    return "mhtml" if suffix in {".mht", ".mhtml"} else "eml"


def _markup(seen: Sample, content: bytes, suffix: str) -> str | None:
    begun = seen.beginning
    if not begun.startswith("<"):
        is_page = suffix not in _MIXED and _HTML_LINE.search(begun[:_BEFORE_HTML]) and "</html>" in seen.end.lower()
        return "html" if is_page else None
    root = _root(begun)
    name = (root or "").rpartition(":")[2].lower()
    if name == "html":
        return "html"
    if name in _TEI:
        return "tei"
    if not root or (suffix in _MIXED and not begun.startswith("<?xml")):
        return None
    if _HTML.fullmatch(name) and not begun.startswith("<?xml"):
        return "html" if name in _HEADS or seen.end.endswith(">") else None
    is_xml = begun.startswith(("<?xml", "<!DOCTYPE")) or seen.end.endswith((f"</{root}>", "/>"))
    return _xml(name, content) if is_xml else None


def _xml(name: str, content: bytes) -> str:
    if name == "plist" and b"WebMainResource" in content:
        return "webarchive"
    if name == "document" and _OPEN_DOCUMENT in content[:_NAMESPACES]:
        return "fodt"
    return {"svg": "drawing", "worddocument": "flat word", "package": "flat word"}.get(name, "other xml")


def _root(begun: str) -> str | None:
    """Return the name of the first element, behind a declaration, comments and a document type."""
    at = 0
    while True:
        at += len(begun[at:]) - len(begun[at:].lstrip())
        if _DOCTYPE.match(begun, at):
            return "html"
        if begun.startswith("<?", at):
            end = begun.find("?>", at) + 2
        elif begun.startswith("<!--", at):
            end = begun.find("-->", at) + 3
        elif begun.startswith("<!DOCTYPE", at):
            end = _end_of_doctype(begun, at)
        else:
            found = _ROOT.match(begun, at)
            return found[1] if found else None
        if end <= at:
            return None
        at = end


def _end_of_doctype(begun: str, at: int) -> int:
    bracket, end = begun.find("[", at), begun.find(">", at)
    if 0 <= bracket < end:
        end = begun.find(">", begun.find("]", bracket))
    return end + 1


def _json(seen: Sample, content: bytes, suffix: str) -> str | None:
    if not _JSON.match(seen.beginning) or not seen.end.endswith(("}", "]")):
        return "other json" if suffix == ".json" else None
    if suffix != ".json" and not _is_json(content):
        return None
    return "json" if _TRANSCRIPT.search(content) else "other json"


def _is_json(content: bytes) -> bool:
    """Check whether bytes are JSON, or lines of it, by the whole or by the first line."""
    for part in (content, content.split(b"\n", 1)[0]):
        try:
            msgspec.json.decode(part, type=msgspec.Raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        return True
    return False
