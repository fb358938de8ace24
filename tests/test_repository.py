"""What the repository promises about itself."""

import re
from pathlib import Path

from demo.sign_ins import PASSWORD, SIGN_INS

ROOT = Path(__file__).parents[1]
READ_BY_COMMANDS = {"PRODUCTION", "PORTAL_TEST_DATA"}


def linked_files(document):
    """Return the files a Markdown document links to, relative to it."""
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text())
    return [document.parent / target for target in targets]


def test_the_example_lists_every_variable_that_is_read_and_no_other():
    settings = (ROOT / "hampshire_portal" / "settings.py").read_text()
    read = re.findall(r'env\.(?:text|flag|number|words)\(\s*"([A-Z_]+)"', settings)
    listed = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert sorted(listed) == sorted(READ_BY_COMMANDS | set(read))


def test_every_file_that_a_document_links_to_is_there():
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    missing = [
        target for document in documents for target in linked_files(document) if not target.exists()
    ]

    assert missing == []


def test_the_readme_lists_the_demo_sign_ins():
    rows = re.findall(
        r"^\| ([\w -]+) \| `([^`]+@[^`]+)` \|$", (ROOT / "README.md").read_text(), re.M
    )

    assert rows == SIGN_INS
    assert f"`{PASSWORD}`" in (ROOT / "README.md").read_text()


def test_decisions_are_numbered_as_their_headings_say():
    for file in sorted((ROOT / "docs" / "adr").glob("*.md")):
        heading = file.read_text().splitlines()[0]
        assert heading.startswith(f"# {int(file.name[:4])}. "), file.name
