from html.parser import HTMLParser

import pytest

from vacancies.rendering import safe_html


def test_markdown_becomes_headings_lists_and_links():
    html = safe_html("# Team\n\n- one **bold**\n\n[Site](https://example.org)")

    assert html == (
        '<h2 class="govuk-heading-l">Team</h2>\n'
        '<ul class="govuk-list govuk-list--bullet">\n<li>one <strong>bold</strong></li>\n</ul>\n'
        '<p class="govuk-body">'
        '<a href="https://example.org" rel="noopener noreferrer">Site</a></p>\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://example.org/track.gif)",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href='javascript:alert(1)' onclick='alert(1)'>x</a>",
        "<iframe src='//example.org'></iframe>",
        '[x](https://example.org "onmouseover=alert(1)")',
        "<svg/onload=alert(1)>",
        "<p style='position:fixed'>x</p>",
        '[x](vbscript:alert(1))\n\n<https://example.org/"onclick=alert(1)>',
    ],
)
def test_nothing_that_runs_or_loads_comes_through(text):
    seen = Seen()
    seen.feed(safe_html(text))

    assert seen.tags <= {"p", "a", "h2", "ul", "ol", "li", "strong", "em", "br"}
    assert seen.attributes <= {"class", "href", "rel", "title"}
    assert {address.split(":")[0] for address in seen.addresses} <= {"https"}


class Seen(HTMLParser):
    """What a browser would see in a piece of HTML."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.addresses = set(), set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {value for name, value in attrs if name == "href"}
