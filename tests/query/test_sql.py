"""SQLite can read what is joined, however much it is."""

import sqlite3

import pytest

from quotearchive.query.sql import Operator, Sql, joined


def is_met(condition: Sql) -> bool:
    with sqlite3.connect(":memory:") as database:
        return bool(database.execute(f"SELECT {condition.text}", condition.values).fetchone()[0])


@pytest.mark.parametrize(("operator", "of_none"), [("AND", True), ("OR", False)])
def test_no_conditions_are_met_or_not(operator: Operator, of_none: bool) -> None:  # noqa: FBT001 - a column
    assert is_met(joined([], operator)) is of_none


def test_a_choice_is_kept_together() -> None:
    choice = joined([Sql("1"), Sql("0")], "OR")
    assert not is_met(joined([choice, Sql("? = 2", (1,))], "AND"))
    assert is_met(joined([joined([Sql("1"), Sql("0")], "AND"), Sql("? = 1", (1,))], "OR"))


@pytest.mark.parametrize("operator", ["AND", "OR"])
def test_tens_of_thousands_are_joined(operator: Operator) -> None:
    few = 30_000
    parts = [Sql("? = 1", (1,)) for _ in range(few)]
    assert is_met(joined(parts, operator))
    assert not is_met(joined([part.within("NOT ({})") for part in parts], operator))


def test_conditions_within_conditions_are_read() -> None:
    condition = Sql("? = 1", (1,))
    for depth in range(90):
        condition = joined([Sql("1", ()), condition, Sql("0 + ? = 0", (depth,))], "OR" if depth % 2 else "AND")
    assert is_met(condition)
