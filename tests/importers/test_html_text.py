"""The text of HTML."""

import pytest

from quotearchive.importers.errors import MalformedRowError
from quotearchive.importers.html_text import HtmlText


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two", "One\nTwo"),
        ("<ul><li>a</li>\n<li>b</li></ul>", "a\n\nb"),
        ("a <b>bold</b>\nword", "a bold word"),
        ("<pre>a\n b</pre>", "a\n b"),
        ("<script>x()</script><style>y</style>a<!-- b -->", "a"),
        ("&lt;a&gt; &amp; &eacute;", "<a> & é"),
        ("", ""),
    ],
)
def test_the_text_is_what_a_reader_sees(html: str, text: str) -> None:
    assert HtmlText(html).text == text


def test_a_place_leads_from_all_text_to_what_is_seen() -> None:
    html = HtmlText("<p>Hello</p>\n<script>no</script><p>World</p>")
    assert html.source == "Hello\nnoWorld"
    passage = html.passage((8, 13))
    assert passage is not None
    assert (passage.exact, passage.start) == ("World", 7)
    assert html.passage((5, 8)) is None


def test_what_is_nested_too_deep_is_refused() -> None:
    with pytest.raises(MalformedRowError, match="its HTML can't be read"):
        HtmlText("<div>" * 5000 + "a")
