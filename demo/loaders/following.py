"""Drafts that began with what was known already, and people on the register of interest."""

import uuid
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import User
from applications import queries
from applications.actions import begin_application, invite_to_apply, register_interest
from applications.models import HoursWanted, JobInterest
from demo.people import address
from organisation.models import District, RoleFamily
from vacancies.models import Vacancy

AGAIN = uuid.UUID("0d3e0000-0000-4000-8000-000000000110")
WORKS_HERE = uuid.UUID("0d3e0000-0000-4000-8000-000000000111")
F, H = RoleFamily, HoursWanted
WAITING = [
    ("Bryony Tallis", [F.SOCIAL_WORK], 2, H.PART_TIME, "registered", "School hours if I can."),
    ("Idris Penhale", [F.SOCIAL_WORK, F.LEADERSHIP], 3, H.FULL_TIME, "registered", ""),
    ("Maud Sherrick", [F.FAMILY_SUPPORT], 1, H.ANY, "", "I run a toddler group in my village."),
    ("Tobias Wren", [F.WAYS_IN], 4, H.FULL_TIME, "", "I finish my first degree in June."),
    ("Nessa Coldrey", [F.SOCIAL_WORK], 2, H.ANY, "awaiting", "My results come in July."),
    ("Piers Lavant", [F.BUSINESS_SUPPORT, F.FAMILY_SUPPORT], 2, H.PART_TIME, "", ""),
]


def load(today):
    """Begin both drafts and fill the register, unless they are there."""
    if JobInterest.objects.exists():
        return
    seeker = User.objects.get(email="job.seeker@example.org")
    worker = User.objects.get(email="social.worker@example.org")
    jobs = Vacancy.objects.open_to_public(on=today + timedelta(days=5)).filter(opens_on__lt=today)
    _begin(jobs.filter(role__family=F.FAMILY_SUPPORT), seeker, AGAIN, copied=True)
    _begin(jobs.filter(role__family=F.SOCIAL_WORK), worker, WORKS_HERE)
    areas = list(District.objects.order_by("name"))
    for number, row in enumerate(WAITING):
        _join(number, row, areas)
    asked = JobInterest.objects.filter(families__contains=[F.FAMILY_SUPPORT])
    first = jobs.filter(role__family=F.FAMILY_SUPPORT).order_by("pk").first()
    invite_to_apply(interests=asked, vacancy=first, by=User.objects.get(email="hr@example.org"))


def _begin(jobs, person, key, *, copied=False):
    job = jobs.exclude(applications__applicant=person).order_by("-pk").first()
    sent = [row for row in queries.earlier_applications(person) if not row.is_draft]
    earlier = sent[0] if copied and sent else None
    begin_application(vacancy=job, one_time_key=key, by=person, earlier=earlier)


def _join(number, row, areas):
    name, families, how_many, hours, registration, note = row
    person = User.objects.create(email=address(name), full_name=name, password=make_password(None))
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    register_interest(
        families=families,
        districts=[areas[(number + step) % len(areas)] for step in range(how_many)],
        hours=hours,
        registration=registration,
        phone=f"01632 9604{number}1",
        note=note,
        by=person,
    )
