"""Documents as they would be added."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from quotearchive.model import UNTOLD_KIND, Segment
from quotearchive.text import counted, visible
from quotearchive.views.cells import QUIET, IsolatingTable
from quotearchive.views.records import label

if TYPE_CHECKING:
    from quotearchive.archive.previews import Preview
    from quotearchive.readers import Extracted


def preview_page(preview: "Preview", number: int, total: int) -> RenderableType:
    """Show a document as it would be added: what is known of it and from where, its parts, and what is doubtful.

    Args:
        preview: The document.
        number: Which of those in the files it is, from 1.
        total: How many they are.
    """
    document, reading = preview.document, preview.reading
    member = f", {reading.original.member}" if reading.original.member else ""
    of_all = f" ({number} of {total})" if total > 1 else ""
    grid = IsolatingTable.grid(padding=(0, 2))
    grid.add_column(style=QUIET, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_column(style=QUIET, overflow="fold")
    for each in taken(preview.taken):
        grid.add_row(f"  {label(each.field)}", visible(each.value), evidence(each))
    for name, value in _facts(preview).items():
        if value:
            grid.add_row(f"  {name}", visible(value), "")
    remarks = [Text(f"  Note: {visible(remark)}") for remark in preview.remarks]
    return Group(
        Text(visible(document.title), style="bold"),
        Text(f"  {visible(preview.name)}{visible(member)}{of_all}"),
        grid,
        *remarks,
    )


def taken(extracted: Iterable["Extracted"]) -> list["Extracted"]:
    """Return what counts of what was extracted, the title first.

    Of a field with one value the first counts, and the first guess besides. A kind that nothing tells is none.
    """
    from quotearchive.readers.extracts import PLURAL  # noqa: PLC0415 - views know what readers made, and no reader

    seen: set[tuple[str, bool]] = set()
    kept = []
    for each in extracted:
        key = (each.field, each.is_guess)
        is_told = each.field != "kind" or each.value != UNTOLD_KIND or each.source or each.line
        if is_told and (each.field in PLURAL or key not in seen):
            kept.append(each)
        seen.add(key)
    return sorted(kept, key=lambda each: each.field != "title")


def evidence(extracted: "Extracted") -> str:
    """Return where a value stands: its line, or its source in the file; of a guess, that it is one."""
    where = extracted.source or (f"line {extracted.line}" if extracted.line else "")
    if extracted.is_guess:
        return f"only a guess{f', from {where}' if where else ''}; not stored"
    return visible(where)


def _facts(preview: "Preview") -> dict[str, str | None]:
    reading = preview.reading
    paragraphs = sum(1 for each in reading.text.split("\n\n") if each.strip())
    return {
        "Parts": parts(reading.segments),
        "Text": f"{counted(len(reading.text), 'character')}, {counted(paragraphs, 'paragraph')}",
        "Address": reading.url,
        "Retrieved": reading.retrieved,
        "Read as": reading.original.reader,
        "Recognised": "in a picture; compare quotes with it" if reading.is_recognised else None,
    }


def parts(segments: Sequence[Segment]) -> str:
    """Sum up segments by their kinds: how many, and the first and last labels.

    >>> parts([Segment(0, "page", "117", 1), Segment(90, "page", "118", 2)])
    '2 pages, 117–118'
    """
    kinds: dict[str, list[str]] = {}
    for each in segments:
        kinds.setdefault(each.kind, []).append(each.label)
    return "; ".join(
        f"{counted(len(labels), kind)}, {labels[0]}{f'–{labels[-1]}' if len(labels) > 1 else ''}"
        for kind, labels in kinds.items()
    )
