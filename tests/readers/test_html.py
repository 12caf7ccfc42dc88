"""Web pages: their main text word for word, and what they declare of themselves."""

import pytest

pytest.importorskip("trafilatura", reason="the extra [files] is not installed")

from quotearchive.readers import Options, Reading, read
from quotearchive.readers.web.html import whole_text

PARAGRAPHS = [
    "The council met on Monday to discuss the future of the old harbour, which was built in 1874.",
    "“We can't let it rot,” said the mayor, who has been in office for “far too many” years.",
    "Three plans were laid before the members, and none of them found a majority in the end.",
    "A fourth plan, drawn up by the harbour's own workers, will be heard at the next meeting in May.",
]

LINKED = "<script type='application/ld+json'>{}</script>"

MENU = "<nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav>"

FOOT = """<aside class=related><h2>Related</h2>
<p><a href=/other>Another story about another harbour altogether.</a></p></aside>
<footer><p>Copyright 2021, all rights reserved by the Harbour News company.</p></footer>"""


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html lang=en><head>{head}</head><body>{MENU}{body}{FOOT}</body></html>".encode()


def article(*inserted: str, head: str = "") -> bytes:
    blocks = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]
    blocks[2:2] = inserted
    return page(f"<article><h1>The old harbour</h1>{''.join(blocks)}</article>", head)


def reading(content: bytes, *, whole_page: bool = False) -> Reading:
    return read(content, name="page.html", options=Options(whole_page=whole_page))


def test_the_main_text_is_paragraphs_without_menu_and_foot() -> None:
    text = reading(article()).text
    assert [each for each in text.split("\n\n") if each in PARAGRAPHS] == PARAGRAPHS
    for absent in ("Home", "Copyright", "Another story", "Related"):
        assert absent not in text


@pytest.mark.parametrize(
    ("inserted", "text"),
    [
        ("<h2>Three plans</h2>", "Three plans"),
        ("<ul><li>The first plan<li>The <b>second</b> plan</ul>", "The first plan\n\nThe second plan"),
        ("<table><tr><td>Plan<td>Cost<tr><td>First<td>12 million</table>", "Plan\tCost\nFirst\t12 million"),
        ("<blockquote>Nobody asked us, as they never do.</blockquote>", "Nobody asked us, as they never do."),
        ("<pre>plan  = 1\nplan += 1</pre>", "plan  = 1\nplan += 1"),
    ],
)
def test_what_stands_between_two_paragraphs_is_in_the_text_as_the_page_shows_it(inserted: str, text: str) -> None:
    whole = reading(article(inserted)).text
    assert text in whole


@pytest.mark.parametrize(
    "inserted",
    [
        "<div class=newsletter><p>Subscribe to our newsletter and never miss a story from the harbour again.</p></div>",
        "<div class='share-buttons'><p>Share this story with all of your friends, wherever they may be now.</p></div>",
        "<p><a href=/x>Read more: what the harbour looked like before the war, in pictures</a></p>",
    ],
)
def test_furniture_between_two_paragraphs_is_not_in_the_text(inserted: str) -> None:
    read_page = reading(article(f"<div>{inserted}</div>"))
    assert PARAGRAPHS[1] in read_page.text
    assert "never miss a story" not in read_page.text


def test_the_whole_page_is_read_on_demand() -> None:
    content = article()
    whole = reading(content, whole_page=True).text
    assert "Home" in whole
    assert "Copyright 2021" in whole
    assert whole_text(content) == whole


def test_each_paragraph_of_the_main_text_is_in_the_whole_text() -> None:
    content = article("<h2>Three plans</h2>", "<ul><li>One<li>Two</ul>")
    paragraphs = whole_text(content).split("\n\n")
    assert all(each in paragraphs for each in reading(content).text.split("\n\n"))


