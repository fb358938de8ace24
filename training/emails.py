"""Messages about training. Each puts rows in the outbox, inside the caller's transaction."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from notifications import outbox
from training.calendar_files import CANCEL, REQUEST, booking_calendar
from training.models.bookings import PASSED_OVER_BECAUSE
from training.models.courses import moment_words
from training.queries import approver_of, approvers_of, other_dates
from training.states import EndReason

MAILBOX_NAME = "workforce development"


def place_booked(booking, approver=None, *, tells_person=True):
    """Confirm a place to the person, with a calendar file; tell the manager who may object in time."""
    letters = [_letter_to_person(booking, "place_booked", calendar=REQUEST)] if tells_person else []
    if approver:
        letters.append(_letter_to_manager(booking, approver, "place_booked_manager"))
    outbox.put_together(letters)


def place_held(booking, approver):
    """Tell the person that a place is held until the manager decides, and ask the manager."""
    outbox.put_together(
        [
            _letter_to_person(booking, "place_held", approver=approver.full_name),
            _letter_to_manager(booking, approver, "place_held_manager"),
        ]
    )


def booking_approved(booking):
    """Tell the person that the manager said yes, with a calendar file."""
    _to_person(booking, "booking_approved", calendar=REQUEST)


def booking_declined(booking, *, was_booked):
    """Tell the person why the manager said no, and which other date they suggest."""
    other = booking.suggested_session
    _to_person(
        booking,
        "booking_declined",
        calendar=CANCEL if was_booked else None,
        was_booked=was_booked,
        reason=booking.reason,
        other=other.when if other else "",
        other_path=other.get_absolute_url() if other else "",
    )


def booking_escalated(booking):
    """Ask whoever stands behind the manager about a held place, and the officers' mailbox."""
    now = timezone.now()
    for approver in approvers_of(booking.person, now, late=True)[1:]:
        _to_manager(booking, approver, "booking_escalated")
    to_mailbox = _letter(
        booking,
        "booking_escalated",
        to=settings.NOMINATIONS_MAILBOX,
        key=f"booking-{booking.pk}-booking_escalated-mailbox",
        context=_manager_facts(booking, MAILBOX_NAME),
    )
    outbox.put_together([to_mailbox])


def booking_lapsed(booking):
    """Tell the person that the session began before anybody answered, or before a place came free."""
    _to_person(booking, "booking_lapsed", waited=booking.end_reason == EndReason.NO_PLACE)


def place_offered(booking):
    """Offer the person a place, with the moment until which it is theirs to take."""
    _to_person(booking, "place_offered", answer_by=moment_words(booking.answer_by))


def offer_lapsed(booking):
    """Tell the person that the place they did not answer for has gone to the next."""
    _to_person(booking, "offer_lapsed")


def called_away(booking):
    """Confirm to the person that work came first and the day is theirs again, with the next dates."""
    dates = _dates(other_dates(booking, timezone.now())[:3])
    _to_person(booking, "called_away", calendar=CANCEL, dates=dates)
    approver = approver_of(booking.person, timezone.now())
    if approver:
        _to_manager(booking, approver, "called_away_manager")


def dates_offered(person, sessions, *, by):
    """Send a person dates that they can go to for their five days."""
    today = timezone.localdate()
    dates = [
        {
            "course": row.course.title,
            "when": row.when,
            "where": row.where,
            "path": row.get_absolute_url(),
        }
        for row in sessions
    ]
    outbox.put(
        template="training/emails/dates_offered",
        to=person.email,
        about=person,
        key=f"dates-offered-{person.pk}-{today}",
        context={
            "name": person.get_short_name(),
            "by": by.full_name,
            "dates": dates,
            "courses_path": reverse("training:course-list"),
        },
    )


def booking_cancelled(booking, *, had_a_place, had_asked=False):
    """Confirm a cancellation to the person; what was in the calendar goes out of it."""
    _to_person(
        booking,
        "booking_cancelled",
        calendar=CANCEL if had_a_place else None,
        had_a_place=had_a_place,
        had_asked=had_asked,
    )


def booking_ended_by_leaving(booking, *, had_a_place):
    """Tell somebody who has left that their place, or their wait for one, has ended."""
    _to_person(
        booking,
        "booking_ended_by_leaving",
        calendar=CANCEL if had_a_place else None,
        had_a_place=had_a_place,
    )


def session_changed(booking):
    """Tell a person about new times or a new place; the calendar entry moves along."""
    _to_person(
        booking,
        "session_changed",
        step=f"session_changed-{booking.session.calendar_sequence}",
        calendar=REQUEST if booking.is_booked else None,
    )


def session_cancelled(booking, *, had_a_place, reason, dates=()):
    """Tell a person that we cancelled the session, and why, with the next `dates` that have a place."""
    _to_person(
        booking,
        "session_cancelled",
        calendar=CANCEL if had_a_place else None,
        had_a_place=had_a_place,
        reason=reason,
        dates=_dates(dates),
    )


def place_requested(booking, fair_round):
    """Confirm to the person that they have asked for a place, with the number of their request."""
    _to_person(booking, "place_requested", **_round_facts(booking, fair_round))


