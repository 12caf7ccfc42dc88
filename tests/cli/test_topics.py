"""What `topics` does."""

import json

import pytest

from .conftest import Run


@pytest.fixture
def with_topics(with_letter: Run) -> Run:
    """Run commands on an archive with a few branches; quotes 3 to 5."""
    with_letter("quote", "khaster", "Comparing the mullahs", "--topic", "prison/conditions/phone")
    with_letter("quote", "khaster", "resign immediately", "--topic", "prison/conditions", "--topic", "power")
    with_letter("quote", "khaster", "Your repressive forces", "--topic", "jail")
    return with_letter


def topics_of(run: Run) -> dict[int, list[str]]:
    return {quote["id"]: quote["topics"] for quote in json.loads(run("search", "--json").stdout)}


def counts(run: Run) -> dict[str, tuple[int, int]]:
    return {each["path"]: (each["own"], each["whole"]) for each in json.loads(run("topics", "--json").stdout)}


def test_the_tree_counts_own_quotes_and_those_below(with_topics: Run) -> None:
    found = counts(with_topics)
    assert found["prison"] == (0, 2)
    assert found["prison/conditions"] == (1, 2)
    assert found["prison/conditions/phone"] == (1, 1)
    assert "2 with subtopics" in with_topics("topics", "phone").stdout
    assert "jail" not in with_topics("topics", "phone").stdout


def test_a_renamed_branch_takes_all_below_with_it(with_topics: Run) -> None:
    assert with_topics("topics", "rename", "prison", "law/Prison").exit_code == 0
    assert topics_of(with_topics)[3] == ["law/Prison/conditions/phone"]
    assert topics_of(with_topics)[4] == ["law/Prison/conditions", "power"]


def test_a_topic_may_be_written_otherwise(with_topics: Run) -> None:
    with_topics("topics", "rename", "power", "Power")
    assert topics_of(with_topics)[4] == ["Power", "prison/conditions"]


def test_merged_topics_leave_no_quote_without(with_topics: Run) -> None:
    with_topics("topics", "merge", "prison", "--into", "jail")
    assert topics_of(with_topics) == {
        1: ["elections"],
        2: [],
        3: ["jail/conditions/phone"],
        4: ["jail/conditions", "power"],
        5: ["jail"],
    }


def test_of_merged_topics_one_description_stays(with_topics: Run) -> None:
    for topic in ("prison", "power"):
        with_topics("topics", "describe", topic, f"What {topic} is")
    assert with_topics("topics", "merge", "prison", "power", "--into", "jail").exit_code == 0
    found = {each["path"]: each["description"] for each in json.loads(with_topics("topics", "--json").stdout)}
    assert found["jail"] in {"What prison is", "What power is"}
    assert with_topics("verify").exit_code == 0


def test_a_moved_topic_lies_under_another_with_its_description(with_topics: Run) -> None:
    with_topics("topics", "describe", "phone", "Calls from prison")
    with_topics("topics", "move", "prison/conditions", "--under", "power")
    found = {each["path"]: each for each in json.loads(with_topics("topics", "--json").stdout)}
    assert found["power/conditions/phone"]["description"] == "Calls from prison"
    assert "prison" not in found
    with_topics("topics", "move", "conditions", "--under", "")
    assert topics_of(with_topics)[3] == ["conditions/phone"]


def test_a_removed_topic_leaves_the_quotes(with_topics: Run) -> None:
    assert with_topics("topics", "remove", "prison").exit_code == 2
    with_topics("topics", "remove", "prison", "--yes")
    assert topics_of(with_topics)[3] == []
    assert topics_of(with_topics)[4] == ["power"]


def test_a_topic_is_spelled_as_it_is_known_and_a_near_one_remarked_on(with_topics: Run) -> None:
    result = with_topics("quote", "khaster", "Khamenei", "--occurrence", "1", "--topic", "PRISON/Food", "--json")
    assert json.loads(result.stdout)["topics"] == ["prison/Food"]
    assert not result.stderr
    near = with_topics("quote", "khaster", "Khamenei", "--occurrence", "2", "--topic", "prisons/food")
    assert "topics merge prisons --into prison" in near.stderr
    assert "prisons" in with_topics("topics", "duplicates").stdout


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (("topics", "rename", "jial", "gaol"), 1, "jail"),
        (("topics", "rename", "jail", "power"), 1, "topics merge jail --into power"),
        (("topics", "move", "prison", "--under", "prison/conditions"), 2, "is below it"),
        (("topics", "rename", "jail", " / "), 2, "not a topic"),
        (("topics", "remove", "o", "--yes"), 1, "could be any of"),
    ],
)
def test_a_mistake_changes_no_topic(with_topics: Run, arguments: tuple[str, ...], exit_code: int, said: str) -> None:
    before = topics_of(with_topics)
    result = with_topics(*arguments)
    assert result.exit_code == exit_code
    assert said in result.stderr
    assert topics_of(with_topics) == before


def test_results_in_json_say_what_was_done(with_topics: Run) -> None:
    described = json.loads(with_topics("topics", "describe", "prison", "Where they are held", "--json").stdout)
    assert described == {"path": "prison", "description": "Where they are held"}
    renamed = json.loads(with_topics("topics", "rename", "prison", "court", "--json").stdout)
    assert renamed["topics"]["prison/conditions"] == "court/conditions"


def test_topics_that_are_alike_are_proposed(with_letter: Run) -> None:
    assert with_letter("topics", "duplicates").stderr == "No two topics are similar.\n"
    assert json.loads(with_letter("topics", "duplicates", "--json").stdout) == []
    with_letter("edit", "2", "--topic", "election")
    (pair,) = json.loads(with_letter("topics", "duplicates", "--json").stdout)
    assert {pair["one"], pair["other"]} == {"election", "elections"}
