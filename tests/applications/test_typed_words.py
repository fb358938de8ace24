"""Words that were typed and never saved are there again, for their writer alone, until they are saved."""

import json
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from applications.actions import (
    forget_typed_words,
    keep_typed_words,
    submit_application,
)
from applications.models import Application, TypedWords
from tests.applications.test_actions import close
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.answers import WORDS as SAVED
from tests.factories.applications import ApplicationFactory, SentApplicationFactory

pytestmark = pytest.mark.django_db

WORDS = "Seven years with families, “and” more: 100% & <b>bold</b> 🙂"


def url(name, application, *more):
    return reverse(f"applications:application-{name}", args=[application.reference, *more])


def name_of(draft):
    """Return the name of the page of the draft's first example."""
    return f"evidence-{draft.vacancy.criteria.first().pk}"


def page_of(draft):
    return url("section", draft, name_of(draft))


def saved_of(draft):
    return draft.evidence.first().words


def letter(words, page="evidence-1", tab=None, **more):
    said = words if isinstance(words, str) else json.dumps(words)
    return {"page": page, "tab": tab or uuid.uuid4(), "words": said, **more}


@pytest.fixture
def draft(client):
    made = ApplicationFactory()
    client.force_login(made.applicant)
    return made


@pytest.fixture
def typed(client, draft):
    """Return a function that sends what the script sends, and gives the answer's number."""

    def send(words, **more):
        more.setdefault("page", name_of(draft))
        return client.post(url("typed", draft), letter(words, **more)).status_code

    return send


def kept():
    return list(TypedWords.objects.order_by("pk").values_list("page", "words"))


def notice(response):
    return response.content.decode().count("You typed something here on")


def test_what_is_typed_is_kept_and_stands_in_the_box_again(client, draft, typed):
    assert typed({"evidence": WORDS, "version": "1"}) == 204

    page = client.get(page_of(draft))

    assert page.context["form"]["evidence"].value() == WORDS
    assert notice(page) == 1
    assert saved_of(draft) == SAVED


def test_saving_the_page_forgets_what_was_typed_there_and_nowhere_else(client, draft, typed):
    typed({"evidence": WORDS, "version": "1"})
    typed({"evidence": "In another tab."})
    typed({"town": "Fleet"}, page="contact")

    client.post(page_of(draft), {"evidence": WORDS, "version": 1})

    assert kept() == [("contact", {"town": "Fleet"})]
    assert notice(client.get(page_of(draft))) == 0


def test_a_page_that_comes_back_with_errors_forgets_nothing(client, draft, typed):
    typed({"evidence": WORDS, "version": "1"})

    page = client.post(page_of(draft), {"evidence": "", "version": 1})

    assert kept() == [(name_of(draft), {"evidence": WORDS, "version": "1"})]
    assert (notice(page), page.content.decode().count("data-typed-unsaved")) == (0, 1)


def test_dropping_shows_what_is_saved(client, draft, typed):
    typed({"evidence": WORDS})

    answer = client.post(url("typed-drop", draft), {"page": name_of(draft)})
    page = client.get(answer.url)

    assert answer.url == page_of(draft)
    assert page.context["form"]["evidence"].value() == SAVED
    assert (kept(), notice(page)) == ([], 0)


@pytest.mark.parametrize("page", ["", "//evil.example.org", "../../accounts", "a" * 90])
def test_dropping_leads_nowhere_else(client, draft, page):
    answer = client.post(url("typed-drop", draft), {"page": page})

    assert answer.url == draft.get_absolute_url()


def test_words_of_a_second_tab_are_shown_for_copying(client, draft, typed):
    typed({"evidence": "From the first tab."})
    typed({"evidence": "From the second tab."})

    page = client.get(page_of(draft))

    assert page.context["form"]["evidence"].value() == "From the second tab."
    assert page.content.decode().count("From the first tab.") == 1
    assert page.content.decode().count("Typed in another tab on") == 1


def test_a_page_that_showed_the_words_takes_their_place(draft, typed):
    first, second = uuid.uuid4(), uuid.uuid4()
    typed({"evidence": "One."}, tab=first)
    seen_at = TypedWords.objects.get().typed_at.isoformat()

    typed({"evidence": "One, two."}, tab=second, instead_of=first, seen_at=seen_at)

    assert kept() == [(name_of(draft), {"evidence": "One, two."})]


def test_but_not_when_something_was_typed_in_the_other_tab_since(draft, typed):
    first, second = uuid.uuid4(), uuid.uuid4()
    typed({"evidence": "One."}, tab=first)
    seen_at = TypedWords.objects.get().typed_at.isoformat()
    typed({"evidence": "One, and more here."}, tab=first)

    typed({"evidence": "One, two."}, tab=second, instead_of=first, seen_at=seen_at)

    assert kept() == [
        (name_of(draft), {"evidence": "One, and more here."}),
        (name_of(draft), {"evidence": "One, two."}),
    ]


def test_only_the_latest_tabs_of_a_page_are_kept(draft, typed, settings):
    settings.TYPED_TABS_MOST = 2
    for number in range(4):
        typed({"evidence": str(number)})
    typed({"town": "Fleet"}, page="contact")

    assert [words for _, words in kept()] == [
        {"evidence": "2"},
        {"evidence": "3"},
        {"town": "Fleet"},
    ]


