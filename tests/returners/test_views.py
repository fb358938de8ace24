import uuid
from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from notifications.models import Message
from notifications.rendering import render
from returners.forms import EnquiryForm
from returners.models import Enquiry
from tests.factories.accounts import UserFactory
from tests.factories.returners import EnquiryFactory, OfficerFactory, RestorationRuleFactory

pytestmark = pytest.mark.django_db

FORM = reverse("returners:enquiry-create")
SENT = reverse("returners:enquiry-sent")


@pytest.fixture
def answers():
    # An address of its own for each test, so that no test meets another's limit.
    return {
        "full_name": "Rosa Tamsin",
        "email": f"rosa.{uuid.uuid4().hex}@example.org",
        "phone": "01632 960123",
        "lives_in": "Romsey",
        "registration_status": "was_registered",
        "left_register_in": "2019",
        "message": "",
        "agree": "on",
        "one_time_key": str(uuid.uuid4()),
    }


@pytest.fixture(autouse=True)
def _own_address(client):
    client.defaults["REMOTE_ADDR"] = f"10.{uuid.uuid4().int % 250}.{uuid.uuid4().int % 250}.7"


@pytest.mark.parametrize("count", [1, 3])
def test_scheme_shows_the_rules_in_force_in_one_query(client, count, django_assert_num_queries):
    for years in range(count):
        RestorationRuleFactory(years_from=years, years_to=years + 1)
    RestorationRuleFactory(years_from=9, years_to=None, ends_on=date(2020, 1, 1))

    with django_assert_num_queries(1):
        page = client.get(reverse("returners:scheme"))

    assert [rule.years_from for rule in page.context["rules"]] == list(range(count))


def test_a_visitor_sends_an_enquiry_and_reads_what_happens_next(client, answers):
    officer = OfficerFactory(full_name="Helen Marsh")

    with time_machine.travel("2026-03-02 10:00"):
        page = client.post(FORM, answers, follow=True)

    enquiry = Enquiry.objects.get()
    assert page.redirect_chain == [(SENT, 302)]
    assert (enquiry.officer, enquiry.left_register_in) == (officer, 2019)
    words = " ".join(page.content.decode().split())
    assert f"Your reference is<br><strong>{enquiry.reference}</strong>" in words
    assert "Helen Marsh, one of our workforce development officers, will get in touch" in words
    assert "by Monday 9 March 2026" in words


def test_pressing_send_twice_sends_once(client, answers):
    OfficerFactory()

    client.post(FORM, answers)
    client.post(FORM, answers)

    assert (Enquiry.objects.count(), Message.objects.count()) == (1, 3)


def test_the_form_asks_again_kindly_and_keeps_what_was_typed(client):
    page = client.post(FORM, {"full_name": "Rosa", "phone": "ring me"})

    assert page.status_code == 200
    assert page.context["form"].errors == {
        "email": ["Enter your e-mail address"],
        "phone": ["Enter a phone number, like 01632 960 123"],
        "lives_in": ["Enter the town or village where you live"],
        "registration_status": ["Choose the answer that is nearest"],
        "agree": ["Tick the box so that we may answer you"],
    }
    assert 'value="Rosa"' in page.content.decode()


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        (
            "full_name",
            "Win at www.example.com",
            "Enter your name with letters only, without numbers or links",
        ),
        (
            "left_register_in",
            "2999",
            "Enter a year in the past with 4 numbers, for example 2019",
        ),
        ("left_register_in", "long ago", "Enter a year with 4 numbers, for example 2019"),
        ("email", "rosa", "Enter an e-mail address, like name@example.org"),
    ],
)
def test_the_form_refuses(answers, name, typed, message):
    assert EnquiryForm(answers | {name: typed}).errors == {name: [message]}


def test_the_year_is_forgotten_when_the_question_was_folded_away(answers):
    form = EnquiryForm(answers | {"registration_status": "registered", "left_register_in": "x"})

    assert form.is_valid()
    assert form.cleaned_data["left_register_in"] is None


def test_one_mailbox_may_ask_three_times_an_hour(client, answers):
    cache.set("asked", 1)
    assert cache.get("asked") == 1, "this test needs the cache"

    pages = [client.post(FORM, answers | {"one_time_key": str(uuid.uuid4())}) for _ in range(4)]

    assert [page.status_code for page in pages] == [302, 302, 302, 429]
    assert Enquiry.objects.count() == 3
    form = pages[-1].context["form"]
    assert form["lives_in"].value() == "Romsey"
    assert form.non_field_errors() == [
        "You have sent us several enquiries already. We have them. "
        "Please try again in an hour, or write to careers@example.org"
    ]
    assert form.non_field_errors()[0] in pages[-1].content.decode()


def test_a_person_signed_in_need_not_type_their_name_again(client):
    client.force_login(UserFactory(full_name="Rosa Tamsin", email="rosa@example.org"))

    form = client.get(FORM).context["form"]

    assert (form["full_name"].value(), form["email"].value()) == ("Rosa Tamsin", "rosa@example.org")


def test_the_page_after_sending_tells_a_stranger_nothing_of_others(client):
    EnquiryFactory(full_name="Canary Wren")

    words = client.get(SENT).content.decode()

    assert "What happens after you send an enquiry" in words
    assert "Canary" not in words


def test_the_mail_renders_with_its_facts(client, answers):
    OfficerFactory(full_name="Helen Marsh", email="helen@example.org")
    with time_machine.travel("2026-03-02 10:00", tick=False):
        client.post(FORM, answers | {"message": "I <b>loved</b> it."})
    enquiry = Enquiry.objects.get()

    mails = {message.to: render(message) for message in Message.objects.with_what_delivery_needs()}

    assert {mail.subject for mail in mails.values()} == {
        f"Return to social work: new enquiry {enquiry.reference}",
        f"Yours to answer by Monday 9 March 2026: enquiry {enquiry.reference}",
        f"We have your enquiry about returning to social work ({enquiry.reference})",
    }
    to_officer = mails["helen@example.org"]
    assert "I <b>loved</b> it." in to_officer.body
    assert "I &lt;b&gt;loved&lt;/b&gt; it." in to_officer.alternatives[0].content
