from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.queries import broken_invariants
from organisation.actions import change_staff_member
from organisation.actions.staff import ManagerCycle
from organisation.models import GradeRange, StaffMember
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.organisation import GradeFactory, StaffMemberFactory

pytestmark = pytest.mark.django_db


def test_nobody_can_manage_their_own_manager():
    top = StaffMemberFactory()
    middle = StaffMemberFactory(line_manager=top)
    bottom = StaffMemberFactory(line_manager=middle)

    with pytest.raises(ManagerCycle):
        change_staff_member(member=top, line_manager=bottom, by=HRAdminFactory())


def test_the_admin_says_so_next_to_the_field(client):
    top = StaffMemberFactory()
    report = StaffMemberFactory(line_manager=top)
    client.force_login(HRAdminFactory())
    form = {
        "user": top.user.pk,
        "employee_number": top.employee_number,
        "role": top.role.pk,
        "team": top.team.pk,
        "line_manager": report.pk,
        "weekly_hours": "37",
        "started_on": "2020-01-06",
    }

    page = client.post(reverse("admin:organisation_staffmember_change", args=[top.pk]), form)

    assert page.context["adminform"].form.errors == {
        "line_manager": ["This person would manage their own manager."]
    }


def test_a_cycle_made_behind_our_back_is_an_invariant_broken():
    top = StaffMemberFactory()
    report = StaffMemberFactory(line_manager=top)
    StaffMember.objects.filter(pk=top.pk).update(line_manager=report)

    assert list(broken_invariants()) == [
        f"Staff member {top.pk} manages their own manager.",
        f"Staff member {report.pk} manages their own manager.",
    ]


def test_leaving_takes_the_granted_roles():
    member = StaffMemberFactory(user=UserFactory(roles=["hiring_manager"]))
    yesterday = timezone.localdate() - timedelta(days=1)

    change_staff_member(member=member, left_on=yesterday, by=HRAdminFactory())

    member.user.refresh_from_db()
    assert member.user.roles == []


def test_history_keeps_each_change_and_who_made_it():
    member = StaffMemberFactory(weekly_hours=37)

    StaffMember.objects.filter(pk=member.pk).update(weekly_hours=30)

    hours = [float(row.weekly_hours) for row in member.events.order_by("pgh_id")]
    assert hours == [37, 30]


@pytest.mark.parametrize("number", ["12", "SW", "SWA12345", "sw12"])
def test_a_registration_number_has_its_form(number):
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffMemberFactory(registration_number=number)


def test_a_grade_pays_one_range_at_a_time():
    grade = GradeFactory(letter="F")
    fields = {"grade": grade, "lowest": 1, "highest": 2, "source": "Pay policy"}
    GradeRange.objects.create(starts_on=date(2025, 4, 1), ends_on=date(2026, 3, 31), **fields)
    GradeRange.objects.create(starts_on=date(2026, 4, 1), **fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        GradeRange.objects.create(starts_on=date(2026, 9, 1), **fields)
