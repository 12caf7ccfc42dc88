"""Makes documents of word processors: the parts of a package, and what stands around a body."""

import io
import zipfile
from collections.abc import Mapping

from quotearchive.readers import Reading, read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'

_OPEN_DOCUMENT = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "meta": "meta", "style": "style",
    }.items()
)  # fmt: skip


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Put parts into a package."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def relations(*targets: tuple[str, str], mode: str = "") -> str:
    """Write the relations of a part: the kind of each and where it leads."""
    found = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'
        for number, (kind, target) in enumerate(targets)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{found}</Relationships>'
    )


def docx(body: str, *, namespace: str = W, **parts: str) -> bytes:
    """Make a Word document of the inside of its body and of other parts, such as `footnotes` or `styles`."""
    around = (
        f'xmlns:w="{namespace}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    found = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations(("officeDocument", "word/document.xml"), ("core-properties", "docProps/core.xml")),
        "word/document.xml": f"<w:document {around}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(*((name, f"{name}.xml") for name in parts if name != "core")),
    }
    for name, content in parts.items():
        path = "docProps/core.xml" if name == "core" else f"word/{name}.xml"
        found[path] = content if name == "core" else f"<w:{name} {around}>{content}</w:{name}>"
    return package(found)


def core(title: str = "", creator: str = "", created: str = "") -> str:
    """Write the core properties of a Word document."""
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>"
        f"<dcterms:created>{created}</dcterms:created></cp:coreProperties>"
    )


def p(words: str, properties: str = "") -> str:
    """Write a paragraph of Word's."""
    return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}{run(words)}</w:p>"


def run(words: str, properties: str = "") -> str:
    """Write a run of words of Word's."""
    return f"<w:r>{properties and f'<w:rPr>{properties}</w:rPr>'}<w:t xml:space='preserve'>{words}</w:t></w:r>"


def odt(body: str, meta: str = "", manifest: str = "", pages: str = "") -> bytes:
    """Make an OpenDocument text of the inside of its body, and of that of its page styles."""
    return package(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_OPEN_DOCUMENT}><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "meta.xml": f'<office:document-meta {_OPEN_DOCUMENT} xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<office:meta>{meta}</office:meta></office:document-meta>",
            "styles.xml": f"<office:document-styles {_OPEN_DOCUMENT}><office:master-styles>{pages}"
            "</office:master-styles></office:document-styles>",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        }
    )


def fodt(body: str) -> bytes:
    """Make an OpenDocument text in one file."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_OPEN_DOCUMENT} '
        f'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>{body}</office:text>'
        "</office:body></office:document>"
    ).encode()


def sections(reading: Reading) -> list[tuple[str, str]]:
    """Return the labels of sections, each with the words that it begins with."""
    return [
        (each.label, reading.text[each.start :].split("\n")[0]) for each in reading.segments if each.kind == "section"
    ]


def text_of(content: bytes, name: str) -> str:
    """Return the text of a file."""
    return read(content, name=name).text
