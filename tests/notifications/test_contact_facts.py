"""No e-mail leaves out whom to write to or ring."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from notifications.models import Message
from notifications.outbox import put
from notifications.rendering import facts_of_the_house, render

FOLDERS = [Path(folder) for folder in settings.TEMPLATES[0]["DIRS"]]
LETTERS = sorted(
    path
    for folder in FOLDERS
    for path in folder.glob("*/emails/*")
    if path.suffix in {".txt", ".html"}
)
# What templates call the facts of the house.
A_FACT = re.compile(r"{{\s*(contact_\w+|council_\w+|service_\w+|site_\w+)")
NOBODY_NAMED = re.compile(
    r"\b(ring|write to|call|phone)\s*(<a[^>]*>\s*</a>\s*)?[.,]", re.IGNORECASE
)


def test_there_are_letters():
    assert len(LETTERS) > 100


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: f"{path.parent.parent.name}/{path.name}")
def test_each_fact_of_the_house_that_a_letter_names_reaches_it(path):
    known = {name for name, value in facts_of_the_house().items() if value}

    assert set(A_FACT.findall(path.read_text())) - known == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", sorted({path.stem for path in LETTERS if "contact_" in path.read_text()})
)
def test_no_letter_says_to_ring_or_write_to_nobody(name):
    [path] = [path for path in LETTERS if path.stem == name and path.suffix == ".txt"]
    template = f"{path.parent.parent.name}/emails/{name}"
    message = put(template=template, to="wanda@example.org", context={})

    email = render(Message.objects.with_what_delivery_needs().get(pk=message.pk))

    for text in (email.body, email.alternatives[0][0]):
        assert NOBODY_NAMED.findall(text) == []
