"""Lists of sources: what they fill in of documents."""

import json
from typing import Any

import msgspec
import pytest

from quotearchive.archive.archive import Archive
from quotearchive.archive.imports import ImportReport
from quotearchive.exporters import csl_json as csl_export
from quotearchive.exporters import ris as ris_export
from quotearchive.importers import csl_json, ris
from quotearchive.model import Description

from .conftest import CHANGE, DOCUMENTS, Export, Import

FIELDS = (
    *("kind", "authors", "recipients", "date", "place", "publisher", "url", "language"),
    *("date_words", "received", "destination", "signatories", "signatory_count"),
)


def forget(archive: Archive) -> None:
    """Leave of each document its text and names alone."""
    empty = {"authors": (), "recipients": (), "signatories": (), "kind": "other"}
    with archive.transaction(CHANGE) as transaction:
        for document in list(transaction.documents()):
            fields = {name: empty.get(name) for name in FIELDS}
            transaction.put(msgspec.structs.replace(document, **fields))


def known(documents: Any) -> list[list[object]]:  # noqa: ANN401 - documents or descriptions
    return [[getattr(each, name) for name in FIELDS] for each in documents]


@pytest.mark.parametrize("name", ["csl-json", "ris"])
def test_what_was_exported_fills_what_is_not_known(
    name: str, exported: Export, imported: Import, archive: Archive
) -> None:
    forget(archive)
    report = imported(exported(name))
    assert (report.format, report.refused, report.remarks) == (name, (), ())
    assert known(archive.read().descriptions()) == known(DOCUMENTS)


@pytest.mark.parametrize("name", ["csl-json", "ris"])
def test_what_is_known_is_never_overwritten(name: str, exported: Export, imported: Import, archive: Archive) -> None:
    with archive.transaction(CHANGE) as transaction:
        document = transaction.find_document(1)
        assert document
        transaction.put(msgspec.structs.replace(document, place="Lyon", url=None))
    report = imported(exported(name))
    assert report.remarks == ("letter-to-anna differs from the file in place; ours was kept.",)
    assert [filled.fields for filled in report.filled] == [("url",)]
    first = next(iter(archive.read().descriptions()))
    assert (first.place, first.url) == ("Lyon", DOCUMENTS[0].url)


@pytest.mark.parametrize("known", [{"date": "1944"}, {"authors": ("Zoë",)}, {"recipients": ("Zoë",)}])
@pytest.mark.parametrize("name", ["csl-json", "ris"])
def test_a_source_that_contradicts_what_is_known_fills_nothing(
    name: str, known: dict[str, Any], exported: Export, imported: Import, archive: Archive
) -> None:
    with archive.transaction(CHANGE) as transaction:
        document = transaction.find_document(1)
        assert document
        transaction.put(msgspec.structs.replace(document, **known, url=None))
    report = imported(exported(name))
    (remark,) = report.remarks
    assert remark.endswith(f"1 differs from letter-to-anna in {next(iter(known))}; none of its fields were filled in.")
    assert not report.filled


