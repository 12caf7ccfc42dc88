"""Markup is rendered as its reader sees it, and nothing of it is lost."""

import pytest

pytest.importorskip("lxml", reason="the extra [files] is not installed")

from quotearchive.readers.builder import TextBuilder
from quotearchive.readers.web.markup import Element, decode_markup, name_of, parse, parse_xhtml, render, text_of


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One<p>two", "One\n\ntwo"),
        ("<h1>Title</h1>Words <b>and</b>\n more<div>Block</div>tail", "Title\n\nWords and more\n\nBlock\n\ntail"),
        ("<p>One<br>two<br/>\nthree", "One\ntwo\nthree"),
        ("<p>One<br><br>two", "One\n\ntwo"),
        ("<ul><li>One<ul><li>within</ul><li><p>two</ul>", "One\n\nwithin\n\ntwo"),
        ("<dl><dt>Word<dd>what it means</dl>", "Word\n\nwhat it means"),
        ("<pre>if x:\n    y  = 1</pre>", "if x:\n    y  = 1"),
        ("<p style='white-space: pre-wrap'>a\n  b</p>", "a\n  b"),
        ("<p>un<wbr>brok&shy;en\u200b word</p>", "unbroken word"),
        ("<p>no&nbsp;break &amp; &lt;sign&gt; &hellip;</p>", "no\u00a0break & <sign> …"),
        ("<p>H<sub>2</sub>O<sup>[1]</sup></p>", "H2O[1]"),
        ("<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby></p>", "漢字"),
        ("<p>He said <q>I am <q>here</q></q>.", "He said “I am ‘here’”."),
        ("<html lang=de><p>Er sagte: <q>Ja</q>.", "Er sagte: „Ja“."),
        ("<p>A<!-- not this --> line<?php not(this) ?>", "A line"),
        ("<p>so good <img class=emoji alt='🙂'> <img alt='A photograph'></p>", "so good 🙂"),
        ("<p>Zero\x00 and \x01control</p>", "Zero and control"),
        ("<details><summary>More</summary>Inside</details>", "More\n\nInside"),
        ("", ""),
    ],
)
def test_markup_becomes_paragraphs_and_lines(markup: str, text: str) -> None:
    assert text_of(markup) == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        "<template><p>x</p></template>",
        "<noscript>Enable scripts</noscript>",
        "<p hidden>x</p>",
        "<p style='color: red; display:none'>x</p>",
        "<span style='visibility: hidden'>x</span>",
        "<i aria-hidden=true>★</i>",
        "<span class='screen-reader-text'>Skip</span>",
        "<select><option>x</select>",
        "<svg><title>x</title><text>y</text></svg>",
        "<dialog>x</dialog>",
        "<iframe>x</iframe>",
    ],
)
def test_what_is_not_shown_is_left_out_and_what_follows_is_not(hidden: str) -> None:
    assert text_of(f"<title>x</title><p>before</p>{hidden}<p>after</p>") == "before\n\nafter"


def test_a_page_that_an_open_dialogue_hides_from_screen_readers_is_shown() -> None:
    assert text_of("<div aria-hidden=true><p>The page</p></div>") == "The page"


def test_a_page_whose_body_awaits_its_scripts_is_shown() -> None:
    assert text_of("<body style='display:none'><p>The page</p>") == "The page"


def test_a_table_of_data_has_a_line_a_row_and_a_tab_between_cells() -> None:
    table = "<table><caption>Prices</caption><tr><th>Good<th>Price<tr><td><p>Bread</p><td>2 €<tr><td><td>3<br>4</table>"
    assert text_of(table) == "Prices\n\nGood\tPrice\nBread\t2 €\n\t3 4"


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td><p>Menu</p><p>Home</p><td>Text</table>",
        "<table role=presentation><tr><td>Menu<td>Home<tr><td>Text</table>",
        "<table><tr><td>Menu<td><table><tr><td>Home</table><tr><td>Text</table>",
        "<table><tr><td>Menu<tr><td>Home<tr><td>Text</table>",
    ],
)
def test_a_table_that_lays_out_the_page_is_its_blocks(table: str) -> None:
    assert text_of(table) == "Menu\n\nHome\n\nText"


def test_footnotes_stand_at_the_end() -> None:
    markup = "<p>Text<a href='#n'>1</a>.</p><aside id=n role=doc-footnote><p>1 A note.</p></aside><p>More.</p>"
    assert text_of(markup) == "Text1.\n\nMore.\n\n1 A note."