def test_a_page_without_a_main_text_is_read_whole_and_that_is_told() -> None:
    read_page = reading(b"<p>Closed.</p>")
    assert read_page.text == "Closed."
    assert any("all that it shows" in remark for remark in read_page.remarks)


def test_markup_never_becomes_text() -> None:
    text = reading(article("<script>var x = '<p>no</p>';</script>", "<style>p { color: red }</style>")).text
    assert "<" not in text
    assert "color" not in text
    assert "var x" not in text


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>The old harbour | Harbour News</title>", "<h1>The old harbour</h1>", "The old harbour"),
        ("<title>The old harbour - Harbour News</title>", "", "The old harbour"),
        (
            "<title>The old harbour – Harbour News</title>",
            "<h1>Harbour News</h1><h2>The old harbour</h2>",
            "The old harbour",
        ),
        (
            "<title>News</title><meta property=og:title content='The old harbour'>",
            "<h1 class=site-title>News</h1>",
            "The old harbour",
        ),
        (
            "<meta property=og:title content='The old harbour - News'><meta property=og:site_name content=News>",
            "",
            "The old harbour",
        ),
        (
            LINKED.format(
                '{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", "headline": "The old &amp; new harbour"}]}'
            ),
            "",
            "The old & new harbour",
        ),
        ("<title>Salt &amp;amp; pepper\n  again</title>", "", "Salt & pepper again"),
    ],
)
def test_the_title_is_the_pages_own_without_the_sites_name(head: str, body: str, title: str) -> None:
    assert reading(page(body + f"<p>{PARAGRAPHS[0]}</p>", head)).metadata["title"] == title


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ("<link rel=canonical href=https://example.org/2019/11/14/harbour/>", "", "2019-11-14"),
        ("<meta property=article:published_time content='2019-11-14T23:30:00+01:00'>", "", "2019-11-14"),
        ("", "<time datetime=2019-11-14>14 November</time>", "2019-11-14"),
        (
            "",
            "<time class='entry-date published' datetime=2019-11-14></time><time datetime=2021-01-02></time>",
            "2019-11-14",
        ),
        ("<meta name=date content='14 November 2019'>", "", "2019-11-14"),
        (
            LINKED.format('{"@type": "Article", "datePublished": "2019-11-14", "dateModified": "2020-01-01"}'),
            "",
            "2019-11-14",
        ),
    ],
)
def test_the_date_is_that_of_publication_where_it_is_declared(head: str, body: str, date: str) -> None:
    assert reading(page(f"{body}<p>{PARAGRAPHS[0]}</p>", head)).metadata["date"] == date


@pytest.mark.parametrize(
    "head",
    [
        "<meta property=article:modified_time content=2019-11-14>",
        "<meta name=date content=2019-02-31>",
        "<meta name=date content='01/02/2019'>",
        "<time class=updated datetime=2019-11-14></time>",
        "<link rel=canonical href=https://example.org/2019/>",
    ],
)
def test_no_date_is_stored_that_the_page_does_not_declare(head: str) -> None:
    assert "date" not in reading(article(head=head)).metadata


def test_a_date_that_is_only_likely_is_a_guess() -> None:
    content = page("".join(f"<p>{each}</p>" for each in PARAGRAPHS) + "<p>Last updated: 14 November 2019</p>")
    dates = [each for each in reading(content).extracted if each.field == "date"]
    assert all(each.is_guess and each.source == "htmldate" for each in dates)


