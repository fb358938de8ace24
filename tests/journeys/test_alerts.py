"""From a search to an alert, its first mail, a change, and one click to stop it all."""

import re
import subprocess
import sys
import uuid
from html import unescape

from tests.journeys.portal import ROOT

ADVERT = """
from datetime import timedelta
import django
django.setup()
from django.utils import timezone
from accounts.models import User
from vacancies.models import Alert, Vacancy
from vacancies.tasks import send_alerts_that_are_due

source = Vacancy.objects.open_to_public(timezone.localdate()).first()
today = timezone.localdate()
Vacancy.objects.create(
    title="Social worker, night kites", role=source.role, team=source.team, grade=source.grade,
    salary_from=40_000, salary_to=44_000, patterns=["full_time"], place_name="Winchester",
    latitude=51.0632, longitude=-1.308, district=source.district, opens_on=today,
    closes_on=today + timedelta(days=14), summary="Work with families at night.", body="",
    state="live", published_at=timezone.now(), published_by=User.objects.get(email="hr@example.org"),
)
# As if a night had passed since the alert was confirmed.
Alert.objects.update(next_on=today)
send_alerts_that_are_due()
"""


def tomorrow_morning(portal):
    """Publish an advert and let the alerts run, as beat does at seven."""
    subprocess.run(
        [sys.executable, "-c", ADVERT],
        check=True,
        cwd=ROOT,
        env=portal.environment | {"DJANGO_SETTINGS_MODULE": "hampshire_portal.settings"},
    )


def link_in(mail, kind):
    """The path of the first link of a kind, such as "alerts/confirm", in the text of a mail."""
    return re.search(rf"/vacancies/{kind}[\w./-]+", unescape(mail))[0]


def test_a_search_becomes_an_alert_that_writes_changes_and_stops(arrive):
    seeker = arrive()
    page, portal = seeker.page, seeker.portal
    email = f"ada.{uuid.uuid4().hex[:8]}@example.org"

    # From the search to the alert.
    seeker.go("/vacancies/?q=social+worker&place=Winchester&radius=10")
    seeker.follow("Get these by e-mail")
    assert seeker.sees("“social worker”, Within 10 miles of Winchester")
    seeker.look()
    seeker.press("Set up this alert")
    assert seeker.sees("Choose how often we write")
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_label("Every day there is something new").check()
    seeker.press("Set up this alert")
    assert seeker.sees("Check your e-mail")
    seeker.look()

    # Only the button turns it on.
    mail = portal.wait_for_mail(email, "Turn on your job alert")
    seeker.go(link_in(mail, "alerts/confirm/"))
    seeker.look()
    seeker.press("Yes, turn this alert on")
    assert seeker.sees("Your alert is on")
    seeker.look()

    # The morning after, the new job is in the mail, with what matters about it.
    tomorrow_morning(portal)
    mail = portal.wait_for_mail(email, "night kites", seconds=40)
    for words in ("£40,000 to £44,000", "Winchester, permanent", "Apply by"):
        assert words in mail
    seeker.go(link_in(mail, "HCC-"))
    assert page.get_by_role("heading", level=1).inner_text() == "Social worker, night kites"

    # The mail leads to the alert, which is changed without an account.
    seeker.go(link_in(mail, "alerts/yours/"))
    assert page.get_by_role("heading", level=1).inner_text() == "Your job alerts"
    page.get_by_role("button", name=re.compile("^Change")).first.click()
    page.get_by_label("Job title or keyword").fill("team manager")
    page.get_by_label("Once a week").check()
    seeker.look()
    seeker.press("Save")
    assert seeker.sees("Your alert is changed")
    assert seeker.sees("“team manager”, Within 10 miles of Winchester")

    # One click stops it all.
    seeker.go(link_in(mail, "alerts/stop/"))
    seeker.look()
    seeker.press("Stop this alert")
    assert seeker.sees("Your job alerts are stopped")
    seeker.look()
    seeker.follow("delete them now")
    seeker.look()
    seeker.press("Delete")
    assert seeker.sees("Your job alerts and your e-mail address are deleted")
    seeker.look()
