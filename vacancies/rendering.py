"""Markdown as people in HR write it, made into HTML that is safe whatever they paste."""

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote"}
CLASSES = {
    "p": "govuk-body",
    "h2": "govuk-heading-l",
    "h3": "govuk-heading-m",
    "h4": "govuk-heading-s",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "blockquote": "govuk-inset-text",
}
ATTRIBUTES = {"a": {"href"}} | {tag: {"class"} for tag in CLASSES}
ADDRESSES = {"https", "http", "mailto", "tel"}

_markdown = MarkdownIt("commonmark", {"html": False}).disable("image")


def safe_html(text):
    """Return the HTML of Markdown `text`: headings from level 2 down, lists, emphasis, links."""
    tokens = _markdown.parse(text)
    for token in tokens:
        if token.tag == "h1":  # The page's own title is the only one of level 1.
            token.tag = "h2"
        if token.nesting == 1 and token.tag in CLASSES:
            token.attrSet("class", CLASSES[token.tag])
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=ADDRESSES))
