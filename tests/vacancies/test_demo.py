"""What the demo shows of vacancies, on whichever day it is loaded."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db.models import F

from accounts.queries import broken_invariants
from applications.models import Application
from vacancies.models import ChatSlot, Vacancy, Visibility


@pytest.mark.django_db
@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2028, 2, 29)])
def test_the_demo_has_jobs_for_staff_first_and_an_application_by_phone(time_machine, today):
    time_machine.move_to(f"{today}T12:00Z", tick=False)
    call_command("load_reference_data")

    call_command("load_demo")
    call_command("load_demo")

    staff_first = Vacancy.objects.filter(visibility=Visibility.STAFF_FIRST)
    for_everyone = [
        min(max(today, job.opens_on) + timedelta(days=5), job.closes_on) for job in staff_first
    ]
    assert [job.public_from for job in staff_first] == for_everyone
    assert staff_first.filter(public_from=F("closes_on")).count() == 1
    assert ChatSlot.objects.exists()
    assert not ChatSlot.objects.filter(starts_at__date__gt=F("vacancy__closes_on")).exists()
    entered = Application.objects.filter(entered_by__isnull=False).order_by("entered_how")
    assert list(entered.values_list("entered_how", "state", "entered_by__email")) == [
        ("paper", "draft", "hr@example.org"),
        ("phone", "submitted", "hr@example.org"),
    ]
    assert list(broken_invariants()) == []
