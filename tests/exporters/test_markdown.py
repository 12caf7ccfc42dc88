from collections.abc import Callable, Iterable

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from quotearchive.exporters import exporter
from quotearchive.exporters.interface import Options
from quotearchive.exporters.markdown_text import block_quote, inline
from quotearchive.model import Document, Passage, Quote, Selection

#: The plain CommonMark parser, and one that makes links of bare addresses, tables and strikethrough.
PARSERS = {"commonmark": MarkdownIt("commonmark"), "gfm": MarkdownIt("gfm-like")}

#: What CommonMark can't hold (NUL), what is no character (surrogates), and the control characters that
#: the library, unlike CommonMark, takes for white space at the edges of a paragraph.
UNFIT = "\0\x0b\x1c\x1d\x1e\x1f\x85"

characters = st.characters(exclude_characters=UNFIT, exclude_categories=["Cs"])
signs = "*_[]<>|#`&\\~^=:+-.!(){}$%@/\"' \t\n\r1"
blocks = ["\n\n", "    ", "\n===", "\n---", "\n1. ", "\n> ", "\n+ ", "```\n", "| a |\n| - |", "[^1]: x"]
addresses = ["http://a.example", "www.example.com", "a@example.com", "//localhost", "example.org"]
pieces = [
    "&amp;",
    "&#32;",
    "<script>",
    "<!--",
    "![x](y)",
    "[x](y)",
    "[^1]",
    "~~a~~",
    "\u202e",
    "سلام",
    "\u200c",
]
markup = st.sampled_from([*signs, *blocks, *addresses, *pieces])
texts = st.lists(st.one_of(markup, characters), min_size=1).map("".join)


def words(tokens: Iterable[Token]) -> str:
    """The text that a parser finds; paragraphs are two line ends apart."""
    return "\n\n".join(line(token) for token in tokens if token.type == "inline")


def line(token: Token) -> str:
    pieces = {"hardbreak": "\n"}
    allowed = {"text", "hardbreak"}
    assert {child.type for child in token.children or ()} <= allowed
    return "".join(pieces.get(child.type, child.content) for child in token.children or ())


def quoted(markdown: str, parser: str) -> list[str]:
    """The words of each block quote in a file."""
    found: list[list[Token]] = []
    inside = False
    for token in PARSERS[parser].parse(markdown):
        if token.type == "blockquote_open":
            found.append([])
            inside = True
        elif token.type == "blockquote_close":
            inside = False
        elif inside:
            assert token.type in {"paragraph_open", "paragraph_close", "inline"}
            found[-1].append(token)
    return [words(tokens) for tokens in found]


def written(selections: Iterable[Selection], **asked: object) -> str:
    options = Options(**asked)  # type: ignore[arg-type]
    return "".join(str(piece) for piece in exporter("markdown").export(selections, options))


@pytest.mark.parametrize("parser", PARSERS)
@given(text=texts)
def test_every_character_of_a_quote_survives_a_parser(parser: str, text: str) -> None:
    assert quoted(block_quote(text), parser) == [text]


@pytest.mark.parametrize("parser", PARSERS)
@given(text=texts, title=texts, speaker=texts)
def test_a_whole_export_holds_the_quote_and_brings_nothing_live(
    parser: str, text: str, title: str, speaker: str
) -> None:
    document = Document(id=1, slug="a", title=title, url=speaker, text=f"{title}{text}{speaker}")
    passage = Passage(start=len(title), end=len(title) + len(text), exact=text)
    outer = Quote(id=1, document=1, passages=(passage,), speaker=speaker, note=title, topics=(speaker,))
    inner = Quote(id=2, document=1, passages=(passage, passage), within=1)
    selection = Selection(document=document, quotes=(outer, inner))
    markdown = written([selection], title=title, context=3)
    assert quoted(body(markdown), parser) == [text, f"{text} […] {text}"]
    live = {"link_open", "image", "html_block", "table_open", "code_inline", "fence", "code_block", "s_open"}
    tokens = PARSERS[parser].parse(body(markdown))
    inlines = [child for token in tokens for child in token.children or ()]
    assert not live & {token.type for token in (*tokens, *inlines)}
    assert all(child.content.startswith(("<a id=", "</a>")) for child in inlines if child.type == "html_inline")


def body(markdown: str) -> str:
    return markdown.split("\n---\n\n", 1)[1]


@pytest.mark.parametrize("parser", PARSERS)
@given(text=texts)
def test_a_line_keeps_its_words(parser: str, text: str) -> None:
    tokens = [token for token in PARSERS[parser].parse(f"## a {inline(text)}") if token.type == "inline"]
    assert [line(token) for token in tokens] == [" ".join(["a", *text.split()])]


@pytest.mark.parametrize("text", UNFIT[1:])
def test_control_characters_are_written_as_they_are(text: str) -> None:
    assert block_quote(f"a{text}") == f"> a{text}\n"


def test_nul_is_shown_by_its_picture() -> None:
    assert block_quote("a\0b") == "> a␀b\n"


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("by-document.md", {"context": 6, "made": "2021-03-05T12:00:00Z"}),
        ("by-speaker.md", {"by": "speaker", "citations": "text"}),
        ("by-topic.md", {"by": "topic"}),
        ("by-date.md", {"by": "date", "title": "Quotes on elections"}),
    ],
)
def test_the_letter_reads_like_its_golden_file(
    letter: Selection, persian: Selection, golden: Callable[[str, str], None], name: str, asked: dict[str, object]
) -> None:
    golden(name, written([letter, persian], **asked))


def test_a_quote_whose_outer_quote_was_not_chosen_still_names_who_passes_it_on(letter: Selection) -> None:
    *_, outer, inner = letter.quotes
    markdown = written([Selection(document=letter.document, quotes=(inner,), enclosing=(outer,))])
    assert "**4. Ruhollah Khomeini, quoted by Hashem Khastar**" in markdown


def test_quotes_within_each_other_by_mistake_are_all_there(letter: Selection) -> None:
    one, two = (
        Quote(id=number, document=1, passages=letter.quotes[0].passages, within=other)
        for number, other in ((1, 2), (2, 1))
    )
    markdown = written([Selection(document=letter.document, quotes=(one, two))])
    assert len(quoted(body(markdown), "commonmark")) == 2


def test_a_quote_on_two_topics_has_one_anchor(letter: Selection) -> None:
    anchors = [line for line in written([letter], by="topic").splitlines() if '<a id="quote-1">' in line]
    assert len(anchors) == 1


def test_a_document_without_quotes_is_left_out(letter: Selection) -> None:
    assert "##" not in written([Selection(document=letter.document, quotes=())])


def test_the_front_matter_is_yaml_whatever_the_title(letter: Selection) -> None:
    title = 'A "title": with [all]\n---\n# of it'
    block = written([letter], title=title).split("---\n", 1)[1].rsplit("---\n\n#", 1)[0]
    assert yaml.safe_load(block)["title"] == " ".join(title.split())


def test_documents_stream(letter: Selection) -> None:
    """A document is written before the next but one is asked for."""
    asked = 0

    def selections() -> Iterable[Selection]:
        nonlocal asked
        for _ in range(100):
            asked += 1
            yield letter

    pieces = exporter("markdown").export(selections(), Options())
    while not str(next(pieces)).startswith("\n## "):
        pass
    assert asked == 1
