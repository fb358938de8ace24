"""What the council promises: whole or half days, never deleted once it holds, and said when a year moves."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.urls import reverse

from training.models import AllowancePolicy
from training.models.allowance import AllowanceScope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "by")]  # 7 January 2030
LIST = "admin:training_allowancepolicy_changelist"
HAS_BEGUN = (
    "A policy that has begun is kept: what people were promised hangs on it. To promise something "
    "else, add a policy that begins on another day."
)


def policy_from(starts_on, days=5):
    return AllowancePolicy.objects.create(
        starts_on=starts_on, days=days, scope=AllowanceScope.ALL_STAFF, source="An article"
    )


@pytest.fixture(autouse=True)
def policy():
    AllowancePolicy.objects.all().delete()
    return policy_from(date(2022, 4, 1))


def send(client, policy=None, **changes):
    name = "change" if policy else "add"
    data = {
        "starts_on": "01/04/2031",
        "days": "5",
        "scope": "all_staff",
        "full_time_hours": "37",
        "short_notice_days": "10",
        "source": "A decision",
    }
    address = reverse(f"admin:training_allowancepolicy_{name}", args=[policy.pk] if policy else [])
    return client.post(address, data | changes, follow=True)


def errors(response):
    return response.context["adminform"].form.errors


def said(response):
    return [str(message) for message in response.context["messages"]]


def delete(client, policy):
    address = reverse("admin:training_allowancepolicy_delete", args=[policy.pk])
    return client.post(address, {"post": "yes"}, follow=True)


def delete_several(client, *policies):
    data = {
        "action": "delete_selected",
        "_selected_action": [policy.pk for policy in policies],
        "post": "yes",
    }
    return client.post(reverse(LIST), data, follow=True)


def test_a_policy_that_has_begun_is_not_deleted(client, policy):
    change = client.get(reverse("admin:training_allowancepolicy_change", args=[policy.pk]))

    assert said(delete(client, policy)) == [HAS_BEGUN]
    assert change.context["has_delete_permission"] is False
    assert AllowancePolicy.objects.get() == policy


def test_several_are_not_deleted_when_one_has_begun(client, policy):
    ahead = policy_from(date(2031, 4, 1))

    assert said(delete_several(client, policy, ahead)) == [f"Nothing was deleted. {HAS_BEGUN}"]
    assert AllowancePolicy.objects.count() == 2

    delete_several(client, ahead)
    assert AllowancePolicy.objects.get() == policy


def test_a_policy_that_begins_in_the_future_can_be_deleted(client, policy):
    delete(client, policy_from(date(2030, 1, 8)))

    assert AllowancePolicy.objects.get() == policy


def test_a_policy_that_holds_cannot_be_put_off(client, policy):
    told = errors(send(client, policy, starts_on="01/04/2031"))

    assert told == {
        "starts_on": [
            "This policy holds already, so it cannot begin later than today. Add a new policy for what "
            "holds from then."
        ]
    }


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"days": "5.3"}, "days", "Enter whole or half days, like 5 or 5.5."),
        ({"days": "5.25"}, "days", "Enter whole or half days, like 5 or 5.5."),
        ({"days": "100"}, "days", "Enter days below 100."),
        ({"days": "-1"}, "days", "Enter 0 days or more."),
        ({"full_time_hours": "100"}, "full_time_hours", "Enter hours below 100."),
        (
            {"starts_on": "01/04/2022"},
            "starts_on",
            "There is a policy that begins on that day already.",
        ),
        ({"starts_on": "01/04/0031"}, "starts_on", "Choose a day in the years from 2000 to 2100."),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(client, changes, field, words):
    assert errors(send(client, **changes))[field][0] == words
    assert AllowancePolicy.objects.count() == 1


def test_half_days_are_taken(client):
    send(client, days="5.5")

    assert AllowancePolicy.objects.first().days == Decimal("5.5")


def test_the_database_refuses_other_parts_of_a_day():
    with pytest.raises(IntegrityError, match="policy_days_are_whole_or_half"):
        policy_from(date(2031, 4, 1), days=Decimal("5.3"))


def test_a_year_that_begins_on_another_day_is_said(client):
    same = said(send(client, starts_on="01/04/2031"))
    other = said(send(client, starts_on="01/09/2032"))

    assert len(same) == 1
    assert other[0] == (
        "The year of the promise now begins on 1 September. Until 2032 it began on 1 April, so one year "
        "is cut short. Look again if you did not mean that."
    )
