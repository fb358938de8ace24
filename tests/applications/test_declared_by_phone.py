"""What an applicant without an e-mail address says on the phone, as a reader writes it down."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from applications.actions import reply_to_search
from applications.exceptions import DoneMeanwhile
from applications.models import Declaration, RiskAssessment
from applications.states import DeclarationState, SearchOutcome
from notifications.models import Message
from tests.applications.test_disclosure import searched, shared, typed
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.disclosure import (
    MATTER,
    NOTHING,
    SOMETHING,
    ReadingPersonFactory,
    at_interview,
    declares,
    read_by,
    readers_for,
)
from tests.factories.shortlisting import PanelMemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    found = at_interview(applicant=UserFactory(email="k7@no-address.invalid"))
    found.named = readers_for(found.vacancy)
    found.readers = [reader.person for reader in found.named]
    return found


def page(name, application, *more):
    return reverse(f"applications:{name}", args=[application.reference, *more])


def test_a_reader_writes_it_down_and_it_counts_like_any_other(client, application):
    first, second = application.readers
    client.force_login(first)
    matter = {f"{name}_1": said for name, said in MATTER.items()}
    assert "Ring them" in client.get(page("disclosure-detail", application)).content.decode()
    shown = client.get(page("declaration-by-phone", application)).content.decode()

    client.post(
        page("declaration-by-phone", application), typed(anything="yes", **matter, send="1")
    )
    client.force_login(second)
    read = client.post(page("disclosure-declaration", application), follow=True).content.decode()

    assert application.phone in shown
    assert "I took a coat from a shop." in read
    assert f"taken down by {first}" in read
    assert Declaration.objects.get().state == DeclarationState.READ
    letters = Message.objects.filter(template__contains="waits")
    assert {message.to for message in letters} == {first.email, second.email}


def test_gaps_are_shown_and_a_part_can_be_kept(client, application):
    client.force_login(application.readers[0])

    gaps = client.post(page("declaration-by-phone", application), typed(anything="yes", send="1"))
    kept = client.post(page("declaration-by-phone", application), typed(anything="no", save="1"))
    client.force_login(application.readers[1])
    again = client.get(page("declaration-by-phone", application)).context["form"]

    assert "Say what happened" in gaps.content.decode()
    assert kept.url == page("disclosure-detail", application)
    assert again["anything"].value() == "no"
    assert Declaration.objects.get().state == DeclarationState.ASKED


def test_once_it_is_read_it_is_not_there(client, application):
    declares_by(application.readers[0], application)
    read_by(application.named[1], application)
    client.force_login(application.readers[0])

    assert client.get(page("declaration-by-phone", application)).status_code == 404
    with pytest.raises(DoneMeanwhile):
        declares_by(application.readers[0], application, SOMETHING)


def declares_by(reader, application, answers=NOTHING):
    return declares(application, answers, by=reader)


@pytest.mark.parametrize(
    "make",
    [
        HRAdminFactory,
        ReadingPersonFactory,
        lambda: PanelMemberFactory().person,
    ],
)
def test_nobody_but_a_reader_takes_words_down(client, application, make):
    stranger = make()
    client.force_login(stranger)

    with pytest.raises(PermissionDenied):
        declares_by(stranger, application)
    for name in ("declaration-by-phone", "search-reply-by-phone"):
        assert client.get(page(name, application)).status_code == 404


def test_who_can_be_written_to_speaks_for_themselves(client):
    application = at_interview()
    [reader, _] = readers_for(application.vacancy)
    client.force_login(reader.person)

    with pytest.raises(PermissionDenied):
        declares(application, by=reader.person)
    for name in ("declaration-by-phone", "search-reply-by-phone"):
        assert client.get(page(name, application)).status_code == 404
    assert "Ring them" not in client.get(page("disclosure-detail", application)).content.decode()


def test_replies_are_written_down_too(client, application):
    declares_by(application.readers[0], application, SOMETHING)
    read_by(application.named[0], application)
    assessment = shared(application)
    client.force_login(application.readers[1])
    own = page("assessment-detail", application, assessment.pk)
    by_phone = page("assessment-reply-by-phone", application, assessment.pk)

    assert by_phone in client.get(own).content.decode()
    empty = client.post(by_phone, {"words": " "})
    done = client.post(by_phone, {"words": "She says she was young."})

    assert "Write your reply" in empty.content.decode()
    assert done.url == own
    assert RiskAssessment.objects.get().reply == "She says she was young."
    assert client.get(by_phone).url == own


def test_what_was_found_is_answered_on_the_phone(client, application):
    searched(application, SearchOutcome.TO_TALK_ABOUT, "A post about a child")
    client.force_login(application.readers[1])
    by_phone = page("search-reply-by-phone", application)

    assert by_phone in client.get(page("disclosure-search", application)).content.decode()
    client.post(by_phone, {"words": "He says it was somebody else."})

    application.online_search.refresh_from_db()
    assert application.online_search.reply == "He says it was somebody else."
    with pytest.raises(DoneMeanwhile):
        reply_to_search(search=application.online_search, words="Again", by=application.readers[0])
