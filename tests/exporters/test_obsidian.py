from collections.abc import Callable

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from quotearchive.exporters import exporter
from quotearchive.exporters.errors import ForeignFileError
from quotearchive.exporters.interface import File, Options
from quotearchive.exporters.obsidian import BEGIN, END, PROPERTIES, merge
from quotearchive.model import Document, Selection

OBSIDIAN = exporter("obsidian")


def written(*selections: Selection, context: int = 0) -> list[File]:
    pieces = OBSIDIAN.export(selections, Options(context=context))
    return [piece for piece in pieces if isinstance(piece, File)]


def note(selection: Selection) -> File:
    (file,) = written(selection)
    return file


def head(text: str) -> dict[str, object]:
    fields = yaml.safe_load(text.split("---\n")[1])
    assert isinstance(fields, dict)
    return fields


def nodes(text: str) -> dict[str, object]:
    """The fields of a note's front matter by name, each value as it is spelt."""

    def spelt(node: yaml.Node) -> object:
        if isinstance(node, yaml.SequenceNode):
            return [spelt(item) for item in node.value]
        return (node.tag, node.value) if isinstance(node, yaml.ScalarNode) else yaml.serialize(node)

    mapping = yaml.compose(text.split("---\n")[1], Loader=yaml.SafeLoader)
    assert isinstance(mapping, yaml.MappingNode)
    return {key.value: spelt(value) for key, value in mapping.value}


def named(slug: str, number: int = 1) -> Selection:
    return Selection(document=Document(id=number, slug=slug, title="A", text="A"), quotes=())


def test_a_note_written_again_is_the_same(letter: Selection) -> None:
    fresh = note(letter)
    assert OBSIDIAN.merge(fresh.content, fresh) == fresh.content


def test_the_users_words_stay_and_ours_are_written_anew(letter: Selection) -> None:
    old = note(letter).content.replace("elections", "old-topic")
    mine = old.replace(BEGIN, f"My own words.\n\n{BEGIN}") + "\nAnd a last word.\n"
    merged = OBSIDIAN.merge(mine, note(letter))
    assert "My own words.\n\n%% quotearchive" in merged
    assert merged.endswith(f"{END}\n\nAnd a last word.\n")
    assert "old-topic" not in merged


def test_the_users_fields_tags_and_comments_stay_as_they_wrote_them(letter: Selection) -> None:
    fresh = note(letter)
    mine = fresh.content.replace("---\n\n", "rating:   5 # stars\n# why\nread: 2024-01-15\n---\n\n", 1)
    mine = mine.replace("tags:\n", "tags:\n- mine\n").replace("aliases:\n", "aliases:\n- The letter\n")
    merged = OBSIDIAN.merge(mine, fresh)
    assert "rating:   5 # stars\n# why\nread: 2024-01-15\n" in merged
    assert "mine" in list(head(merged)["tags"])  # type: ignore[call-overload]
    assert "The letter" in list(head(merged)["aliases"])  # type: ignore[call-overload]
    assert OBSIDIAN.merge(merged, fresh) == merged


@pytest.mark.parametrize(
    "field",
    [
        *("tags: {a: b}", "tags: [[x, y], {c: d}]", "tags: mine", "tags: !mine x", "aliases: [2021-99-99, null, 1e5]"),
        *("tags: [2021-01-01, 5, null, true]", "aliases: # why\n- mine # why"),
    ],
)
def test_what_the_user_lists_stays_whatever_it_is(letter: Selection, field: str) -> None:
    fresh = note(letter)
    existing = f"---\n{field}\n---\n{BEGIN} old {END}\n"
    merged = OBSIDIAN.merge(existing, fresh)
    (name, own) = next(iter(nodes(existing).items()))
    items = own if isinstance(own, list) else [own]
    found = nodes(merged)[name]
    assert isinstance(found, list)
    assert all(item in found for item in items)
    assert OBSIDIAN.merge(merged, fresh) == merged


@pytest.mark.parametrize(
    "theirs",
    [
        *("own: !foo x", "own: |\n  title: no", "1: a\n2021-01-01: b\nnull: c", "own: 1\nown: 2", "'own': [1, {a: 2}]"),
        *("'title': x\nown: 1", '"tags": [mine]\nown: 1', "title : x\nown: 1", "own: &t [mine]\ntags: *t"),
    ],
)
def test_the_users_fields_say_what_they_said(letter: Selection, theirs: str) -> None:
    merged = OBSIDIAN.merge(f"---\n{theirs}\n---\n{BEGIN} old {END}\n", note(letter))
    assert {key: value for key, value in nodes(merged).items() if key not in PROPERTIES} == {
        key: value for key, value in nodes(f"---\n{theirs}\n---\n").items() if key not in PROPERTIES
    }
    assert "```" not in merged


