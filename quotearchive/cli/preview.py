"""`quotearchive add --preview`: show what would be added."""

from collections.abc import Sequence

import click

from quotearchive.archive.documents import AddOptions, Source
from quotearchive.archive.previews import preview
from quotearchive.cli.session import Session
from quotearchive.errors import NO
from quotearchive.json_values import preview_values
from quotearchive.views.previews import preview_page


def show_previews(
    session: Session, sources: Sequence[Source], how: AddOptions, *, text_only: bool, as_json: bool
) -> None:
    """Show the documents in sources, and what can't be read; the exit code is 1 if that is anything."""
    previews, failed = preview(sources, how)
    if as_json:
        session.write_json(
            {"documents": [preview_values(each) for each in previews], "failed": [str(error) for error in failed]}
        )
    elif text_only:
        session.write(f"{each.document.text.rstrip()}\n\n".encode() for each in previews)
    else:
        for number, each in enumerate(previews, 1):
            session.show(*([""] if number > 1 else []), preview_page(each, number, len(previews)))
    for error in failed:
        session.fail(error)
    if failed:
        click.get_current_context().exit(NO)
