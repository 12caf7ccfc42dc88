"""Quotes in the user's own form: a Jinja2 template, run in a sandbox.

A template finds `title`, `made`, `by`, and either `sections` (each with a `heading` and its `quotes`) or
`documents` (each with its fields, its `text` and its `quotes`), which it may go through once. Quotes and
documents have the keys of `json_values`; a quote has besides them `attribution`, `whereabouts`, `places`,
`before`, `after`, and `source`, which is its document with its `citation` and
without segments. Text goes through as it is, or
escaped for HTML or Markdown with the filters `e` and `markdown`. A template reaches no file and no module, and
takes no more time and memory than `sandbox` gives it.
See https://jinja.palletsprojects.com/en/stable/templates/.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from quotearchive.exporters.citations import citer
from quotearchive.exporters.context import QuoteInContext, attribution, in_context, whereabouts
from quotearchive.exporters.errors import MissingTemplateError
from quotearchive.exporters.interface import Options
from quotearchive.exporters.sandbox import render
from quotearchive.exporters.sections import sections
from quotearchive.json_values import description_values, quote_values
from quotearchive.model import Description, Selection


def export(selections: Iterable[Selection], options: Options) -> Iterator[str]:
    """Yield what the template makes of the selections, as it makes it.

    Raises:
        MissingTemplateError: There is no template.
        UnusableTemplateError: The template can't be read, fails, or takes too much.
    """
    if options.template is None:
        raise MissingTemplateError
    values = {"title": options.title, "made": options.made, "by": options.by}
    lists = {"documents": _documents(selections, options), "sections": _sections(selections, options)}
    yield from render(options.template, values, lists)


def _documents(selections: Iterable[Selection], options: Options) -> Iterator[dict[str, Any]]:
    cite = citer(options.style)
    for selection in selections:
        document = selection.document
        yield {
            **description_values(document, len(selection.quotes)),
            "text": document.text,
            "citation": cite(document),
            "quotes": [_values(entry, cite) for entry in in_context(selection, options.context)],
        }


def _sections(selections: Iterable[Selection], options: Options) -> Iterator[dict[str, Any]]:
    cite = citer(options.style)
    for section in sections(selections, options):
        yield {"heading": section.heading, "quotes": [_values(entry, cite) for entry in section.quotes]}


def _values(entry: QuoteInContext, cite: Callable[[Description], str]) -> dict[str, Any]:
    source = {**description_values(entry.document, 0), "citation": cite(entry.document)}
    return {
        **quote_values(entry.quote, entry.document),
        "locator": entry.locator or None,
        "relay": list(entry.relay),
        "attribution": attribution(entry.relay),
        "whereabouts": whereabouts(entry),
        "places": [
            {"paragraph": paragraph, "start": passage.start, "end": passage.end}
            for paragraph, passage in zip(entry.paragraphs, entry.quote.passages, strict=False)
        ],
        "before": entry.before,
        "after": entry.after,
        "source": source,
    }
