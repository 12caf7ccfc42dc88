import csv
import io
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.exporters import exporter
from quotearchive.exporters.csv_table import COLUMNS
from quotearchive.exporters.interface import Options
from quotearchive.model import Selection
from quotearchive.text import restore_cell

texts = st.text(st.one_of(st.sampled_from("=+-@'\t\r\n \",;＝"), st.characters(exclude_categories=["Cs"])))


def written(*selections: Selection) -> str:
    return "".join(str(piece) for piece in exporter("csv").export(selections, Options()))


def test_another_library_reads_the_table(letter: Selection, persian: Selection, tmp_path: Path) -> None:
    path = tmp_path / "quotes.csv"
    path.write_bytes(written(letter, persian).encode())
    table = duckdb.connect().execute("select * from read_csv(?, all_varchar=true, header=true)", [str(path)])
    columns = [column[0] for column in table.description or ()]
    assert columns == list(COLUMNS)
    texts = [restore_cell(row[columns.index("text")]) for row in table.fetchall()]
    assert texts == [quote.text for quote in (*letter.quotes, *persian.quotes)]


@given(text=texts.filter(bool))
def test_every_character_of_a_quote_is_read_back(whole: Callable[[str], Selection], text: str) -> None:
    header, row = csv.reader(io.StringIO(written(whole(text)).removeprefix("\ufeff"), newline=""))
    assert restore_cell(row[header.index("text")]) == text


@pytest.mark.parametrize(("name", "number"), [("quoted by", 3), ("within", 3)])
def test_a_quote_within_another_says_so(letter: Selection, name: str, number: int) -> None:
    rows = list(csv.DictReader(io.StringIO(written(letter).removeprefix("\ufeff"), newline="")))
    assert rows[number][name] == {"quoted by": "Hashem Khastar", "within": "3"}[name]


def test_the_table_stays_as_it_is(letter: Selection, persian: Selection, golden: Callable[[str, str], None]) -> None:
    golden("letter.csv", written(letter, persian))