def round_result(line, fair_round, cut, *, position):
    """Tell a person what a fair round gave them and why; a booked place comes with its calendar file."""
    booking = line.booking
    _to_person(
        booking,
        "round_result",
        calendar=REQUEST if booking.is_booked else None,
        **_round_facts(booking, fair_round),
        points=line.points,
        rank=line.rank,
        places=fair_round.places,
        got_a_place=line.got_a_place,
        is_held=booking.is_held,
        because=PASSED_OVER_BECAUSE.get(line.passed_over, ""),
        position=position,
        cut=cut.points,
        tied=cut.tied,
        tied_with_place=cut.tied_with_place,
        at_the_cut=line.points == cut.points and cut.went_to_the_draw,
    )


def round_called_off(booking, fair_round):
    """Tell a person that the round they asked in was called off, why, and that they are on the list."""
    _to_person(
        booking,
        "round_called_off",
        **_round_facts(booking, fair_round),
        reason=fair_round.end_reason,
        order_path=reverse("training:waiting-order"),
    )


def swap_proposed(proposal):
    """Ask somebody who waits whether they take a colleague's place."""
    _about_swap(proposal, "swap_proposed", to=proposal.waiting)


def swap_accepted(proposal):
    """Tell who gave a place that the colleague has it; it goes out of their calendar."""
    _about_swap(proposal, "swap_accepted", to=proposal.booking, calendar=CANCEL)


def swap_declined(proposal):
    """Tell who offered a place that they keep it."""
    _about_swap(proposal, "swap_declined", to=proposal.booking)


def swap_withdrawn(proposal):
    """Tell who waits that the colleague keeps the place after all."""
    _about_swap(proposal, "swap_withdrawn", to=proposal.waiting)


def date_planned(interest, sessions):
    """Tell somebody who asked to hear of a course that it has dates."""
    outbox.put(
        template="training/emails/date_planned",
        to=interest.person.email,
        context={
            "name": interest.person.get_short_name(),
            "course": interest.course.title,
            "course_path": interest.course.get_absolute_url(),
            "dates": _dates(sessions),
        },
        about=interest,
        key=f"interest-{interest.pk}-date_planned",
    )


def evaluations_asked(bookings):
    """Ask who attended how it was, once for each booking; return how many letters were queued."""
    return outbox.put_many(
        template="training/emails/evaluation_asked",
        letters=[
            outbox.Letter(
                to=booking.person.email,
                context={
                    "name": booking.person.get_short_name(),
                    "course": booking.session.course.title,
                    "when": booking.session.when,
                    "fewest": settings.EVALUATION_FEWEST_ANSWERS,
                    "evaluate_path": reverse("training:booking-evaluate", args=[booking.pk]),
                    "certificate_path": reverse("training:booking-certificate", args=[booking.pk]),
                },
                about=booking,
                key=f"booking-{booking.pk}-evaluation_asked",
            )
            for booking in bookings
        ],
    )


def _round_facts(booking, fair_round):
    return {
        "number": booking.pk,
        "closes": fair_round.closes_words,
        "round_path": fair_round.get_absolute_url(),
    }


def _about_swap(proposal, template, *, to, **options):
    giver, taker = proposal.booking.person, proposal.waiting.person
    _to_person(
        to,
        template,
        step=f"{template}-{proposal.pk}",
        giver=giver.full_name,
        taker=taker.full_name,
        **options,
    )


def _dates(sessions):
    return [{"when": session.when, "path": session.get_absolute_url()} for session in sessions]


def _to_person(booking, template, **options):
    outbox.put_together([_letter_to_person(booking, template, **options)])


def _to_manager(booking, manager, template):
    outbox.put_together([_letter_to_manager(booking, manager, template)])


def _letter_to_person(booking, template, *, step="", calendar=None, **facts):
    return _letter(
        booking,
        template,
        to=booking.person.email,
        context={
            "name": booking.person.get_short_name(),
            "online_link": booking.session.online_link,
            "bookings_path": reverse("training:booking-list"),
            "courses_path": reverse("training:course-list"),
            **facts,
        },
        attachments=(calendar_file(booking, calendar),) if calendar else (),
        key=f"booking-{booking.pk}-{step or template}",
    )


def _letter_to_manager(booking, manager, template):
    return _letter(
        booking,
        template,
        to=manager.email,
        context=_manager_facts(booking, manager.get_short_name()),
        key=f"booking-{booking.pk}-{template}-{manager.pk}",
    )


def _manager_facts(booking, name):
    return {
        "name": name,
        "person": booking.person.full_name,
        "answer_by": moment_words(booking.answer_by),
        "reason": booking.reason,
        "waiting_path": reverse("training:waiting-for-me"),
        "decide_path": reverse("training:booking-decide", args=[booking.pk]),
    }


def _letter(booking, template, *, context, **parts):
    session = booking.session
    facts = {
        "course": session.course.title,
        "when": session.when,
        "where": session.where,
        "session_path": session.get_absolute_url(),
    }
    return outbox.Letter(
        template=f"training/emails/{template}", context=facts | context, about=booking, **parts
    )


def calendar_file(booking, method):
    """Return the file that puts a booking in a calendar, or takes it out."""
    return outbox.Attachment(
        filename="cancelled.ics" if method == CANCEL else "training.ics",
        content=booking_calendar(booking, method=method),
        mimetype=f"text/calendar; method={method}",
    )
