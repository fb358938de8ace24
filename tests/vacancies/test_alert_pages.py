"""From asking for an alert to deleting it, through the pages and the links in the mails."""

import json
import uuid
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from notifications.delivery import deliver_due_messages
from notifications.models import Message
from organisation.models import Place
from tests.factories.accounts import UserFactory
from tests.factories.alerts import (
    AlertFactory,
    AwaitingAlertFactory,
    SubscriberFactory,
    search_for,
)
from tests.factories.organisation import RoleFactory
from tests.factories.vacancies import LiveVacancyFactory
from tests.notifications.mail_server import MailServer
from vacancies import alert_links
from vacancies.actions import delete_subscriber, end_alert, run_alerts
from vacancies.models import Alert, Subscriber
from vacancies.states import AlertState

pytestmark = pytest.mark.django_db
NEW = reverse("vacancies:alert-create")
ALERTS = reverse("vacancies:alerts")
CHECK = reverse("vacancies:alert-check-email")


@pytest.fixture(autouse=True)
def _limits_of_its_own(client, settings):
    client.defaults["REMOTE_ADDR"] = f"10.{uuid.uuid4().int % 250}.{uuid.uuid4().int % 250}.9"


def ask(client, search="q=social+worker", **answers):
    given = {
        "email": "Kit@Example.org",
        "frequency": "daily",
        "one_time_key": str(uuid.uuid4()),
    }
    return client.post(f"{NEW}?{search}", given | answers)


def letters():
    """The contexts of all messages, oldest first."""
    return [json.loads(message.secret_context) for message in Message.objects.order_by("pk")]


def manage(subscriber):
    token = alert_links.token_for(alert_links.MANAGE, subscriber)
    return reverse("vacancies:alert-manage", args=[token])


def change(alert):
    token = alert_links.token_for(alert_links.MANAGE, alert.subscriber)
    return reverse("vacancies:alert-change", args=[token, alert.pk])


def stop(subscriber):
    token = alert_links.token_for(alert_links.STOP, subscriber)
    return reverse("vacancies:alert-stop", args=[token])


def states():
    return list(Alert.objects.order_by("pk").values_list("state", flat=True))


def only_alert():
    return Alert.objects.defer("words_query").get()


def test_a_search_becomes_an_alert_once_its_owner_has_confirmed(client):
    page = client.get(
        f"{NEW}?q=social+worker&contract=permanent&sort=newest&closing_soon=on&page=3"
    )
    assert page.context["search"].in_words == "“social worker”, Permanent"

    answer = ask(client, "q=social+worker&contract=permanent&sort=newest&closing_soon=on&page=3")

    assert (answer.status_code, answer.url) == (302, CHECK)
    assert "Kit@Example.org" in client.get(CHECK).content.decode()
    alert = only_alert()
    assert (alert.subscriber.email, alert.state) == ("kit@example.org", "awaiting_confirmation")
    assert alert.search == "q=social+worker&contract=permanent"
    [letter] = letters()
    page = client.get(letter["confirm_path"])
    assert "“social worker”, Permanent" in page.content.decode()
    assert states() == [AlertState.AWAITING_CONFIRMATION]  # Opening the link changes nothing.

    page = client.post(letter["confirm_path"], follow=True)

    assert states() == [AlertState.ACTIVE]
    assert "Your alert is on" in page.content.decode()
    assert page.redirect_chain == [(manage(alert.subscriber), 302)]


def test_confirming_twice_is_confirming_once(client):
    ask(client)
    [letter] = letters()

    asked = client.get(letter["confirm_path"]).content.decode()
    for _ in range(2):
        page = client.post(letter["confirm_path"], follow=True)
    again = client.get(letter["confirm_path"]).content.decode()

    assert page.status_code == 200
    assert ("turn this alert on" in asked, "This alert is on" in asked) == (True, False)
    assert ("turn this alert on" in again, "This alert is on" in again) == (False, True)
    assert states() == [AlertState.ACTIVE]