def test_going_back_to_what_is_saved_keeps_nothing(draft, typed):
    tab = uuid.uuid4()
    typed({"evidence": "Half a"}, tab=tab)

    assert typed({}, tab=tab) == 204
    assert kept() == []


def test_what_is_saved_by_now_is_not_shown_as_unsaved(client, draft, typed):
    """A letter that was under way while the page was saved arrives after it."""
    typed({"evidence": f"{SAVED}\r\n", "version": "0"})

    assert notice(client.get(page_of(draft))) == 0


def test_words_typed_at_an_older_version_are_not_saved_over_newer_ones(client, draft, typed):
    typed({"evidence": WORDS, "version": "0"})
    page = client.get(page_of(draft))
    version = page.context["form"]["version"].value()

    conflict = client.post(page_of(draft), {"evidence": WORDS, "version": version})

    assert conflict.content.decode().count(SAVED) == 1
    assert saved_of(draft) == SAVED


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("nonsense", 400),
        ("[]", 400),
        ("[" * 40_000, 400),
        ('{"evidence": 3}', 400),
        ('{"evidence": [3]}', 400),
        ('{"evidence": {"a": "b"}}', 400),
        (json.dumps({f"box{number}": "" for number in range(201)}), 400),
        (json.dumps({"n" * 81: ""}), 400),
        (json.dumps({"evidence": "x" * 50_001}), 413),
        (json.dumps({"evidence": "é" * 25_001}), 413),
        (json.dumps({"evidence": "x" * 49_000}), 204),
    ],
)
def test_what_is_no_page_of_words_is_refused(draft, typed, sent, status):
    assert typed(sent) == status
    assert len(kept()) == (status == 204)


@pytest.mark.parametrize("page", ["", "Statement", "a//b", "/a", "a/", "a b", "x" * 81, "a\n"])
def test_a_page_has_a_name_of_its_own(draft, typed, page):
    assert typed({"evidence": "x"}, page=page) == 400


def test_nulls_and_halves_of_characters_are_taken_out(draft, typed):
    assert typed('{"evidence": "a\\u0000b\\ud800c", "many": ["\\u0000", "d"]}') == 204

    assert kept() == [(name_of(draft), {"evidence": "ab?c", "many": ["", "d"]})]


def test_the_letter_needs_its_token_and_its_writer():
    draft = ApplicationFactory()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(draft.applicant)
    stranger, officer, visitor = Client(), Client(), Client()
    stranger.force_login(UserFactory())
    officer.force_login(HRAdminFactory())

    answers = [
        client.post(url("typed", draft), letter({"evidence": "x"})).status_code
        for client in (strict, stranger, officer, visitor)
    ]

    assert answers == [403, 404, 404, 302]
    assert kept() == []


def test_nothing_is_kept_for_what_was_sent(client):
    sent = SentApplicationFactory()
    client.force_login(sent.applicant)

    assert client.post(url("typed", sent), letter({"evidence": "x"})).status_code == 409
    with pytest.raises(PermissionDenied):
        keep_typed_words(
            application=sent,
            page="contact",
            tab=uuid.uuid4(),
            words={"a": "b"},
            by=sent.applicant,
        )


def test_letters_are_limited_for_each_person(draft, typed, settings):
    settings.RATE_LIMITS = {"typed_words": "2/m/user"}

    assert [typed({"evidence": "x"}) for _ in range(3)] == [204, 204, 429]


def test_sending_deletes_what_was_typed(draft, typed):
    typed({"evidence": WORDS})

    submit_application(application=draft, by=draft.applicant)

    assert kept() == []


def test_forgetting_is_for_the_writer():
    draft = ApplicationFactory()

    with pytest.raises(PermissionDenied):
        forget_typed_words(application=draft, page="contact", by=HRAdminFactory())


def test_a_draft_whose_job_has_closed_shows_what_was_typed_and_takes_the_last_of_it(
    client, draft, typed
):
    typed({"evidence": WORDS, "version": "1"})
    close(draft.vacancy)
    assert typed({"phone": "01632 960 001", "right_to_work": ""}, page="contact") == 204

    text = client.get(draft.get_absolute_url()).content.decode()

    assert text.count("What you typed and did not save") == 1
    assert text.count("Seven years with families, “and” more: 100% &amp; &lt;b&gt;bold") == 1
    assert text.count("01632 960 001") == 1
    assert text.count("Version") == 0


def test_keeping_writes_no_audit_no_history_and_leaves_the_draft_as_it_is(draft, typed):
    before = Application.objects.get().changed_at
    audited, history = AuditEvent.objects.count(), draft.events.count()

    typed({"evidence": WORDS})

    assert (AuditEvent.objects.count(), draft.events.count()) == (audited, history)
    assert Application.objects.get().changed_at == before


def test_a_page_says_when_it_was_typed(client, draft, typed):
    typed({"evidence": WORDS})
    TypedWords.objects.update(typed_at=timezone.now() - timedelta(days=1))
    at = timezone.localtime(TypedWords.objects.get().typed_at)

    text = client.get(page_of(draft)).content.decode()

    assert text.count(f"You typed something here on {at:%-d %B} at {at:%H:%M}") == 1
