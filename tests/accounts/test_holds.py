"""What is held stays, whatever its period and whoever wants it gone, until somebody releases it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions import (
    carry_out,
    carry_out_everything,
    close_account,
    erase_person,
    place_hold,
    release_hold,
)
from accounts.exceptions import Held, HeldAlready
from accounts.models import AuditEvent, LegalHold, User
from accounts.queries import broken_invariants, dry_run
from accounts.registries import attention
from applications.actions import warn_of_deletion
from applications.models import Application
from notifications.models import Message
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import ApplicationFactory, SentApplicationFactory
from tests.factories.keeping import LegalHoldFactory, warned
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db
REVIEW_ON = timezone.localdate() + timedelta(days=60)


def refused_long_ago(**fields):
    application = SentApplicationFactory(state="unsuccessful", **fields)
    moment = timezone.now() - timedelta(days=800)
    Application.objects.filter(pk=application.pk).update(decided_at=moment)
    return warned(application)


def held(person, thing=None):
    return place_hold(
        person=person, thing=thing, reason="A claim", review_on=REVIEW_ON, by=HRAdminFactory()
    )


def test_a_held_application_is_not_blanked_and_its_neighbour_is():
    kept = refused_long_ago()
    gone = refused_long_ago(applicant=kept.applicant)
    held(kept.applicant, kept)

    assert carry_out("unsuccessful_application", on=timezone.localdate()) == 1

    for application in (kept, gone):
        application.refresh_from_db()
    assert (kept.blanked_at, gone.blanked_at is None) == (None, False)


def test_all_of_a_held_person_stays_drafts_mail_and_history():
    application = refused_long_ago()
    person = application.applicant
    draft = ApplicationFactory(applicant=person)
    Application.objects.filter(pk=draft.pk).update(changed_at=timezone.now() - timedelta(days=800))
    warned(draft)
    old = timezone.now() - timedelta(days=800)
    MessageFactory(to=person.email, created_at=old)
    history = Application.pgh_event_model
    history.objects.update(pgh_created_at=old)
    rows = history.objects.count()
    held(person)

    done = carry_out_everything(on=timezone.localdate())

    assert {name: number for name, number in done.items() if number} == {}
    assert (Application.objects.count(), Message.objects.count()) == (2, 1)
    assert history.objects.count() == rows


def test_the_dry_run_says_how_many_are_held():
    application = refused_long_ago()
    held(application.applicant)

    found = next(
        row
        for row in dry_run(on=timezone.localdate())
        if row.keeping.name == "unsuccessful_application"
    )

    assert (found.number, found.held, found.references) == (0, 1, [])


@pytest.mark.parametrize("whole", [True, False])
def test_a_person_of_whom_anything_is_held_is_neither_erased_nor_closed(whole):
    application = SentApplicationFactory()
    person = application.applicant
    held(person, None if whole else application)

    with pytest.raises(Held):
        erase_person(person=person, by=HRAdminFactory())
    with pytest.raises(Held):
        close_account(person=person)

    assert User.objects.get(pk=person.pk).erased_at is None


def test_hr_is_told_and_the_person_reads_a_neutral_sentence(client):
    person = UserFactory()
    held(person)
    client.force_login(HRAdminFactory())
    said = {"action": "erase_selected", "_selected_action": person.pk}

    hr = client.post(reverse("admin:accounts_user_changelist"), said, follow=True).content.decode()
    client.force_login(person)
    own = client.get(reverse("accounts:close")).content.decode()

    assert hr.count("A legal hold keeps something of theirs. Release it first.") == 1
    assert hr.count("None of them can be erased.") == 1
    assert (own.count("We must keep this for now"), own.count("A claim")) == (1, 0)
    assert own.count("Close my account") == 0


def test_once_released_it_goes_its_way_again():
    application = refused_long_ago()
    hold = held(application.applicant)

    released = release_hold(hold=hold, reason="Settled", by=HRAdminFactory())

    assert (released.release_reason, released.is_in_force) == ("Settled", False)
    assert carry_out("unsuccessful_application", on=timezone.localdate()) == 1
    assert AuditEvent.objects.filter(event__startswith="legal_hold").count() == 2


def test_nobody_is_warned_of_what_is_held():
    application = refused_long_ago()
    application.deletion_warnings.all().delete()
    held(application.applicant, application)

    assert warn_of_deletion(on=timezone.localdate()) == 0


def test_only_hr_holds_and_nothing_twice():
    person = UserFactory()
    with pytest.raises(PermissionDenied):
        place_hold(person=person, reason="Me", review_on=REVIEW_ON, by=UserFactory())
    hold = held(person)
    with pytest.raises(PermissionDenied):
        release_hold(hold=hold, reason="Me", by=person)
    with pytest.raises(HeldAlready):
        held(person)
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalHoldFactory(person=person)


def test_hr_places_and_releases_a_hold_in_the_admin(client):
    application = SentApplicationFactory()
    client.force_login(HRAdminFactory())
    place = reverse("admin:accounts_hold_place", args=[application.applicant_id])
    said = {"what": "0", "reason": "A claim", "review_on": REVIEW_ON.isoformat()}

    bad = client.post(place, said | {"review_on": "1066-10-14", "reason": ""})
    client.post(place, said)
    again = client.post(place, said)
    hold = LegalHold.objects.get()
    client.post(reverse("admin:accounts_hold_release", args=[hold.pk]), {"reason": "Settled"})

    assert sorted(bad.context["form"].errors) == ["reason", "review_on"]
    assert again.context["form"].errors["what"] == ["This is held already"]
    assert (hold.thing_type, hold.thing_id) == ("applications.Application", str(application.pk))
    hold.refresh_from_db()
    assert hold.is_in_force is False


def test_the_day_of_review_is_an_item_for_hr():
    LegalHoldFactory(review_on=timezone.localdate())
    LegalHoldFactory(review_on=timezone.localdate() + timedelta(days=1))
    own = [find for find in attention if find.__name__ == "holds_to_review"]

    [item] = own[0](HRAdminFactory())

    assert (item.count, item.text) == (1, "legal hold to look at again")
    assert own[0](UserFactory()) == []


def test_a_held_thing_that_was_deleted_breaks_an_invariant():
    application = SentApplicationFactory()
    hold = held(application.applicant, application)
    of_holds = f"Legal hold {hold.pk}: "
    before = [words for words in broken_invariants() if words.startswith(of_holds)]

    Application.objects.filter(pk=application.pk).update(blanked_at=timezone.now())
    User.objects.filter(pk=application.applicant_id).update(erased_at=timezone.now())

    after = [words for words in broken_invariants() if words.startswith(of_holds)]
    assert (before, len(after)) == ([], 2)


def test_the_reason_is_stored_encrypted():
    hold = held(UserFactory())

    assert hold.reason == "A claim"
    assert LegalHold.objects.extra(where=["reason like '%%claim%%'"]).count() == 0
