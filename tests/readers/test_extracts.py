"""What was extracted, summed up."""

from quotearchive.readers.extracts import Extracted, metadata_of


def test_the_first_of_several_values_counts_and_people_are_listed_once() -> None:
    found = (
        Extracted("place", "Paris"),
        Extracted("place", "Rome"),
        Extracted("authors", "A"),
        Extracted("authors", "B"),
        Extracted("authors", "A"),
        Extracted("signatory_count", "12"),
    )
    assert metadata_of(found) == {"place": "Paris", "authors": ("A", "B"), "signatory_count": 12}
