"""Letters as the Correspondence Metadata Interchange Format: who wrote to whom, when and where.

See https://github.com/TEI-Correspondence-SIG/CMIF. The format wants a publisher and a licence, which an
archive does not know; whoever publishes the file puts theirs in.
"""

import uuid
from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from quotearchive.exporters.interface import Options
from quotearchive.exporters.tei_header import ID, NAMESPACE, E, address, correspondence, named, serialised
from quotearchive.model import Selection

#: The date of the file where the time of its making is not to be said: no earlier than TEI P5.
_EARLIEST: Final = {"notBefore": "2007-11-01"}


def export(selections: Iterable[Selection], options: Options) -> Iterator[str]:
    """Yield the file, letter by letter."""
    source = _identifier(options)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<TEI xmlns="{NAMESPACE}">\n<teiHeader>\n{serialised(_file(options, source))}<profileDesc>\n'
    for selection in selections:
        document = selection.document
        if document.kind == "letter":
            reference = {"ref": address(document.url)} if document.url else {}
            key = {"key": document.slug}
            yield serialised(correspondence(document, source=f"#{source}", **reference, **key))
    yield "</profileDesc>\n</teiHeader>\n<text><body><p/></body></text>\n</TEI>\n"


def _identifier(options: Options) -> str:
    """Make a UUID that begins with a letter, as the name of an element must."""
    return "a" + str(uuid.uuid5(uuid.NAMESPACE_URL, f"{options.title}/{options.made}"))[1:]


def _file(options: Options, source: str) -> etree._Element:
    made = {"when": options.made} if options.made else _EARLIEST
    return E.fileDesc(
        E.titleStmt(named("title", options.title), E.editor("quotearchive")),
        E.publicationStmt(
            E.publisher("not published"),
            E.idno(f"urn:uuid:{source}", type="url"),
            E.date(**made),
            E.availability(E.p("No licence was given."), status="unknown"),
        ),
        E.sourceDesc(named("bibl", options.title, **{ID: source, "type": "online"})),
    )
