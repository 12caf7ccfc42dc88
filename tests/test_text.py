"""The rules of canonical text, folding, names, paragraphs and what a terminal may see."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.text import (
    canonical,
    fold,
    folded,
    is_right_to_left,
    isolated,
    paragraph_number,
    paragraphs,
    show,
    slugify,
    visible,
)

#: Words, marks and spaces that folding treats each in its own way, so that they meet often.
MATERIAL = (
    *"aZéßŁøæıİ",
    *"“”’‘'\"«—-…",
    *" \n\t\u00a0\u2028",
    *"\u0301\u0316\u200c\u200d\u200b\u00ad\u202e\ufeff\x00\x1b",
    *"يیىكکةهأؤـَ۱٢",
    *"がカﾞｶ한가कि्ﷺﬁ①Ａ",
    "\ud800",
)
texts = st.one_of(st.text(), st.lists(st.sampled_from(MATERIAL)).map("".join))


class TestCanonical:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", ""),
            ("\ufeffa", "a"),
            ("\ufeff\ufeffa\ufeff", "a\ufeff"),
            ("a\r\nb\rc\n\rd", "a\nb\nc\n\nd"),
            ("a\u2028b\x0bc\x85d", "a\u2028b\x0bc\x85d"),
            ("Te\u0301he\u0301ran", "Téhéran"),
            ("\ud800", "\ud800"),
        ],
    )
    def test_line_ends_marks_and_composition_are_one(self, text: str, expected: str) -> None:
        assert canonical(text) == expected

    @given(texts)
    def test_canonical_text_stays_as_it_is(self, text: str) -> None:
        assert canonical(canonical(text)) == canonical(text)
        assert unicodedata.is_normalized("NFC", canonical(text))

    @given(st.lists(st.sampled_from("a\u0301\u0316\u0345\u0f73\u0f71क़"), min_size=31, max_size=90).map("".join))
    def test_long_runs_of_marks_are_composed_as_unicode_says(self, text: str) -> None:
        assert canonical(text) == unicodedata.normalize("NFC", text)


class TestFolding:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("KHASTER", "khaster"),
            ("prison’s prison's prison`s prison′s", "prison's prison's prison's prison's"),
            ("“a” „a“ «a» ″a″ ＂a＂", '"a" "a" "a" "a" "a"'),
            ("‹a› ‚a‘", "'a' 'a'"),
            ("2021—In 2021–In 2021‐In 2021−In", "2021-in 2021-in 2021-in 2021-in"),
            ("co\u00adoperate zero\u200bwidth \u202eright\u202c", "cooperate zerowidth right"),
            ("and… so", "and... so"),
            ("a \u00a0\n\t b\u2028c", "a b c"),
            ("Téhéran Zürich Ångström naïve", "teheran zurich angstrom naive"),
            ("Straße STRASSE ẞ", "strasse strasse ss"),
            ("Œuvre Æsop", "oeuvre aesop"),
            ("Łódź Đoković Søren Þór", "lodz dokovic soren thor"),
            ("İstanbul ISTANBUL Iğdır ığdır", "istanbul istanbul igdir igdir"),
            ("Ἀθῆναι ΑΘΗΝΑΙ λόγος λόγοσ ᾳ", "αθηναι αθηναι λογοσ λογοσ α"),
            ("Ёлка елка Й", "елка елка и"),
            ("שָׁלוֹם שלום צה״ל בית־ספר", 'שלום שלום צה"ל בית-ספר'),
            ("كتاب کتاب", "کتاب کتاب"),
            ("علي علی على", "علی علی علی"),
            ("مدرسة مدرسه خانۀ", "مدرسه مدرسه خانه"),
            ("أحمد إحمد آحمد ٱحمد احمد", "احمد احمد احمد احمد احمد"),
            ("مسؤول رئيس", "مسوول رییس"),
            ("مُحَمَّد محمـــد", "محمد محمد"),
            ("می\u200cخواهم", "میخواهم"),
            ("۱۳۹۹ ١٣٩٩ १३ １３", "1399 1399 13 13"),
            ("ﻻ ﷲ", "لا الله"),
            ("が か パ ハ", "が か パ ハ"),
            ("ガーデン", "ガーデン"),
            ("हिन्दी क़", "हिन्दी क़"),
            ("한국어", "한국어"),
            ("①ⅣﬁＡ½", "1ivfia1/2"),
            ("a≠b ¨ é", "a≠b ¨ e"),
            ("", ""),
        ],
    )
    def test_what_readers_take_for_the_same_is_the_same(self, text: str, expected: str) -> None:
        assert folded(text) == expected

    @given(texts)
    def test_folding_twice_changes_nothing(self, text: str) -> None:
        assert folded(folded(text)) == folded(text)

    def test_every_character_folds_to_what_folds_to_itself(self) -> None:
        for code in range(sys.maxunicode + 1):
            piece = folded(chr(code))
            assert folded(piece) == piece
            assert piece == " " or piece == piece.strip(), hex(code)

    @given(texts)
    def test_both_ways_of_folding_agree(self, text: str) -> None:
        assert fold(text).text == folded(text)

    @given(texts, st.data())
    def test_unfolding_a_hit_gives_the_words_that_matched(self, text: str, data: st.DataObject) -> None:
        folding = fold(text)
        start = data.draw(st.integers(0, len(folding.text)))
        end = data.draw(st.integers(start, len(folding.text)))
        source_start, source_end = folding.span(start, end)
        assert 0 <= source_start <= source_end <= len(text) or not folding.text
        assert folding.text[start:end] in folded(text[source_start:source_end])

    @given(texts)
    def test_characters_fold_whatever_stands_around_them(self, text: str) -> None:
        assert folded(text) == folded("".join(map(folded, text)))

    @pytest.mark.parametrize(
        ("text", "hit", "expected"),
        [
            ("Die Straße.", "strasse", "Straße"),
            ("Die Straße.", "stras", "Straß"),
            ("wait… what", "wait.", "wait…"),
            ("a\n\n b", "a b", "a\n\n b"),
            ("x\u0331y", "x", "x\u0331"),
            ("می\u200cخواهم", "می", "می"),
            ("می\u200cخواهم", "میخواهم", "می\u200cخواهم"),
            ("مُحَمَّد", "محم", "مُحَمَّ"),
            ("\u200babc", "abc", "abc"),
            ("“You’ve”", "you've", "You’ve"),
        ],
    )
    def test_a_hit_covers_whole_characters_with_their_marks(self, text: str, hit: str, expected: str) -> None:
        folding = fold(text)
        start = folding.text.index(hit)
        assert text[slice(*folding.span(start, start + len(hit)))] == expected


class TestSlugs:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (
                "Iran: Political prisoner Hashem Khaster pens open letter",
                "iran-political-prisoner-hashem-khaster-pens-open-letter",
            ),
            ("نامه‌ی سرگشادهٔ محمدی", "نامه‌ی-سرگشادهٔ-محمدی"),
            ("हिन्दी पत्र", "हिन्दी-पत्र"),
            ("手紙", "手紙"),
            ("AT&T &lt; 5", "at-t-lt-5"),
            ("", "document"),
            ("؟؟؟", "document"),
            ("../../etc/passwd", "etc-passwd"),
            ("2021", "document-2021"),
            ("2021-02-12", "2021-02-12"),
            ("۱۳۹۹", "document-۱۳۹۹"),
            ("\ud800\x1b\x00", "document"),
        ],
    )
    def test_a_name_keeps_its_script_and_is_no_number(self, words: str, expected: str) -> None:
        assert slugify(words, ()) == expected

    @given(texts, st.integers(0, 50))
    def test_names_are_unique_and_harmless(self, words: str, number: int) -> None:
        taken: set[str] = set()
        for _ in range(number):
            taken.add(slugify(words, taken))
        slug = slugify(words, taken)
        assert slug not in taken
        assert len(taken) == number
        assert not set(slug) & set("/\\.:\0\n ")
        assert not slug.isnumeric()
        assert 0 < len(slug) <= 72

    def test_a_long_title_is_cut_at_a_word(self) -> None:
        assert slugify("imprisonment " * 1000, ()) == "-".join(["imprisonment"] * 4)

    def test_the_first_free_number_is_taken(self) -> None:
        assert slugify("Letter", {"letter"}) == "letter-2"
        assert slugify("Letter", {"letter", "letter-2", "letter-3"}) == "letter-4"


class TestParagraphs:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", []),
            (" \n\n ", []),
            ("a", ["a"]),
            ("a\nb\n\nc", ["a\nb", "c"]),
            ("\n\n a \n \t \n\n b\n", ["a", "b"]),
            ("a\n b \nc\n", ["a", "b", "c"]),
        ],
    )
    def test_blank_lines_separate_them_or_else_line_ends(self, text: str, expected: list[str]) -> None:
        assert [text[start:end] for start, end in paragraphs(text)] == expected

    @given(st.text(alphabet="ab \n\t"))
    def test_no_word_is_left_out(self, text: str) -> None:
        assert " ".join(text[start:end] for start, end in paragraphs(text)).split() == text.split()

    @pytest.mark.parametrize(("offset", "number"), [(0, 1), (3, 1), (5, 1), (6, 2), (7, 2), (99, 2)])
    def test_an_offset_is_in_the_paragraph_that_starts_before_it(self, offset: int, number: int) -> None:
        assert paragraph_number(" ab\n\n\ncd\n", offset) == number


class TestDisplay:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("\x1b[31mred\x07", "␛[31mred␇"),
            ("a\tb\nc\rd\x00\x7f\x9b", "a\tb\nc␍d␀␡⟨U+009B⟩"),
            ("\u202eabc\u202c \u2067x\u2069 \u200f", "⟨U+202E⟩abc⟨U+202C⟩ ⟨U+2067⟩x⟨U+2069⟩ ⟨U+200F⟩"),
            ("a\u200bb\ufeff\u2060", "a⟨U+200B⟩b⟨U+FEFF⟩⟨U+2060⟩"),
            ("a\u2028b", "a⟨U+2028⟩b"),
            ("\ud800", "⟨U+D800⟩"),
            ("x\U000e0041\U000e0100", "x⟨U+E0041⟩⟨U+E0100⟩"),
            ("می\u200cخواهم", "می\u200cخواهم"),
            ("به\u200c \u200cمی", "به⟨U+200C⟩ ⟨U+200C⟩می"),
            ("ab\u200cde\u200df", "ab⟨U+200C⟩de⟨U+200D⟩f"),
            ("می\u200c\u200cخواهم", "می⟨U+200C⟩⟨U+200C⟩خواهم"),
            ("क्\u200dष क्\u200d ", "क्\u200dष क्\u200d "),
            (
                "👩\u200d🔬 🏳\ufe0f\u200d🌈 ❤\ufe0f 1\ufe0f\u20e3",
                "👩\u200d🔬 🏳\ufe0f\u200d🌈 ❤\ufe0f 1\ufe0f\u20e3",
            ),
            ("👩🏽\u200d🔬 🏃\u200d♀\ufe0f", "👩🏽\u200d🔬 🏃\u200d♀\ufe0f"),
            ("葛\U000e0100", "葛\U000e0100"),
            ("❤\ufe0f\ufe0e a\ufe0f", "❤\ufe0f⟨U+FE0E⟩ a⟨U+FE0F⟩"),
            ("x\u0331 مُحَمَّد", "x\u0331 مُحَمَّد"),
        ],
    )
    def test_what_acts_or_hides_is_shown_and_spelling_stays(self, text: str, expected: str) -> None:
        assert visible(text) == expected

    @given(texts)
    def test_what_is_shown_may_be_shown_again(self, text: str) -> None:
        assert visible(visible(text)) == visible(text)
        visible(text).encode()

    @given(texts, st.data())
    def test_offsets_follow_what_is_shown(self, text: str, data: st.DataObject) -> None:
        shown = show(text)
        offset = data.draw(st.integers(0, len(text)))
        position = shown.position(offset)
        assert shown.text == visible(text)
        assert shown.position(0) == 0
        assert shown.position(len(text)) == len(shown.text)
        if offset < len(text):
            assert shown.text[position] in {text[offset], "⟨", "␡", chr(0x2400 + ord(text[offset]) % 32)}

    def test_a_text_with_nothing_to_show_is_the_same_object(self, letter: str) -> None:
        assert visible(letter) is letter

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("سلام", True),
            ("«سلام» Ali", True),
            ("שלום", True),
            ("Ali سلام", False),
            ("123", False),
            ("", False),
        ],
    )
    def test_the_first_strong_character_says_the_direction(self, text: str, *, expected: bool) -> None:
        assert is_right_to_left(text) is expected

    def test_right_to_left_text_is_isolated(self) -> None:
        assert isolated("نامه") == "\u2068نامه\u2069"
        assert isolated("letter") == "letter"
