"""HR's pages for messages, templates and several applications; the applicant's card; the lead's file."""

import csv
import io
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.actions import erase_person
from accounts.models import AuditEvent
from applications.actions import send_message
from applications.models import ApplicationMessage, BulkAction, MessageTemplate
from applications.placeholders import fill, fill_with_examples, validate_placeholders
from applications.states import ApplicationState as S
from applications.states import BulkState
from notifications.models import Message
from notifications.rendering import render
from notifications.states import MessageState
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.shortlisting import (
    in_shortlisting,
    panel_of,
    read_by_all,
    vacancy_with_criteria,
)
from tests.factories.vacancies import LiveVacancyFactory
from vacancies.actions import close_vacancy

pytestmark = pytest.mark.django_db
LIST = reverse("admin:applications_application_changelist")
TEMPLATES = reverse("admin:applications_messagetemplate_changelist")


@pytest.fixture
def officer(client):
    person = HRAdminFactory()
    client.force_login(person)
    return person


@pytest.fixture
def application():
    return SentApplicationFactory(full_name="Amina Yusuf", answers=False)


@pytest.fixture
def template():
    return MessageTemplate.objects.create(
        name="A week more", subject="{job_title}: a week more", words="Dear {first_name}, wait."
    )


def message_url(application):
    return reverse("admin:applications_message", args=[application.pk])


# --- Placeholders and templates --------------------------------------------------------------------


@pytest.mark.parametrize("text", ["{name}", "{first_name", "first_name}", "{}", "{{first_name}}"])
def test_words_in_brackets_that_we_do_not_know_are_refused(text):
    with pytest.raises(ValidationError):
        validate_placeholders(text)


def test_placeholders_are_filled_and_nothing_else_is_touched(application):
    text = "{first_name}, {reference}, {job_reference}, {job_title}: {unknown} 100% {0}"

    assert fill(text, application) == (
        f"Amina, {application.reference}, {application.vacancy.reference}, "
        f"{application.vacancy.title}: {{unknown}} 100% {{0}}"
    )
    assert fill_with_examples("Dear {first_name}") == "Dear Amina"


def test_a_name_with_brackets_in_it_is_filled_in_as_it_is(application):
    application.full_name = "{reference} <b>"

    assert fill("Dear {first_name}", application) == "Dear {reference}"


def test_hr_saves_a_template_and_sees_an_example(client, officer):
    given = {"name": "Thanks", "subject": "Thank you", "words": "Dear {first_name}, thank you."}

    client.post(reverse("admin:applications_messagetemplate_add"), given)

    saved = MessageTemplate.objects.get()
    page = client.get(reverse("admin:applications_messagetemplate_change", args=[saved.pk]))
    assert saved.made_by == officer
    assert page.content.decode().count("Dear Amina, thank you.") == 1


def test_a_template_with_an_unknown_word_is_not_saved(client, officer):
    given = {"name": "Thanks", "subject": "Thank you", "words": "Dear {firstname}"}

    page = client.post(reverse("admin:applications_messagetemplate_add"), given)

    assert MessageTemplate.objects.count() == 0
    assert page.content.decode().count("We do not know {firstname}.") == 1


def test_two_templates_in_use_have_two_names(client, officer, template):
    given = {"name": template.name, "subject": "Thank you", "words": "Thank you."}

    page = client.post(reverse("admin:applications_messagetemplate_add"), given)

    assert page.content.decode().count("has this name already") == 1
    assert MessageTemplate.objects.count() == 1


def test_a_retired_template_stays_readable_and_cannot_be_chosen(client, officer, template):
    asked = {"action": "retire", "_selected_action": [template.pk]}
    client.post(TEMPLATES, asked)
    client.post(TEMPLATES, asked)

    template.refresh_from_db()
    page = client.get(reverse("admin:applications_messagetemplate_change", args=[template.pk]))
    assert template.retired_by == officer
    assert (page.status_code, page.content.decode().count('name="_save"')) == (200, 0)
    assert list(MessageTemplate.objects.in_use()) == []
    assert AuditEvent.objects.filter(event="template_retired").count() == 1


# --- One message -----------------------------------------------------------------------------------


def test_hr_writes_to_an_applicant_from_a_template(client, officer, application, template):
    begun = client.post(message_url(application), {"template": template.pk, "use_template": "1"})
    form = begun.context["form"]
    assert form["words"].value() == "Dear Amina, wait."
    given = {
        "template": template.pk,
        "subject": form["subject"].value(),
        "words": form["words"].value(),
        "one_time_key": str(form["one_time_key"].value()),
    }

    for _ in range(3):
        client.post(message_url(application), given)

    sent = ApplicationMessage.objects.get()
    [letter] = Message.objects.with_what_delivery_needs()
    assert (sent.sent_by, sent.template) == (officer, template)
    assert render(letter).to == [application.applicant.email]
    assert render(letter).subject == (
        f"{application.vacancy.title}: a week more ({application.reference})"
    )
    assert render(letter).body.count("Dear Amina, wait.") == 1