def test_dates_that_differ_are_told() -> None:
    head = "<meta property=article:published_time content=2019-11-14><meta name=date content=2019-11-20>"
    remarks = reading(article(head=head)).remarks
    assert any("2019-11-14" in remark and "2019-11-20" in remark for remark in remarks)


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        (
            LINKED.format('{"@type": "Article", "author": [{"name": "Jane Doe"}, "John Roe"]}'),
            "",
            ("Jane Doe", "John Roe"),
        ),
        ("", "<a rel=author href=/jane>Jane Doe</a>", ("Jane Doe",)),
        ("", "<span itemprop=author><b itemprop=name>Jane Doe</b>, reporter</span>", ("Jane Doe",)),
        ("", "<p class=byline>By Jane Doe and John Roe</p>", ("Jane Doe", "John Roe")),
        (
            "",
            "<span class=byline><span class=screen-reader-text>Author</span> <a>Jane Doe</a></span>",
            ("Jane Doe",),
        ),
        ("<meta name=author content='Jane Doe'>", "<p>Words by Jane Doe</p>", ("Jane Doe",)),
    ],
)
def test_the_authors_are_those_that_the_page_declares(head: str, body: str, authors: tuple[str, ...]) -> None:
    assert reading(page(f"{body}<p>{PARAGRAPHS[0]}</p>", head)).metadata["authors"] == authors


@pytest.mark.parametrize("name", ["admin", "Webmaster", "jdoe42"])
def test_the_user_of_a_content_management_system_is_no_author(name: str) -> None:
    assert "authors" not in reading(article(head=f"<meta name=author content={name}>")).metadata


def test_publisher_address_kind_and_language_are_declared() -> None:
    head = """<meta property=og:site_name content="Harbour &amp; News"><meta property=og:type content=article>
    <link rel=canonical href=https://example.org/harbour>"""
    metadata = reading(article(head=head)).metadata
    assert metadata["publisher"] == "Harbour & News"
    assert metadata["kind"] == "article"
    assert metadata["url"] == "https://example.org/harbour"
    assert metadata["language"] == "en"


def test_the_words_decide_where_a_template_declares_another_language() -> None:
    german = "Alle Menschen sind frei und gleich an Würde und Rechten geboren, und das ist auch gut so. " * 5
    read_page = reading(f"<html lang=en-US><article><p>{german}</p></article></html>".encode())
    assert read_page.metadata["language"] == "de"
    assert read_page.remarks


def test_every_value_says_where_it_stands() -> None:
    head = "<title>The old harbour</title><meta property=article:published_time content=2019-11-14>"
    assert all(each.source for each in reading(article(head=head)).extracted)


