import msgspec
import pytest

from quotearchive.exporters import exporter
from quotearchive.exporters.citations import citer
from quotearchive.exporters.errors import UnknownStyleError
from quotearchive.exporters.interface import Options
from quotearchive.model import KINDS, Selection


@pytest.mark.parametrize(
    ("style", "opening"),
    [
        ("apa", "Hashem Khastar. (2021, February 12). Iran: Political prisoner"),
        ("chicago", "Hashem Khastar. 2021. “Iran: Political Prisoner"),
        ("mla", "Hashem Khastar. “Iran: Political Prisoner"),
        ("modern-language-association", "Hashem Khastar. “Iran: Political Prisoner"),
    ],
)
def test_a_source_is_cited_in_a_style(letter: Selection, style: str, opening: str) -> None:
    assert citer(style)(letter.document).startswith(opening)


def test_of_a_source_that_little_is_known_of_the_title_is_cited(persian: Selection) -> None:
    assert "بیانیه" in citer("apa")(persian.document)


@pytest.mark.parametrize("style", ["klingon", "../apa", "", "a b"])
def test_an_unknown_style_is_answered_with_some_there_are(style: str) -> None:
    with pytest.raises(UnknownStyleError, match=r"no citation style .*\. Use apa, chicago"):
        citer(style)


@pytest.mark.parametrize("style", ["apa", "chicago", "mla", "harvard"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("date", [None, "2021", "1943~", "2021-02/2021-03", "spring 1943", "-0044", "19XX"])
def test_whatever_is_known_can_be_cited(letter: Selection, style: str, kind: str, date: str | None) -> None:
    title = "<b>&amp; {x} 2021"
    document = msgspec.structs.replace(letter.document, kind=kind, date=date, title=title, recipients=())
    assert citer(style)(document)


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_formats_for_readers_cite_in_the_style(letter: Selection, name: str) -> None:
    pieces = exporter(name).export([letter], Options(style="apa"))
    assert "(2021, February 12)" in "".join(str(piece) for piece in pieces)
