"""Weights, and how options are weighed by them."""

import datetime as dt

from quotearchive.detection.weights import Option, learnt_weights, likelihood, weightiest


def test_the_first_of_equal_options_is_chosen() -> None:
    first = Option(("a",))
    chosen, share = weightiest([first, Option(("b",))], {})
    assert chosen is first
    assert share == 0.5


def test_weights_add_up() -> None:
    assert likelihood(("a", "b"), {"a": 20, "b": -20}) == 0.5


def test_learnt_weights_tell_from_what_and_when_they_were_learnt() -> None:
    learnt = learnt_weights()
    assert learnt.origin
    assert len(bytes.fromhex(learnt.sha256)) == 32
    assert dt.date.fromisoformat(learnt.learnt)


def test_shares_rise_with_the_products_of_likelihoods() -> None:
    counted = learnt_weights().counted
    assert list(counted) == sorted(counted)
    assert all(0 <= number <= 1 for line in counted for number in line)


def test_weights_are_small() -> None:
    learnt = learnt_weights()
    tables = (learnt.speaker, learnt.antecedent, learnt.quotation)
    assert all(-100 < weight < 100 for table in tables for weight in table.values())
