"""Who gets what at every address: one row of `matrix.csv` for each address and method.

The cells are the answers each persona gets: 200 a page, 302 sent elsewhere (a visitor to sign in),
403 a page that says this is not theirs, 404 nothing there (a stranger's object), 405 not that way.
To look at every change: run `bin/test tests/access --write-matrix` and read the difference.
"""

import csv
from pathlib import Path

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from tests.access.world import PERSONAS, World

pytestmark = pytest.mark.django_db
MATRIX = Path(__file__).with_name("matrix.csv")
METHODS = ["GET", "POST"]
OF_A_ROW = ("change", "delete", "history")

# Asked of an outside server, or of a worker for a second each time: tested in tests/accounts and
# tests/platform.
ELSEWHERE = {"openid_connect_login", "openid_connect_callback", "ready"}


def names(resolver=None, namespace=""):
    """Yield the name of every named address of the portal, with its namespace."""
    for pattern in (resolver or get_resolver()).url_patterns:
        inner = getattr(pattern, "namespace", None)
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern, f"{namespace}{inner}:" if inner else namespace)
        elif pattern.name:
            yield f"{namespace}{pattern.name}"


def addresses(world):
    """Return the address of every name, for the things of `world`."""
    found = {}
    for name in sorted(set(names()) - ELSEWHERE):
        found[name] = reverse(name, **admin_arguments(world, name))
    return found


def admin_arguments(world, name):
    if not name.startswith("admin:"):
        return {"kwargs": world.kwargs(name)}
    if name == "admin:app_list":
        return {"kwargs": {"app_label": "training"}}
    if name == "admin:view_on_site":
        return {"args": [0, 0]}
    thing, _, page = name.removeprefix("admin:").rpartition("_")
    if page in OF_A_ROW and thing in {of_model(model) for model in admin.site._registry}:
        row = world.things.get(thing)
        return {"args": [row.pk if row else 0]}
    return {"kwargs": world.kwargs(name)}


def of_model(model):
    return f"{model._meta.app_label}_{model._meta.model_name}"


def answer(client, method, address):
    """Ask as somebody signed in, and take everything back that the answer changed."""
    cookies = client.cookies.output()
    with transaction.atomic():
        response = client.get(address) if method == "GET" else client.post(address)
        if response.streaming:
            list(response)  # Closes the file.
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    return str(response.status_code)


def answers(world):
    """Return what each persona gets, by (address, method, persona)."""
    found = {}
    everywhere = addresses(world)
    for persona in PERSONAS:
        client = Client()
        if world.people[persona]:
            client.force_login(world.people[persona])
        for name, address in everywhere.items():
            for method in METHODS:
                found[name, method, persona] = answer(client, method, address)
    return found


def read_matrix():
    with MATRIX.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_persona_gets_what_the_matrix_says(request):
    found = answers(World())
    if request.config.getoption("--write-matrix"):
        write_matrix(found)

    expected = {
        (row["address"], row["method"], persona): row[persona]
        for row in read_matrix()
        for persona in PERSONAS
    }

    assert found == expected


def test_every_named_address_is_in_the_matrix():
    listed = {row["address"] for row in read_matrix()}

    assert set(names()) - ELSEWHERE == listed


def test_only_hr_officers_and_superusers_see_anything_of_the_admin():
    open_to = {
        persona
        for row in read_matrix()
        for persona in PERSONAS
        if row["address"].startswith("admin:") and row["method"] == "GET" and row[persona] == "200"
        if row["address"] not in ("admin:logout",)
    }

    assert open_to == {"officer", "HR", "superuser"}


@pytest.mark.parametrize(
    ("address", "owner"),
    [
        ("applications:application-detail", "job seeker"),
        ("applications:application-section", "job seeker"),
        ("applications:application-check", "job seeker"),
        ("applications:application-withdraw", "job seeker"),
        ("training:booking-cancel", "staff"),
        ("training:booking-calendar", "staff"),
    ],
)
def test_a_strangers_object_is_not_there(address, owner):
    [row] = [row for row in read_matrix() if (row["address"], row["method"]) == (address, "GET")]
    strangers = {row[persona] for persona in PERSONAS if persona not in (owner, "visitor")}

    assert row[owner] in ("200", "302")
    assert row["visitor"] == "302"
    assert strangers == {"404"}


def write_matrix(found):
    rows = sorted({(name, method) for name, method, _ in found})
    with MATRIX.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["address", "method", *PERSONAS])
        for row in rows:
            writer.writerow([*row, *(found[(*row, persona)] for persona in PERSONAS)])