def test_every_filter_of_the_search_is_kept(client):
    Place.objects.create(name="Alton", latitude=51.1, longitude=-0.97, district="East")
    RoleFactory(name="Mentor", slug="mentor")
    search = (
        "q=care&place=alton&radius=20&family=social_work&role=mentor&contract=permanent"
        "&pattern=full_time&pattern=hybrid&salary_min=35%2C000&newly_qualified=on"
        "&registration=not_needed&driving=not_essential&sponsorship=on"
    )

    ask(client, search)

    alert = only_alert()
    assert alert.in_words == (
        "“care”, Within 20 miles of Alton, Mentor, Social work, Permanent, Full time, "
        "Some days at home, From £35,000, Newly qualified welcome, No registration needed, "
        "You need not drive, Visa sponsorship possible"
    )
    assert (alert.words, alert.latitude, alert.radius, alert.role) == ("care", 51.1, 20, "mentor")
    assert (alert.patterns, alert.salary_min) == (["full_time", "hybrid"], 35_000)
    assert (alert.needs_registration, alert.must_drive, alert.sponsorship) == (False, False, True)


def test_an_alert_for_a_place_we_do_not_know_cannot_be_asked_for(client):
    Place.objects.create(name="Fareham", latitude=50.9, longitude=-1.18, district="Fareham")
    unlike = ask(client, "place=Atlantis").content.decode()
    page = ask(client, "q=care&place=Farehm").content.decode()

    assert "We do not know that place" in unlike
    assert "Did you mean" not in unlike
    assert '<a class="govuk-link" href="?q=care&amp;place=Fareham">Fareham</a>' in page
    assert Subscriber.objects.count() == 0


def test_pressing_the_button_twice_sends_one_mail(client):
    key = str(uuid.uuid4())

    for _ in range(2):
        ask(client, one_time_key=key)

    assert (len(states()), Message.objects.count()) == (1, 1)


def test_asking_again_sends_the_mail_again(client):
    ask(client)
    ask(client)

    assert len(states()) == 1
    assert letters()[0]["confirm_path"] == letters()[1]["confirm_path"]


def test_the_form_asks_again_kindly(client):
    page = client.post(f"{NEW}?q=care", {"email": "kit"})

    assert page.context["form"].errors == {
        "email": ["Enter an e-mail address, like name@example.org"],
        "frequency": ["Choose how often we write"],
    }
    assert Message.objects.count() == 0


def test_the_page_says_the_same_whoever_has_alerts(client, settings):
    settings.ALERTS_PER_MAILBOX = 2
    has = AlertFactory(finds=search_for(words="social worker"))
    full = AlertFactory(finds=search_for(words="manager"))
    AlertFactory(subscriber=full.subscriber, finds=search_for(words="care"))
    answers = set()
    for email in ("new@example.org", has.subscriber.email, full.subscriber.email):
        answer = ask(client, email=email)
        page = client.get(answer.url).content.decode().replace(email, "EMAIL")
        answers.add((answer.status_code, answer.url, page))

    assert len(answers) == 1
    assert list(Message.objects.order_by("pk").values_list("template", flat=True)) == [
        "vacancies/emails/confirm_alert",
        "vacancies/emails/alert_is_there_already",
        "vacancies/emails/too_many_alerts",
    ]


def test_the_link_to_the_alerts_goes_only_to_mailboxes_that_have_some(client):
    subscriber = AlertFactory().subscriber
    pages = set()
    for email in (subscriber.email.upper(), "nobody@example.org"):
        answer = client.post(ALERTS, {"email": email, "one_time_key": str(uuid.uuid4())})
        pages.add(client.get(answer.url).content.decode().replace(email, "EMAIL"))

    assert len(pages) == 1
    [letter] = letters()
    assert letter["manage_path"] == manage(subscriber)


@pytest.mark.parametrize(("limit", "emails"), [("2/h/key", ["a"] * 3), ("2/h/ip", ["a", "b", "c"])])
def test_asking_is_limited_for_a_mailbox_and_for_a_network_address(client, settings, limit, emails):
    settings.RATE_LIMITS = {"vacancy_alert": limit}
    cache.clear()

    pages = [ask(client, email=f"{email}{limit[4:]}@example.org") for email in emails]

    assert [page.status_code for page in pages] == [302, 302, 429]
    assert "asked for several of these already" in pages[2].content.decode()
    assert Message.objects.count() == 2


