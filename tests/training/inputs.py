from html.parser import HTMLParser


def inputs_of(page):
    """Return {name: value} of the inputs of a page, as a browser reads them."""
    reader = _Inputs()
    reader.feed(page.content.decode())
    return reader.values


class _Inputs(HTMLParser):
    def __init__(self):
        super().__init__()
        self.values = {}

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "input" and "name" in given:
            self.values[given["name"]] = given.get("value", "")