def test_text_below_the_depth_of_parsers_is_kept() -> None:
    content = page("<div>" * 5_000 + f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>" + "</div>" * 5_000)
    text = reading(content).text
    assert PARAGRAPHS[0] in text
    assert PARAGRAPHS[1] in text


def test_a_huge_page_is_read_whole_and_that_is_told() -> None:
    read_page = reading(page(f"<p>{PARAGRAPHS[0]}</p>" * 80_000))
    assert any("too large" in remark for remark in read_page.remarks)


def test_hostile_metadata_does_no_harm() -> None:
    nested = "[" * 100_000
    head = f"<script type='application/ld+json'>{nested}</script><meta name=date content='{'9' * 5000}'><base href=:::>"
    head += "<link rel=canonical href='http://[bad'><meta property=og:url content='javascript:alert(1)'>"
    assert "url" not in reading(article(head=head)).metadata


TEASER = "The lighthouse keeper has died, as his family told this newspaper late on Friday evening."


@pytest.mark.parametrize(
    "box",
    [
        f"<div class=x1><h3><a href=/lighthouse>Lighthouse keeper dies</a></h3><p>{TEASER}</p></div>",
        f"<div class=x1><a href=/lighthouse><h3>Lighthouse keeper dies</h3></a><p>{TEASER}</p></div>",
        f"<div class=newsletter-signup><div><p>{TEASER}</p></div></div>",
    ],
)
def test_the_teaser_of_another_page_between_two_paragraphs_is_not_in_the_text(box: str) -> None:
    text = reading(article(box)).text
    assert TEASER not in text
    assert all(each in text for each in PARAGRAPHS)


def test_paragraphs_under_headings_that_are_links_are_the_text_where_all_are_so() -> None:
    items = "".join(f"<div><h3><a href=/{n}>Plan {n}</a></h3><p>{each}</p></div>" for n, each in enumerate(PARAGRAPHS))
    assert all(each in reading(page(f"<article><h1>Plans</h1>{items}</article>")).text for each in PARAGRAPHS)


@pytest.mark.parametrize("name", ["class=comments", "id=disqus", "class='discussion'", "class=kommentare"])
def test_what_readers_wrote_below_is_not_in_the_text_however_much_it_is(name: str) -> None:
    replies = "".join(
        f"<div><b>ann</b><p>{n}: {each} I remember it well, and so does my aunt.</p></div>"
        for n, each in enumerate(PARAGRAPHS * 3)
    )
    content = page(
        f"<article><h1>Harbour</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[2]}</p></article>"
        f"<section {name}><h2>Replies</h2>{replies}</section>"
    )
    text = reading(content).text
    assert PARAGRAPHS[2] in text
    assert "my aunt" not in text


def test_a_page_that_is_open_to_comments_is_no_comment() -> None:
    body = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    content = page(f"<div class='comments comments-open'><h1>The old harbour</h1>{body}</div><p>{TEASER}</p>")
    assert all(each in reading(content).text for each in PARAGRAPHS)


def test_the_standfirst_between_title_and_text_is_in_the_text() -> None:
    body = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    head = f"<header><span>Report</span><h1>The old harbour</h1><p class=lead>{TEASER}</p><p>By Jane Doe</p></header>"
    text = reading(page(f"<article>{head}<div class=article-content>{body}</div></article>")).text
    assert text.index(TEASER) < text.index(PARAGRAPHS[0])


@pytest.mark.parametrize(
    "folded",
    [
        "<div hidden=until-found>{}</div>",
        "<button aria-controls=more aria-expanded=false>Who pays?</button><div id=more hidden>{}</div>",
        "<a href=# data-bs-target='#more'>Who pays?</a><div id=more style='display:none'>{}</div>",
        "<div role=tabpanel hidden>{}</div>",
        "<details><summary>Who pays?</summary>{}</details>",
    ],
)
def test_what_a_reader_unfolds_is_in_the_text(folded: str) -> None:
    assert TEASER in reading(article(folded.format(f"<p>{TEASER}</p>"))).text


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='display:none'>{}</div>",
        "<button aria-controls=box>Sign in</button><div id=box role=dialog hidden>{}</div>",
        "<button aria-controls=box>Menu</button><nav id=box hidden>{}</nav>",
        "<div class=sr-only id=box aria-controls=box>{}</div>",
    ],
)
def test_what_no_reader_sees_in_the_text_is_not_in_it(hidden: str) -> None:
    assert TEASER not in reading(article(hidden.format(f"<p>{TEASER}</p>"))).text


BODY = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)


@pytest.mark.parametrize(
    ("language", "line", "date"),
    [
        (
            "de",
            "<div class=entry-meta>Veröffentlicht am <a>12. März 2012</a> von <a>Karla Kolm</a></div>",
            "2012-03-12",
        ),
        ("de", "<p>Von Ida Stern, 12.3.2012</p>", "2012-03-12"),
        ("de", "<span class=datum>12.03.12</span>", "2012-03-12"),
        ("en", "<small>March 12th, 2012 by Tom</small>", "2012-03-12"),
        ("en-US", "<div>Posted: 03/12/2012 | Updated: 04/09/2013</div>", "2012-03-12"),
        ("en-GB", "<div>12/03/2012</div>", "2012-03-12"),
        ("fr", "<p>Par Claire Dumas | Publié le 12/03/2012 à 18h30, mis à jour le 13/03/2012</p>", "2012-03-12"),
        ("pl", "<span>12 marca 2012, 10:15</span>", "2012-03-12"),
        ("cs", "<span>12. března 2012</span>", "2012-03-12"),
        ("ru", "<span>12 марта 2012</span>", "2012-03-12"),
        ("nl", "<span>Geplaatst op 12 maart 2012</span>", "2012-03-12"),
        ("es", "<span>12 de marzo de 2012</span>", "2012-03-12"),
        ("ja", "<span>2012年3月12日</span>", "2012-03-12"),
        ("hu", "<span>2012. március 12.</span>", "2012-03-12"),
        ("en", "<time>12 Mar 2012</time>", "2012-03-12"),
    ],
)
def test_the_date_that_a_line_by_the_title_tells_its_readers_is_taken(language: str, line: str, date: str) -> None:
    content = f"<html lang={language}><title>1874</title><article><h1>1874</h1>{line}{BODY}</article></html>".encode()
    assert date in {each.value for each in reading(content).extracted if each.field == "date" and not each.is_guess}


