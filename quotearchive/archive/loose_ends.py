"""Records that no longer fit together after a repair: which parts can be kept, and which losses are reported."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from quotearchive.archive.values import REFERENCES
from quotearchive.errors import FileLocation
from quotearchive.model import Document, Quote, is_within_itself
from quotearchive.store.salvage import Loss, Tables
from quotearchive.store.snapshots import TABLES

_DOCUMENTS, _QUOTES = TABLES[Document], TABLES[Quote]


def tie_up(tables: Tables) -> list[Loss]:
    """Mark quotes whose words are missing, and take away references that lead nowhere; the tables are changed.

    Returns:
        What was changed, in the order of the tables.
    """
    documents, quotes = tables.get(_DOCUMENTS, {}), tables.get(_QUOTES, {})
    losses = [*_related(documents), *_worded(quotes, documents)]
    return [*losses, *_nested(quotes)]


def _related(documents: dict[str, dict[str, Any]]) -> Iterator[Loss]:
    for number, record in documents.items():
        others = documents.keys() - {number}
        kept = {name: value for name, value in record.items() if name not in REFERENCES}
        for name in record.keys() - kept.keys():
            value = record[name]
            found = [each for each in (value if isinstance(value, list) else [value]) if str(each) in others]
            if found:
                kept[name] = found if isinstance(value, list) else found[0]
        if kept != record:
            documents[number] = kept
            yield _loss(_DOCUMENTS, number, str(record["title"]), "it referred to a document that is not there")


def _worded(quotes: dict[str, dict[str, Any]], documents: Mapping[str, Mapping[str, Any]]) -> Iterator[Loss]:
    for number, record in quotes.items():
        quote = msgspec.convert(record, Quote)
        text = documents.get(str(quote.document), {}).get("text", "")
        if not (quote.missing or quote.stands_in(text)):
            quotes[number] = {**record, "missing": True}
            yield _loss(_QUOTES, number, quote.text, "its document no longer has its words; it is marked as missing")


def _nested(quotes: dict[str, dict[str, Any]]) -> Iterator[Loss]:
    values = {int(number): msgspec.convert({**record, "id": int(number)}, Quote) for number, record in quotes.items()}
    for number, quote in list(values.items()):
        outer = values.get(quote.within or 0)
        if quote.within is None or (outer and outer.may_hold(quote) and not is_within_itself(quote, values.get)):
            continue
        values[number] = msgspec.structs.replace(quote, within=None)
        quotes[str(number)] = {name: value for name, value in quotes[str(number)].items() if name != "within"}
        why = f"it was within quote {quote.within}, which does not contain it; it is a quote of its own now"
        yield _loss(_QUOTES, str(number), quote.text, why)


def _loss(table: str, number: str, words: str, why: str) -> Loss:
    return Loss(location=FileLocation(table=table, record=number), words=words[:80], why=why)
