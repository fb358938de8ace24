import pytest
from django.urls import reverse

from applications.models import Application
from applications.states import ApplicationState
from notifications.models import Message
from tests.applications.test_actions import example
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import (
    ApplicationFactory,
    DocumentFactory,
    SentApplicationFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("admin:applications_application_changelist")


def change_url(application):
    return reverse("admin:applications_application_change", args=[application.pk])


def move_url(application):
    return reverse("admin:applications_application_move", args=[application.pk])


def found(response):
    return sorted(response.context["cl"].result_list, key=lambda application: application.pk)


@pytest.fixture
def officer(client):
    person = HRAdminFactory()
    client.force_login(person)
    return person


def test_the_list_shows_what_was_sent_and_no_draft(client, officer):
    ApplicationFactory()
    sent = SentApplicationFactory()

    assert found(client.get(LIST)) == [sent]


def test_the_list_is_filtered_by_state_and_vacancy_and_searched_by_reference(client, officer):
    interview = SentApplicationFactory(state=ApplicationState.INTERVIEW)
    new = SentApplicationFactory()

    assert found(client.get(LIST, {"state__exact": "submitted"})) == [new]
    assert found(client.get(LIST, {"vacancy__id__exact": interview.vacancy.pk})) == [interview]
    assert found(client.get(LIST, {"q": new.reference})) == [new]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_query_count(client, officer, django_assert_num_queries, count):
    SentApplicationFactory.create_batch(count)

    with django_assert_num_queries(6):
        response = client.get(LIST)

    assert len(found(response)) == count


def test_the_page_is_to_read_and_leads_to_the_cv(client, officer):
    application = SentApplicationFactory()
    cv = DocumentFactory(application=application)
    download = reverse("applications:document-download", args=[application.reference, cv.pk])

    page = client.get(change_url(application)).content.decode()

    assert page.count(download) == 1
    assert page.count("I have worked with families for six years.") == 1
    assert page.count('name="_save"') == 0
    assert page.count(": Received, by ") == 1
    assert page.count(move_url(application)) == 1


def test_posting_to_the_page_changes_nothing(client, officer):
    application = SentApplicationFactory()

    response = client.post(change_url(application), {"state": "hired", "full_name": "Mine."})

    assert response.status_code == 403
    application.refresh_from_db()
    assert (application.state, example(application)[:6]) == ("submitted", "I have")
    assert application.full_name == application.applicant.full_name


def test_a_draft_is_not_found(client, officer):
    draft = ApplicationFactory()

    assert client.get(move_url(draft)).status_code == 404
    assert client.get(change_url(draft)).url == reverse("admin:index")


def test_moving_along_tells_the_applicant(client, officer):
    application = SentApplicationFactory()

    response = client.post(
        move_url(application), {"to_state": "shortlisting", "words": "Thank you."}, follow=True
    )

    application.refresh_from_db()
    told = f"Application {application} moved to being considered. The applicant has been told."
    assert application.state == ApplicationState.SHORTLISTING
    assert application.moves.last().moved_by == officer
    assert [str(message) for message in response.context["messages"]] == [told]
    assert list(Message.objects.values_list("to", flat=True)) == [application.applicant.email]


def test_somebody_without_an_address_is_to_be_rung(client, officer):
    application = SentApplicationFactory(
        applicant__email="nobody@no-address.invalid",
        full_name="Ida Ringwood",
        phone="01632 960 300",
    )
    assert not application.applicant.can_be_written_to

    asked = client.get(move_url(application)).content.decode()
    response = client.post(move_url(application), {"to_state": "shortlisting"}, follow=True)

    [message] = response.context["messages"]
    assert "ring them on 01632 960 300" in asked
    assert "told by e-mail" not in asked
    assert str(message) == (
        f"Application {application} moved to being considered. "
        "Please ring Ida Ringwood on 01632 960 300 and tell them."
    )
    assert Message.objects.count() == 0


def test_moving_offers_only_what_the_table_allows(client, officer):
    application = SentApplicationFactory(state=ApplicationState.INTERVIEW)

    form = client.get(move_url(application)).context["form"]
    refused = client.post(move_url(application), {"to_state": "hired"})

    assert [value for value, _ in form.fields["to_state"].choices] == ["unsuccessful"]
    assert refused.context["form"].errors == {"to_state": ["Choose one of the answers listed"]}


def test_turning_down_without_a_sentence_is_answered_beside_the_box(client, officer):
    application = SentApplicationFactory(state=ApplicationState.SHORTLISTING)

    refused = client.post(move_url(application), {"to_state": "unsuccessful", "words": " "})

    assert refused.context["form"].errors == {
        "words": ["Write one sentence that the applicant reads."]
    }
    application.refresh_from_db()
    assert application.state == ApplicationState.SHORTLISTING


def test_moving_what_has_ended_says_so(client, officer):
    application = SentApplicationFactory(state=ApplicationState.WITHDRAWN)

    page = client.get(move_url(application)).content.decode()

    assert page.count("This application has come to its end and cannot be moved.") == 1


def test_moving_ones_own_application_is_refused_in_words(client, officer):
    application = SentApplicationFactory(applicant=officer)

    response = client.post(move_url(application), {"to_state": "shortlisting"}, follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "You cannot move this application."
    ]


def test_several_are_taken_up_at_once_and_the_others_left_alone(client, officer):
    new = SentApplicationFactory.create_batch(2)
    late = SentApplicationFactory(state=ApplicationState.INTERVIEW)

    client.post(
        LIST,
        {
            "action": "start_considering",
            "_selected_action": [application.pk for application in [*new, late]],
        },
    )

    states = list(Application.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["shortlisting", "shortlisting", "interview"]
    assert Message.objects.count() == 2


@pytest.mark.parametrize("roles", [[], ["hiring_manager"], ["workforce_development_officer"]])
def test_others_have_no_way_in(client, roles):
    application = SentApplicationFactory()
    client.force_login(UserFactory(roles=roles))

    for url in (LIST, change_url(application), move_url(application)):
        assert client.get(url).status_code in (302, 403, 404)
    client.post(move_url(application), {"to_state": "shortlisting"})

    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED


def test_searching_for_nonsense_is_answered(client, officer):
    SentApplicationFactory()

    assert client.get(LIST, {"q": "\x00"}).status_code == 200
    assert found(client.get(LIST, {"q": "'; --"})) == []
