"""What a browser fetches for the first view of a page, in bytes as they come over the wire."""

import re
from http.client import HTTPConnection
from urllib.parse import urljoin, urlsplit

TAGS = re.compile(r"<(?:link|script|img)\b[^>]*>")
ATTRIBUTES = re.compile(r'\b(rel|href|src)="([^"]*)"')
RELATIONS = {"stylesheet", "preload", "modulepreload", "icon"}
IMPORTS = re.compile(r'\bimport\b[^"\';]*["\']([^"\']+)["\']|\burl\(["\']?([^"\')]+)["\']?\)')
BROWSER = {"Accept-Encoding": "gzip, deflate, br", "Accept": "text/html,*/*"}
UNPACKED = {"Accept-Encoding": "identity"}


def kilobytes_of(port, address):
    """Return the kilobytes (of 1,000 bytes) that the page and all it needs move, headers included."""
    wanted, seen, total = [address], set(), 0
    while wanted:
        here = wanted.pop()
        if here in seen:
            continue
        seen.add(here)
        size, _ = _get(port, here, BROWSER)
        total += size
        wanted += _what_it_needs(port, here)
    return round(total / 1000, 1)


def _what_it_needs(port, here):
    if here.startswith("/static/") and not here.endswith((".css", ".js")):
        return []
    _, content = _get(port, here, UNPACKED)
    text = content.decode()
    if here.startswith("/static/"):
        found = [name or other for name, other in IMPORTS.findall(text)]
    else:
        found = _named_by_page(text)
    return [
        urlsplit(urljoin(here, name)).path
        for name in found
        if not name.startswith(("data:", "http:", "https:", "#"))
    ]


def _named_by_page(text):
    for tag in TAGS.findall(text):
        attributes = dict(ATTRIBUTES.findall(tag))
        if not tag.startswith("<link") or RELATIONS & set(attributes.get("rel", "").split()):
            named = attributes.get("src") or attributes.get("href")
            if named:
                yield named


def _get(port, address, headers):
    """Return the bytes of the answer, with its headers, and its content."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    if answer.status not in (200, 304):
        raise ConnectionError(f"{address} answered {answer.status}")
    head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
    return head + len(content), content
