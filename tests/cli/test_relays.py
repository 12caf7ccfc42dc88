"""Quotes within quotes within quotes: who said it, who passes it on, and what becomes of them."""

import json
from pathlib import Path

import pytest

from .conftest import Run


@pytest.fixture
def with_chain(run: Run, tmp_path: Path) -> Run:
    """Run commands on an archive with a chain of four: D says that C says that B says what A said."""
    text = "D: they told us that C wrote that B had heard A say no to them all."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    run("add", "a.txt", "--title", "Hearsay")
    passages = (("D", text), ("C", "B had heard A say no"), ("B", "A say no"), ("A", "no"))
    for number, (speaker, words) in enumerate(passages):
        place = ("--occurrence", "1") if words == "no" else ()
        within = ("--within", str(number)) if number else ()
        assert run("quote", "hearsay", words, "--speaker", speaker, *place, *within).exit_code == 0
    return run


def test_a_chain_of_any_depth_is_shown_from_the_speaker_outward(with_chain: Run) -> None:
    assert json.loads(with_chain("show", "4", "--json").stdout)["relay"] == ["A", "B", "C", "D"]
    for command in (("show", "4"), ("search", "speaker:A", "id:4"), ("export", "id:4")):
        shown = " ".join(with_chain(*command).stdout.split())
        assert "A, quoted by B" in shown
        assert "quoted by D" in shown


def test_relayed_quotes_are_told_from_first_hand_ones(with_chain: Run) -> None:
    found = [quote["id"] for quote in json.loads(with_chain("search", "is:relayed", "--json").stdout)]
    assert sorted(found) == [2, 3, 4]
    first_hand = json.loads(with_chain("search", "NOT is:relayed", "--json").stdout)
    assert [quote["id"] for quote in first_hand] == [1]


def test_a_chain_closes_where_a_link_is_removed(with_chain: Run) -> None:
    removed = with_chain("remove", "2-3", "--yes")
    assert "quotes said in it stay: 4" in removed.stdout
    assert json.loads(with_chain("show", "4", "--json").stdout)["relay"] == ["A", "D"]
