import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

pytest.register_assert_rewrite("tests.journeys.visitor", "tests.journeys.portal")

from tests.journeys.portal import Portal  # noqa: E402
from tests.journeys.visitor import Visitor  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    """Without Chromium, skip the journeys and say what to install; in CI that is a failure."""
    for item in items:
        if "journeys" not in item.path.parts:
            continue
        item.add_marker(pytest.mark.journey)
        if CHROMIUM is None and not os.environ.get("CI"):
            item.add_marker(
                pytest.mark.skip(reason="Install Debian's package chromium to run the journeys.")
            )


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    """The whole portal, running with the demo."""
    portal = Portal(tmp_path_factory.mktemp("portal"))
    try:
        portal.start()
        yield portal
    finally:
        portal.stop()


@pytest.fixture(scope="session")
def browser():
    assert CHROMIUM, "Install Debian's package chromium."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def arrive(portal, browser):
    """Return a function that makes a new visitor with a browser of their own."""
    visitors = []

    def arrive(**options):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        context.set_default_timeout(8_000)
        visitors.append(Visitor(context.new_page(), portal))
        return visitors[-1]

    yield arrive
    try:
        for visitor in visitors:
            visitor.leave()
    finally:
        for visitor in visitors:
            visitor.page.context.close()


@pytest.fixture
def visitor(arrive):
    return arrive()
