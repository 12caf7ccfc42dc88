"""Sources as BibTeX and BibLaTeX, UTF-8, with their quotes as annotations.

See https://ctan.org/pkg/biblatex for the fields. Names and titles stand in braces of their own, so that
they are neither taken apart nor set in lower case.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from quotearchive.exporters.calendar_dates import period
from quotearchive.exporters.context import BIBLIOGRAPHIC, facts, in_context, remark, retrieved, topics
from quotearchive.exporters.interface import Options
from quotearchive.model import Description, Selection

#: What TeX takes for a command, and how it is written instead, with balanced braces.
_TEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\lbrace{}",
        "}": r"\rbrace{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: rf"\{sign}" for sign in "%#$&_"},
    }
)

#: Where two signs would be set as one: -- as a dash, `` and '' as quotation marks, ?` as ¿.
_LIGATURE: Final = re.compile(r"-(?=-)|`(?=`)|'(?=')|,(?=,)|<(?=<)|>(?=>)|[?!](?=`)")

#: An address is taken letter by letter, but its braces must balance and TeX must not see a comment.
_ADDRESS: Final = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "{}\\ \n\t"})


def export(selections: Iterable[Selection], options: Options) -> Iterator[str]:
    """Yield an entry for each document."""
    del options
    keys: set[str] = set()
    for selection in selections:
        name = key(selection.document)
        while name in keys:
            name += "x"
        keys.add(name)
        yield write_string(Library([_record(selection, name)])) + "\n"


def key(document: Description) -> str:
    """Return the key of a source in citations: its slug, or its number where the slug is not ASCII.

    >>> key(Description(id=7, slug="بیانیه", title="بیانیه"))
    'document-7'
    """
    return document.slug if re.fullmatch(r"[a-zA-Z0-9-]+", document.slug) else f"document-{document.id}"


def escape(text: str) -> str:
    r"""Write text for TeX.

    >>> print(escape("50 % of {all} #1"))
    50 \% of \lbrace{}all\rbrace{} \#1
    """
    return _LIGATURE.sub(r"\g<0>{}", text.translate(_TEX))


def _record(selection: Selection, name: str) -> Entry:
    document = selection.document
    known = period(document.date)
    particulars = " · ".join(facts(document, BIBLIOGRAPHIC))
    remarks = (remark(entry) for entry in in_context(selection))
    fields = {
        "author": _names(document.authors),
        "title": f"{{{escape(document.title)}}}",
        "howpublished": escape(_form(document)),
        "publisher": escape(document.publisher or ""),
        "address": escape(document.place or ""),
        "date": escape(document.date or "") if known is None else document.date or "",
        "year": known.first[:4] if known else "",
        "url": (document.url or "").translate(_ADDRESS),
        "urldate": retrieved(document),
        "language": escape(document.language or ""),
        "keywords": escape(", ".join(topics(selection))),
        "annote": escape("\n\n".join(filter(None, (particulars, *remarks)))),
    }
    return Entry("misc", name, [Field(field, value) for field, value in fields.items() if value])


def _names(names: Sequence[str]) -> str:
    return " and ".join(f"{{{escape(name)}}}" for name in names)


def _form(document: Description) -> str:
    kind = "" if document.kind == "other" else document.kind.capitalize()
    return f"{kind or 'Document'} to {' and '.join(document.recipients)}" if document.recipients else kind
