"""Similar names among many."""

from quotearchive.names.duplicates import find_duplicates, find_like
from quotearchive.names.likeness import CERTAIN_ENOUGH, compare
from tests.names.pairs import read_pairs


def test_doubles_among_many_are_those_that_comparing_each_finds() -> None:
    pairs = read_pairs()
    likely = {frozenset((one, other)) for _, one, other in pairs if compare(one, other).degree >= CERTAIN_ENOUGH}
    found = {
        frozenset((pair.one, pair.other)) for pair in find_duplicates({name for _, *names in pairs for name in names})
    }
    assert len(likely & found) >= 0.97 * len(likely)


def test_names_like_one_come_the_likest_first() -> None:
    names = ["K. Hashem", "Hashem Khaster", "Hashem Khastar", "Ali Khamenei"]
    found = find_like("Hashem Khastar", names)
    assert [pair.other for pair in found] == ["Hashem Khaster", "K. Hashem"]
