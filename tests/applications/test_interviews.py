"""Arranging interviews, choosing a time, and what follows when somebody goes another way."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from icalendar import Calendar

from accounts.models import AuditEvent
from applications.actions import (
    ask_another_time,
    cancel_slot,
    change_round,
    choose_slot,
    declare_conflict,
    give_slot_back,
    invite_to_choose,
    make_slots,
    move_application,
    move_slot,
    remind_of_interviews,
    settle_another_time,
    take_off_panel,
    take_withdrawal_back,
    withdraw_application,
)
from applications.actions.erasing import blank_words
from applications.exceptions import ChoosingOver, InterviewsBegun, SlotsOverlap, SlotTaken
from applications.models import InterviewBooking, InterviewInvitation, InterviewReminder
from applications.queries.interviews import clash
from applications.states import ApplicationState, FreedBecause
from notifications.models import Message
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.interviews import (
    booked,
    held,
    in_interview,
    invited,
    mark,
    members_of,
    round_of,
)
from tests.factories.shortlisting import ConflictFactory, PanelMemberFactory

pytestmark = pytest.mark.django_db


def letters(name, to=None):
    found = Message.objects.filter(template=f"applications/emails/{name}")
    return found.filter(to=to) if to else found


def event_of(message):
    """Return (method, the entry) of the calendar file of a message."""
    file = message.attachments.get()
    calendar = Calendar.from_ical(bytes(file.content))
    return str(calendar["method"]), calendar.walk("VEVENT")[0]


def fields_of(found, **changed):
    names = ("name", "position", "minutes", "place", "video_link", "bring", "choose_until")
    return {name: getattr(found, name) for name in names} | changed


def questions_of(found):
    return [(row.criterion, row.text) for row in found.questions.all()]


def test_only_hr_arranges():
    found = round_of()

    with pytest.raises(PermissionDenied):
        make_slots(interview_round=found, begins=[timezone.now()], by=UserFactory())


def test_interviewers_are_of_the_panel_of_the_vacancy():
    found, stranger = round_of(), PanelMemberFactory()

    with pytest.raises(PermissionDenied):
        change_round(
            interview_round=found,
            interviewers=[stranger],
            questions=questions_of(found),
            by=HRAdminFactory(),
            **fields_of(found),
        )


def test_an_interviewer_is_never_in_two_places():
    found = round_of()
    taken = found.slots.first()
    half_way = taken.begins_at + timedelta(minutes=20)

    with pytest.raises(SlotsOverlap):
        make_slots(interview_round=found, begins=[half_way], by=HRAdminFactory())

    assert found.slots.count() == 3
    assert (
        clash(found, [(taken.ends_at, taken.ends_at + timedelta(minutes=5))], members_of(found))
        is None
    )


def test_an_invitation_is_one_letter_and_never_two():
    found = round_of()
    application, elsewhere = in_interview(found.vacancy), in_interview(round_of().vacancy)
    officer = HRAdminFactory()

    for _ in range(2):
        invite_to_choose(interview_round=found, applications=[application, elsewhere], by=officer)

    assert letters("interview_invited").count() == 1
    assert InterviewInvitation.objects.get().application == application


def test_choosing_tells_both_sides_with_one_entry_in_the_calendar():
    found = round_of()
    application = invited(found)
    slot = found.slots.first()

    booking = choose_slot(application=application, slot=slot, by=application.applicant)

    [mine] = letters("interview_time", application.applicant.email)
    theirs = letters("interview_panel")
    assert theirs.count() == 2
    method, entry = event_of(mine)
    assert method == "REQUEST"
    assert entry["sequence"] == 0
    assert entry["dtstart"].dt == slot.begins_at
    assert {str(event_of(letter)[1]["uid"]) for letter in [mine, *theirs]} == {str(entry["uid"])}
    assert str(entry["uid"]).startswith(f"interview-{booking.pk}@")


def test_changing_and_giving_back_update_the_same_entry():
    found = round_of()
    booking = booked(found)
    application, person = booking.application, booking.application.applicant
    other = found.slots.last()

    choose_slot(application=application, slot=other, by=person)
    choose_slot(application=application, slot=other, by=person)
    give_slot_back(application=application, interview_round=found, by=person)

    booking.refresh_from_db()
    assert booking.slot == other
    assert booking.cancelled_because == FreedBecause.GIVEN_BACK
    sent = [*letters("interview_time", person.email).order_by("pk"), letters("interview_off").get()]
    said = [(method, int(entry["sequence"])) for method, entry in map(event_of, sent)]
    assert said == [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)]
    assert len({str(event_of(letter)[1]["uid"]) for letter in sent}) == 1
    assert found.slots.free(timezone.now()).count() == 3


def test_a_slot_is_taken_once():
    found = round_of()
    booking = booked(found)
    other = invited(found)

    with pytest.raises(SlotTaken):
        choose_slot(application=other, slot=booking.slot, by=other.applicant)

    with pytest.raises(IntegrityError), transaction.atomic():
        InterviewBooking.objects.create(slot=booking.slot, round=found, application=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        InterviewBooking.objects.create(
            slot=found.slots.last(), round=found, application=booking.application
        )


def test_after_the_cut_off_only_hr_chooses():
    found = round_of()
    booking = booked(found)
    application = booking.application
    found.choose_until = timezone.now() - timedelta(minutes=1)
    found.save()

    with pytest.raises(ChoosingOver):
        choose_slot(application=application, slot=found.slots.last(), by=application.applicant)
    with pytest.raises(ChoosingOver):
        give_slot_back(application=application, interview_round=found, by=application.applicant)
    moved = choose_slot(application=application, slot=found.slots.last(), by=HRAdminFactory())

    assert (moved.pk, moved.slot) == (booking.pk, found.slots.last())


def test_strangers_and_people_without_an_invitation_cannot_choose():
    found = round_of()
    application, uninvited = invited(found), in_interview(found.vacancy)

    for who, by in ((application, UserFactory()), (uninvited, uninvited.applicant)):
        with pytest.raises(PermissionDenied):
            choose_slot(application=who, slot=found.slots.first(), by=by)


def test_a_slot_that_has_begun_or_was_called_off_cannot_be_chosen():
    found = round_of()
    application = invited(found)
    begun, off = found.slots.first(), found.slots.last()
    begun.begins_at = timezone.now() - timedelta(minutes=1)
    begun.save()
    cancel_slot(slot=off, reason="The room is flooded.", by=HRAdminFactory())

    for slot in (begun, off):
        with pytest.raises(SlotTaken):
            choose_slot(application=application, slot=slot, by=application.applicant)


def test_moving_a_slot_tells_everybody_why_with_the_same_entry():
    booking = booked(round_of())
    later = booking.slot.begins_at + timedelta(days=1)

    move_slot(
        slot=booking.slot,
        begins_at=later,
        place="Room 9",
        video_link="",
        reason="The room is flooded.",
        by=HRAdminFactory(),
    )

    [letter] = letters("interview_time").filter(context__kind="moved")
    method, entry = event_of(letter)
    assert (method, entry["sequence"], entry["dtstart"].dt) == ("REQUEST", 1, later)
    assert (letter.context["where"], letter.context["reason"]) == ("Room 9", "The room is flooded.")
    assert letters("interview_panel").filter(context__kind="moved").count() == 2


def test_calling_a_slot_off_lets_the_person_choose_again():
    found = round_of()
    booking = booked(found)

    for _ in range(2):
        cancel_slot(slot=booking.slot, reason="Somebody is ill.", by=HRAdminFactory())

    [letter] = letters("interview_off")
    assert event_of(letter)[0] == "CANCEL"
    assert letter.context["can_choose"] is True
    assert letters("interview_panel").filter(context__kind="off").count() == 2
    again = choose_slot(
        application=booking.application,
        slot=found.slots.last(),
        by=booking.application.applicant,
    )
    assert again.pk != booking.pk


def test_another_place_and_other_interviewers_are_told():
    found = round_of(number=3)
    first, second, third = members_of(found)
    found.interviewers.set([first, second])
    booked(found)
    officer = HRAdminFactory()
    same = {"questions": questions_of(found), "by": officer}

    change_round(interview_round=found, interviewers=[first, third], **same, **fields_of(found))
    change_round(
        interview_round=found,
        interviewers=[first, third],
        **same,
        **fields_of(found, place="Room 12"),
    )

    panel = letters("interview_panel")
    assert [row.context["kind"] for row in panel.filter(to=second.person.email).order_by("pk")] == [
        "chosen",
        "off",
    ]
    assert [row.context["kind"] for row in panel.filter(to=third.person.email).order_by("pk")] == [
        "chosen",
        "moved",
    ]
    assert (
        letters("interview_time").filter(context__kind="moved").get().context["where"] == "Room 12"
    )


def test_questions_stay_once_an_interview_is_scored():
    found = round_of()
    mark(members_of(found)[0], held(found), 3, send=False)

    with pytest.raises(InterviewsBegun):
        change_round(
            interview_round=found,
            interviewers=members_of(found),
            questions=[(None, "Something else?")],
            by=HRAdminFactory(),
            **fields_of(found),
        )


@pytest.mark.parametrize("leave", ["withdrawn", "unsuccessful"])
def test_who_goes_no_further_frees_the_slot_and_all_are_told(leave):
    found = round_of()
    booking = booked(found)
    application = booking.application

    if leave == "withdrawn":
        withdraw_application(application=application, by=application.applicant)
    else:
        state = ApplicationState.UNSUCCESSFUL
        move_application(
            application=application, to_state=state, by=HRAdminFactory(), words="Thank you."
        )

    booking.refresh_from_db()
    assert booking.cancelled_because == FreedBecause.LEFT
    assert event_of(letters("interview_off").get())[0] == "CANCEL"
    assert letters("interview_panel").filter(context__kind="off").count() == 2
    assert found.slots.free(timezone.now()).count() == 3


def test_an_interview_that_was_held_stays_when_somebody_goes_no_further():
    booking = held(round_of())
    withdraw_application(application=booking.application, by=booking.application.applicant)

    booking.refresh_from_db()
    assert booking.cancelled_at is None


def test_who_takes_a_withdrawal_back_is_invited_to_choose_again():
    booking = booked(round_of())
    application = booking.application

    withdraw_application(application=application, by=application.applicant)
    take_withdrawal_back(application=application, by=application.applicant)

    assert letters("interview_invited").count() == 2
    again = choose_slot(application=application, slot=booking.slot, by=application.applicant)
    assert again.pk != booking.pk


def test_asking_for_another_time_tells_hr_without_the_words_until_it_is_dealt_with(settings):
    application = invited(round_of())
    invitation = application.interview_invitations.get()

    for _ in range(2):
        ask_another_time(
            invitation=invitation, words="I look after my mother.", by=application.applicant
        )

    [letter] = letters("interview_another_time", settings.HR_MAILBOX)
    assert "mother" not in str(letter.context)
    invitation.refresh_from_db()
    assert invitation.waits_for_another_time
    settle_another_time(invitation=invitation, by=HRAdminFactory())
    invitation.refresh_from_db()
    assert not invitation.waits_for_another_time
    with pytest.raises(PermissionDenied):
        ask_another_time(invitation=invitation, words="Again", by=UserFactory())


def test_a_reminder_goes_on_the_working_day_before_and_never_twice():
    # Monday 7 December 2026 at 10 o'clock: the working day before is Friday the 4th.
    with time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=UTC), tick=False):
        booking = booked(round_of())
        slot = booking.slot
        slot.begins_at = datetime(2026, 12, 7, 10, tzinfo=UTC)
        slot.ends_at = slot.begins_at + timedelta(minutes=45)
        slot.save()
        days = [date(2026, 12, day) for day in (3, 5, 4, 4)]
        reminded = [remind_of_interviews(on=day) for day in days]

    assert reminded == [0, 0, 1, 0]
    assert InterviewReminder.objects.get().begins_at == slot.begins_at
    assert letters("interview_time").filter(context__kind="reminder").count() == 1
    assert letters("interview_panel").filter(context__kind="reminder").count() == 2


def test_who_knows_the_applicant_or_left_the_panel_has_it_out_of_their_calendar():
    found = round_of(number=3)
    knows, leaves, stays = members_of(found)
    booking = booked(found)

    declare_conflict(
        member=knows, application=booking.application, words="My cousin.", by=knows.person
    )
    take_off_panel(member=leaves, by=HRAdminFactory())
    cancel_slot(slot=booking.slot, reason="Snow.", by=HRAdminFactory())

    off = letters("interview_panel").filter(context__kind="off")
    assert sorted(off.values_list("to", flat=True)) == sorted(
        [knows.person.email, leaves.person.email, stays.person.email]
    )


def test_letters_to_interviewers_and_audit_name_a_code_and_nobody():
    found = round_of()
    booking = booked(found, full_name="Zebedine Quillfeather")
    application = booking.application
    ask_another_time(
        invitation=application.interview_invitations.get(),
        words="Zebedine cannot come.",
        by=application.applicant,
    )
    withdraw_application(application=application, by=application.applicant)

    for letter in letters("interview_panel"):
        assert "Zebedine" not in str(letter.context)
        assert application.reference not in str(letter.context)
        assert b"Zebedine" not in bytes(letter.attachments.get().content)
        assert application.code in str(letter.context)
    assert [line for line in AuditEvent.objects.all() if "Zebedine" in str(line.facts)] == []


def test_a_conflict_declared_before_keeps_the_interview_out_of_the_calendar():
    found = round_of()
    knows, other = members_of(found)
    application = invited(found)
    ConflictFactory(member=knows, application=application)

    choose_slot(application=application, slot=found.slots.first(), by=application.applicant)

    assert [row.to for row in letters("interview_panel")] == [other.person.email]


def test_blanking_an_application_takes_its_interviews_and_their_history():
    booking = held(round_of())
    application = booking.application
    mark(members_of(booking.round)[0], booking, 3)
    history = InterviewBooking.pgh_event_model.objects.filter(application=application.pk)
    assert history.exists()

    blank_words(application)

    assert application.interview_bookings.count() == 0
    assert application.interview_invitations.count() == 0
    assert application.interview_sheets.count() == 0
    assert not history.exists()
