import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.states import InvalidTransition
from notifications.models import Message
from returners.actions import assign_enquiry, blank_enquiry, move_enquiry, send_enquiry
from returners.models import Enquiry, RegistrationStatus
from returners.states import ENQUIRY_TRANSITIONS, EnquiryEvent, EnquiryState
from returners.tasks import blank_enquiries_past_their_end_date
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.returners import EnquiryFactory, OfficerFactory

pytestmark = pytest.mark.django_db

ANSWERS = {
    "full_name": "Rosa Tamsin",
    "phone": "",
    "lives_in": "Romsey",
    "registration_status": RegistrationStatus.WAS_REGISTERED,
    "left_register_in": 2019,
    "message": "I worked with care leavers.",
}


def send(email="rosa@example.org", key=None):
    return send_enquiry(one_time_key=key or uuid.uuid4(), email=email, by=None, **ANSWERS)


def mail_to():
    return sorted(Message.objects.values_list("to", "template"))


def test_send_enquiry_tells_the_mailbox_the_officer_and_the_person_once_each():
    officer = OfficerFactory()

    enquiry = send()

    assert mail_to() == sorted(
        [
            (settings.NOMINATIONS_MAILBOX, "returners/emails/enquiry_for_mailbox"),
            (officer.email, "returners/emails/enquiry_assigned"),
            ("rosa@example.org", "returners/emails/enquiry_received"),
        ]
    )
    assert (enquiry.officer, enquiry.state) == (officer, EnquiryState.ASSIGNED)
    assert AuditEvent.objects.get().event == EnquiryEvent.ENQUIRY_SENT


def test_send_enquiry_twice_with_one_key_makes_one_enquiry_and_one_set_of_mail():
    OfficerFactory()
    key = uuid.uuid4()

    first, second = send(key=key), send(email="Rosa@example.org", key=key)

    assert first == second
    assert (Enquiry.objects.count(), Message.objects.count()) == (1, 3)


def test_send_enquiry_with_the_key_of_another_address_makes_a_second_enquiry():
    key = uuid.uuid4()

    send(email="typing.error@example.org", key=key)
    send(email="mended@example.org", key=key)

    assert Enquiry.objects.count() == 2


def test_send_enquiry_without_any_officer_waits_for_one():
    enquiry = send()

    assert (enquiry.state, enquiry.officer) == (EnquiryState.NEW, None)
    assert Message.objects.count() == 2


def test_send_enquiry_goes_to_the_officer_with_fewest_open_enquiries():
    busy, idle, former = OfficerFactory.create_batch(3)
    EnquiryFactory(officer=busy)
    EnquiryFactory.create_batch(2, officer=idle, state=EnquiryState.CLOSED)
    former.is_active = False
    former.save()

    assert send().officer == idle


def test_send_enquiry_ends_ties_by_who_joined_first():
    first, _second = OfficerFactory.create_batch(2)

    assert send().officer == first


@pytest.mark.parametrize("state", EnquiryState.values)
@pytest.mark.parametrize("to", EnquiryState.values)
def test_move_enquiry_follows_the_table(state, to):
    officer = None if state == EnquiryState.NEW else OfficerFactory()
    enquiry = EnquiryFactory(state=state, officer=officer)
    # A new enquiry is assigned with assign_enquiry, which knows the officer.
    by_assigning = (EnquiryState.NEW, EnquiryState.ASSIGNED)
    allowed = to in ENQUIRY_TRANSITIONS[state] and (state, to) != by_assigning

    if allowed:
        assert move_enquiry(enquiry=enquiry, to=to, by=HRAdminFactory()).state == to
    else:
        with pytest.raises((InvalidTransition, PermissionDenied)):
            move_enquiry(enquiry=enquiry, to=to, by=HRAdminFactory())


def test_move_enquiry_starts_the_year_of_keeping_again():
    enquiry = EnquiryFactory(keep_until=timezone.localdate())

    move_enquiry(enquiry=enquiry, to=EnquiryState.IN_TOUCH, by=enquiry.officer)

    enquiry.refresh_from_db()
    days = settings.RETURNER_ENQUIRY_KEPT_DAYS
    assert enquiry.keep_until == timezone.localdate() + timedelta(days=days)


def test_move_enquiry_refuses_people_without_the_permission():
    with pytest.raises(PermissionDenied):
        move_enquiry(enquiry=EnquiryFactory(), to=EnquiryState.IN_TOUCH, by=UserFactory())


def test_assign_enquiry_tells_the_new_officer_and_the_person():
    enquiry, officer = EnquiryFactory(), OfficerFactory()

    assign_enquiry(enquiry=enquiry, officer=officer, by=enquiry.officer)

    enquiry.refresh_from_db()
    assert enquiry.officer == officer
    assert mail_to() == sorted(
        [
            (officer.email, "returners/emails/enquiry_assigned"),
            (enquiry.email, "returners/emails/officer_changed"),
        ]
    )


def test_assign_enquiry_gives_a_new_one_its_first_officer():
    enquiry = EnquiryFactory(state=EnquiryState.NEW, officer=None)

    enquiry = assign_enquiry(enquiry=enquiry, officer=OfficerFactory(), by=HRAdminFactory())

    assert enquiry.state == EnquiryState.ASSIGNED


def test_assign_enquiry_refuses_somebody_who_is_no_officer():
    with pytest.raises(PermissionDenied):
        assign_enquiry(enquiry=EnquiryFactory(), officer=UserFactory(), by=HRAdminFactory())


def test_enquiries_are_blanked_after_their_end_date_and_not_on_it():
    today = timezone.localdate()
    gone = EnquiryFactory(keep_until=today - timedelta(days=1), message="Private.")
    kept = EnquiryFactory(keep_until=today)

    blank_enquiries_past_their_end_date()
    blank_enquiries_past_their_end_date()

    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (gone.full_name, gone.email, gone.message, gone.state) == ("", "", "", "closed")
    assert kept.full_name == "Rosa Tamsin"
    assert AuditEvent.objects.filter(event=EnquiryEvent.ENQUIRY_BLANKED).count() == 1


def test_blank_enquiry_leaves_the_state_of_somebody_who_joined():
    enquiry = EnquiryFactory(state=EnquiryState.JOINED)

    assert blank_enquiry(enquiry=enquiry, by=None).state == EnquiryState.JOINED


def test_blank_enquiry_blanks_the_mail_about_it_and_no_other():
    OfficerFactory()
    enquiry, other = send(), send(email="other@example.org")
    Message.objects.filter(to="rosa@example.org").update(state="sent", sent_at=timezone.now())

    blank_enquiry(enquiry=enquiry, by=None)

    about = Message.objects.filter(about_id=str(enquiry.pk))
    assert [(mail.to, mail.context) for mail in about] == [("nobody@erased.invalid", {})]
    assert Message.objects.filter(about_id=str(other.pk)).count() == 3
