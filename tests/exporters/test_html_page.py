import base64
import hashlib
import json
import re
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from quotearchive.exporters import exporter
from quotearchive.exporters.html_page import foldings, marked
from quotearchive.exporters.interface import Options
from quotearchive.exporters.markup import legal
from quotearchive.model import Document, Passage, Quote, Selection
from quotearchive.text import folded, paragraphs

#: Attributes that make a browser load, run or leave.
LIVE = {"src", "srcset", "action", "formaction", "style", "data", "poster", "background", "ping"}

TEXT = "First paragraph, <b>which</b> is\nof two lines.\n\nSecond 🕊️ one & more.\n\n\n  Third, a\u0323\u0301 last.\n"
spans = st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)), max_size=12)


def written(*selections: Selection, **asked: str) -> str:
    options = Options(title=asked.get("title", "Quotes"), made="2021-03-05T12:00:00Z", context=5)
    return "".join(str(piece) for piece in exporter("html").export(selections, options))


def parsed(*selections: Selection, **asked: str) -> html.HtmlElement:
    return html.document_fromstring(written(*selections, **asked))


def words(element: html.HtmlElement) -> str:
    return str(element.text_content())


def policy_hash(content: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() + "'"


def test_the_policy_allows_the_pages_own_script_and_style_alone(letter: Selection) -> None:
    page = parsed(letter)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = page.xpath("//style/text()")
    (script,) = page.xpath("//script[not(@type)]/text()")
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src {policy_hash(script)};" in policy
    assert f"style-src {policy_hash(style)};" in policy
    assert not re.search(r"https?:|unsafe|\*", policy)


def test_nothing_that_a_document_brings_is_live() -> None:
    evil = (
        '"><script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">x</a>'
        "</textarea></style></script>{{ 7*7 }}<!--\x00\x1b[31m&lt;"
    )
    document = Document(
        id=1, slug="a", title=evil, url="javascript:alert(4)", language=evil, text=evil, authors=(evil,)
    )
    passage = Passage(start=0, end=len(evil), exact=evil)
    quote = Quote(id=1, document=1, passages=(passage,), speaker=evil, to=evil, topics=(evil,), said=evil, note=evil)
    page = parsed(Selection(document=document, quotes=(quote,)), title=evil)
    assert len(page.xpath("//script")) == 2
    assert not page.xpath("//img | //iframe | //object | //embed | //link | //form | //base | //svg")
    names = {str(name) for element in page.iter() for name in element.attrib}
    assert not names & LIVE
    assert not [name for name in names if name.startswith("on")]
    assert all(address.startswith("#") for address in page.xpath("//@href"))
    assert words(page.xpath("//blockquote")[0]) == legal(evil)


def test_every_link_leads_somewhere(letter: Selection, persian: Selection) -> None:
    page = parsed(letter, persian)
    names = page.xpath("//@id")
    assert len(names) == len(set(names))
    assert {address[1:] for address in page.xpath("//@href")} <= set(names)


@given(spans)
def test_marks_nest_and_keep_every_word(found: list[tuple[int, int]]) -> None:
    places = [(start, min(len(TEXT), start + size)) for start, size in found]
    quotes = tuple(
        Quote(id=number, document=1, passages=(Passage(start=start, end=end, exact=TEXT[start:end]),))
        for number, (start, end) in enumerate(places, 1)
    )
    document = Document(id=1, slug="a", title="A", text=TEXT)
    root = html.fragment_fromstring(str(marked(document, quotes)), create_parent="div")
    for link in root.xpath(".//a"):
        link.text = None
    written_paragraphs = [words(block) for block in root.xpath("./p")]
    assert written_paragraphs == [TEXT[start:end] for start, end in paragraphs(TEXT)]
    for quote in quotes:
        parts = "".join(words(mark) for mark in root.xpath(f".//mark[@data-quote='{quote.id}']"))
        assert "".join(parts.split()) == "".join(quote.text.split())


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1))
def test_every_character_of_a_quote_is_in_its_card(whole: Callable[[str], Selection], text: str) -> None:
    (quote,) = parsed(whole(text)).xpath("//blockquote")
    assert words(quote) == legal(text)


def test_right_to_left_texts_say_so(persian: Selection) -> None:
    page = parsed(persian)
    (text,) = page.xpath("//div[@class='text']")
    assert (text.get("dir"), text.get("lang")) == ("rtl", "fa")
    assert {quote.get("dir") for quote in page.xpath("//blockquote")} == {"auto"}


@pytest.mark.parametrize("language", [None, '"><b>', "fa_IR", "a" * 20])
def test_what_is_no_language_is_not_said(letter: Selection, language: str | None) -> None:
    document = msgspec.structs.replace(letter.document, language=language)
    (text,) = parsed(msgspec.structs.replace(letter, document=document)).xpath("//div[@class='text']")
    assert text.get("lang") is None


@given(st.text(st.characters(max_codepoint=0x1FFFF, exclude_categories=["Cs"])), st.text())
def test_the_page_folds_as_the_archive_does(query: str, more: str) -> None:
    """With the table of a page that holds the query, the query folds to what it folds to here."""
    table = foldings(set(folded(query + more)))
    pieces = {sign: piece for piece, signs in table.items() for sign in signs}
    found = re.sub("  +", " ", "".join(pieces.get(sign, sign) for sign in query))
    assert found == folded(query)


def test_the_table_stays_small(letter: Selection) -> None:
    (table,) = parsed(letter).xpath("//script[@id='folding']/text()")
    assert len(table) < 20_000
    assert "É" in json.loads(table)["e"]


def test_a_page_without_quotes_is_a_page() -> None:
    assert parsed().xpath("//main")
