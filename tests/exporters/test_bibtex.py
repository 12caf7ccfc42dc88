from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import BibliographyData, parse_string
from pylatexenc.latex2text import LatexNodes2Text

from quotearchive.exporters import exporter
from quotearchive.exporters.bibtex import escape
from quotearchive.exporters.interface import Options
from quotearchive.model import Selection


def written(*selections: Selection) -> str:
    return "".join(str(piece) for piece in exporter("bibtex").export(selections, Options()))


def read(text: str) -> BibliographyData:
    return parse_string(text, "bibtex")


def plain(latex: str) -> str:
    """Read TeX with a library; it takes two ASCII signs for their look-alikes."""
    found = LatexNodes2Text(keep_comments=True, strict_latex_spaces=True).latex_to_text(latex)
    return str(found).replace("ˆ", "^").replace("˜", "~")


def test_another_library_reads_the_sources(letter: Selection, persian: Selection) -> None:
    found = read(written(letter, persian))
    assert list(found.entries) == [letter.document.slug, "document-2"]
    entry = found.entries[letter.document.slug]
    assert plain(entry.fields["title"]) == letter.document.title
    assert [str(person) for person in entry.persons["author"]] == ["{Hashem Khastar}"]
    assert entry.fields["date"] == "2021-02-12"
    assert entry.fields["howpublished"] == "Letter to Ali Khamenei"
    assert entry.fields["url"] == letter.document.url


def test_each_quote_is_in_the_annotation(letter: Selection) -> None:
    note = plain(read(written(letter)).entries[letter.document.slug].fields["annote"])
    assert [quote.text in note for quote in letter.quotes] == [True] * 4


@given(st.text(st.sampled_from("\\{}~^%#$&_ab\" @,='`-<>?!«é س")).map(str.strip))
def test_what_tex_takes_for_commands_is_read_back(text: str) -> None:
    assert plain(escape(text)) == text


@pytest.mark.parametrize("title", ["}{", "{", "\\", '"', "@misc{x,", "a\n\nb", "%"])
def test_no_title_breaks_the_file(letter: Selection, title: str) -> None:
    document = msgspec.structs.replace(letter.document, title=title, authors=(title,), url=title)
    text = written(msgspec.structs.replace(letter, document=document), letter)
    assert len(read(text).entries) == 2


def test_two_sources_never_share_a_key(letter: Selection) -> None:
    assert len(read(written(letter, letter)).entries) == 2


def test_entries_stay_as_they_are(letter: Selection, persian: Selection, golden: Callable[[str, str], None]) -> None:
    golden("letter.bib", written(letter, persian))
