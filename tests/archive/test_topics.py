"""Topics that are described."""

import json

from tests.cli.conftest import Run


def described(run: Run) -> dict[str, str]:
    listed = json.loads(run("topics", "--json").stdout)
    return {each["path"]: each["description"] for each in listed if each["description"]}


def test_of_two_topics_that_become_one_the_description_stays_that_there_is(with_letter: Run) -> None:
    for topic in ("prison", "jail"):
        assert with_letter("quote", "khaster", "resign immediately", "--topic", topic).exit_code == 0
    assert with_letter("topics", "describe", "jail", "Where they are held").exit_code == 0
    assert with_letter("topics", "describe", "prison", "A word").exit_code == 0
    assert with_letter("topics", "describe", "prison", "").exit_code == 0
    assert with_letter("topics", "merge", "jail", "--into", "prison").exit_code == 0
    assert described(with_letter) == {"prison": "Where they are held"}


def test_of_two_descriptions_that_of_the_topic_that_stays_stays(with_letter: Run) -> None:
    for topic in ("prison", "jail"):
        assert with_letter("quote", "khaster", "resign immediately", "--topic", topic).exit_code == 0
        assert with_letter("topics", "describe", topic, f"About {topic}").exit_code == 0
    assert with_letter("topics", "merge", "jail", "--into", "prison").exit_code == 0
    assert described(with_letter) == {"prison": "About prison"}
