"""Hints speak of failures that there are."""

import importlib
import pkgutil
from collections.abc import Iterator

import quotearchive
from quotearchive.archive.errors import DocumentNotFoundError
from quotearchive.cli.hints import HINTS, explain
from quotearchive.errors import QuoteArchiveError


def errors() -> Iterator[type[QuoteArchiveError]]:
    for module in pkgutil.walk_packages(quotearchive.__path__, "quotearchive."):
        importlib.import_module(module.name)
    found = [QuoteArchiveError]
    for each in found:
        found += each.__subclasses__()
    return iter(found)


def test_each_hint_is_of_an_error_that_there_is() -> None:
    assert HINTS.keys() <= {each.__name__ for each in errors()}


def test_a_hint_follows_the_sentence() -> None:
    assert explain(DocumentNotFoundError("x", ["y"])) == (
        "There is no document x. Did you mean y? List documents with: quotearchive list"
    )
