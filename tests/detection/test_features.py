"""What is observed of a mention and a quotation."""

import pytest

from quotearchive.detection import features
from quotearchive.detection.languages import LANGUAGES
from quotearchive.detection.regions import Region, read_region


def region_of(text: str) -> Region:
    """Read a text with one quotation in curly marks."""
    start, end = text.index("“"), text.index("”") + 1
    return read_region(text, LANGUAGES["en"], (0, len(text)), [(start, end, start + 1, end - 1)])


def pair(text: str) -> tuple[str, ...]:
    """Return the features of the first mention and the quotation."""
    region = region_of(text)
    return features.pair_features(region, region.mentions[0], region.places[0])


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("“We stay,” said Ann Lee.", "tag"),
        ("“We stay,” Ann Lee said.", "tag"),
        ("Ann Lee said, “We stay.”", "leads in"),
        ("Then wrote Khastar: “We stay.”", "inverted lead-in"),
        ("Ann Lee came. “We stay.”", "L10 no verb"),
    ],
)
def test_a_mention_is_described_by_where_it_stands(text: str, feature: str) -> None:
    assert feature in pair(text)


def test_a_source_without_a_verb_is_known() -> None:
    region = region_of("According to Ann Lee, “we stay.”")
    assert "source" in features.own_features(region, region.mentions[0])


def test_no_more_mentions_are_considered_than_are_near() -> None:
    text = " ".join(["Ann Lee came."] * 50) + " “We stay.” " + " ".join(["Paul Roy went."] * 50)
    region = region_of(text)
    near = features.near_mentions(region, region.places[0])
    assert 0 < len(near) <= 2 * features.NEAREST
