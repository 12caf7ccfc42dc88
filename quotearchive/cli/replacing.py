"""`quotearchive add --replace`: put a corrected text in the place of a document's."""

from collections.abc import Sequence
from typing import Any

import msgspec

from quotearchive.archive import replacement
from quotearchive.archive.documents import Source, read_source
from quotearchive.archive.values import Values
from quotearchive.cli.errors import OneTextError
from quotearchive.cli.session import Session
from quotearchive.exporters.json_values import description_values, quote_values
from quotearchive.views import replacement as views


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """How far the user agrees beforehand.

    Attributes:
        is_dry: Nothing is to be written.
        is_given: Nothing is to be asked.
    """

    is_dry: bool
    is_given: bool


def single(sources: Sequence[Source], given: Values) -> replacement.NewText:
    """Read the one text that is to replace another.

    Raises:
        OneTextError: There are several, or none.
    """
    if len(sources) != 1:
        raise OneTextError(len(sources))
    return replacement.NewText(source=sources[0], reading=read_source(sources[0]), given=given)


def replace(session: Session, reference: str, new: replacement.NewText, consent: Consent, *, as_json: bool) -> None:
    """List what becomes of every quote, ask if words of one change or are missing, and write.

    Args:
        session: The run.
        reference: The document.
        new: The text that is to stand there.
        consent: How far the user agrees.
        as_json: Whether to list it as one JSON value.
    """
    planned = replacement.plan(session.archive.read(), reference, new, change=session.change)
    if as_json:
        session.write_json(_values(planned, is_dry=consent.is_dry))
    else:
        session.show(views.relocations(planned.findings))
    if consent.is_dry:
        session.remark("Nothing was written.")
        return
    if planned.needs_consent and not consent.is_given:
        session.confirm(f"Replace the text of {planned.before.slug}?")
    session.remark_all(replacement.replace(session.archive, planned, change=session.change))
    session.remark(f"Replaced the text of {planned.before.slug}.")
    session.name_elsewhere()


def _values(planned: replacement.Replacement, *, is_dry: bool) -> dict[str, Any]:
    return {
        "document": description_values(planned.after, len(planned.findings)),
        "written": not is_dry,
        "quotes": [
            {
                **quote_values(finding.after, planned.after),
                "outcome": str(finding.outcome),
                "was": finding.before.text,
            }
            for finding in planned.findings
        ],
    }
