"""Letters know what came before and after them."""

from pathlib import Path

from quotearchive.model import Correspondence, Document
from quotearchive.search import Index
from tests.search.conftest import records


def letter(number: int, author: str, recipient: str, date: str | None, **known: object) -> Document:
    given = {"slug": f"letter-{number}", "title": "A letter", "text": "Yes.", **known}
    return Document(id=number, authors=(author,), recipients=(recipient,), date=date, **given)  # type: ignore[arg-type]


def test_a_letter_has_neighbours_replies_and_enclosures() -> None:
    values = [
        letter(1, "Ann", "Bo", "1942"),
        letter(2, "BO", "Ann", "1943", replies_to=1, encloses=(5, 9)),
        letter(3, "Ann", "Bo", "1944-02", replies_to=9),
        letter(4, "Ann", "Cy", "1943-05"),
        letter(5, "Ann", "Bo", None),
        letter(6, "Ann", "Bo", "1942", replies_to=2),
    ]
    index = Index(Path("archive.json"), None, lambda: records(values))
    expected = {
        1: Correspondence(after="letter-6", replies=("letter-2",)),
        2: Correspondence(
            before="letter-6",
            after="letter-3",
            replies_to="letter-1",
            replies=("letter-6",),
            encloses=("letter-5",),
        ),
        3: Correspondence(before="letter-2"),
        4: Correspondence(),
        5: Correspondence(enclosed_in=("letter-2",)),
        6: Correspondence(before="letter-1", after="letter-2", replies_to="letter-2"),
    }
    assert {number: index.correspondence(number) for number in expected} == expected
    index.close()
