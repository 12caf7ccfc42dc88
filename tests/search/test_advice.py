"""Nothing found is explained."""

from quotearchive.query import parse
from quotearchive.search import Index


def test_nothing_found_is_explained(index: Index) -> None:
    advice = index.advise(parse("prisn speaker:Kastar").query)
    assert advice.words == {"prisn": ("prison",)}
    assert advice.speakers == {"Kastar": ("Hashem Khastar",)}
    assert advice.missing == ("prisn", "speaker:Kastar")
    advice = index.advise(parse("knife speaker:ali").query)
    assert [(obstacle.condition, obstacle.without) for obstacle in advice.obstacles] == [
        ("knife", 1),
        ("speaker:ali", 2),
    ]
    assert advice.missing == ()
