"""Topics as Rich renderables."""

from quotearchive.archive.topics import TopicChange
from quotearchive.views.topics import topic_change, topics_tree

from .samples import TOPICS, screen


def test_topics_are_below_those_they_belong_to() -> None:
    lines = screen(topics_tree(TOPICS)).splitlines()
    assert lines[0].strip() == "prison  1, 3 with those below  [all] of it"
    assert lines[1].strip() == "└── [x]  2"


def test_a_change_of_nothing_says_so() -> None:
    assert screen(topic_change(TopicChange(paths=(), quotes=()))) == "Nothing changed.\n"
