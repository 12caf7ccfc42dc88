"""Search expressions are read as meant, whatever they are."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotearchive.query import And, condition, parse

#: Scraps that expressions are made of, with every mark the language knows.
SCRAPS = [
    *(
        "prison",
        "OR",
        "AND",
        "NOT",
        "-",
        "--",
        "(",
        ")",
        '"',
        "“",
        "”",
        "„",
        "«",
        "»",
        "*",
        " ",
        ":",
        "impris*",
    ),
    *(
        "speaker:",
        "topic:prison",
        "date:2021",
        "said:>=2021",
        "id:3",
        "is:nested",
        "nonsense:x",
        "document:4",
    ),
    *(
        "人権",
        "محمدی",
        "Straße",
        "prison's",
        "[...]",
        "…",
        "\ud800",
        "\x00",
        "12:30",
        'speaker:"a b"',
        "۱۳۹۹",
    ),
]
expressions = st.one_of(st.text(), st.lists(st.sampled_from(SCRAPS), max_size=12).map("".join))


@given(expressions)
@example("(" * 5000 + "prison" + ")" * 5000)
@example("-" * 5001 + "prison")
@example("-(" * 3000)
@example("“" * 3000 + '"' * 3001)
@settings(deadline=None)
def test_any_text_is_understood_and_prints_to_itself(text: str) -> None:
    query = parse(text).query
    assert parse(str(query)).query == query
    assert parse(str(query)).remarks == () or "holds no" not in str(parse(str(query)).remarks)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("  prison   phone ", "prison phone"),
        ("prison AND phone", "prison phone"),
        ("NOT prison", "-prison"),
        ("--prison", "prison"),
        ("“phone call”", '"phone call"'),
        ("«phone call» „no”", '"phone call" no'),
        ("a b OR c", "a b OR c"),
        ("a (b OR c)", "a (b OR c)"),
        ("((a) (b (c)))", "a b c"),
        ("-(a b)", "-(a b)"),
        ("a OR (b OR -c)", "a OR b OR -c"),
        ('prison\'s impris* "take your kni"*', 'prison\'s impris* "take your kni"*'),
        ("Speaker:“Hashem Khastar”", 'speaker:"Hashem Khastar"'),
        ("id:3-7 id:5", "id:3..7 id:5"),
        ("document:12 document:open-letter", "document:12 document:open-letter"),
        ("date:2021-01..2021-06 said:>=2021", "date:2021-01..2021-06 said:>=2021"),
        ("is:nested HAS:note", "is:nested has:note"),
        ('"OR" "-x" "a:b"', '"OR" "-x" "a:b"'),
        ("", ""),
    ],
)
def test_a_query_prints_as_it_was_meant(typed: str, printed: str) -> None:
    parsed = parse(typed)
    assert (str(parsed.query), parsed.remarks) == (printed, ())


@pytest.mark.parametrize(
    ("typed", "printed", "remark"),
    [
        ('"take your knife', "take your knife", 'The quotation mark " is unmatched and was ignored.'),
        ("(prison", "prison", "The bracket ( is unmatched and was ignored."),
        ("prison)", "prison", "The bracket ) is unmatched and was ignored."),
        (
            "speker:x",
            '"speker:x"',
            "There is no field speker; speker:x was read as words. Did you mean speaker:?",
        ),
        ("qqq:x", '"qqq:x"', "There is no field qqq; qqq:x was read as words."),
        ("said:soon", '"said:soon"', "said:soon was read as words. said: takes a date such as 2021,"),
        ("is:odd", '"is:odd"', "is:odd was read as words. is: takes is:relayed, is:nested or is:split."),
        ("id:x", '"id:x"', "id:x was read as words. id: takes a number"),
        ("speaker: x", '"speaker:" x', "speaker: has no value and is read as a word: write speaker:VALUE."),
        ("prison OR", "prison", "OR needs a condition on each side; one without was ignored."),
        ("prison —", "prison", "— contains no word to search for and was ignored."),
        ('prison ""', "prison", "An empty phrase contains no word to search for and was ignored."),
    ],
)
def test_what_can_not_be_read_is_remarked_on(typed: str, printed: str, remark: str) -> None:
    parsed = parse(typed)
    assert str(parsed.query) == printed
    assert len(parsed.remarks) == 1
    assert parsed.remarks[0].startswith(remark)


def test_nothing_asked_is_everything() -> None:
    assert parse("").query == And()


@pytest.mark.parametrize(("field", "value"), [("id", "x"), ("date", "2021-13"), ("has", "to"), ("speaker", "ـ")])
def test_a_value_that_a_field_can_not_have_makes_no_condition(field: str, value: str) -> None:
    assert condition(field, value) is None
