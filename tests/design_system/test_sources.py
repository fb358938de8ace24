"""What must hold in every template and style sheet."""

import re

import pytest
from django.conf import settings
from django.template import engines

ROOT = settings.BASE_DIR
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "emails" not in path.parts]
STYLES = "\n".join(path.read_text() for path in (ROOT / "frontend" / "scss").glob("*.scss"))


def named(path):
    return str(path.relative_to(ROOT / "templates"))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_can_be_read(path):
    engines["django"].get_template(named(path))


INLINE = re.compile(
    r"""<style|\sstyle=|\son[a-z]+=["']|javascript:|<script(?![^>]*\ssrc=)""", re.IGNORECASE
)


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_page_has_no_inline_script_or_style(path):
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize(
    "forbidden",
    [
        '<p style="x">',
        "<style>",
        '<a onclick="x()">',
        "<script>",
        '<script type="module">',
        "<a href='javascript:x'>",
    ],
)
def test_the_search_for_inline_parts_finds_them(forbidden):
    assert len(INLINE.findall(forbidden)) == 1


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_page_uses_only_classes_that_are_styled(path):
    # A class that is put together in the template, such as hp-tag--{{ colour }}, is left out.
    used = set(re.findall(r"\bhp-[a-z_-]+[a-z](?![a-z_-]*\{)", path.read_text()))
    styled = set(re.findall(r"\.(hp-[a-z_-]+)", STYLES))

    assert used - styled == set()


def test_colours_of_tags_tiles_and_entries_are_styled():
    for prefix, names in {
        "hp-tag--": ["teal", "rose", "green", "gold", "grey"],
        "hp-tile--": ["rose", "gold", "green"],
        "hp-timeline__item--": ["now", "next"],
    }.items():
        assert [name for name in names if f".{prefix}{name}" not in STYLES] == []


def test_no_words_or_signs_of_gov_uk_are_sent():
    sent = STYLES + "".join(path.read_text() for path in PAGES)

    assert re.findall(r"GDS Transport|crown\.svg|govuk-crest|GOV\.UK logo", sent) == []


BUTTONS = {
    "account/login.html": ">Sign in</button>",
    "account/signup.html": ">Create an account</button>",
}


@pytest.mark.parametrize(("path", "button"), BUTTONS.items())
def test_buttons_carry_the_agreed_words(path, button):
    assert (ROOT / "templates" / path).read_text().count(button) == 1


BUILT = ROOT / "frontend" / "build" / "css" / "portal.css"
# Words that scripts look for, and the hooks of GOV.UK Frontend that have no style of their own.
WITHOUT_STYLE = {
    "govuk-service-navigation__active-fallback",
    "govuk-table__body",
    "govuk-table__head",
    "govuk-table__row",
    "govuk-task-list__name-and-hint",
}


@pytest.mark.parametrize("path", [path for path in PAGES if "admin" not in path.parts], ids=named)
def test_a_page_uses_only_parts_of_gov_uk_frontend_that_are_sent(path):
    used = set(
        re.findall(r"\bgovuk-(?!js-)[a-zA-Z0-9_!-]+[a-z0-9](?![a-zA-Z0-9_-]*\{)", path.read_text())
    )
    used -= {name for name in used if f'data-module="{name}"' in path.read_text()} | WITHOUT_STYLE
    sent = set(re.findall(r"\.(govuk-[a-zA-Z0-9_!-]+)", BUILT.read_text().replace("\\", "")))

    assert used - sent == set()


def test_the_font_is_always_named_in_quotes():
    assert re.findall(r'[^"]Source Sans 3[^"]{0,20}', BUILT.read_text()) == []
