"""`quotearchive completion`, and what the Tab key offers: commands, options, documents, quotes, speakers and topics.

An answer must come about as fast as that of `--version`. So no command is imported for a name, and only the names
in the archive's file are decoded, without the store, whose libraries alone take longer. What is offered follows from
what the help shows for a value: NAME, TOPIC, DOC or QUOTE.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import click
import msgspec
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ShellComplete, ZshComplete

from quotearchive.cli import COMPLETE
from quotearchive.cli.errors import NoFolderError
from quotearchive.cli.places import at_home, current_folder, find_archive, suspicion
from quotearchive.fields import FIELDS, Kind

#: The shells that can ask, with click's classes for their scripts and answers.
_SHELLS: Final[Mapping[str, type[ShellComplete]]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}

#: Code points of a quote or a title that are shown beside its number or name.
_SHOWN: Final = 60

#: How many things are offered; more would only fill the screen.
_MOST: Final = 500


class _Passage(msgspec.Struct):
    exact: str = ""


class _Quote(msgspec.Struct):
    passages: list[_Passage] = []
    speaker: str | None = None
    to: str | None = None
    topics: list[str] = []


class _Document(msgspec.Struct):
    slug: str = ""
    title: str = ""


class _Speaker(msgspec.Struct):
    name: str = ""
    aliases: list[str] = []


class _Topic(msgspec.Struct):
    path: str = ""


class _Names(msgspec.Struct):
    """The part of an archive that completion needs."""

    documents: dict[str, _Document] = {}
    quotes: dict[str, _Quote] = {}
    speakers: dict[str, _Speaker] = {}
    topics: dict[str, _Topic] = {}


_Offer = Callable[[_Names], Iterable[tuple[str, str]]]


def _documents(names: _Names) -> Iterator[tuple[str, str]]:
    return ((document.slug, document.title) for document in names.documents.values())


def _quotes(names: _Names) -> Iterator[tuple[str, str]]:
    for number, quote in names.quotes.items():
        yield number, " ".join(passage.exact for passage in quote.passages[:1])


def _quotes_and_documents(names: _Names) -> Iterator[tuple[str, str]]:
    yield from _quotes(names)
    yield "last", "the newest quote"
    yield from _documents(names)


def _speakers(names: _Names) -> Iterator[tuple[str, str]]:
    said = [name for quote in names.quotes.values() for name in (quote.speaker, quote.to) if name]
    yield from ((speaker.name, ", ".join(speaker.aliases)) for speaker in names.speakers.values())
    yield from ((name, "") for name in dict.fromkeys(said))


def _topics(names: _Names) -> Iterator[tuple[str, str]]:
    paths = {path for quote in names.quotes.values() for path in quote.topics}
    return ((path, "") for path in sorted(paths | {topic.path for topic in names.topics.values()}))


#: What is offered for a value, by the kind of its field.
_KINDS: Final[Mapping[Kind, _Offer]] = {
    **dict.fromkeys((Kind.NAME, Kind.NAMES), _speakers),
    Kind.TOPICS: _topics,
    Kind.QUOTE: _quotes,
    **dict.fromkeys((Kind.DOCUMENT, Kind.DOCUMENTS), _documents),
}

#: What is offered for the value of an option, whichever command it belongs to.
_OPTIONS: Final[Mapping[str, _Offer]] = {
    **{f"--{field.option}": _KINDS[field.kind] for of in FIELDS.values() for field in of if field.kind in _KINDS},
    "--from": _speakers,
    **dict.fromkeys(("--add-topic", "--drop-topic", "--under"), _topics),
    **dict.fromkeys(("--document", "--replace"), _documents),
}

#: What is offered for the arguments of a command, and for `--into`.
_ARGUMENTS: Final[Mapping[str, _Offer]] = {
    "quote": _documents,
    **dict.fromkeys(("show", "edit", "remove", "history"), _quotes_and_documents),
    "speakers": _speakers,
    "topics": _topics,
}

#: The commands that have commands of their own.
_GROUPS: Final = ("speakers", "topics")


@click.command(short_help="Print the script that makes the Tab key complete in bash, zsh or fish.")
@click.argument("shell", type=click.Choice(list(_SHELLS)))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that SHELL needs so that the Tab key completes commands, options, names and numbers.

    \b
    eval "$(quotearchive completion bash)"                       in ~/.bashrc
    eval "$(quotearchive completion zsh)"                        in ~/.zshrc
    quotearchive completion fish > ~/.config/fish/completions/quotearchive.fish
    """
    click.echo(_completion(ctx.find_root().command, shell).source())