def test_a_signed_in_person_need_not_type_their_address(client):
    user = UserFactory()
    client.force_login(user)

    page = client.get(f"{NEW}?q=care")

    assert page.context["form"]["email"].value() == user.email


def test_an_alert_is_changed_through_its_link(client):
    alert = AlertFactory(finds=search_for("“care”", words="care"))
    page = client.get(change(alert))
    assert page.context["form"]["q"].value() == "care"

    page = client.post(change(alert), {"q": "manager", "frequency": "weekly"}, follow=True)

    alert = only_alert()
    assert (alert.search, alert.in_words, alert.frequency) == ("q=manager", "“manager”", "weekly")
    assert alert.words == "manager"
    assert "This search finds 0 vacancies today" in page.content.decode()


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Farehm", "We do not know a place called “Farehm”. Did you mean Fareham?"),
        ("Atlantis", "We do not know a place called “Atlantis”"),
    ],
)
def test_changing_an_alert_to_a_place_we_do_not_know_asks_what_was_meant(client, place, said):
    Place.objects.create(name="Fareham", latitude=50.9, longitude=-1.18, district="Fareham")
    alert = AlertFactory(finds=search_for("“care”", words="care"))

    page = client.post(change(alert), {"place": place, "radius": "10", "frequency": "daily"})

    assert page.context["form"].errors == {"place": [said]}
    assert only_alert().in_words == "“care”"


def test_two_alerts_for_the_same_search_cannot_be_made_by_changing_one(client):
    alert = AlertFactory(finds=search_for(words="care"))
    AlertFactory(subscriber=alert.subscriber, finds=search_for(words="manager"))

    page = client.post(change(alert), {"q": "manager", "frequency": "daily"})

    assert "You have another alert for this search" in page.content.decode()
    assert sorted(Alert.objects.values_list("search", flat=True)) == ["q=care", "q=manager"]


def test_one_alert_is_stopped_and_the_others_go_on(client):
    alert = AlertFactory(finds=search_for("“care”", words="care"))
    AlertFactory(subscriber=alert.subscriber, finds=search_for("“manager”", words="manager"))
    token = alert_links.token_for(alert_links.MANAGE, alert.subscriber)

    page = client.post(reverse("vacancies:alert-end", args=[token, alert.pk]), follow=True)

    assert states() == [AlertState.ENDED, AlertState.ACTIVE]
    assert [a.in_words for a in page.context["alerts"]] == ["“manager”"]


def test_a_link_opens_nobody_elses_alert(client):
    mine, other = AlertFactory(), AlertFactory()
    token = alert_links.token_for(alert_links.MANAGE, mine.subscriber)

    for name in ("alert-change", "alert-end"):
        answer = client.post(reverse(f"vacancies:{name}", args=[token, other.pk]), {})
        assert answer.status_code == 404
    assert states() == [AlertState.ACTIVE, AlertState.ACTIVE]


