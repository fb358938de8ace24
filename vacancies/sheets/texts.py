"""Texts of other systems made ours: entities decoded, HTML made Markdown, the rest taken out."""

import html
import re
from html.parser import HTMLParser

import nh3

from organisation.sheets.cells import UNSEEN

# Only with its semicolon: "?page=2&region=3" is an address.
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
A_TAG = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|h[1-6]|strong|b|em|i|u|a|font|table|tr|td|th|tbody|thead|"
    r"script|style|iframe|img|svg|form|input|object|embed|blockquote|section|article)\b[^>]*>",
    re.IGNORECASE,
)
KEPT = {"p", "br", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th"}
KEPT |= {"strong", "b", "em", "i", "a", "blockquote"}
MOST_DECODING = 3  # "&amp;amp;nbsp;": some systems encode what was encoded.


def decoded(text):
    """Return the text with its entities as characters, its line ends alike, nothing unseen in it."""
    for _ in range(MOST_DECODING):
        plain = ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
        if plain == text:
            break
        text = plain
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return UNSEEN.sub("", text)


def plain_line(text):
    """Return one line of plain text, without tags."""
    text = decoded(text)
    if A_TAG.search(text):
        text = html.unescape(nh3.clean(A_TAG.sub(r" \g<0>", text), tags=set()))
    return " ".join(text.split())


def markdown(text):
    """Return Markdown of a text that may be HTML. What could do harm is gone, words and all."""
    text = decoded(text)
    if A_TAG.search(text):
        writer = _MarkdownWriter()
        writer.feed(nh3.clean(text, tags=KEPT, attributes={"a": {"href"}}, link_rel=None))
        writer.close()
        text = writer.text()
    lines = (line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _MarkdownWriter(HTMLParser):
    """Writes clean HTML as Markdown: headings, lists, emphasis and links."""

    AROUND = {"strong": "**", "b": "**", "em": "*", "i": "*"}
    PARAGRAPHS = {"p", "div", "ul", "ol", "tr", "blockquote"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []
        self.lists = []
        self.link = ""

    def handle_starttag(self, tag, attributes):
        if tag == "br":
            self.parts.append("\n")
        elif tag in self.PARAGRAPHS:
            self.parts.append("\n" if tag in ("ul", "ol") and self.lists else "\n\n")
            if tag in ("ul", "ol"):
                self.lists.append(0 if tag == "ol" else None)
        elif tag[0] == "h" and tag[1:].isdigit():
            self.parts.append(f"\n\n{'#' * max(int(tag[1]), 2)} ")
        elif tag == "li":
            self._begin_item()
        elif tag == "a":
            self.link = dict(attributes).get("href") or ""
            self.parts.append("[" if self.link else "")
        else:
            self.parts.append(self.AROUND.get(tag, " "))

    def _begin_item(self):
        marker = "-"
        if self.lists and self.lists[-1] is not None:
            self.lists[-1] += 1
            marker = f"{self.lists[-1]}."
        self.parts.append(f"\n{'  ' * max(len(self.lists) - 1, 0)}{marker} ")

    def handle_endtag(self, tag):
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag in self.PARAGRAPHS or (tag[0] == "h" and tag[1:].isdigit()):
            self.parts.append("\n\n")
        elif tag == "a" and self.link:
            self.parts.append(f"]({self.link})")
            self.link = ""
        else:
            self.parts.append(self.AROUND.get(tag, ""))

    def handle_data(self, data):
        self.parts.append(re.sub(r"\s+", " ", data))

    def text(self):
        """Join what was written; a blank line at most between two lines, none between list items."""
        whole = "".join(self.parts)
        whole = re.sub(r"[ \t]*\n[ \t]*(?=\n|$)", "\n", whole)
        whole = re.sub(r"\n (?=\S)", "\n", whole)
        return re.sub(r"(?m)^((?:-|\d+\.) [^\n]*)\n{2,}(?=(?:-|\d+\.) )", r"\1\n", whole)
