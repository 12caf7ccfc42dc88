"""The query and the options that choose quotes, for every command that works on chosen quotes."""

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click

from quotearchive.cli.session import Session, pass_session
from quotearchive.errors import EmptyFilterError
from quotearchive.query import Query, all_of, condition, parse

#: Options that say the same as a field of the query language.
_FIELDS = ("speaker", "topic", "document")


def filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command a QUERY and the options that say the same, and call it with one `query`."""

    @click.argument("words", metavar="[QUERY]...", nargs=-1)
    @click.option("--speaker", metavar="NAME", help="Said by this speaker; a part of the name will do.")
    @click.option("--topic", metavar="TOPIC", help="On this topic or what lies under it; a part will do.")
    @click.option("--document", metavar="DOC", help="From this document; a part of its name will do.")
    @pass_session
    @functools.wraps(command)
    def with_query(session: Session, /, words: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 - click's values
        parsed = parse(" ".join(words))
        for remark in parsed.remarks:
            session.remark(remark)
        said = {field: options.pop(field) for field in _FIELDS}
        command(session, query=all_of((parsed.query, *_conditions(said))), **options)

    return with_query


def _conditions(said: Mapping[str, str | None]) -> Iterator[Query]:
    for field, value in said.items():
        if value is not None:
            found = condition(field, value)
            if found is None:
                raise EmptyFilterError(field, value)
            yield found
