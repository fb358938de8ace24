"""Every message of training, rendered as it is delivered: it says what it must, in text and HTML."""

import re
from datetime import timedelta

import pytest
from django.conf import settings

from notifications.models import Message
from notifications.rendering import render
from tests.factories.organisation import StaffMemberFactory
from tests.factories.training import (
    BookingFactory,
    IntakeFactory,
    SessionFactory,
    SwapProposalFactory,
    officer,
    staff_user,
)
from training import emails, session_emails
from training.actions import (
    book_place,
    cancel_booking,
    cancel_session,
    change_session,
    decline_nomination,
    enrol_nomination,
    nominate,
    put_self_forward,
)
from training.models import CourseInterest, Nomination
from training.queries.deciding import Stands
from training.states import BookingState

pytestmark = pytest.mark.django_db

COURSE = "Court & law: <what> to say"


@pytest.fixture
def session():
    return SessionFactory(course__title=COURSE)


def sent(template, to):
    message = Message.objects.with_what_delivery_needs().get(
        template=f"training/emails/{template}", to=to
    )
    email = render(message)
    html = email.alternatives[0].content
    assert "{{" not in email.body + html
    assert "&amp;" not in email.body
    assert re.search(r"^Hello \S.*,$", email.body, re.MULTILINE)
    assert email.body.rstrip().endswith(f"\n\n{settings.COUNCIL_NAME}")
    return email.subject, email.body, html


def test_place_booked(session):
    person = staff_user()
    book_place(session=session, person=person, by=person)

    subject, text, html = sent("place_booked", person.email)

    assert subject == f"You have a place: {COURSE}, {session.when}"
    assert f"{settings.SITE_URL}/training/sessions/{session.pk}/" in text
    assert "Court &amp; law: &lt;what&gt; to say" in html
    message = Message.objects.with_what_delivery_needs().get()
    part = render(message).message().get_payload()[1]
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"


def test_booking_cancelled(session):
    booking = BookingFactory(session=session)
    cancel_booking(booking=booking, by=booking.person)

    subject, text, _ = sent("booking_cancelled", booking.person.email)

    assert subject == f"Cancelled: {COURSE}, {session.when}"
    assert "takes it out of your calendar" in text


def test_stopped_waiting(session):
    booking = BookingFactory(session=session, state=BookingState.WAITING)
    cancel_booking(booking=booking, by=booking.person)

    subject, text, _ = sent("booking_cancelled", booking.person.email)

    assert subject == f"We will not write about {COURSE}, {session.when} again"
    assert "calendar" not in text


def test_session_changed(session):
    booking = BookingFactory(session=session)
    moved = change_session(
        session=session, by=officer(), starts_at=session.starts_at + timedelta(hours=1)
    )

    subject, text, _ = sent("session_changed", booking.person.email)

    assert subject == f"Changed: {COURSE} is now {moved.when}"
    assert f"When: {moved.when}" in text


def test_session_cancelled(session):
    booking = BookingFactory(session=session)
    cancel_session(session=session, reason="The trainer is ill.", by=officer())

    subject, text, html = sent("session_cancelled", booking.person.email)

    assert subject == f"We had to cancel: {COURSE}, {session.when}"
    assert "Why: The trainer is ill." in text
    assert "Why: The trainer is ill." in html


@pytest.fixture
def people():
    manager = StaffMemberFactory(user__full_name="Maggie Thornhill")
    report = StaffMemberFactory(user__full_name="Sam Okafor", line_manager=manager)
    return manager.user, report.user


def test_nomination_made(session, people):
    manager, report = people
    nominate(nominee=report, by=manager, reason="He asked twice.", session=session)

    subject, text, _ = sent("nomination_made", report.email)
    assert subject == f"You have been nominated: {COURSE}"
    assert f"Maggie Thornhill has nominated you for {COURSE}." in text
    subject, text, _ = sent("nomination_made", settings.NOMINATIONS_MAILBOX)
    assert subject == f"Nomination: Sam Okafor for {COURSE}"
    nomination = Nomination.objects.get()
    assert f"{settings.SITE_URL}/admin/training/nomination/{nomination.pk}/change/" in text
    _, text, html = sent("nomination_made", manager.email)
    assert f"You have nominated Sam Okafor for {COURSE}." in text
    assert "You have nominated Sam Okafor for <strong>" in html
    assert "This is not a place yet." in text
    assert "This is not a place yet." in html