def test_who_gave_no_address_is_to_be_rung(client, officer):
    silent = SentApplicationFactory(applicant__email="x@no-address.invalid", answers=False)

    page = client.get(message_url(silent)).content.decode()

    assert page.count("They gave no e-mail address: ring them.") == 1
    assert page.count("<textarea") == 0


def test_an_empty_message_is_not_sent(client, officer, application):
    page = client.post(message_url(application), {"one_time_key": uuid.uuid4()})

    assert sorted(page.context["form"].errors) == ["subject", "words"]
    assert Message.objects.count() == 0


def test_a_move_begins_with_the_words_of_a_template(client, officer, application, template):
    url = reverse("admin:applications_application_move", args=[application.pk])

    page = client.get(url, {"template": template.pk})
    nonsense = client.get(url, {"template": "1e9"})

    assert page.context["form"]["words"].value() == "Dear Amina, wait."
    assert nonsense.context["form"]["words"].value() is None


# --- What the applicant sees -----------------------------------------------------------------------


def write(application, subject="A week more"):
    return send_message(
        application=application,
        subject=subject,
        words="Please wait.\n<b>Soon</b>",
        one_time_key=uuid.uuid4(),
        by=HRAdminFactory(),
    )


def test_the_applicant_reads_messages_and_which_letters_went(client, application):
    write(application)
    mine = {"about_type": "applications.Application", "about_id": str(application.pk)}
    to = application.applicant.email
    sent = {"state": MessageState.SENT, "sent_at": application.submitted_at, "template": "x"}
    Message.objects.create(to=to, subject="We have your application", **mine, **sent)
    Message.objects.create(to=to, subject="Your code is 1234", is_secret=True, **mine, **sent)
    Message.objects.create(to="hr@example.org", subject="For HR alone", **mine, **sent)
    Message.objects.create(to=to, subject="Of another", **{**mine, "about_id": "0"}, **sent)
    client.force_login(application.applicant)

    page = client.get(application.get_absolute_url())

    text = page.content.decode()
    assert [subject for subject, _ in page.context["messages_to_me"]["letters"]] == [
        "We have your application"
    ]
    assert text.count("&lt;b&gt;Soon&lt;/b&gt;") == 1
    assert text.count("You cannot answer here.") == 1


def test_without_messages_there_is_no_card(client, application):
    client.force_login(application.applicant)

    assert client.get(application.get_absolute_url()).content.decode().count('id="messages"') == 0


def test_messages_go_with_a_person_who_is_erased(application):
    write(application)

    erase_person(person=application.applicant, by=HRAdminFactory())

    assert ApplicationMessage.objects.count() == 0
    assert "Please wait" not in str(list(Message.objects.values()))


# --- Several at once, on the pages of HR -----------------------------------------------------------


def choose(client, applications):
    keys = [row.pk for row in applications]
    asked = {"action": "several_at_once", "_selected_action": keys}
    return client.post(LIST, asked).url


def test_hr_turns_three_down_at_once_after_a_preview(client, officer):
    three = [SentApplicationFactory(answers=False) for _ in range(3)]
    own = SentApplicationFactory(applicant=officer, answers=False)
    url = choose(client, [*three, own])

    empty = client.post(url, {"what": "unsuccessful", "words": " "})
    preview = client.post(
        url, {"what": "unsuccessful", "words": "Others had done more."}, follow=True
    )
    assert list(empty.context["form"].errors) == ["words"]
    counts = [preview.context[name] for name in ("done", "letters", "left_out")]
    assert counts == [3, 3, 1]
    assert preview.context["page"][0]["why"] == "It is your own application."
    assert Message.objects.count() == 0
    confirm = {"one_time_key": preview.context["bulk"].one_time_key, "confirmed": "1"}

    for _ in range(2):
        result = client.post(url, confirm, follow=True)

    assert result.context["counts"] == {"done": 3, "left_out": 1, "waiting": 0, "failed": 0}
    assert BulkAction.objects.get().state == BulkState.DONE
    assert Message.objects.count() == 3
    assert [row.moves.last().words for row in three] == ["Others had done more."] * 3