def item(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - a JSON value
    names = {"authors": "author", "recipients": "recipient"}
    people = {names[name]: [{"literal": each} for each in fields.pop(name)] for name in names if name in fields}
    year = {"issued": {"date-parts": [[fields.pop("year")]]}} if "year" in fields else {}
    return {
        "id": "1",
        "type": "personal_communication",
        "title": "LETTER TO ANNA: on the night",
        **people,
        **year,
        **fields,
    }


def filled(imported: Import, *items: dict[str, Any], **request: Any) -> ImportReport:  # noqa: ANN401 - any field
    return imported(json.dumps(items), format="csl-json", **request)


@pytest.mark.parametrize(
    "same",
    [
        {"authors": ["Jane Doe"], "year": 1943},
        {"authors": ["J. Doe", "A Nother"], "year": 1943},
        {"title": "Letter", "URL": "http://www.example.org/letters/1/#top"},
    ],
)
def test_a_source_is_known_by_its_address_or_by_title_author_and_year(
    imported: Import, same: dict[str, Any], archive: Archive
) -> None:
    with archive.transaction(CHANGE) as transaction:
        document = transaction.find_document(1)
        assert document
        transaction.put(msgspec.structs.replace(document, place=None))
    report = filled(imported, item(**same, **{"publisher-place": "Paris"}))
    assert (report.refused, [each.fields for each in report.filled]) == ((), [("place",)])


def test_a_source_is_known_by_its_doi(imported: Import, archive: Archive) -> None:
    with archive.transaction(CHANGE) as transaction:
        document = transaction.find_document(1)
        assert document
        transaction.put(msgspec.structs.replace(document, url="https://dx.doi.org/10.1000/A1", place=None))
    report = filled(imported, {"id": "1", "DOI": "10.1000/a1", "publisher-place": "Paris", "type": "letter"})
    assert [each.fields for each in report.filled] == [("place",)]


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"authors": ["Jane Doe"]},
        {"year": 1943},
        {"authors": ["Jane Doe"], "year": 1950},
        {"authors": ["V. Havel"], "year": 1943},
    ],
)
def test_a_title_alone_makes_no_source_the_same(imported: Import, other: dict[str, Any]) -> None:
    (refused,) = filled(imported, item(**other)).refused
    assert "title alone" in str(refused)
    assert "--document letter-to-anna" in str(refused)


def test_the_document_of_a_single_source_can_be_named(imported: Import, archive: Archive) -> None:
    forget(archive)
    report = filled(imported, item(authors=["Jane Doe"]), document="letter-to-anna")
    assert [each.fields for each in report.filled] == [("kind", "authors")]


def test_several_sources_for_one_document_are_refused(imported: Import, archive: Archive) -> None:
    forget(archive)
    items = (item(authors=["Václav Havel"], year=1975), item(authors=["Hashem Khastar"], recipients=["Ali Khamenei"]))
    report = filled(imported, *items, document="letter-to-anna")
    assert [error.row for error in report.refused] == [1, 2]
    assert str(report.refused[0]).startswith("Item 1: It describes letter-to-anna, and so does item 2")
    assert next(iter(archive.read().descriptions())).authors == ()


def test_the_same_source_twice_is_one(imported: Import, archive: Archive) -> None:
    forget(archive)
    report = filled(imported, item(authors=["Jane Doe"]), item(authors=["Jane Doe"]), document="letter-to-anna")
    assert (report.refused, report.known_documents) == ((), 1)


def test_a_source_that_is_numbered_as_a_slug_is_of_another_document(imported: Import) -> None:
    report = filled(imported, item(id="letter-to-anna", title="Another letter"))
    assert [error.row for error in report.refused] == [1]


def test_a_source_that_is_not_here_is_refused(imported: Import) -> None:
    report = imported(
        json.dumps([{"id": "x", "title": "Moby Dick", "type": "book"}, item(authors=["Doe, Jane"], year=1943)])
    )
    assert [error.row for error in report.refused] == [1]
    assert report.known_documents == 1


def test_a_title_without_its_subtitle_is_not_enough(imported: Import) -> None:
    assert imported(json.dumps([{"title": "Letter to Anna", "type": "book"}])).refused


def test_references_of_other_programs_are_read(imported: Import, archive: Archive) -> None:
    forget(archive)
    report = imported(
        "TY  - JOUR\r\nT1  - Letter to Anna: on the night\r\nA1  - Doe, Jane\r\nPY  - 1943/05\r\nXX  - ?\r\n"
        "ER  - \r\n\r\n",
        document="letter-to-anna",
    )
    assert [filled.fields for filled in report.filled] == [("kind", "authors", "date")]


def test_types_lead_back_to_the_kinds_that_have_them() -> None:
    back = {kind: csl_json.KINDS.get(name) for kind, name in csl_export.TYPES.items()}
    assert back == {
        "letter": "letter",
        "article": "article",
        "statement": None,
        "speech": "speech",
        "interview": "interview",
        "other": None,
    }
    assert {ris.KINDS[name] for name in ris_export.TYPES.values()} == {"letter", "article", "speech"}
    assert isinstance(DOCUMENTS[0], Description)