def test_put_self_forward(people):
    manager, report = people
    intake = IntakeFactory()
    intake.version.open_to.set([report.staff_member.role])
    put_self_forward(person=report, intake=intake, reason="I qualify in June.")

    subject, *_ = sent("nomination_made", report.email)
    assert subject == "You have put yourself forward: the graduate scheme (GETS)"
    _, text, _ = sent("nomination_made", manager.email)
    assert "Sam Okafor has put themselves forward for the graduate scheme (GETS)." in text


def test_nomination_enrolled(people):
    manager, report = people
    intake = IntakeFactory()
    nomination = nominate(nominee=report, by=manager, reason="Yes", intake=intake)
    enrol_nomination(nomination=nomination, by=officer())

    subject, text, _ = sent("nomination_enrolled", report.email)
    assert subject == "You are enrolled: the graduate scheme (GETS)"
    assert f"Starts: {intake.starts_on:%A %-d %B %Y}" in text
    subject, *_ = sent("nomination_enrolled", manager.email)
    assert subject == "Sam Okafor is enrolled: the graduate scheme (GETS)"


def test_nomination_declined(session, people):
    manager, report = people
    nomination = nominate(nominee=report, by=manager, reason="Yes", session=session)
    decline_nomination(nomination=nomination, by=officer(), reason="Take the longer one.")

    subject, text, html = sent("nomination_declined", report.email)
    assert subject == f"Not this time: {COURSE}"
    assert "Why: Take the longer one." in text
    assert "Why: Take the longer one." in html


def test_swap(session):
    proposal = SwapProposalFactory(
        booking__session=session,
        booking__person=staff_user(user__full_name="Ann Dale"),
        waiting__person=staff_user(user__full_name="Ben Wick"),
    )
    giver, taker = proposal.booking.person, proposal.waiting.person
    emails.swap_proposed(proposal)
    emails.swap_accepted(proposal)
    emails.swap_declined(proposal)
    emails.swap_withdrawn(proposal)

    subject, text, html = sent("swap_proposed", taker.email)
    assert subject == f"Ann Dale offers you a place: {COURSE}, {session.when}"
    assert "If you say no, you keep your turn on the list." in text
    assert session.get_absolute_url() in html
    assert "Ben Wick said yes" in sent("swap_accepted", giver.email)[1]
    assert "Ben Wick cannot take your place" in sent("swap_declined", giver.email)[1]
    assert "You are still on the list" in sent("swap_withdrawn", taker.email)[1]


def test_date_planned(session):
    interest = CourseInterest.objects.create(course=session.course, person=staff_user())
    emails.date_planned(interest, [session])

    subject, text, html = sent("date_planned", interest.person.email)
    assert subject == f"{COURSE} has a date"
    assert f"{session.when}: " in text
    assert session.get_absolute_url() in html


def test_session_to_decide(session):
    session.minimum_people, session.decide_on = 3, session.starts_on - timedelta(days=7)

    session_emails.session_to_decide(session, Stands(booked=1, held=1, offered=0, waiting=2))

    subject, text, html = sent("session_to_decide", settings.NOMINATIONS_MAILBOX)
    assert subject == f"Does it go ahead? {COURSE}, {session.when}"
    assert "1 of them has booked. Others: 1 held for approval, 2 waiting." in text
    assert f"{settings.SITE_URL}/admin/training/session/{session.pk}/decide/" in text
    assert "Nothing is cancelled by itself." in html


def test_the_trainer_reads_of_a_change_and_of_a_cancellation(session):
    session.trainer = staff_user()
    session.save()
    by = officer()
    change_session(session=session, by=by, place_name="Willow House")
    cancel_session(session=session, by=by, reason="Snow & ice")

    subject, text, _ = sent("session_changed_trainer", session.trainer.email)
    assert subject == f"Changed: {COURSE}, {session.when}"
    assert "Where: Willow House" in text
    subject, text, html = sent("session_cancelled_trainer", session.trainer.email)
    assert subject == f"Cancelled: {COURSE}, {session.when}"
    assert "Why: Snow & ice" in text
    assert "Snow &amp; ice" in html


def test_session_without_trainer(session):
    session.trainer = staff_user(user__full_name="Ann Dow")

    session_emails.session_without_trainer(session)

    subject, text, _ = sent("session_without_trainer", settings.NOMINATIONS_MAILBOX)
    assert subject == f"The trainer has left: {COURSE}, {session.when}"
    assert f"{settings.SITE_URL}/admin/training/session/{session.pk}/change/" in text
    assert "Ann Dow, who was to lead" in text
