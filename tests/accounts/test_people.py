from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions import change_roles, create_person, erase_person
from accounts.models import AuditEvent, User
from accounts.registries import privacy
from accounts.roles import ROLES, permits
from accounts.states import AccountEvent
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.organisation import StaffMemberFactory

pytestmark = pytest.mark.django_db


def test_two_people_cannot_have_one_address_in_different_case():
    UserFactory(email="kim@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="Kim@example.org")


def test_create_person_can_sign_in_at_once():
    person = create_person(
        email="Kim@example.org", full_name="Kim Lark", roles=["trainer"], by=HRAdminFactory()
    )

    assert (person.email, person.roles) == ("kim@example.org", ["trainer"])
    assert person.emailaddress_set.get().verified


def test_change_roles_records_what_was_before():
    hr, person = HRAdminFactory(), UserFactory(roles=["trainer"])

    change_roles(person=person, roles=["panel_member", "hiring_manager"], by=hr)

    person.refresh_from_db()
    event = AuditEvent.objects.get(event=AccountEvent.ROLES_CHANGED)
    assert person.roles == ["hiring_manager", "panel_member"]
    assert (event.by, event.facts["before"]) == (hr, ["trainer"])


def test_nobody_changes_their_own_roles():
    hr = HRAdminFactory()

    with pytest.raises(PermissionDenied):
        change_roles(person=hr, roles=[], by=hr)


def test_only_hr_changes_roles():
    with pytest.raises(PermissionDenied):
        change_roles(person=UserFactory(), roles=["hr_admin"], by=UserFactory())


def test_erasing_blanks_the_person_and_keeps_the_pseudonym():
    gone = timezone.localdate() - timedelta(days=1)
    member = StaffMemberFactory(registration_number="SW999001", left_on=gone)
    person = member.user
    pseudonym = person.pseudonym

    erase_person(person=person, by=HRAdminFactory())

    person.refresh_from_db()
    member.refresh_from_db()
    assert (person.full_name, person.email) == ("", f"{pseudonym}@erased.invalid")
    assert not person.is_active
    assert not person.has_usable_password()
    assert member.registration_number == ""


def test_every_registered_eraser_is_run():
    person = UserFactory()

    erase_person(person=person, by=HRAdminFactory())

    facts = AuditEvent.objects.get(event=AccountEvent.PERSON_ERASED).facts
    assert set(facts["blanked"]) == {model._meta.label for model in privacy}


def test_staff_and_line_manager_follow_from_the_register():
    manager = StaffMemberFactory()
    report = StaffMemberFactory(line_manager=manager)

    assert manager.user.role_names == {"job_seeker", "staff", "line_manager"}
    assert report.user.role_names == {"job_seeker", "staff"}


def test_a_leaver_is_no_longer_staff():
    member = StaffMemberFactory(left_on=timezone.localdate() - timedelta(days=1))

    assert member.user.role_names == {"job_seeker"}


def test_a_person_who_may_not_sign_in_has_no_roles():
    assert UserFactory(roles=["hr_admin"], is_active=False).role_names == frozenset()


@pytest.mark.parametrize(
    ("role", "permission", "held"),
    [
        ("hr_admin", "vacancies.publish_vacancy", True),
        ("hr_admin", "accounts.erase_user", True),
        ("workforce_development_officer", "training.change_nomination", True),
        ("workforce_development_officer", "applications.view_application", False),
        ("workforce_development_officer", "accounts.change_user", False),
        ("panel_member", "applications.view_application", False),
        ("job_seeker", "vacancies.change_vacancy", False),
        ("staff", "training.change_session", False),
    ],
)
def test_what_a_role_may_do(role, permission, held):
    assert permits([role], permission) is held


def test_only_hr_and_officers_enter_the_admin():
    may_enter = {name for name, role in ROLES.items() if role.uses_admin}

    assert may_enter == {"hr_admin", "workforce_development_officer"}


def test_hr_gives_a_role_in_the_admin(client):
    hr, person = HRAdminFactory(), UserFactory()
    client.force_login(hr)

    client.post(
        reverse("admin:accounts_user_change", args=[person.pk]),
        {"full_name": person.full_name, "roles": ["panel_member"], "is_active": "on"},
    )

    person.refresh_from_db()
    assert person.roles == ["panel_member"]
    assert AuditEvent.objects.filter(event=AccountEvent.ROLES_CHANGED, by=hr).count() == 1


def test_hr_adds_a_person_in_the_admin(client):
    client.force_login(HRAdminFactory())

    client.post(
        reverse("admin:accounts_user_add"),
        {"email": "New@example.org", "full_name": "New Person", "roles": [], "is_active": "on"},
    )

    assert User.objects.get(email="new@example.org").emailaddress_set.get().verified
