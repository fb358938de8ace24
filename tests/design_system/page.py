"""A page read back as a tree, so that tests ask about elements and not about strings."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Element:
    """One element: its tag, its attributes, and what is inside."""

    def __init__(self, tag, attributes, parent=None):
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children = []

    def __getitem__(self, name):
        return self.attributes[name]

    def get(self, name, default=None):
        return self.attributes.get(name, default)

    @property
    def classes(self):
        return (self.get("class") or "").split()

    @property
    def text(self):
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return " ".join(" ".join(parts).split())

    def walk(self):
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, tag=None, css=None, **attributes):
        """Elements with this tag, this class and these attributes (for_ is `for`, a_b is `a-b`)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.walk()
            if element is not self
            and (tag is None or element.tag == tag)
            and (css is None or css in element.classes)
            and all(element.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag=None, css=None, **attributes):
        found = self.all(tag, css, **attributes)
        assert len(found) == 1, f"{len(found)} of {tag} {css} {attributes}"
        return found[0]

    def by_id(self, identifier):
        return self.one(id=identifier)

    @property
    def ids(self):
        return [element["id"] for element in self.walk() if "id" in element.attributes]


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Element("#root", {})
        self.open = self.root

    def handle_starttag(self, tag, attrs):
        element = Element(
            tag, {name: value if value is not None else "" for name, value in attrs}, self.open
        )
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open = self.open.parent

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.open.tag == tag, f"</{tag}> closes <{self.open.tag}>"
        self.open = self.open.parent

    def handle_data(self, data):
        self.open.children.append(data)


def read(html):
    reader = _Reader()
    reader.feed(str(html))
    assert reader.open is reader.root, f"<{reader.open.tag}> is left open"
    return reader.root
