"""A folder of Markdown notes, one a document, as Obsidian and other tools for notes keep them.

Between two marks a note is ours and is written anew each time; the user's own words around them stay. In
the front matter our fields are written anew, and the user's own stay.
"""

import contextlib
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import yaml

from quotearchive.exporters.citations import citer
from quotearchive.exporters.context import QuoteInContext, about, attribution, facts, in_context, nested, topics
from quotearchive.exporters.errors import ForeignFileError
from quotearchive.exporters.interface import File, Options
from quotearchive.exporters.markdown_text import block_quote, inline
from quotearchive.model import Description, Selection

#: The marks around what is ours. Obsidian hides comments of this kind when a note is read.
BEGIN: Final = "%% quotearchive: what stands from here to the end mark is written anew at each export %%"
END: Final = "%% quotearchive: end %%"

#: The fields of a document that are properties. Others are in our region: a property of such a name may be a user's.
_PROPERTIES: Final = ("title", "kind", "authors", "recipients", "date", "place", "publisher", "url", "language")

#: The properties that are ours; in the last two the user's own items stay as well.
PROPERTIES: Final = (*_PROPERTIES, "speakers", "topics", "quotearchive", "aliases", "tags")

#: The longest name of a file, in bytes, leaving room for its suffix and a number.
_LONGEST: Final = 200

#: What some system can't have in a file's name, or Obsidian in a link.
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*#^\[\]%]+')

#: Names that Windows keeps for devices.
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)

#: The writer in C, where PyYAML was built with it, is ten times as fast.
_DUMPER: Final = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

#: Wider than any line, so that none is folded.
_ONE_LINE: Final = 1 << 30

_MAPPING: Final = "tag:yaml.org,2002:map"
_SEQUENCE: Final = "tag:yaml.org,2002:seq"
_TEXT: Final = "tag:yaml.org,2002:str"

#: What reading YAML fails with: the last for code points that there aren't, and for brackets in brackets.
_UNREADABLE: Final = (yaml.YAMLError, ValueError, OverflowError, RecursionError)

_FRONT_MATTER: Final = re.compile(r"---\n(.*?)^---$\n?", re.DOTALL | re.MULTILINE)

#: Where a field of the front matter begins.
_FIELD: Final = re.compile(r"^(?=[^\s#-])", re.MULTILINE)


def export(selections: Iterable[Selection], options: Options) -> Iterator[File]:
    """Yield a note for each document."""
    taken: set[str] = set()
    cite = citer(options.style)
    for selection in selections:
        document = selection.document
        head = f"---\n{_dumped(_fields(selection))}---\n"
        lines = (cite(document), " · ".join(facts(document, _PROPERTIES)))
        region = _region(lines, in_context(selection, options.context))
        yield File(name=_name(document, taken), content=f"{head}\n{region}\n")


def merge(existing: str, fresh: File) -> str:
    """Write our part of a note anew, and keep the rest.

    Args:
        existing: The note that is there.
        fresh: The note as it would be written if there were none.

    Raises:
        ForeignFileError: There is no region of ours in the note.
    """
    head, before, _, after = _parts(existing, fresh.name)
    new_head, _, region, _ = _parts(fresh.content, fresh.name)
    merged, below = _merged(head, new_head)
    return f"---\n{merged}---\n{before}{region}{below}{after}"


def tag(topic: str) -> str:
    """Write a topic as Obsidian writes tags: no white space, no digits alone.

    >>> tag("prison/conditions of work"), tag("1979")
    ('prison/conditions-of-work', 'y1979')
    """
    words = re.sub(r"[^\w/-]+", "-", topic).strip("-/")
    return f"y{words}" if re.fullmatch(r"[\d/-]*", words) else words


def _parts(note: str, name: str) -> tuple[str, str, str, str]:
    """Cut a note into its front matter, what is before our region, the region, and the rest."""
    head = _FRONT_MATTER.match(note)
    behind = head.end() if head else 0
    start = note.find(BEGIN, behind)
    end = note.find(END, start)
    if start < 0 or end < 0:
        raise ForeignFileError(name)
    end += len(END)
    return head.group(1) if head else "", note[behind:start], note[start:end], note[end:]


def _merged(existing: str, fresh: str) -> tuple[str, str]:
    """Put our fields first, then the user's as they were written, with all comments.

    Returns:
        The front matter, and what is to stand below our region: all of the old one, if it is no plain list of
        fields or would not say the same any more.
    """
    with contextlib.suppress(*_UNREADABLE):
        old = _composed(existing)
        merged = _yaml(_with_own_items(old, _composed(fresh))) + "".join(map(_kept, _FIELD.split(existing)))
        if _theirs(_composed(merged)) == _theirs(old):
            return merged, ""
    return fresh, f"\n\n{_fenced(existing)}"


def _kept(field: str) -> str:
    if field.partition(":")[0].strip(" \t\"'") not in PROPERTIES:
        return field if field.endswith("\n") or not field else f"{field}\n"
    return "".join(line for line in field.splitlines(keepends=True) if line.lstrip().startswith("#"))


