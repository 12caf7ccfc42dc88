"""The query and the options that choose quotes, for every command that works on a choice of them."""

import functools
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import click

from quotearchive.cli.session import Session, pass_session
from quotearchive.dates import parse_date
from quotearchive.errors import UsageError
from quotearchive.query import Query, all_of, condition, parse

#: An argument that excludes a word, as the query language writes it: no option has one dash and a long name.
_EXCLUDED: Final = re.compile(r"-(?P<word>[^-].+)", re.DOTALL)


class QueryCommand(click.Command):
    """A command whose arguments may exclude words: `-school` is not an option, but NOT school."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Rewrite `-word` as NOT word, which is the same in the query language, and parse the rest as usual."""
        flags = tuple(name for option in self.get_params(ctx) for name in option.opts if len(name) == _FLAG)
        behind = args.index("--") if "--" in args else len(args)
        spelled = [part for arg in args[:behind] for part in _spelled(arg, flags)]
        return super().parse_args(ctx, [*spelled, *args[behind:]])


#: Length of an option such as `-o`, which may have its value joined to it: `-oquotes.md`.
_FLAG: Final = 2


def _spelled(arg: str, flags: tuple[str, ...]) -> list[str]:
    """Return an argument that excludes a word as NOT and the word; several words in one argument are a phrase.

    >>> _spelled("-school", ()), _spelled("-phone call", ()), _spelled("-o", ("-o",))
    (['NOT', 'school'], ['NOT', '"phone call"'], ['-o'])
    """
    found = _EXCLUDED.fullmatch(arg)
    if found is None or (arg.startswith(flags) and not arg.startswith("-h")):
        return [arg]
    is_phrase = re.search(r"\s", found["word"]) and not set(found["word"]) & set('"():')
    return ["NOT", f'"{found["word"]}"' if is_phrase else found["word"]]


#: Options that do the same as the field of the query language of that name.
_FIELDS = ("speaker", "topic", "document")


#: Options that limit when something was said, each with the sign before a date in the query language.
_BOUNDS = {"since": ">=", "until": "<="}


def filters(command: Callable[..., None]) -> Callable[..., None]:
    """Add a QUERY, and options that do the same, to a command, which is then called with one `query`."""

    @click.argument("words", metavar="[QUERY]...", nargs=-1)
    @click.option("--speaker", metavar="NAME", help="Said by this speaker; part of the name is enough.")
    @click.option("--topic", metavar="TOPIC", help="On this topic or one below it; part of the path is enough.")
    @click.option("--document", metavar="DOC", help="From this document; part of its name is enough.")
    @click.option("--since", type=parse_date, metavar="DATE", help="Said on this day or later.")
    @click.option("--until", type=parse_date, metavar="DATE", help="Said on this day or earlier.")
    @pass_session
    @functools.wraps(command)
    def with_query(session: Session, /, words: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 - click's values
        parsed = parse(" ".join(words))
        session.remark_all(parsed.remarks)
        said = {field: options.pop(field) for field in _FIELDS}
        said |= {f"said:{sign}": options.pop(name) for name, sign in _BOUNDS.items()}
        command(session, query=all_of((parsed.query, *_conditions(said))), **options)

    return with_query


def _conditions(said: Mapping[str, str | None]) -> Iterator[Query]:
    for field, value in said.items():
        if value is not None:
            name, _, sign = field.partition(":")
            found = condition(name, f"{sign}{value}")
            if found is None:
                wordless = f"--{field} {shlex.quote(value)} has no word to search for."
                raise UsageError(wordless)
            yield found