def test_a_big_one_is_left_to_a_worker_and_shows_how_far_it_is(client, officer, settings):
    settings.BULK_AT_ONCE = 1
    url = choose(client, [SentApplicationFactory(answers=False) for _ in range(2)])
    preview = client.post(url, {"what": "shortlisting"}, follow=True)

    key = preview.context["bulk"].one_time_key
    result = client.post(url, {"one_time_key": key, "confirmed": "1"}, follow=True)

    page = result.content.decode()
    assert page.count("0 of 2 dealt with") == 1
    assert page.count('data-reload-after="4"') == 1


def test_an_old_preview_does_nothing(client, officer, application):
    url = choose(client, [application])
    client.post(url, {"what": "shortlisting"})

    result = client.post(url, {"one_time_key": "no key", "confirmed": "1"}, follow=True)

    assert [str(message) for message in result.context["messages"]] == [
        "This preview was not the latest, so nothing was done. Look at it once more."
    ]
    assert application.moves.count() == 1


def test_a_template_fills_the_form_and_its_placeholders_are_kept(
    client, officer, application, template
):
    url = choose(client, [application])

    page = client.post(url, {"what": "message", "template": template.pk, "use_template": "1"})

    form = page.context["form"]
    assert (form["what"].value(), form["words"].value()) == ("message", template.words)
    assert form.errors == {}


def test_a_colleague_sees_that_it_is_being_prepared_and_cannot_confirm(
    client, officer, application
):
    url = choose(client, [application])
    client.post(url, {"what": "shortlisting"})
    key = BulkAction.objects.get().one_time_key
    client.force_login(HRAdminFactory())

    client.post(url, {"one_time_key": key, "confirmed": "1"})

    assert client.get(url).content.decode().count("is still preparing this") == 1
    assert application.moves.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_has_a_fixed_number_of_queries(
    client, officer, django_assert_num_queries, count
):
    url = choose(client, [SentApplicationFactory(answers=False) for _ in range(count)])
    client.post(url, {"what": "shortlisting"})

    with django_assert_num_queries(5):
        client.get(url, {"preview": "1"})


def test_too_many_are_refused_in_words(client, officer, settings):
    settings.BULK_MOST_APPLICATIONS = 1
    keys = [SentApplicationFactory(answers=False).pk for _ in range(2)]

    page = client.post(LIST, {"action": "several_at_once", "_selected_action": keys}, follow=True)

    assert [str(message) for message in page.context["messages"]] == [
        "Nothing was done: choose 1 applications at most."
    ]


# --- The lead's table as a file --------------------------------------------------------------------


@pytest.fixture
def scored():
    vacancy = vacancy_with_criteria()
    vacancy.criteria.filter(position=0).update(text="=HYPERLINK(1)")
    members = panel_of(vacancy)
    found = in_shortlisting(vacancy, full_name="Zebedine Quillfeather")
    return vacancy, members, found


def table_url(vacancy):
    return reverse("applications:panel-table-download", args=[vacancy.reference])


def test_the_lead_takes_the_points_away_by_codes(client, scored):
    vacancy, members, found = scored
    read_by_all(found, members)
    client.force_login(members[0].person)

    response = client.get(table_url(vacancy))

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    [headings, row] = csv.reader(io.StringIO(text))
    assert headings[:4] == ["Rank", "Application", "Points", "Essentials met"]
    assert "'=HYPERLINK(1)" in headings
    assert row == ["1", found.code, "6.0", "yes", "3.0", "3.0", ""]
    assert AuditEvent.objects.get(event="scores_exported").facts == {"number": 1}


def test_nobody_else_takes_the_points_away(client, scored):
    vacancy, members, found = scored
    read_by_all(found, members)

    for person in (members[1].person, UserFactory(), HRAdminFactory()):
        client.force_login(person)
        assert client.get(table_url(vacancy)).status_code == 404
    assert AuditEvent.objects.filter(event="scores_exported").count() == 0


def test_before_everybody_has_scored_there_is_no_file(client, scored):
    vacancy, members, _ = scored
    client.force_login(members[0].person)

    response = client.get(table_url(vacancy))

    assert response.url == reverse("applications:panel-table", args=[vacancy.reference])
    assert S.SHORTLISTING == vacancy.applications.get().state


def test_the_closing_date_of_a_letter_is_the_day_on_which_the_job_did_close():
    vacancy = LiveVacancyFactory(closes_on=timezone.localdate() + timedelta(days=20))
    application = SentApplicationFactory(vacancy=vacancy)
    planned = fill("{closing_date}", application)

    close_vacancy(vacancy=vacancy, by=HRAdminFactory(), reason="Enough have applied.")
    application.refresh_from_db()

    days = [vacancy.closes_on, timezone.localdate()]
    assert [planned, fill("{closing_date}", application)] == [
        f"{day.day} {day:%B %Y}" for day in days
    ]
