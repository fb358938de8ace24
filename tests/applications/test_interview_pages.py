"""The pages around interviews: of the applicant, of an interviewer and of HR."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.registries import attention, invariants
from applications.actions import ask_another_time, choose_slot, save_interview_scores
from applications.attention import interviews_to_see_to
from applications.models import InterviewBooking, InterviewRound, InterviewSlot
from applications.states import ApplicationState, InterviewOutcome
from notifications.models import Message
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.interviews import (
    NOTES,
    booked,
    held,
    in_interview,
    invited,
    marked_by_all,
    members_of,
    round_of,
)
from tests.factories.offers import step_on
from tests.factories.shortlisting import ConflictFactory, PanelMemberFactory

pytestmark = pytest.mark.django_db
SECRET = "I have a stammer"


def page_of(application):
    return reverse("applications:application-interview", args=[application.reference])


def choose(client, application, slot, **boxes):
    number = slot.round_id
    prefix = f"round-{number}"
    data = {"round": number, f"{prefix}-slot": slot.pk, f"{prefix}-make_ready": ""}
    return client.post(page_of(application), data | boxes)


@pytest.fixture
def hr(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    officer = HRAdminFactory()
    client.force_login(officer)
    return officer


def test_an_applicant_chooses_changes_and_gives_back(client):
    found = round_of()
    application = invited(found)
    client.force_login(application.applicant)
    card = client.get(application.get_absolute_url()).content.decode()
    assert "Choose your interview time" in card
    shown = client.get(page_of(application)).content.decode()
    assert "3 times are free" in shown
    assert "Room 4, Elizabeth II Court" in shown
    assert "Your passport" in shown

    for slot in (found.slots.first(), found.slots.last()):
        answer = choose(
            client, application, slot, **{f"round-{found.pk}-make_ready": "A jug of water"}
        )
        assert answer.status_code == 302
    booking = InterviewBooking.objects.get()
    assert booking.slot == found.slots.last()
    assert application.interview_invitations.get().make_ready == "A jug of water"

    address = reverse(
        "applications:application-interview-give-back",
        args=[application.reference, application.interview_invitations.get().pk],
    )
    assert booking.slot.when in client.get(address).content.decode()
    client.post(address)
    assert InterviewBooking.objects.standing().count() == 0


def next_words(client, application):
    client.force_login(application.applicant)
    return client.get(application.get_absolute_url()).context["what_next"]


def test_what_happens_next_follows_the_interview(client):
    found = round_of()
    application = invited(found)
    waits, is_invited = in_interview(found.vacancy), next_words(client, application)
    booking = booked(found)
    not_in_time = invited(found)
    InterviewRound.objects.update(choose_until=timezone.now() - timedelta(minutes=1))

    assert "the times are there" in next_words(client, waits)
    assert is_invited.startswith("Choose a time")
    assert next_words(client, booking.application).startswith("Come at the time you chose")
    assert next_words(client, not_in_time).startswith("The time to choose is over")
    past = held(round_of()).application
    assert next_words(client, past).startswith("Thank you for coming")


def test_who_comes_second_reads_so_and_sees_what_is_still_free(client):
    found = round_of()
    application, booking = invited(found), booked(found)
    client.force_login(application.applicant)

    page = choose(client, application, booking.slot).content.decode()

    assert "Somebody else has chosen this time" in page
    assert "2 times are free" in page
    assert InterviewBooking.objects.filter(application=application).count() == 0


def test_what_should_be_ready_is_changed_without_changing_the_time(client):
    booking = booked(round_of())
    told = Message.objects.count()
    client.force_login(booking.application.applicant)
    shown = client.get(page_of(booking.application)).content.decode()

    ready = {f"round-{booking.round_id}-make_ready": "A jug of water"}
    answer = choose(client, booking.application, booking.slot, **ready)

    assert f"Keep {booking.slot.when}" in shown
    assert "2 other times are free" in shown
    assert answer.status_code == 302
    assert InterviewBooking.objects.get().sequence == booking.sequence
    assert booking.application.interview_invitations.get().make_ready == "A jug of water"
    assert Message.objects.count() == told


def test_after_the_cut_off_the_page_says_whom_to_ring(client, settings):
    booking = booked(round_of())
    InterviewRound.objects.update(choose_until=timezone.now() - timedelta(minutes=1))
    client.force_login(booking.application.applicant)

    page = client.get(page_of(booking.application)).content.decode()

    assert "please ring the recruitment team" in page
    assert "Save my choice" not in page


def test_asking_for_another_time(client):
    application = invited(round_of())
    client.force_login(application.applicant)
    address = reverse(
        "applications:application-interview-another",
        args=[application.reference, application.interview_invitations.get().pk],
    )

    assert "Write which days" in client.post(address, {"words": ""}).content.decode()
    client.post(address, {"words": "Any Tuesday"})

    assert application.interview_invitations.get().asked_words == "Any Tuesday"


@pytest.mark.parametrize("state", [ApplicationState.SHORTLISTING, ApplicationState.OFFERED])
def test_strangers_and_people_not_in_interview_find_no_page(client, state):
    found = round_of()
    application = invited(found)
    client.force_login(UserFactory())
    assert client.get(page_of(application)).status_code == 404
    type(application).objects.update(state=state)
    client.force_login(application.applicant)
    assert client.get(page_of(application)).status_code == 404


def kit_of(booking, name="interview"):
    application = booking.application
    args = [application.vacancy.reference, application.code]
    return reverse(f"applications:panel-{name}", args=args)


def test_the_kit_names_the_person_to_interviewers_alone(client):
    found = round_of()
    application = invited(
        found, full_name="Zebedine Quillfeather", adjustments=SECRET, phone="01632 960987"
    )
    first, knows = members_of(found)
    elsewhere = PanelMemberFactory(vacancy=found.vacancy)
    ConflictFactory(member=knows, application=application)
    unbooked = kit_of(InterviewBooking(application=application, round=found))
    client.force_login(first.person)
    assert client.get(unbooked).status_code == 404

    booking = choose_slot(
        application=application,
        slot=found.slots.first(),
        by=application.applicant,
        make_ready="The questions on paper",
    )

    page = client.get(kit_of(booking)).content.decode()
    assert "Zebedine Quillfeather" in page
    assert "The questions on paper" in page
    assert "Tell us about Criterion 0" in page
    for hidden in (SECRET, "960987", application.reference, application.applicant.email):
        assert hidden not in page
    for other in (knows, elsewhere):
        client.force_login(other.person)
        for name in ("interview", "interview-scores"):
            assert client.get(kit_of(booking, name)).status_code == 404


def test_an_interviewer_scores_on_the_page_and_sees_nobody_elses(client):
    booking = held(round_of())
    first, second = members_of(booking.round)
    questions = list(booking.round.questions.all())
    save_interview_scores(
        member=second,
        booking=booking,
        scores={row.pk: (4, "A secret of the other") for row in questions},
        version=0,
        by=second.person,
        send=True,
    )
    client.force_login(first.person)
    address = kit_of(booking, "interview-scores")
    boxes = {f"notes_{row.pk}": NOTES for row in questions}
    points = {f"points_{row.pk}": 1 for row in questions}

    assert (
        "Choose the points for question 1"
        in client.post(address, {"version": 0, "send": 1, **boxes}).content.decode()
    )
    assert "A secret of the other" not in client.get(address).content.decode()
    client.post(address, {"version": 0, "send": 1, **boxes, **points})

    page = client.get(address).content.decode()
    assert "You gave 1" in page
    score = first.interview_sheets.get().scores.first()
    again = reverse(
        "applications:panel-interview-again",
        args=[booking.application.vacancy.reference, booking.application.code, score.pk],
    )
    assert "A secret of the other" in client.get(again).content.decode()
    client.post(again, {"points": 2, "words": "I had missed it."})
    score.refresh_from_db()
    assert score.counted == 2


def test_points_that_are_sent_too_soon_stay_in_their_boxes(client):
    booking = booked(round_of())
    first, questions = members_of(booking.round)[0], list(booking.round.questions.all())
    client.force_login(first.person)
    address = kit_of(booking, "interview-scores")
    boxes = {f"notes_{row.pk}": NOTES for row in questions}
    boxes |= {f"points_{row.pk}": 1 for row in questions}

    page = client.post(address, {"version": 0, "send": 1, **boxes}).content.decode()

    sentence = (
        f"You can send your points once the interview has begun: it is on {booking.slot.when}."
    )
    assert f"{sentence} Save them as a draft until then." in page
    assert page.count(NOTES) == len(questions)
    assert not first.interview_sheets.exists()
    client.post(address, {"version": 0, "save": 1, **boxes})
    assert first.interview_sheets.get().sent_at is None


@pytest.mark.parametrize(
    ("state", "words"),
    [("hired", "Nobody waits for a decision here"), (None, "Nobody has been met yet.")],
)
def test_the_table_says_whether_anybody_was_met(client, hr, state, words):
    found = round_of()
    booking = held(found) if state else booked(found)
    if state:
        marked_by_all(booking)
        step_on(booking.application, "offered", by=hr)
        step_on(booking.application, "checks", by=hr)
        step_on(booking.application, state, by=hr)

    page = client.get(reverse("admin:applications_interview_table", args=[found.vacancy_id]))

    assert words in page.content.decode()


def test_the_lead_proposes_on_the_table(client):
    booking = held(round_of())
    marked_by_all(booking)
    lead, other = members_of(booking.round)
    address = reverse("applications:panel-interview-table", args=[lead.vacancy.reference])
    code = booking.application.code
    client.force_login(other.person)
    assert client.get(address).status_code == 404

    client.force_login(lead.person)
    assert f"1. {code}: 9.0 points" in client.get(address).content.decode()
    client.post(address, {f"{code}-outcome": "offer", f"{code}-words": "", f"{code}-reason": ""})

    assert booking.application.interview_decisions.get().proposed_outcome == InterviewOutcome.OFFER


def test_hr_arranges_a_round_its_times_and_the_letters(client, hr):
    found = round_of()
    vacancy, members = found.vacancy, members_of(found)
    in_interview(vacancy)
    day = timezone.localdate() + timedelta(days=20)
    criterion = vacancy.criteria.first()
    data = {
        "name": "Second interview",
        "position": 2,
        "interviewers": [row.pk for row in members],
        "minutes": 30,
        "video_link": "meet.example.org/room",
        "last_day": f"{day:%d/%m/%Y}",
        f"about_{criterion.pk}": "What would you do?\nAnd then?",
    }
    add = reverse("admin:applications_round_add", args=[vacancy.pk])
    assert client.get(add).status_code == 200
    assert (
        "Choose at least 2 people"
        in client.post(add, data | {"interviewers": [members[0].pk]}).content.decode()
    )

    client.post(add, data)

    made = InterviewRound.objects.get(name="Second interview")
    assert [row.text for row in made.questions.all()] == ["What would you do?", "And then?"]
    series = {"first_day": f"{day:%d/%m/%Y}", "first_at": "9:30", "how_many": 3, "pause": 10}
    address = reverse("admin:applications_round_slots", args=[made.pk])
    assert "on another day" in client.post(address, series | {"how_many": 30}).content.decode()
    client.post(address, series)
    begins = [timezone.localtime(row.begins_at).strftime("%H:%M") for row in made.slots.all()]
    assert begins == ["09:30", "10:10", "10:50"]
    assert made.slots.first().link == "https://meet.example.org/room"
    invite = reverse("admin:applications_round_invite", args=[made.pk])
    waiting = made.vacancy.applications.get()
    client.post(invite, {"applications": [waiting.pk]})
    assert made.invitations.get().application == waiting
    overview = client.get(reverse("admin:applications_interviews", args=[vacancy.pk]))
    assert waiting.full_name in overview.content.decode()
    change = reverse("admin:applications_round_change", args=[made.pk])
    assert "And then?" in client.get(change).content.decode()
    InterviewBooking.objects.create(slot=made.slots.first(), round=made, application=waiting)
    User.objects.filter(pk=waiting.applicant_id).update(email="nobody@no-address.invalid")
    saved = client.post(change, data | {"place": "Room 9"}, follow=True)
    ring = f"Please ring {waiting.full_name} on {waiting.phone} and tell them."
    told = f"{made.slots.first().when}: no e-mail address. {ring}"
    assert [str(message) for message in saved.context["messages"]] == ["The round is saved.", told]
    made.refresh_from_db()
    assert (made.place, made.questions.count()) == ("Room 9", 2)


def test_hr_moves_calls_off_and_chooses_for_somebody(client, hr):
    found = round_of()
    booking = booked(found)
    slot, day = booking.slot, timezone.localdate() + timedelta(days=30)
    move = reverse("admin:applications_slot_move", args=[slot.pk])
    assert client.get(move).status_code == 200
    given = {"day": f"{day:%d/%m/%Y}", "at": "14:00", "place": "", "reason": "Snow"}
    assert "Say why" in client.post(move, given | {"reason": ""}).content.decode()
    client.post(move, given)
    slot.refresh_from_db()
    assert timezone.localtime(slot.begins_at).strftime("%H:%M") == "14:00"

    client.post(reverse("admin:applications_slot_cancel", args=[slot.pk]), {"reason": "More snow"})
    assert InterviewSlot.objects.get(pk=slot.pk).cancelled_why == "More snow"

    invitation = booking.application.interview_invitations.get()
    address = reverse("admin:applications_invitation", args=[invitation.pk])
    assert booking.application.phone in client.get(address).content.decode()
    client.post(address, {"slot": found.slots.standing().first().pk})
    assert InterviewBooking.objects.standing().get().chosen_by == hr


def said(page):
    return [str(message) for message in page.context["messages"]]


NOBODYS = {
    "applicant__email": "nobody@no-address.invalid",
    "full_name": "Ida Ringwood",
    "phone": "01632 960 300",
}
RING = "They have no e-mail address. Please ring Ida Ringwood on 01632 960 300 and tell them."


def test_hr_reads_whom_to_ring_about_a_time_that_is_moved_or_called_off(client, hr):
    found = round_of()
    slot = booked(found, **NOBODYS).slot
    day = timezone.localdate() + timedelta(days=30)
    given = {"day": f"{day:%d/%m/%Y}", "at": "14:00", "place": "", "reason": "Snow"}

    moved = client.post(reverse("admin:applications_slot_move", args=[slot.pk]), given, follow=True)
    off = client.post(
        reverse("admin:applications_slot_cancel", args=[slot.pk]), {"reason": "Snow"}, follow=True
    )

    assert said(moved) == [f"The time is moved. {RING}"]
    assert said(off) == [f"The time is called off. {RING}"]


def test_hr_reads_that_who_had_chosen_a_time_was_told_or_that_nobody_had(client, hr):
    found = round_of()
    booking = booked(found)
    free = found.slots.exclude(pk=booking.slot_id).first()

    told, nobody = [
        client.post(
            reverse("admin:applications_slot_cancel", args=[pk]), {"reason": "Snow"}, follow=True
        )
        for pk in (booking.slot_id, free.pk)
    ]

    assert said(told) == [
        "The time is called off. Who had chosen it and the interviewers have been told."
    ]
    assert said(nobody) == ["The time is called off. Nobody had chosen it."]


def test_hr_decides_after_a_preview_and_undoes(client, hr):
    found = round_of()
    bookings = [held(found), held(found)]
    for booking in bookings:
        marked_by_all(booking)
    address = reverse("admin:applications_interview_table", args=[found.vacancy_id])
    assert client.get(address).status_code == 200
    first, second = [booking.application for booking in bookings]
    until = timezone.localdate() + timedelta(days=90)
    data = {
        f"{first.code}-outcome": "reserve",
        f"{first.code}-words": "Warm and clear.",
        f"{first.code}-reason": "",
        f"{first.code}-expires_on": f"{until:%d/%m/%Y}",
        f"{second.code}-outcome": "not_taken",
        f"{second.code}-words": "",
        f"{second.code}-reason": "",
    }
    assert "Write one sentence" in client.post(address, data).content.decode()
    data[f"{second.code}-words"] = "Others told us more."

    assert "Nothing has been decided yet" in client.post(address, data).content.decode()
    assert first.interview_decisions.count() == 0
    client.post(address, data | {"confirmed": "Decide"})

    assert first.reserve_entries.get().expires_on == until
    second.refresh_from_db()
    assert second.state == ApplicationState.UNSUCCESSFUL
    scores = reverse("admin:applications_interview_scores", args=[second.pk])
    assert "Others told us more." in client.get(scores).content.decode()
    undo = reverse("admin:applications_interview_undo", args=[second.interview_decisions.get().pk])
    client.post(undo, {"reason": "The wrong person"})
    second.refresh_from_db()
    assert second.state == ApplicationState.INTERVIEW
    client.force_login(first.applicant)
    page = client.get(first.get_absolute_url()).content.decode()
    assert "You are on our reserve list" in page
    assert "Warm and clear." in page


def test_attention_names_what_waits():
    found = round_of(slots=1)
    booking = held(found)
    application = invited(found)
    ask_another_time(
        invitation=application.interview_invitations.get(), words="No", by=application.applicant
    )
    assert interviews_to_see_to in attention

    items = interviews_to_see_to(HRAdminFactory())

    title = booking.application.vacancy.title
    assert [(item.text, item.count) for item in items] == [
        (f"interview time too few for those invited: {title}", 1),
        (f"applicant asked for another interview time: {title}", 1),
        (f"interview held and not scored by everybody: {title}", 1),
    ]
    assert interviews_to_see_to(UserFactory()) == []


def test_invariants_find_what_must_never_be():
    found = round_of()
    fine, gone, overlapping = booked(found), booked(found), booked(found)
    said = {check.__name__: list(check()) for check in invariants if "interview" in check.__name__}
    said["met"] = [
        line for check in invariants if check.__name__.startswith("who_has") for line in check()
    ]
    assert [line for lines in said.values() for line in lines] == []

    type(gone.application).objects.filter(pk=gone.application_id).update(
        state=ApplicationState.SHORTLISTING
    )
    InterviewSlot.objects.filter(pk=overlapping.slot_id).update(
        begins_at=fine.slot.begins_at + timedelta(minutes=5),
        ends_at=fine.slot.begins_at + timedelta(minutes=40),
    )

    lines = [line for check in invariants for line in check()]
    assert f"Application {gone.application} has an interview to come and is shortlisting." in lines
    overlaps = [line for line in lines if "overlaps" in line]
    assert len(overlaps) == 2
