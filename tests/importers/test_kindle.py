import pytest

from quotearchive.archive.archive import Archive
from quotearchive.importers import IMPORTERS
from quotearchive.importers.errors import UnusableFileError
from quotearchive.importers.interface import PassedRow, QuoteRow, RefusedRow, Row

from .conftest import Import


def rows(*clippings: str) -> list[Row]:
    return list(IMPORTERS["kindle"].read("\ufeff" + "".join(f"{each}\n==========\n" for each in clippings)))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (
            "- Your Highlight on page 12 | Location 145-147 | Added on Tuesday, March 5, 2024 9:12:45 AM",
            QuoteRow,
        ),
        ("- Highlight Loc. 145-47 | Added on Tuesday, March 05, 2013, 09:12 AM", QuoteRow),
        (
            "- Ihre Markierung auf Seite 12 | Position 145-147 | Hinzugefügt am Dienstag, 5. März 2024",
            QuoteRow,
        ),
        (
            "- Votre surlignement sur la page 12 | emplacement 145-147 | Ajouté le mardi 5 mars 2024",
            QuoteRow,
        ),
        (
            "- Tu subrayado en la página 12 | posición 145-147 | Añadido el martes, 5 de marzo de 2024",
            QuoteRow,
        ),
        (
            "- La tua evidenziazione a pagina 12 | posizione 145-147 | Aggiunto in data martedì 5 marzo 2024",
            QuoteRow,
        ),
        (
            "- Seu destaque na página 12 | posição 145-147 | Adicionado: terça-feira, 5 de março de 2024",
            QuoteRow,
        ),
        ("- 您在第 12 页（位置 #145-147）的标注 | 添加于 2024年3月5日星期二 上午9:12:45", QuoteRow),
        ("- Your Bookmark on Location 145 | Added on Tuesday, March 5, 2024 9:12:45 AM", PassedRow),
        ("- Ihr Lesezeichen bei Position 145 | Hinzugefügt am Dienstag, 5. März 2024", PassedRow),
        ("- Votre signet sur la page 12 | Ajouté le mardi 5 mars 2024", PassedRow),
        ("- Tu marcador en la página 12 | Añadido el martes, 5 de marzo de 2024", PassedRow),
        ("- Votre note sur la page 12 | emplacement 9 | Ajouté le mardi 5 mars 2024", PassedRow),
        ("no hyphen", RefusedRow),
    ],
)
def test_clippings_are_told_apart_in_many_languages(line: str, kind: type[Row]) -> None:
    assert type(rows(f"A book (Doe, Jane)\n{line}\n\nThe words.", "B\n- Highlight | x\n\nMore.")[0]) is kind


def test_the_author_is_no_part_of_the_title() -> None:
    titles = ["A book (Doe, Jane)", "A (very) old book (Jane (the elder) Doe)", "No author", "(nothing else)"]
    found = rows(*(f"{title}\n- Your Highlight | x\n\nWords" for title in titles))
    called = [row.naming.title for row in found if isinstance(row, QuoteRow)]
    assert called == ["A book", "A (very) old book", "No author", "(nothing else)"]


def test_a_note_goes_to_the_highlight_that_it_was_made_on() -> None:
    found = rows(
        "A book (X)\r\n- Your Note on page 2 | Location 147 | Added on x\r\n\r\nMy thought",
        "A book (X)\r\n- Your Highlight on page 2 | Location 145-47 | Added on x\r\n\r\nWords",
        "Another (X)\n- Your Highlight on page 2 | Location 145-147 | Added on x\n\nOther words",
    )
    assert [(row.quote.text, row.quote.note) for row in found if isinstance(row, QuoteRow)] == [
        ("Words", "My thought"),
        ("Other words", None),
    ]


def test_a_note_within_a_highlight_is_of_it_and_the_shortest_one_counts() -> None:
    head = "A book (X)\n- Your"
    found = rows(
        f"{head} Highlight on Location 100-200 | x\n\nLong",
        f"{head} Highlight on Location 140-150 | x\n\nShort",
        f"{head} Note on Location 145 | x\n\nOn the short one",
        f"{head} Note on Location 150 | x\n\nOn it too",
        f"{head} Note on Location 180 | x\n\nOn the long one",
        f"{head} Note on Location 201 | x\n\nOn none",
    )
    assert [(row.quote.text, row.quote.note) for row in found if isinstance(row, QuoteRow)] == [
        ("Long", "On the long one"),
        ("Short", "On the short one\n\nOn it too"),
    ]
    assert [row.row for row in found if isinstance(row, PassedRow)] == [6]


def test_highlights_are_found_in_their_document_or_listed(imported: Import, archive: Archive) -> None:
    line = "- Your Highlight on page 1 | Location 1-2 | Added on Tuesday, March 5, 2024 9:12:45 AM"
    report = imported(
        f"\ufeffLetter to Anna (Jane Doe)\r\n{line}\r\n\r\n'to be, or not to be'\r\n==========\r\n"
        f"\ufeffMoby Dick (Melville)\r\n{line}\r\n\r\nCall me Ishmael.\r\n==========\r\n"
        f"Letter to Anna (Jane Doe)\r\n{line}\r\n\r\nto be, or not to be\r\n==========\r\n"
    )
    assert [quote.text for quote in archive.read().quotes()] == ["To be, or not to be"]
    assert (report.joined, report.known_quotes) == (1, 0)
    (refused,) = report.refused
    assert str(refused).startswith('Clipping 2: The document "Moby Dick" is not in the archive. Add its text with:')


@pytest.mark.parametrize("content", ["", "==========\n", "x\n==========\n"])
def test_a_file_without_clippings_is_refused(content: str) -> None:
    with pytest.raises(UnusableFileError, match="no clippings"):
        list(IMPORTERS["kindle"].read(content))
