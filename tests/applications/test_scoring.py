"""Scoring alone: drafts, sending, second reads and reopening."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import AuditEvent
from applications.actions import (
    answer_second_read,
    declare_conflict,
    reopen_scores,
    save_scores,
    take_off_panel,
)
from applications.exceptions import SavedElsewhere, ScoresMissing, ScoresSent
from applications.models import Score, ScoreSheet
from notifications.models import Message
from tests.factories.accounts import HRAdminFactory
from tests.factories.shortlisting import (
    NOTES,
    give,
    in_shortlisting,
    panel_of,
    read_by_all,
    vacancy_with_criteria,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def vacancy():
    return vacancy_with_criteria()


@pytest.fixture
def application(vacancy):
    return in_shortlisting(vacancy)


def page_of(application, name="panel-application", **kwargs):
    kwargs = {"reference": application.vacancy.reference, "code": application.code, **kwargs}
    return reverse(f"applications:{name}", kwargs=kwargs)


def filled(vacancy, points=3, notes=NOTES, version=0, **more):
    """What the page of an application is sent with."""
    boxes = {}
    for row in vacancy.criteria.all():
        boxes |= {f"points_{row.pk}": points, f"notes_{row.pk}": notes}
    return {**boxes, "version": version, **more}


def asked_again():
    return list(
        Score.objects.filter(asked_again_at__isnull=False)
        .order_by("sheet", "criterion")
        .values_list("sheet__member", "criterion__position", "points")
    )


# --- Drafts and sending ---------------------------------------------------------------------------
def test_a_draft_is_kept_with_its_gaps_and_shown_again(client, vacancy, application):
    member, _ = panel_of(vacancy)
    client.force_login(member.person)

    client.post(page_of(application), filled(vacancy, points="", notes="So far", save="1"))
    page = client.get(page_of(application)).content.decode()

    assert page.count("So far</textarea>") == 2
    assert ScoreSheet.objects.get().sent_at is None


def test_what_is_sent_must_be_whole_and_says_what_is_missing(client, vacancy, application):
    member, _ = panel_of(vacancy)
    client.force_login(member.person)

    answer = client.post(page_of(application), filled(vacancy, points="", notes="", send="1"))
    page = answer.content.decode()

    assert "Choose the points for criterion 1" in page
    assert "Write where you found the evidence for criterion 2" in page
    assert ScoreSheet.objects.count() == 0


def test_nothing_about_what_nothing_was_written_about_needs_no_note(client, vacancy, application):
    member, _ = panel_of(vacancy)
    client.force_login(member.person)
    first, second = vacancy.criteria.order_by("position")
    application.evidence.update_or_create(criterion=first, defaults={"words": "I led six plans."})
    application.evidence.filter(criterion=second).delete()

    gaps = client.post(page_of(application), filled(vacancy, points=0, notes="", send="1"))
    given = filled(vacancy, points=0, notes="", send="1") | {f"notes_{first.pk}": "Too little"}
    some_points = client.post(page_of(application), given | {f"points_{second.pk}": 1})
    sent = client.post(page_of(application), given)

    for answer, number in [(gaps, 1), (some_points, 2)]:
        words = f"Write where you found the evidence for criterion {number}"
        assert answer.content.decode().count(words) == 2  # beside the box and in the summary
    assert sent.status_code == 302
    notes = Score.objects.order_by("criterion__position").values_list("notes", flat=True)
    assert list(notes) == ["Too little", "Nothing was written about this."]


@pytest.mark.parametrize("points", ["5", "-1", "2.5", "many"])
def test_points_are_from_0_to_4(client, vacancy, application, points):
    member, _ = panel_of(vacancy)
    client.force_login(member.person)

    answer = client.post(page_of(application), filled(vacancy, points=points, send="1"))

    assert "Choose from 0 to 4 points" in answer.content.decode()
    assert ScoreSheet.objects.count() == 0


def test_sent_scores_are_locked_and_sending_twice_sends_once(client, vacancy, application):
    member, _ = panel_of(vacancy)
    client.force_login(member.person)

    first = client.post(page_of(application), filled(vacancy, send="1"))
    second = client.post(page_of(application), filled(vacancy, send="1"))
    third = client.post(page_of(application), filled(vacancy, points=0, send="1"))

    assert [answer.status_code for answer in (first, second, third)] == [302, 302, 302]
    assert list(Score.objects.values_list("points", flat=True)) == [3, 3]
    assert AuditEvent.objects.filter(event="scores_sent").count() == 1
    with pytest.raises(ScoresSent):
        give(member, application, 0)


def test_two_tabs_do_not_overwrite_each_other(client, vacancy, application):
    member, _ = panel_of(vacancy)
    client.force_login(member.person)
    client.post(page_of(application), filled(vacancy, points=1, save="1"))

    answer = client.post(page_of(application), filled(vacancy, points=4, version=0, save="1"))
    kept = list(Score.objects.values_list("points", flat=True))
    again = client.post(page_of(application), filled(vacancy, points=4, version=1, save="1"))

    assert "These scores were also saved in another tab" in answer.content.decode()
    assert 'name="version" value="1"' in answer.content.decode()
    assert kept == [1, 1]
    assert again.status_code == 302
    assert list(Score.objects.values_list("points", flat=True)) == [4, 4]


def test_the_same_words_from_an_old_tab_are_no_conflict(vacancy, application):
    member, _ = panel_of(vacancy)
    give(member, application, 2, send=False)

    sheet = give(member, application, 2, send=False)

    assert sheet.version == 2
    with pytest.raises(SavedElsewhere):
        give(member, application, 3, send=False)


def test_scores_for_a_criterion_of_another_vacancy_are_not_stored(vacancy, application):
    member, _ = panel_of(vacancy)
    foreign = vacancy_with_criteria().criteria.first()

    with pytest.raises(ScoresMissing):
        save_scores(
            member=member,
            application=application,
            scores={foreign.pk: (4, NOTES)},
            version=0,
            by=member.person,
            send=True,
        )

    assert Score.objects.count() == 0


def test_only_the_member_scores_for_themselves(vacancy, application):
    member, other = panel_of(vacancy)

    with pytest.raises(PermissionDenied):
        save_scores(member=member, application=application, scores={}, version=0, by=other.person)


# --- Alone ----------------------------------------------------------------------------------------
def test_nobody_sees_anothers_scores_before_all_have_sent(client, vacancy, application):
    lead, other, third = panel_of(vacancy, 3)
    criterion = vacancy.criteria.first()
    save_scores(
        member=other,
        application=application,
        scores={row.pk: (1, "Heron at dawn.") for row in vacancy.criteria.all()},
        version=0,
        by=other.person,
        send=True,
    )
    give(lead, application, 4)
    foreign = Score.objects.get(sheet__member=other, criterion=criterion).pk

    for member in (lead, third):
        client.force_login(member.person)
        reference = vacancy.reference
        pages = [
            client.get(page_of(application)),
            client.get(page_of(application, "panel-print")),
            client.get(reverse("applications:panel-vacancy", args=[reference])),
            client.get(page_of(application, "panel-second-read", pk=foreign)),
            client.get(reverse("applications:panel-download", args=[reference])),
            client.get(reverse("applications:panel-table", args=[reference])),
        ]
        for page in pages:
            body = b"".join(page.streaming_content) if page.streaming else page.content
            assert b"Heron" not in body


# --- Second reads ---------------------------------------------------------------------------------
def test_members_far_apart_are_asked_once_all_have_sent(vacancy, application):
    first, second, third = panel_of(vacancy, 3)
    give(first, application, [4, 3])
    give(second, application, [2, 3])
    assert asked_again() == []

    give(third, application, [3, 2])

    assert asked_again() == [(first.pk, 0, 4), (second.pk, 0, 2)]
    letters = Message.objects.filter(template="applications/emails/second_read_asked")
    assert {letter.to for letter in letters} == {first.person.email, second.person.email}
    assert letters.first().context["code"] == application.code


def test_one_point_apart_asks_nobody(vacancy, application):
    first, second = panel_of(vacancy)
    give(first, application, 3)
    give(second, application, 4)

    assert asked_again() == []


def test_a_second_read_shows_the_notes_and_keeps_both_points(client, vacancy, application):
    first, second = panel_of(vacancy)
    give(first, application, [4, 3])
    give(second, application, [1, 3])
    score = Score.objects.get(sheet__member=second, points=1)
    client.force_login(second.person)
    url = page_of(application, "panel-second-read", pk=score.pk)

    page = client.get(url).content.decode()
    client.post(url, {"points": 3, "words": "I had missed the end."})
    repeated = client.post(url, {"points": 0, "words": "Otherwise"})

    assert "Another member: 4" in page
    assert first.person.full_name not in page
    score.refresh_from_db()
    assert (score.points, score.final_points, score.counted) == (1, 3, 3)
    assert score.final_words == "I had missed the end."
    assert repeated.status_code == 404


def test_nobody_answers_for_another_or_without_being_asked(vacancy, application):
    first, second = panel_of(vacancy)
    give(first, application, [4, 3])
    give(second, application, [1, 3])
    asked = Score.objects.get(sheet__member=second, points=1)
    unasked = Score.objects.get(sheet__member=second, points=3)

    for member, score in ((first, asked), (second, unasked)):
        with pytest.raises(PermissionDenied):
            answer_second_read(member=member, score=score, points=2, words="x", by=member.person)


def test_a_member_who_knows_the_applicant_is_waited_for_no_longer(vacancy, application):
    first, second, third = panel_of(vacancy, 3)
    give(first, application, [4, 3])
    give(second, application, [1, 3])

    declare_conflict(member=third, application=application, words="x", by=third.person)

    assert len(asked_again()) == 2


def test_a_member_who_is_taken_off_is_waited_for_no_longer_and_asked_nothing(vacancy, application):
    first, second, third = panel_of(vacancy, 3)
    give(first, application, [4, 3])
    give(second, application, [1, 3])

    take_off_panel(member=third, by=HRAdminFactory())
    assert len(asked_again()) == 2
    take_off_panel(member=second, by=HRAdminFactory())

    assert asked_again() == [(first.pk, 0, 4)]


# --- Reopening ------------------------------------------------------------------------------------
def test_hr_reopens_scores_with_a_reason_and_what_was_sent_is_kept(vacancy, application):
    member, other = panel_of(vacancy)
    read_by_all(application, [member, other])
    hr = HRAdminFactory()
    sheet = member.sheets.get()

    reopen_scores(sheet=sheet, reason="The wrong line was filled in.", by=hr)
    give_again(member, application)

    reopening = sheet.reopenings.get()
    assert (reopening.reopened_by, reopening.reason) == (hr, "The wrong line was filled in.")
    assert list(reopening.points.values()) == [[3, None], [3, None]]
    sheet.refresh_from_db()
    assert sheet.sent_at is not None
    letter = Message.objects.get(template="applications/emails/scores_reopened")
    assert (letter.to, letter.context["code"]) == (member.person.email, application.code)


def give_again(member, application):
    sheet = ScoreSheet.objects.get(member=member, application=application)
    return save_scores(
        member=member,
        application=application,
        scores={row.pk: (4, NOTES) for row in application.vacancy.criteria.all()},
        version=sheet.version,
        by=member.person,
        send=True,
    )


def test_only_hr_reopens_and_only_what_was_sent(vacancy, application):
    member, _ = panel_of(vacancy)
    sheet = give(member, application, 3, send=False)

    with pytest.raises(PermissionDenied):
        reopen_scores(sheet=sheet, reason="x", by=HRAdminFactory())
    sheet = give_again(member, application)
    with pytest.raises(PermissionDenied):
        reopen_scores(sheet=sheet, reason="x", by=member.person)


def test_hr_reopens_on_a_page_of_its_own(client, vacancy, application, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    member, _ = panel_of(vacancy)
    sheet = give(member, application, 3)
    client.force_login(HRAdminFactory())
    url = reverse("admin:applications_sheet_reopen", args=[sheet.pk])

    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).status_code == 200
    answer = client.post(url, {"reason": "A slip of the key."}, follow=True)

    assert "can change the scores again" in answer.content.decode()
    sheet.refresh_from_db()
    assert sheet.sent_at is None
