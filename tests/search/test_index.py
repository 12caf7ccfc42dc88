"""The index answers or says why it can't."""

import sqlite3
from pathlib import Path

import pytest

from quotearchive.query import parse
from quotearchive.search import Index
from quotearchive.search.errors import QueryTooLongError
from tests.search.conftest import records
from tests.search.samples import VALUES


def test_a_query_that_the_index_can_not_take_is_refused() -> None:
    index = Index(Path("archive.json"), None, lambda: records(VALUES))
    index.slugs()
    assert index._database is not None  # noqa: SLF001 - real limits are too far away for a test
    index._database.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 20)  # noqa: SLF001
    query = parse(" OR ".join(f"speaker:x{number}" for number in range(30))).query
    with pytest.raises(QueryTooLongError, match="too many conditions"):
        index.search(query)
    assert index.search(parse("speaker:zohreh").query).total == 1
    index.close()