def _fenced(block: str) -> str:
    """Show a text as a block of code, behind a fence that is not in it."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", block)), default=0))
    return f"{fence}yaml\n{block}{fence}"


def _composed(block: str) -> yaml.MappingNode:
    """Read a front matter, without making values of it that it might not stand for.

    Raises:
        YAMLError: It is none, or no list of fields.
    """
    node = yaml.compose(block, Loader=yaml.SafeLoader)
    if node is None:
        return yaml.MappingNode(_MAPPING, [])
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise yaml.YAMLError
    return node


def _theirs(head: yaml.MappingNode) -> list[tuple[str, str]]:
    """Serialise the fields that are not ours.

    Raises:
        YAMLError: One of ours is there twice.
    """
    names = [key.value for key, _ in head.value]
    if any(names.count(name) > 1 for name in PROPERTIES):
        raise yaml.YAMLError
    return [(yaml.serialize(key), yaml.serialize(value)) for key, value in head.value if key.value not in PROPERTIES]


def _with_own_items(old: yaml.MappingNode, new: yaml.MappingNode) -> yaml.MappingNode:
    """Add to our tags and aliases those that the user wrote, which are all that we did not."""
    known, fields = _by_name(old), _by_name(new)
    ours = {"tags": [tag(_spelt(topic)) for topic in _items(known.get("topics"))]}
    ours["aliases"] = [_spelt(title) for title in _items(known.get("title"))]
    for name, written in ours.items():
        unique = {_spelt(item): item for item in _items(fields.get(name))}
        for item in _items(known.get(name)):
            if _spelt(item) not in written:
                unique.setdefault(_spelt(item), item)
        fields[name] = yaml.SequenceNode(_SEQUENCE, list(unique.values()), flow_style=False)
    pairs = [(yaml.ScalarNode(_TEXT, name), value) for name, value in fields.items() if value.value]
    return yaml.MappingNode(_MAPPING, pairs, flow_style=False)


def _by_name(mapping: yaml.MappingNode) -> dict[str, yaml.Node]:
    return {key.value: value for key, value in mapping.value if isinstance(key, yaml.ScalarNode)}


def _items(value: yaml.Node | None) -> list[yaml.Node]:
    """Return what a field lists; one value alone is a list of one."""
    if isinstance(value, yaml.SequenceNode):
        return list(value.value)
    return [] if value is None or not value.value else [value]


def _spelt(item: yaml.Node) -> str:
    return str(item.value) if isinstance(item, yaml.ScalarNode) else str(yaml.serialize(item))


def _yaml(fields: yaml.MappingNode) -> str:
    if not fields.value:
        return ""
    return str(yaml.serialize(fields, Dumper=_DUMPER, allow_unicode=True, width=_ONE_LINE))


def _dumped(fields: dict[str, Any]) -> str:
    return yaml.dump(fields, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=_ONE_LINE)


def _fields(selection: Selection) -> dict[str, Any]:
    document = selection.document
    speakers = dict.fromkeys(quote.speaker for quote in selection.quotes if quote.speaker)
    fields = {
        **{name: _plain(getattr(document, name)) for name in _PROPERTIES},
        "speakers": list(speakers),
        "topics": topics(selection),
        "quotearchive": document.slug,
        "aliases": [document.title],
        "tags": [tag(topic) for topic in topics(selection)],
    }
    return {name: value for name, value in fields.items() if value}


def _plain(value: str | tuple[str, ...]) -> str | list[str]:
    """Return a value as YAML knows it."""
    return list(value) if isinstance(value, tuple) else value


def _region(lines: Iterable[str], found: Iterable[QuoteInContext]) -> str:
    head = "\n\n".join(map(inline, filter(None, lines)))
    quotes = "".join(f"\n{_quote(entry)}" for _, entry in nested(tuple(found)))
    return f"{BEGIN}\n\n{head}\n{quotes}\n{END}"


def _quote(entry: QuoteInContext) -> str:
    """Write a quote with a name at its end, so that other notes can link to it or embed it."""
    quote = entry.quote
    parts = (
        f"**{inline(attribution(entry.relay))}** · {' · '.join(map(inline, about(entry)))}",
        f"*{inline(entry.before)}*" if entry.before else "",
        block_quote(quote.text).rstrip("\n"),
        f"^quote-{quote.id}",
        f"*{inline(entry.after)}*" if entry.after else "",
        f"Note: {inline(quote.note)}" if quote.note else "",
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _name(document: Description, taken: set[str]) -> str:
    """Return the name of a note's file: its document's slug, safe on any system and once in the folder."""
    words = _UNSAFE.sub("-", document.slug).strip(" .-") or f"document-{document.id}"
    short = words.encode()[:_LONGEST].decode(errors="ignore").rstrip(" .-")
    safe = f"{short}-{document.id}" if _DEVICES.fullmatch(short) or short.casefold() in taken else short
    taken.add(safe.casefold())
    return f"{safe}.md"