@pytest.mark.parametrize(
    "line",
    [
        "<p>Last updated: 12 March 2012</p>",
        "<p>© 12 March 2012</p>",
        "<p>Member since 12 March 2012</p>",
        "<p>03/04/2012</p>",
        "<p>Version 12.3.2012.4</p>",
    ],
)
def test_a_date_of_something_else_by_the_title_is_not_stored(line: str) -> None:
    content = page(f"<article><h1>The old harbour</h1>{line}{BODY}</article>")
    assert "date" not in reading(content).metadata


def test_a_date_deep_in_the_text_or_of_today_is_not_stored() -> None:
    event = "<p>Friday, 12 June 2015: opening</p>"
    body = f"<div>Tuesday, 24 November 2020</div><main><h1>Feast</h1>{BODY}{event}{BODY}</main>"
    assert "date" not in reading(page(body)).metadata


def test_the_date_of_the_page_counts_and_not_that_of_a_page_which_it_points_to() -> None:
    card = "<div><a href=/x>Lighthouse</a> <time datetime=2020-11-23>Nov 23</time></div>"
    body = f"<main><h1>The old harbour</h1><div>3 May 2017</div>{BODY}<div>{card * 2}</div></main>"
    assert reading(page(body)).metadata["date"] == "2017-05-03"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            "<title>Rivers and Roads: The ferry</title>",
            "<h1><a href='/'>Rivers and Roads</a></h1><h3 class='post-title entry-title'>The ferry</h3>",
            "The ferry",
        ),
        (
            "<title>New bridge: City of Leeds</title>",
            "<h3 itemprop=headline>The new bridge over the Aire</h3>",
            "The new bridge over the Aire",
        ),
        (
            "<title>River Trust | News | New boats for the trust</title>",
            "<h2>New boats for the trust</h2>",
            "New boats for the trust",
        ),
    ],
)
def test_the_title_is_the_heading_that_is_marked_or_named_as_such(head: str, body: str, title: str) -> None:
    assert reading(page(body + BODY, head)).metadata["title"] == title


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("<p><i>by Ann Lee, 7 July 2013</i></p>", ("Ann Lee",)),
        ("<p>Par Claire Dumas | Publié le 05/03/2019</p>", ("Claire Dumas",)),
        ("<div>Text: Nora Bell — 04.05.2016</div>", ("Nora Bell",)),
        ("<div><a href=/autoren/nora-bell>Nora Bell</a></div>", ("Nora Bell",)),
        ("<div>Von <a>Ida Stern</a> und Jo March</div>", ("Ida Stern", "Jo March")),
    ],
)
def test_the_authors_are_those_whom_a_line_by_the_title_names(line: str, authors: tuple[str, ...]) -> None:
    assert reading(page(f"<article><h1>The old harbour</h1>{line}{BODY}</article>")).metadata["authors"] == authors


def test_words_by_the_title_that_are_no_name_are_no_author() -> None:
    line = "<p>By the river, where the old mill stood</p>"
    assert "authors" not in reading(page(f"<article><h1>The old harbour</h1>{line}{BODY}</article>")).metadata
