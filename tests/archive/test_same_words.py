"""Rows and quotes of the same words become one quote, or stay as many as they were."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotearchive.archive.archive import Archive
from quotearchive.archive.imports import ImportReport, Request, import_file
from tests.archive.import_rows import CHANGE, TEXT, Import, document, quote


def test_a_row_that_contradicts_a_quote_changes_nothing_of_it_and_is_told(imported: Import, archive: Archive) -> None:
    imported(document(), quote("To be", speaker="Hamlet", topics=["a"]))
    report = imported(document(), quote("To be", speaker="Ophelia", topics=["b"]))
    (stored,) = archive.read().quotes()
    assert (stored.speaker, stored.topics) == ("Hamlet", ("a",))
    assert report.remarks == (
        "Quote 1 is already in the archive and differs in speaker, topics; it was left as it is.",
    )


def test_two_quotes_of_an_archive_stay_two_though_their_words_are_the_same(imported: Import, archive: Archive) -> None:
    rows = (quote("To be", id=1, speaker="Hamlet"), quote("To be", id=2, speaker="Ophelia"), quote("To be", id=3))
    imported(document("Else."), {**quote("e"), "passages": [{"start": 3, "end": 4, "exact": "e"}]})
    imported(document(), *rows)
    before = archive.path.read_bytes()
    assert [each.speaker for each in archive.read().quotes()][1:] == ["Hamlet", "Ophelia", None]
    report = imported(document(), *rows)
    assert (report.known_quotes, report.grown, report.remarks) == (3, (), ())
    assert archive.path.read_bytes() == before


ROWS = st.fixed_dictionaries(
    {
        "passages": st.sampled_from(["To be", "not to be", "that is the question"]).map(
            lambda words: [{"start": TEXT.index(words), "end": TEXT.index(words) + len(words), "exact": words}]
        )
    },
    optional={
        "speaker": st.sampled_from(["Hamlet", "Ophelia"]),
        "to": st.sampled_from(["Ann", "Ben"]),
        "note": st.sampled_from(["one", "two", "one\n\ntwo"]),
        "topics": st.lists(st.sampled_from(["a", "b", "c/d"]), max_size=2),
    },
)


def numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same as quotes of an archive."""
    return [{**row, "id": number, "created": f"2020-01-01T00:00:{number:02}Z"} for number, row in enumerate(rows, 1)]


FILES = st.lists(ROWS, max_size=6)


@given(here=FILES | FILES.map(numbered), rows=FILES | FILES.map(numbered))
@settings(deadline=None, max_examples=60)
def test_nothing_that_a_row_says_is_lost_in_silence_and_a_second_import_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, here: list[dict[str, Any]], rows: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("import")
    archive, path = Archive(folder / "a.json"), folder / "file.jsonl"

    def bring(quotes: list[dict[str, Any]]) -> ImportReport:
        lines = (json.dumps(each) for each in (document(), *({**quote("To"), **each} for each in quotes)))
        path.write_text("\n".join(lines))
        return import_file(archive, Request(path=path), change=CHANGE)

    bring(here)
    report = bring(rows)
    assert not report.refused
    stored = list(archive.read().quotes())
    for row in rows:
        spans = [(each["start"], each["end"]) for each in row["passages"]]
        like = [each for each in stored if [(one.start, one.end) for one in each.passages] == spans]
        topics = {topic for each in like for topic in each.topics}
        for field in ("speaker", "to", "note"):
            is_there = any(str(row.get(field, "")) in str(getattr(each, field)) for each in like)
            assert is_there or any(field in remark for remark in report.remarks)
        assert set(row.get("topics", ())) <= topics or any("topics" in remark for remark in report.remarks)
    before = archive.path.read_bytes()
    again = bring(rows)
    assert (again.quotes, again.grown) == ((), ())
    assert archive.path.read_bytes() == before
