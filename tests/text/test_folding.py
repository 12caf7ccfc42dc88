"""Folding, and the way back."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotearchive.text import fold, folded
from tests.text.material import texts


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
def test_what_readers_take_for_the_same_is_the_same(text: str, expected: str) -> None:
    assert folded(text) == expected


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_every_character_folds_to_what_folds_to_itself() -> None:
    for code in range(sys.maxunicode + 1):
        piece = folded(chr(code))
        assert folded(piece) == piece
        assert piece == " " or piece == piece.strip(), hex(code)


@given(texts)
def test_both_ways_of_folding_agree(text: str) -> None:
    assert fold(text).text == folded(text)


@given(texts, st.data())
def test_unfolding_a_hit_gives_the_words_that_matched(text: str, data: st.DataObject) -> None:
    folding = fold(text)
    start = data.draw(st.integers(0, len(folding.text)))
    end = data.draw(st.integers(start, len(folding.text)))
    source_start, source_end = folding.span(start, end)
    assert 0 <= source_start <= source_end <= len(text) or not folding.text
    assert folding.text[start:end] in folded(text[source_start:source_end])


@given(texts)
def test_characters_fold_whatever_stands_around_them(text: str) -> None:
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
def test_a_hit_covers_whole_characters_with_their_marks(text: str, hit: str, expected: str) -> None:
    folding = fold(text)
    start = folding.text.index(hit)
    assert text[slice(*folding.span(start, start + len(hit)))] == expected