@pytest.mark.parametrize(
    "theirs",
    [
        *("- a\n- b", "just words", "{own: 1, title: x}", "own: [", "tags: &t [mine]\nother: *t", "\town: 1"),
        *("tags: [a,\nmine]\nown: 3", "own: 1\n...\nmore: 2", "? title\n: x", 'own: "\\UFFFFFFFF"', "own: ```` ["),
        *("own: " + "[" * 2000, "tags: [mine]\ntags: [yours]", "own: \x07"),
    ],
)
def test_a_front_matter_that_is_no_list_of_fields_stands_whole_below(letter: Selection, theirs: str) -> None:
    fresh = note(letter)
    merged = OBSIDIAN.merge(f"---\n{theirs}\n---\nMine.\n{BEGIN} old {END}\nAfter.\n", fresh)
    assert nodes(merged) == nodes(fresh.content)
    code = next(token for token in MarkdownIt("commonmark").parse(merged.split("---\n", 2)[2]) if token.type == "fence")
    assert (code.info, code.content) == ("yaml", f"{theirs}\n")
    assert merged.endswith("\nAfter.\n")
    assert OBSIDIAN.merge(merged, fresh) == merged


def test_comments_among_our_fields_stay(letter: Selection) -> None:
    fresh = note(letter)
    mine = fresh.content.replace("tags:\n", "# before\ntags:\n  # within\n", 1)
    merged = OBSIDIAN.merge(OBSIDIAN.merge(mine, fresh), fresh)
    assert "# before\n" in merged
    assert "  # within\n" in merged
    assert OBSIDIAN.merge(merged, fresh) == merged


def test_a_topic_that_is_gone_takes_its_tag_with_it(letter: Selection) -> None:
    without = msgspec.structs.replace(letter, quotes=letter.quotes[:1])
    merged = OBSIDIAN.merge(note(letter).content, note(without))
    assert head(merged)["tags"] == ["executions", "uprising"]


@pytest.mark.parametrize("existing", ["", "My own note.", BEGIN, f"{END}\n{BEGIN}", "---\ntitle: x\n---\n"])
def test_a_note_that_is_not_ours_is_refused(letter: Selection, existing: str) -> None:
    with pytest.raises(ForeignFileError, match=r"\.md already exists and was not made by this export"):
        OBSIDIAN.merge(existing, note(letter))


@given(before=st.text(), after=st.text())
def test_whatever_stands_around_stays(before: str, after: str) -> None:
    merged = merge(f"\n{before}{BEGIN} old {END}{after}", note(named("a")))
    assert f"---\n\n{before}{BEGIN}" in merged
    assert merged.endswith(f"{END}{after}")


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("open-letter", "open-letter.md"),
        ("بیانیه", "بیانیه.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("a\x00b\\c:d", "a-b-c-d.md"),
        ("con", "con-1.md"),
        ("...", "document-1.md"),
        ("é" * 300, "é" * 100 + ".md"),
    ],
)
def test_a_name_is_safe_on_any_system(slug: str, name: str) -> None:
    assert note(named(slug)).name == name


def test_names_that_differ_in_case_alone_are_told_apart() -> None:
    assert [file.name for file in written(named("Letter"), named("letter", 2))] == [
        "Letter.md",
        "letter-2.md",
    ]


def test_quotes_survive_and_can_be_linked_to(letter: Selection) -> None:
    content = note(letter).content
    tokens = MarkdownIt("commonmark").parse(content.split("---\n", 2)[2])
    quoted = [
        "".join(child.content for child in token.children or ())
        for opening, token in zip(tokens, tokens[2:], strict=False)
        if opening.type == "blockquote_open"
    ]
    assert quoted == [quote.text for quote in letter.quotes]
    assert "\n^quote-3\n" in content


def test_a_note_stays_as_it_is(letter: Selection, golden: Callable[[str, str], None]) -> None:
    golden("letter.obsidian.md", written(letter, context=5)[0].content)