def answer(main: click.Group, instruction: str) -> str:
    """Answer a shell in its own form.

    Args:
        main: The command line.
        instruction: Such as `bash_complete`. One that no shell gives gets an empty answer, as does one without words.
    """
    shell = instruction.partition("_")[0]
    if shell not in _SHELLS:
        return ""
    completion = _completion(main, shell)
    if not instruction.endswith("_complete"):
        return completion.source()
    try:
        words, incomplete = completion.get_completion_args()
    except (KeyError, ValueError):  # the shell's variables for what was typed are not set
        return ""
    items = offers(main, words, incomplete)
    if items is None:
        items = completion.get_completions(words, incomplete)
    escape = _escaped if shell == "bash" and not _is_in_quotes() else str
    shown = [CompletionItem(escape(str(item.value)), item.type, item.help) for item in items[:_MOST]]
    return "\n".join(completion.format_completion(item) for item in shown)


def offers(main: click.Group, words: Sequence[str], incomplete: str) -> list[CompletionItem] | None:
    """Return what can come next; None where click must be asked, which imports the command.

    Args:
        main: The command line.
        words: The words before, without the program's name.
        incomplete: The beginning of the word that is asked for; may be empty.
    """
    archive, rest = _without_archive(words)
    ctx = click.Context(main)
    if not rest:
        is_option = incomplete.startswith("-") or archive == ""
        return None if is_option else _matching([(name, "") for name in main.list_commands(ctx)], incomplete)
    command, last = rest[0], rest[-1]
    values = _ARGUMENTS.get(command) if last == "--into" else _OPTIONS.get(last)
    if values:
        return _matching(values(_read(archive)), incomplete)
    if incomplete.startswith("-") or last.startswith("-") or command not in _ARGUMENTS:
        return None
    found = [(name, "") for name in _subcommands(main, ctx, command) if len(rest) == 1]
    if command != "quote" or len(rest) == 1:
        found += _ARGUMENTS[command](_read(archive))
    return _matching(found, incomplete)


def _subcommands(main: click.Group, ctx: click.Context, name: str) -> Sequence[str]:
    command = main.get_command(ctx, name) if name in _GROUPS else None
    return command.list_commands(ctx) if isinstance(command, click.Group) else ()


def _completion(main: click.Command, shell: str) -> ShellComplete:
    return _SHELLS[shell](main, {}, "quotearchive", COMPLETE)


def _without_archive(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return the archive that the options before the command name, and the words without those options.

    >>> _without_archive(["-a", "mine.json", "show"])
    ('mine.json', ['show'])
    """
    archive, rest = None, list(words)
    while rest and rest[0].startswith("-"):
        option, _, value = rest.pop(0).partition("=")
        if option in {"-a", "--archive", "--by"} and not value:
            value = rest.pop(0) if rest else ""
        archive = value if option in {"-a", "--archive"} else archive
    return archive, rest


def _read(archive: str | None) -> _Names:
    """Return the names in an archive; none if there is no archive that can be read."""
    named = archive or os.environ.get("QUOTEARCHIVE_FILE")
    try:
        path = at_home(Path(named)) if named else _found()
        return msgspec.json.decode(path.read_bytes(), type=_Names) if path and path.is_file() else _Names()
    except (OSError, ValueError, NoFolderError):
        return _Names()


def _found() -> Path | None:
    path = find_archive(current_folder())
    return None if path is None or suspicion(path) else path


def _matching(offered: Iterable[tuple[str, str]], incomplete: str) -> list[CompletionItem]:
    """Return what begins with the typed letters, or else what contains them, in any case and each once."""
    wanted = incomplete.casefold()
    known = dict(reversed([(value, about) for value, about in offered if value]))
    values = [value for value in reversed(known) if value.casefold().startswith(wanted)]
    values = values or [value for value in reversed(known) if wanted in value.casefold()]
    return [CompletionItem(value, help=_shortened(known[value])) for value in values]


def _shortened(words: str) -> str | None:
    line = " ".join(words[: 4 * _SHOWN].split())
    return (line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…") or None


def _escaped(value: str) -> str:
    r"""Escape a value for bash, twice: click's script reads a line, which removes one escape.

    >>> _escaped("Hashem Khastar")
    'Hashem\\\\ Khastar'
    """
    return "".join(sign if sign.isalnum() or sign in "/-_.,:+@%" else rf"\\{sign}" for sign in value)


def _is_in_quotes() -> bool:
    """Check whether the word that is typed in bash begins with a quotation mark."""
    words = os.environ.get("COMP_WORDS", "").split("\n")
    place = os.environ.get("COMP_CWORD", "")
    return place.isdecimal() and int(place) < len(words) and words[int(place)][:1] in {'"', "'"}
