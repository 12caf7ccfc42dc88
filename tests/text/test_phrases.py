"""Tables of phrases."""

from quotearchive.text.phrases import phrases


def test_a_table_is_split_at_bars_and_lines_and_longer_phrases_come_first() -> None:
    assert phrases(" dear | dear friends\n |\n cher ") == ("dear friends", "cher", "dear")
