import pytest

from quotearchive.errors import QuoteArchiveError
from quotearchive.readers import Reading, read


def rtf(body: str, head: str = r"\ansi\ansicpg1252") -> Reading:
    return read(f"{{\\rtf1{head} {body}}}".encode("latin-1"), name="a.rtf")


def test_each_paragraph_is_a_paragraph() -> None:
    assert rtf(r"One.\par Two\line lines.\par").text == "One.\n\nTwo\nlines."


@pytest.mark.parametrize(
    ("head", "body", "words"),
    [
        (r"\ansi\ansicpg1251", r"\'cc\'e8\'f0", "Мир"),
        (r"\ansi\ansicpg1252{\fonttbl{\f0 A;}{\f1\fcharset204 B;}}", r"\f1 \'cc\'e8\'f0", "Мир"),
        (r"\ansi{\fonttbl{\f0\fcharset128 M;}}", r"\f0 \'93\'fa\'96\'7b", "日本"),
        (r"\mac", r"caf\'8e", "café"),
        (r"\ansi", r"\u1052?\u1080?\u1088?", "Мир"),
        (r"\ansi", r"\u-10240?\u-8398?", "𐌲"),
        (r"\ansi\uc2", r"\u1052ab\u1080ab", "Ми"),
    ],
)
def test_bytes_and_code_points_are_what_the_file_says(head: str, body: str, words: str) -> None:
    assert rtf(body, head).text == words


def test_a_row_of_a_table_is_a_line_and_cells_are_separated_by_tabs() -> None:
    table = r"\trowd a|1\cell b\cell\row\trowd c\cell d\cell\row\pard"
    assert rtf(rf"Here:\par {table} After.\par").text == "Here:\n\na|1\tb\nc\td\n\nAfter."


def test_notes_stand_at_the_end_with_their_marks() -> None:
    reading = rtf(r"Text{\super\chftn{\footnote\pard {\super\chftn} See there.\par}} goes on.\par")
    assert reading.text == "Text[1] goes on.\n\n[1] See there."


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    shape = r"{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt In the box.\par}}"
    box = rf"{{\shp{shape}{{\shprslt{{\*\do{{\dptxbxtext In the box.}}}}}}}}"
    assert rtf(rf"Beside{box} it.\par After.\par").text == "Beside it.\n\nIn the box.\n\nAfter."


def test_deleted_and_hidden_words_and_comments_are_left_out_and_told() -> None:
    body = r"We {\deleted\revauthdel1 never }agree{\v secretly}{\*\atnid A}{\*\annotation Really?}.\par"
    reading = rtf(body)
    assert reading.text == "We agree."
    assert reading.remarks == ("1 comment, 1 deletion and 1 hidden passage were left out.",)


def test_of_a_link_its_words_are_read_and_not_its_address() -> None:
    field = r'{\field{\*\fldinst{HYPERLINK "http://example.org"}}{\fldrslt{the page}}}'
    assert rtf(rf"See {field}.\par").text == "See the page."


def test_pictures_and_objects_are_no_text() -> None:
    picture = r"{\*\shppict{\pict\bin7 }}}\}}}" + "}}"
    assert rtf(rf"{picture}Words{{\object{{\*\objdata 0105}}}}.\par").text == "Words."


def test_headers_and_footers_are_left_out_and_told_if_they_have_words() -> None:
    reading = rtf(r"{\headerl The Ministry}{\footer{\b 7}{\field{\*\fldinst PAGE}}}Words.\par")
    assert (reading.text, reading.remarks) == ("Words.", ("1 header or footer was left out.",))


def test_the_numbers_of_lists_are_told() -> None:
    reading = rtf(r"{\listtext 1.\tab}Item\par")
    assert reading.text == "Item"
    assert "1 paragraph" in reading.remarks[0]


def test_the_properties_are_guesses_where_the_text_does_not_bear_them_out() -> None:
    info = r"{\info{\title Old title}{\author Old Author}{\creatim\yr2001\mo2\dy3}}"
    found = rtf(rf"{info}Words of today.\par").extracted
    assert {(each.field, each.value) for each in found if each.is_guess} == {
        ("title", "Old title"),
        ("authors", "Old Author"),
        ("date", "2001-02-03"),
    }


@pytest.mark.parametrize(
    "body",
    [
        "{" * 200_000 + "Deep." + "}" * 200_000,
        r"{\footnote " * 2_000 + "Deep." + "}" * 2_000,
        r"{\fonttbl" + r"{\f1 " * 20_000 + "}" * 20_000 + "}Deep.",
        "Deep." + "{" * 100,
        r"\u99999999999?\'zzDeep.",
        "Deep.\\",
    ],
)
def test_words_in_hostile_files_are_not_lost(body: str) -> None:
    assert "Deep." in rtf(body).text


@pytest.mark.parametrize("content", [b"{\\rtf1", b"{\\rtf1}}}}}Deep.", b"{\\rtf1" + b"{" * 99 + b"\\bin9999999999 x"])
def test_a_file_without_words_is_one_clear_error(content: bytes) -> None:
    with pytest.raises(QuoteArchiveError) as caught:
        read(content, name="a.rtf")
    assert "\n" not in str(caught.value)
