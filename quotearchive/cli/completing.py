"""What the Tab key offers: commands, options, documents, quotes with their first words, speakers and topics.

An answer must come as fast as `--version`. So nothing is imported here that a command needs, and the
archive's file is decoded as far as names go, without the store, whose libraries alone take longer.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import click
import msgspec
from click.shell_completion import CompletionItem, ShellComplete, get_completion_class

from quotearchive.cli import COMPLETE
from quotearchive.cli.errors import NoFolderError, UnknownShellError
from quotearchive.cli.places import at_home, current_folder, find_archive, suspicion

SHELLS: Final = ("bash", "zsh", "fish")

#: Code points of a quote or a title that are shown beside its number or name.
_SHOWN: Final = 60

#: Things that are offered; more would only fill the screen.
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
    """As little of the archive as completion needs."""

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


#: What the value of an option is, whichever command it belongs to.
_OPTIONS: Final[Mapping[str, _Offer]] = {
    **dict.fromkeys(("--speaker", "--to", "--from", "--author", "--recipient", "--signatory"), _speakers),
    **dict.fromkeys(("--topic", "--add-topic", "--drop-topic", "--under"), _topics),
    **dict.fromkeys(("--document", "--replies-to", "--enclose", "--replace"), _documents),
    "--within": _quotes,
}

#: What the arguments of a command are.
_ARGUMENTS: Final[Mapping[str, _Offer]] = {
    "quote": _documents,
    "show": _quotes_and_documents,
    "edit": _quotes_and_documents,
    "remove": _quotes_and_documents,
    "verify": _quotes_and_documents,
    "speakers": _speakers,
    "topics": _topics,
}

#: The commands of commands that have some.
_SUBCOMMANDS: Final[Mapping[str, Sequence[str]]] = {
    "speakers": ("list", "show", "add", "alias", "rename", "merge", "edit", "remove", "doubles"),
    "topics": ("list", "rename", "merge", "move", "describe", "remove", "doubles"),
    "completion": SHELLS,
}


def script(main: click.Command, shell: str) -> str:
    """Return what a shell has to read to ask for completions.

    Raises:
        UnknownShellError: There is no such shell.
    """
    return _class(shell)(main, {}, "quotearchive", COMPLETE).source()


def answer(main: click.Command, commands: Sequence[str], instruction: str) -> str:
    """Answer what a shell asks, in its own form.

    Args:
        main: The command line.
        commands: The names of its commands.
        instruction: Such as `bash_complete`. One that no shell gives has no answer, nor has one without the words.
    """
    shell = instruction.partition("_")[0]
    if shell not in SHELLS:
        return ""
    if not instruction.endswith("_complete"):
        return script(main, shell)
    completion = _class(shell)(main, {}, "quotearchive", COMPLETE)
    try:
        words, incomplete = completion.get_completion_args()
    except (KeyError, ValueError):  # nothing stands where the shell puts what was typed
        return ""
    items = offers(commands, words, incomplete)
    if items is None:
        items = completion.get_completions(words, incomplete)
    escape = _escaped if shell == "bash" and not _is_in_quotes() else str
    shown = [CompletionItem(escape(str(item.value)), item.type, item.help) for item in items[:_MOST]]
    return "\n".join(completion.format_completion(item) for item in shown)


def offers(commands: Sequence[str], words: Sequence[str], incomplete: str) -> list[CompletionItem] | None:
    """Return what can stand next; None where the command itself must be asked.

    Args:
        commands: The names of all commands.
        words: What stands before, without the program's name.
        incomplete: The beginning of what is asked for; may be empty.
    """
    archive, rest = _without_archive(words)
    if not rest:
        named = [(name, "") for name in commands]
        return None if incomplete.startswith("-") or archive == "" else _matching(named, incomplete)
    command, last = rest[0], rest[-1]
    if last in _OPTIONS:
        return _matching(_OPTIONS[last](_read(archive)), incomplete)
    if incomplete.startswith("-") or last.startswith("-"):
        return None
    found = [(name, "") for name in _SUBCOMMANDS.get(command, ()) if len(rest) == 1]
    if command in _ARGUMENTS and not (command == "quote" and len(rest) > 1):
        found += _ARGUMENTS[command](_read(archive))
    return _matching(found, incomplete) if found or command in _ARGUMENTS else None


def _class(shell: str) -> type[ShellComplete]:
    found = get_completion_class(shell)
    if found is None:
        raise UnknownShellError(shell, SHELLS)
    return found


def _without_archive(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """Take the options before the command away; give the archive that they name.

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
    """Read the names in an archive; none if there is no archive that can be read."""
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
    """Keep what begins as was typed, or else what holds it, whatever the case; each once."""
    wanted = incomplete.casefold()
    known = dict(reversed([(value, about) for value, about in offered if value]))
    values = [value for value in reversed(known) if value.casefold().startswith(wanted)]
    values = values or [value for value in reversed(known) if wanted in value.casefold()]
    return [CompletionItem(value, help=_shortened(known[value])) for value in values]


def _shortened(words: str) -> str | None:
    line = " ".join(words[: 4 * _SHOWN].split())
    return (line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…") or None


def _escaped(value: str) -> str:
    r"""Escape for bash, twice: click's script reads a line, which takes one away.

    >>> _escaped("Hashem Khastar")
    'Hashem\\\\ Khastar'
    """
    return "".join(sign if sign.isalnum() or sign in "/-_.,:+@%" else rf"\\{sign}" for sign in value)


def _is_in_quotes() -> bool:
    """Check whether the word that is typed in bash begins with a quotation mark."""
    words = os.environ.get("COMP_WORDS", "").split("\n")
    place = os.environ.get("COMP_CWORD", "")
    return place.isdecimal() and int(place) < len(words) and words[int(place)][:1] in {'"', "'"}