def test_one_click_stops_all_alerts_without_a_cookie_or_a_login(client):
    alert = AlertFactory(finds=search_for(words="care"))
    AlertFactory(subscriber=alert.subscriber, finds=search_for(words="manager"))
    client.handler.enforce_csrf_checks = True
    page = client.get(stop(alert.subscriber))
    assert "Stop all these alerts" in page.content.decode()
    assert states() == [AlertState.ACTIVE] * 2  # Opening the link changes nothing.

    answer = client.post(stop(alert.subscriber), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert states() == [AlertState.ENDED] * 2
    again = client.post(stop(alert.subscriber), {"List-Unsubscribe": "One-Click"})
    assert "Your job alerts are stopped" in again.content.decode()


def test_other_buttons_need_the_cookie_of_their_page(client):
    alert = AwaitingAlertFactory()
    client.handler.enforce_csrf_checks = True
    token = alert_links.confirmation_token(alert)

    answer = client.post(reverse("vacancies:alert-confirm", args=[token]))

    assert answer.status_code == 403
    assert states() == [AlertState.AWAITING_CONFIRMATION]


def test_everything_of_a_mailbox_is_deleted_with_its_mails(client):
    alert = AlertFactory()
    LiveVacancyFactory()
    run_alerts(now=timezone.now())
    token = alert_links.token_for(alert_links.MANAGE, alert.subscriber)
    address = reverse("vacancies:alerts-delete", args=[token])
    assert client.get(address).status_code == 200
    assert Subscriber.objects.count() == 1

    page = client.post(address, follow=True)

    assert page.redirect_chain == [(ALERTS, 302)]
    assert (Subscriber.objects.count(), Alert.objects.count()) == (0, 0)
    assert Message.objects.filter(to__contains="seeker").count() == 0


@pytest.mark.parametrize("purpose", [alert_links.MANAGE, alert_links.STOP, alert_links.KEEP])
def test_a_link_is_for_one_thing_one_mailbox_and_one_key(purpose):
    subscriber, other = SubscriberFactory(), SubscriberFactory()
    token = alert_links.token_for(purpose, subscriber)
    key, _, signature = token.partition(".")

    assert alert_links.subscriber_of(purpose, token) == subscriber
    for others in {alert_links.MANAGE, alert_links.STOP, alert_links.KEEP} - {purpose}:
        assert alert_links.subscriber_of(others, token) is None
    for spoiled in (
        f"{other.pk}.{signature}",
        f"{key}.{signature[:-1]}",
        f"0{key}.{signature}",
        key,
        "",
        f"{'9' * 30}.{signature}",
        f"x.{signature}",
        f"{key}\x00.{signature}",
        f"²{key}.{signature}",
    ):
        assert alert_links.subscriber_of(purpose, spoiled) is None
    subscriber.link_key = "another"
    subscriber.save(update_fields=["link_key"])
    assert alert_links.subscriber_of(purpose, token) is None


def test_links_of_what_is_gone_say_so_and_change_nothing(client):
    alert = AwaitingAlertFactory()
    subscriber = alert.subscriber
    confirm = reverse("vacancies:alert-confirm", args=[alert_links.confirmation_token(alert)])
    end_alert(alert=alert)

    assert client.post(confirm).status_code == 404
    assert states() == [AlertState.ENDED]
    links = [manage(subscriber), stop(subscriber), confirm]
    delete_subscriber(subscriber=subscriber)
    for link in links:
        page = client.get(link)
        assert page.status_code == 404
        assert "This link no longer works" in page.content.decode()


def test_pages_behind_links_are_kept_by_nobody(client):
    alert = AlertFactory()

    for link in (manage(alert.subscriber), stop(alert.subscriber), change(alert)):
        page = client.get(link)
        assert "no-store" in page["Cache-Control"]
        assert '<meta name="robots" content="noindex">' in page.content.decode()


def test_the_mail_of_new_vacancies_lets_mail_programs_unsubscribe(client, settings):
    alert = AlertFactory()
    LiveVacancyFactory()
    run_alerts(now=timezone.now())
    with MailServer() as server:
        settings.MAIL_SERVER = {"host": server.host, "port": server.port}
        deliver_due_messages()

    [mail] = server.received
    link = mail["List-Unsubscribe"].strip(" <>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link == settings.SITE_URL + stop(alert.subscriber)
    client.post(link.removeprefix(settings.SITE_URL), {"List-Unsubscribe": "One-Click"})
    assert states() == [AlertState.ENDED]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_alerts_costs_the_same_whatever_their_number(
    client, count, django_assert_num_queries
):
    subscriber = SubscriberFactory()
    for number in range(count):
        AlertFactory(subscriber=subscriber, finds=search_for(words=f"care {number}"))

    with django_assert_num_queries(2):
        page = client.get(manage(subscriber))

    assert len(page.context["alerts"]) == count


def test_a_weekly_alert_says_its_next_day(client):
    alert = AlertFactory(frequency="weekly", next_on=date(2026, 3, 4))

    page = client.get(manage(alert.subscriber))

    assert "Once a week, next on Wednesday 4 March" in page.content.decode()
    assert alert.day_after(date(2026, 3, 4)) - date(2026, 3, 4) <= timedelta(days=7)
