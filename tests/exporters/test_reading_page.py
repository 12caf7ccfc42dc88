"""The reading page in a real browser: headless Chromium, with axe for accessibility.

`apt-get install chromium` and `npm install --prefix tests` bring what these tests need; without them they
are skipped.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from quotearchive.exporters import exporter
from quotearchive.exporters.interface import Options
from quotearchive.model import Document, Passage, Quote, Selection

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(__file__).parent.parent / "node_modules" / "axe-core" / "axe.min.js"

#: The quotes on the page.
EVERY = (1, 2, 3, 4, 5, 6, 9)

Scheme = Literal["light", "dark"]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium")


def evil() -> Selection:
    steal = "document.title='owned'"
    text = f'<img src=x onerror="{steal}"><script>{steal}</script> Téhéran ۱۳۹۹'
    document = Document(id=3, slug="evil", title=text, text=text, date="1979")
    passage = Passage(start=0, end=len(text), exact=text)
    return Selection(
        document=document,
        quotes=(Quote(id=9, document=3, passages=(passage,), speaker=text, topics=("prison/food",)),),
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def address(letter: Selection, persian: Selection, tmp_path: Path) -> str:
    path = tmp_path / "page.html"
    pieces = exporter("html").export([letter, persian, evil()], Options(title="Letters", context=5))
    path.write_text("".join(str(piece) for piece in pieces), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, opened; it must ask for nothing but itself and say nothing on the console."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    opened.on("request", lambda request: requests.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(address)
    yield opened
    assert set(requests) == {address}
    assert complaints == []
    context.close()


def shows(page: Page, *numbers: int) -> bool:
    """Whether the page comes to show just the cards of these quotes."""
    shown = page.locator(".card:visible")
    expect(shown).to_have_count(len(numbers))
    names = shown.evaluate_all("found => found.map(card => card.id)")
    return bool(names == [f"quote-{number}" for number in numbers])


def option(page: Page, facet: str, name: str) -> Locator:
    return page.locator(f"#{facet} li", has=page.get_by_text(name, exact=True)).locator("input")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("elections", [3, 4]),
        ("YOU’VE CREATED", [2]),
        ("you've created", [2]),
        ('"created a prison"', [2]),
        ("“a created prison”", []),
        ("teheran 1399", [9]),
        ("زنداني سياسي", [5]),
        ("khomeini shah", [3, 4]),
        ("compare letter", [2]),
        ("  ", [1, 2, 3, 4, 5, 6, 9]),
    ],
)
def test_search_folds_as_the_archive_does(page: Page, query: str, expected: list[int]) -> None:
    page.fill("#search", query)
    assert shows(page, *expected)
    assert page.locator("#none").is_visible() == (not expected)


def test_filters_count_what_they_would_show(page: Page) -> None:
    option(page, "speaker", "Hashem Khastar").check()
    assert shows(page, 1, 2, 3)
    assert page.inner_text("#count") == "3 of 7 quotes"
    counts = page.locator("#topic li").evaluate_all("found => found.map(e => e.innerText.split(/\\s+/))")
    assert ["elections", "1"] in counts
    assert ["prison", "1"] in counts
    option(page, "topic", "prison").check()
    assert shows(page, 2)
    page.click("#clear")
    assert shows(page, *EVERY)


def test_a_topic_holds_those_below_it(page: Page) -> None:
    option(page, "topic", "prison").check()
    assert shows(page, 2, 9)


def test_the_timeline_chooses_a_time(page: Page) -> None:
    bars = page.locator(".timeline button")
    assert bars.count() <= 10
    page.get_by_role("button", name="1975–1979: 2 quotes").click()
    assert shows(page, 4, 9)
    page.get_by_role("button", name="1975–1979: 2 quotes").click()
    option(page, "when", "Not dated").check()
    assert shows(page, 5, 6)


def test_marks_and_cards_lead_to_each_other(page: Page) -> None:
    page.get_by_role("link", name="Quote 4 in the text").click()
    assert page.evaluate("document.querySelector(':target').dataset.quote") == "4"
    page.get_by_role("link", name="Quote 4", exact=True).click()
    assert page.evaluate("document.querySelector(':target').id") == "quote-4"
    page.locator("mark[data-quote='2']").first.click()
    assert page.locator("#quote-2.shown").count() == 1


def test_marks_of_quotes_that_are_filtered_away_fade(page: Page) -> None:
    page.fill("#search", "elections")
    faded = page.locator("#document-1 mark.off").evaluate_all("found => found.map(e => e.dataset.quote)")
    assert faded == ["1", "2", "2"]
    assert page.locator("mark[data-quote='3']:not(.off)").count() == 1


def test_a_quote_is_copied_with_its_source(page: Page, letter: Selection) -> None:
    page.get_by_role("button", name="Copy quote 4").click()
    page.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“Take your knife off the people’s throat to see who they stand with” (Ruhollah")
    assert letter.document.title in copied


def test_the_keyboard_reaches_everything(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("/")
    page.keyboard.type("knife")
    assert shows(page, 3, 4)
    page.keyboard.press("Escape")
    assert shows(page, *EVERY)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_follow_the_system_and_the_button(page: Page, scheme: Scheme) -> None:
    page.emulate_media(color_scheme=scheme)
    paper = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(paper)
    page.click("#theme")
    assert page.evaluate(paper) != before
    page.click("#theme")
    assert page.evaluate(paper) == before


def test_right_to_left_text_runs_right_to_left(page: Page) -> None:
    assert page.evaluate("getComputedStyle(document.querySelector('#document-2 .text')).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('#quote-5 blockquote')).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('#quote-6 blockquote')).direction") == "ltr"


def test_nothing_is_wider_than_a_telephone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert not page.locator("#when").is_visible()
    page.get_by_text("Filters", exact=True).click()
    assert page.locator("#when").is_visible()


def test_a_hostile_document_stays_text(page: Page) -> None:
    assert page.title() == "Letters"
    assert str(page.text_content("#quote-9 blockquote")).startswith("<img src=x")


def test_without_script_everything_is_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address)
    assert shows(opened, *EVERY)
    assert not opened.locator("#search").is_visible()
    context.close()


@pytest.mark.skipif(not AXE.exists(), reason="needs axe: npm install --prefix tests")
@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(browser: Browser, address: str, scheme: Scheme, width: int) -> None:
    """Axe is put into the page from outside, which the page's policy forbids, so the policy is off here."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    opened = context.new_page()
    opened.goto(address)
    opened.add_script_tag(path=str(AXE))
    for query in ("", "elections", "nothing at all"):
        opened.fill("#search", query)
        found = opened.evaluate("async () => (await axe.run()).violations.map(v => [v.id, v.nodes[0].html])")
        assert found == []
    context.close()