@pytest.mark.parametrize("depth", [300, 3_000, 200_000])
def test_text_that_is_nested_deeply_is_kept(depth: int) -> None:
    deep = f"<p>before</p>{'<div>' * depth}de<b>e</b>p{'</div>' * depth}<p>after</p>"
    assert text_of(deep) == "before\n\ndeep\n\nafter"


def test_deep_blocks_are_paragraphs_and_what_stands_in_a_line_is_not() -> None:
    assert text_of("<div>" * 3000 + "<div>One</div>t<i>w</i>o<div>three</div>") == "One\n\ntwo\n\nthree"


def test_segments_start_where_their_element_does() -> None:
    builder = TextBuilder()

    def mark(element: Element) -> bool:
        label = element.get("data-page")
        if label:
            builder.mark("page", label)
        return not label

    render(parse("<p>Cafe\u0301 <i data-page=iv>out</i> bar</p><hr data-page=v><p>end"), builder, mark)
    assert builder.text == "Café bar\n\nend"
    assert [(each.start, each.label) for each in builder.segments] == [(5, "iv"), (10, "v")]


def test_xhtml_is_read_with_its_namespaces_entities_and_empty_elements() -> None:
    markup = (
        b'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "x.dtd">'
        b'<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a"/></head>'
        b'<body><p><a id="x"/>Caf&eacute; &amp; bar</p></body></html>'
    )
    tree = parse_xhtml(markup)
    assert name_of(tree) == "html"
    assert tree.tag != "html"
    assert text_of(tree) == "Café & bar"


def test_xhtml_that_is_no_xml_is_read_as_html() -> None:
    assert text_of(parse_xhtml(b"<p>One<p>two & three")) == "One\n\ntwo & three"


def test_entities_of_a_document_are_not_resolved() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbb"><!ENTITY c "&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    for page in (parse(f"{bomb}<p>x&c;&f;y"), parse_xhtml(f"{bomb}<p>x&c;&f;y</p>")):
        text = text_of(page)
        assert "bbb" not in text
        assert "root:" not in text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>Zürich".encode(), "Zürich"),
        ("<meta charset=iso-8859-1><p>Zürich".encode(), "Zürich"),
        ('<meta charset="windows-1251"><p>Да'.encode("cp1251"), "Да"),
        ('<?xml version="1.0" encoding="iso-8859-2"?><p>łódź</p>'.encode("iso-8859-2"), "łódź"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>“a” €'.encode("cp1252"), "“a” €"),
        ("<meta charset=iso-2022-jp><p>日本".encode("iso2022_jp"), "日本"),
        ("<meta charset=gb2312><p>國語".encode("gbk"), "國語"),
        ("\ufeff<p>Zürich".encode("utf-16"), "Zürich"),
        ("<p>Zürich und Bern".encode("utf-16-le"), "Zürich und Bern"),
        (b"<meta charset=utf-7><p>+ADw-script+AD4-", "+ADw-script+AD4-"),
        (b"<meta charset=utf-16><p>plain", "plain"),
        (b"<meta charset=no-such><p>plain", "plain"),
        (b"<meta charset=utf-8><p>Z\xc3\xbcrich \xff!", "Zürich \ufffd!"),
    ],
)
def test_a_page_is_decoded_as_it_declares_unless_that_is_wrong(content: bytes, text: str) -> None:
    assert text_of(content) == text


def test_a_charset_that_was_declared_outside_goes_before_that_of_the_page() -> None:
    assert decode_markup(b"<meta charset=cp1252>\xe4", "koi8-r").text[-1] == "Д"


@pytest.mark.parametrize(
    "markup",
    [
        "<" * 300_000,
        "<!--" * 100_000,
        "<div " * 100_000,
        "<table><tr><td>" * 30_000,
        "<a b='" * 100_000,
        "<b><i>" * 100_000,
        "</p>" * 100_000,
        "&" * 300_000,
        "<q>" * 1_000,
    ],
)
def test_what_is_hardly_markup_does_no_harm(markup: str) -> None:
    assert "lost" not in text_of(markup)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<title>t</title><article><h1>One</h1><p>Two</p></article>", "One\n\nTwo"),
        ("<title>t</title><main>One<p>Two</main>three<p>four", "One\n\nTwo\n\nthree\n\nfour"),
        ("<title>t</title><nav>One</nav><script>no</script><div>two</div>", "One\n\ntwo"),
    ],
)
def test_a_page_without_a_body_tag_loses_nothing(markup: str, text: str) -> None:
    assert text_of(markup) == text
