"""What the repository promises about itself."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from accounts.registries import privacy
from demo.sign_ins import PASSWORD, SIGN_INS

ROOT = Path(__file__).parents[1]
OUR_APPS = sorted({app.name for app in apps.get_app_configs() if Path(app.path).parent == ROOT})
READ_BY_COMMANDS = {"PRODUCTION", "PORTAL_TEST_DATA"}


def linked_files(document):
    """Return the files a Markdown document links to, relative to it."""
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text())
    return [document.parent / target for target in targets]


def test_the_example_lists_every_variable_that_is_read_and_no_other():
    files = (ROOT / "hampshire_portal" / "settings").glob("*.py")
    settings = "\n".join(file.read_text() for file in files)
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


def test_every_model_with_a_history_says_how_it_is_erased_and_for_how_long_it_is_kept():
    tracked = {model for model in apps.get_models() if "pgh_event_model" in dir(model)}

    assert tracked - set(privacy) == set()
    assert {model for model in tracked if privacy[model].event_retention is None} == set()


# SQL compares with one sign: `booking.state = ANY(%(held)s)` changes nothing.
STATE_CHANGE = re.compile(r"\.state\s*=(?!=|\s*ANY\(|\s*%\()|\bmove_to\(|\.update\(.*\bstate=")


def changes_a_state(file):
    """Say whether a Python file sets the state of a row."""
    return STATE_CHANGE.search(file.read_text()) is not None


def may_change_a_state(file):
    """Actions may, delivery is one, `move_to` is made in states; demo and migrations write the past."""
    place = file.relative_to(ROOT)
    return (
        "actions" in (place.parent.name, place.stem)
        or place.parts[0] == "demo"
        or place.parent.name == "migrations"
        or str(place) in ("accounts/states.py", "notifications/delivery.py")
    )


def test_no_state_changes_outside_the_actions():
    sources = [file for app in OUR_APPS for file in (ROOT / app).rglob("*.py")]

    changing = [file for file in sources if changes_a_state(file)]

    assert ROOT / "applications" / "actions" / "deciding.py" in changing
    assert [file for file in changing if not may_change_a_state(file)] == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("vacancy.state = VacancyState.LIVE", True),
        ("vacancy.move_to(VacancyState.LIVE)", True),
        ("Vacancy.objects.update(state=VacancyState.LIVE)", True),
        ("if vacancy.state == VacancyState.LIVE:", False),
        ("Vacancy.objects.filter(state=VacancyState.LIVE)", False),
        ("WHERE vacancy.state = %(live)s", False),
    ],
)
def test_a_change_of_state_is_recognised(tmp_path, line, found):
    (tmp_path / "views.py").write_text(line)

    assert changes_a_state(tmp_path / "views.py") is found


def test_every_email_is_written_as_text_and_as_html_and_the_text_begins_with_its_subject():
    emails = {
        file.with_suffix("")
        for file in (ROOT / "templates").glob("*/emails/*")
        if not file.name.startswith("_") and file.stem != "base"
    }
    texts = [file.with_suffix(".txt") for file in emails]
    pages = [file.with_suffix(".html") for file in emails]

    assert len(emails) >= 15
    assert [file for file in texts + pages if not file.exists()] == []
    # Text is not HTML: nothing is escaped in it, the subject included.
    first_line = re.compile(r"(\{% load \w+ %\})*\{% autoescape off %\}Subject: \S")
    assert [file for file in texts if not first_line.match(file.read_text())] == []
