import sys
from pathlib import Path

import msgspec
import pytest

from quotearchive.exporters import exporter, sandbox
from quotearchive.exporters.errors import MissingTemplateError, UnusableTemplateError
from quotearchive.exporters.interface import Options
from quotearchive.model import Selection

TEMPLATES = sorted((Path(__file__).parent.parent / "data/exporters/templates").glob("*.j2"))


def written(template: str | None, *selections: Selection) -> str:
    options = Options(template=template, title="Quotes", by="speaker")
    return "".join(str(piece) for piece in exporter("template").export(iter(selections), options))


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
def test_a_template_finds_what_is_known(letter: Selection, template: str, expected: str) -> None:
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
def test_a_template_reaches_nothing_else(letter: Selection, template: str) -> None:
    with pytest.raises(UnusableTemplateError, match="The template can't be used"):
        written(template, letter)


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{% for a in range(99999) %}{% for b in range(99999) %}{{ a }}{% endfor %}{% endfor %}", "characters"),
        ("{{ 'a' * 10 ** 6 * 4 }}", "writes more than 2,000,000 characters"),
        ("{% macro f(n) %}{{ f(n) }}{{ f(n) }}{% endmacro %}{{ f(1) }}", "line 1: it calls itself"),
        ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "calls itself|ended|used"),
        ("{% if 1 %}" * 200 + "{% endif %}" * 200, "used"),
        ("\n{{ 1 | xmlattr }}", "line 2: "),
        ("\n{{ 5 | markdown }}", "line 2: "),
        ("{{ title | block_quote(1, 2, 3) }}", "argument"),
        ("{{ '\ud800' }}{{ nothing() }}", "undefined"),
    ],
)
def test_a_template_takes_no_more_than_it_may(
    letter: Selection, template: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "TEXT", 2_000_000)
    with pytest.raises(UnusableTemplateError, match=reason) as caught:
        written(template, letter)
    assert str(caught.value).count("\n") == 0


@pytest.mark.parametrize(
    "template",
    ["{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "{{ 10 ** (10 ** 10) }}"],
)
def test_a_template_takes_no_more_time_than_it_may(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 1.0)
    with pytest.raises(UnusableTemplateError, match="it was not done after 1 s"):
        written(template)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems don't bound the memory of a process")
@pytest.mark.parametrize(
    "expression", ["'a' * 10 ** 9", "'%1000000000d' % 1", "'a' | center(10 ** 9)", "[1] * 10 ** 9"]
)
def test_a_template_takes_no_more_memory_than_it_may(letter: Selection, expression: str) -> None:
    with pytest.raises(UnusableTemplateError, match=r"more than 1,024 MiB of memory|more than 64,000,000 characters"):
        written(f"{{{{ {expression} }}}}", letter)


def test_a_template_that_nobody_reads_to_its_end_is_ended(letter: Selection) -> None:
    endless = "{% for a in range(99999) %}{% for b in range(99999) %}{{ title }}{% endfor %}{% endfor %}"
    pieces = exporter("template").export(iter([letter]), Options(template=endless))
    assert str(next(pieces)).startswith("QuotesQuotes")
    pieces.close()  # type: ignore[attr-defined]


def test_an_archive_of_any_size_goes_through(letter: Selection) -> None:
    long = msgspec.structs.replace(letter.document, text=letter.document.text * 500)
    selections = [msgspec.structs.replace(letter, document=long)] * 20
    text = written(DOCUMENTS.replace("#", "document.text"), *selections)
    assert text == long.text * 20


def test_text_that_is_no_unicode_comes_through(letter: Selection) -> None:
    odd = msgspec.structs.replace(letter.document, title="Mu\udcf1oz \ud83d\x00\u2028")
    text = written(DOCUMENTS.replace("#", "document.title"), msgspec.structs.replace(letter, document=odd))
    assert text == odd.title


def test_a_failure_names_its_line() -> None:
    with pytest.raises(UnusableTemplateError, match="line 2"):
        written("one\n{{ 1 / 0 }}\n")


def test_a_template_must_be_given() -> None:
    with pytest.raises(MissingTemplateError):
        written(None)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_the_examples_work(path: Path, letter: Selection, persian: Selection) -> None:
    text = written(path.read_text(encoding="utf-8"), letter, persian)
    assert letter.quotes[0].text in text
