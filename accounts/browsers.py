"""The browser and the device that a user agent tells of, in words that people use."""

# The first mark that is found wins: most browsers also carry the marks of those under them.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
DEVICES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("CrOS", "a Chromebook"),
    ("Linux", "Linux"),
)


def in_words(user_agent):
    """Return such as "Chrome on Linux"; what is not known is "A browser"."""
    browser = _first(BROWSERS, user_agent) or "A browser"
    device = _first(DEVICES, user_agent)
    return f"{browser} on {device}" if device else browser


def _first(marks, user_agent):
    return next((name for mark, name in marks if mark in user_agent), None)
