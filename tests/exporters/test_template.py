from pathlib import Path

import pytest

from quotearchive.errors import MissingTemplateError, UnusableTemplateError
from quotearchive.exporters import exporter
from quotearchive.exporters.interface import Options
from quotearchive.model import Holding

TEMPLATES = sorted((Path(__file__).parent.parent / "data/exporters/templates").glob("*.j2"))


def written(template: str | None, *holdings: Holding) -> str:
    options = Options(template=template, title="Quotes", by="speaker")
    return "".join(str(piece) for piece in exporter("template").export(iter(holdings), options))


DOCUMENTS = "{% for document in documents %}{{ # }}{% endfor %}"
SECTIONS = "{% for section in sections %}{{ section.heading }}: {{ section.quotes | length }}\n{% endfor %}"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ title }}", "Quotes"),
        (SECTIONS, "Hashem Khastar: 3\nRuhollah Khomeini: 1\n"),
        (DOCUMENTS.replace("#", "document.quotes | length"), "4"),
        (
            DOCUMENTS.replace("#", "document.quotes[3].attribution"),
            "Ruhollah Khomeini, quoted by Hashem Khastar",
        ),
        (DOCUMENTS.replace("#", "document.quotes[3].whereabouts"), "paragraph 8, characters 1860–1926"),
        ("{{ '*' | markdown }} {{ '<b>' | e }}", "\\* &lt;b&gt;"),
    ],
)
def test_a_template_finds_what_is_known(letter: Holding, template: str, expected: str) -> None:
    assert written(template, letter) == expected


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ documents.gi_frame.f_globals }}",
        "{% include '/etc/passwd' %}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{% set x = [] %}{{ x.append(1) }}",
        "{{ range(999999999) | list }}",
        "{{ title",
        "{{ 1 / 0 }}",
        "{{ nothing.at.all }}",
        "{{ title | no_such_filter }}",
    ],
)
def test_a_template_reaches_nothing_else(letter: Holding, template: str) -> None:
    with pytest.raises(UnusableTemplateError, match="The template can't be used"):
        written(template, letter)


def test_a_failure_names_its_line() -> None:
    with pytest.raises(UnusableTemplateError, match="line 2"):
        written("one\n{{ 1 / 0 }}\n")


def test_a_template_must_be_given() -> None:
    with pytest.raises(MissingTemplateError):
        written(None)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_the_examples_work(path: Path, letter: Holding, persian: Holding) -> None:
    text = written(path.read_text(encoding="utf-8"), letter, persian)
    assert letter.quotes[0].text in text
