from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import erase_person
from accounts.registries import attention
from notifications.models import Message
from returners.attention import enquiries_that_wait
from returners.invariants import no_enquiry_is_kept_past_its_end_date
from returners.states import EnquiryState
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.returners import EnquiryFactory, OfficerFactory

pytestmark = pytest.mark.django_db

LIST = reverse("admin:returners_enquiry_changelist")


def change(enquiry):
    return reverse("admin:returners_enquiry_change", args=[enquiry.pk])


def shown(page):
    return {enquiry.pk for enquiry in page.context["cl"].result_list}


@pytest.fixture
def officer(client):
    officer = OfficerFactory(full_name="Helen Marsh")
    client.force_login(officer)
    return officer


def test_an_officer_sees_their_own_enquiries(client, officer):
    mine = EnquiryFactory(officer=officer)
    EnquiryFactory()

    assert shown(client.get(LIST, {"officer": "mine"})) == {mine.pk}


def test_the_list_is_filtered_by_state_officer_and_who_has_nobody(client, officer):
    ready = EnquiryFactory(officer=officer, state=EnquiryState.READY)
    new = EnquiryFactory(officer=None, state=EnquiryState.NEW)
    left = EnquiryFactory(officer=UserFactory())
    EnquiryFactory(officer=None, state=EnquiryState.CLOSED)

    assert shown(client.get(LIST, {"state__exact": "ready"})) == {ready.pk}
    assert shown(client.get(LIST, {"officer": officer.pk})) == {ready.pk}
    assert shown(client.get(LIST, {"officer": "nobody"})) == {new.pk, left.pk}


@pytest.mark.parametrize("number", ["²", "9" * 5000])
def test_an_officer_who_is_no_number_filters_nothing(client, officer, number):
    mine = EnquiryFactory(officer=officer)

    assert shown(client.get(LIST, {"officer": number})) == {mine.pk}


def test_an_officer_moves_an_enquiry_along(client, officer):
    enquiry = EnquiryFactory(officer=officer)

    client.post(change(enquiry), {"officer": officer.pk, "state": "in_touch"})

    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.IN_TOUCH


def test_an_officer_cannot_skip_steps(client, officer):
    enquiry = EnquiryFactory(officer=officer)

    page = client.post(change(enquiry), {"officer": officer.pk, "state": "joined"})

    enquiry.refresh_from_db()
    assert page.status_code == 200
    assert enquiry.state == EnquiryState.ASSIGNED


def test_hr_hands_an_enquiry_over(client):
    client.force_login(HRAdminFactory())
    enquiry, other = EnquiryFactory(), OfficerFactory()

    client.post(change(enquiry), {"officer": other.pk, "state": "assigned"})

    enquiry.refresh_from_db()
    assert enquiry.officer == other
    assert Message.objects.count() == 2


def test_hr_assigns_a_new_enquiry_and_moves_it_along_in_one_go(client):
    client.force_login(HRAdminFactory())
    enquiry, officer = EnquiryFactory(officer=None, state=EnquiryState.NEW), OfficerFactory()

    client.post(change(enquiry), {"officer": officer.pk, "state": "assigned"})

    enquiry.refresh_from_db()
    assert (enquiry.officer, enquiry.state) == (officer, EnquiryState.ASSIGNED)


def test_a_closed_enquiry_can_only_be_read(client, officer):
    enquiry = EnquiryFactory(officer=officer, state=EnquiryState.CLOSED)

    page = client.post(change(enquiry), {"officer": officer.pk, "state": "in_touch"})

    assert page.status_code == 403


def test_a_job_seeker_does_not_get_in(client):
    client.force_login(UserFactory())

    assert client.get(LIST).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    client, officer, count, django_assert_num_queries
):
    EnquiryFactory.create_batch(count, officer=officer)
    client.get(LIST)

    with django_assert_num_queries(9):
        page = client.get(LIST)

    assert page.context["cl"].result_count == count


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "return-to-social-work enquiry is due an answer"),
        (2, "return-to-social-work enquiries are due an answer"),
    ],
)
def test_attention_counts_in_good_grammar(count, words):
    EnquiryFactory.create_batch(count, created_at=timezone.now() - timedelta(days=30))

    due = enquiries_that_wait(HRAdminFactory())[1]

    assert (due.count, due.text) == (count, words)


def test_attention_counts_enquiries_without_officer_and_those_due_an_answer():
    EnquiryFactory(officer=None, state=EnquiryState.NEW)
    EnquiryFactory(created_at=timezone.now() - timedelta(days=6))
    EnquiryFactory()

    assert [item.count for item in enquiries_that_wait(HRAdminFactory())] == [1, 1]
    assert enquiries_that_wait(UserFactory()) == []
    assert enquiries_that_wait in attention


def test_an_enquiry_kept_too_long_breaks_an_invariant():
    kept = EnquiryFactory(keep_until=date(2020, 1, 1))

    assert list(no_enquiry_is_kept_past_its_end_date()) == [
        f"Enquiry {kept.reference} should have been blanked after 2020-01-01."
    ]


def test_erasing_a_person_blanks_their_enquiries():
    person = UserFactory(email="rosa@example.org")
    theirs, other = EnquiryFactory(email="rosa@example.org"), EnquiryFactory()

    erase_person(person=person, by=HRAdminFactory())

    theirs.refresh_from_db()
    other.refresh_from_db()
    assert (theirs.full_name, other.full_name) == ("", "Rosa Tamsin")
