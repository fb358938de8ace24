"""Adverts on their way: waiting for approval, returned, approved, scheduled, and always open."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from vacancies.actions import (
    approve_vacancy,
    copy_vacancy,
    extend_vacancy,
    publish_vacancy,
    return_vacancy,
    send_vacancy,
)
from vacancies.drafts import STEPS
from vacancies.models import SiftDate, Vacancy
from vacancies.states import VacancyState

COMMENT = (
    "Thank you, this reads well. Two things, please: say how many families a new social worker has in "
    "the first months, and name the day of the interviews. People plan their leave by it."
)
# The keys of the forms that the demo's copies stand for: loading it twice makes them once.
KEYS = [f"0d3e0000-0000-4000-8000-{number:012d}" for number in range(5)]


def load(today):
    """Load the adverts on their way, unless there are some."""
    if Vacancy.objects.filter(one_time_key__in=KEYS).exists():
        return
    manager = User.objects.get(email="hiring.manager@example.org")
    officer = User.objects.get(email="hr@example.org")
    waiting, returned, approved, scheduled, draft = copies(manager, officer, today)
    for vacancy in (waiting, returned, approved, scheduled):
        send_vacancy(vacancy=vacancy, by=manager)
    return_vacancy(vacancy=returned, comment=COMMENT, by=officer)
    for vacancy in (approved, scheduled):
        approve_vacancy(vacancy=vacancy, by=officer)
    publish_vacancy(vacancy=scheduled, by=officer)
    leave_unfinished(draft)
    make_rolling(today)
    extend_one(officer, today)


def copies(manager, officer, today):
    """Make drafts of the hiring manager out of adverts that are over, opening next week."""
    over = Vacancy.objects.filter(state=VacancyState.CLOSED).order_by("pk")[: len(KEYS)]
    for key, old in zip(KEYS, over, strict=True):
        copy = copy_vacancy(vacancy=old, one_time_key=key, by=officer)
        copy.hiring_manager = copy.created_by = manager
        copy.contact_name, copy.contact_email = manager.full_name, manager.email
        copy.opens_on = today + timedelta(days=7)
        copy.closes_on = copy.opens_on + timedelta(days=28)
        copy.finished_steps = STEPS
        copy.save()
        yield copy


def leave_unfinished(draft):
    """Somebody began to write it, in words that could be kinder."""
    draft.title = f"Dynamic {draft.title[0].lower()}{draft.title[1:]}"
    draft.summary = "A fast-paced role for a resilient self-starter who can hit the ground running."
    draft.finished_steps = ["job", "pay", "places", "words"]
    draft.save()


def make_rolling(today):
    """Leave some jobs always open, with days on which applications are read."""
    social_workers = Vacancy.objects.open_to_public(today).filter(role__name="Social worker")
    for vacancy in social_workers.order_by("pk")[:3]:
        vacancy.rolling = True
        vacancy.closes_on = today + timedelta(days=180)
        vacancy.interview_on = None
        vacancy.number_of_posts = 4
        vacancy.save()
        SiftDate.objects.bulk_create(
            SiftDate(vacancy=vacancy, sift_on=today + timedelta(days=days), told_at=told)
            for days, told in ((-14, at_seven(today, -14)), (0, None), (14, None), (28, None))
            if today + timedelta(days=days) >= vacancy.opens_on
        )


def extend_one(officer, today):
    vacancy = Vacancy.objects.open_to_public(today).filter(rolling=False).order_by("closes_on")[3]
    extend_vacancy(
        vacancy=vacancy,
        closes_on=vacancy.closes_on + timedelta(days=7),
        interview_on=vacancy.interview_on + timedelta(days=7),
        reason="We would like to give people who are away at half-term more time.",
        by=officer,
    )


def at_seven(today, days):
    return timezone.make_aware(datetime.combine(today + timedelta(days=days), time(7, 20)))
