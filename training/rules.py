"""Who may do what, and when. The same rule hides the button and guards the action."""

from datetime import timedelta
from enum import Enum

from django.conf import settings

from accounts.retention import months_before
from training.models import Approval, CPDPiece, Evaluation
from training.queries import approvers_of, five_days, people_managed_by
from training.states import (
    WAS_THERE,
    AttendedState,
    BookingState,
    NominationState,
    OutsideState,
    SessionState,
)

# How long after a session somebody can still say that work called them away.
CALLED_AWAY_UNTIL = timedelta(days=2)


class Say(Enum):
    """What the manager has to say about a place: nothing, an objection in time, or yes first."""

    NOTHING = "nothing"
    AFTER = "after"
    BEFORE = "before"


def may_have_places(person):
    """Staff have places, and so do people who return to social work."""
    return person.has_perm("training.book_session")


def managers_say(booking, *, was_declined, promise=None):
    """Return the Say of the manager about a booking.

    Each course sets it. The usual one: what is within the five days is booked, and the manager may
    object; what goes beyond them, or what the manager said no to before (`was_declined`), needs a yes.
    Mandatory training is booked. Whoever has read the person's FiveDays of that year already gives
    them as `promise`.
    """
    course = booking.session.course
    if course.approval == Approval.ALWAYS:
        return Say.BEFORE
    if course.approval == Approval.NEVER or course.is_mandatory:
        return Say.NOTHING
    if was_declined:
        return Say.BEFORE
    if not course.counts_towards_five:
        return Say.AFTER
    promise = promise or five_days(booking.person, booking.session.starts_on)
    # An offered place is among what is booked already. `left` is never below 0, and would hide what is
    # beyond the five days.
    own = 0 if booking.pk is None or not booking.holds_a_place else booking.session.days
    used = promise.used - own + booking.session.days
    return Say.AFTER if used <= promise.entitlement else Say.BEFORE


def can_book(user, session, at):
    """Who may have places may book one on a planned session until it starts, outside a fair round."""
    return is_open_to(user, session, at) and not session.is_in_round


def is_open_to(user, session, at):
    """Who may have places may book, wait for or ask for one on a planned session until it starts."""
    return (
        may_have_places(user)
        and session.state == SessionState.PLANNED
        and not session.has_started(at)
    )


def can_request_place(user, session, at):
    """While a fair round takes requests, who may have places may ask for one."""
    return is_open_to(user, session, at) and session.takes_requests(at)


def can_run_rounds(user):
    """Officers and HR announce fair rounds, call them off, and see who has asked."""
    return user.has_perm("training.add_fairround")


def can_book_for(user, person):
    """People book for themselves; officers and HR book for anybody who works here."""
    return user == person or user.has_perm("training.add_booking")


def can_cancel_booking(user, booking, at):
    """The person may cancel until the course's cut-off; officers and HR until the session starts."""
    if not booking.can_become(BookingState.CANCELLED_BY_PERSON):
        return False
    if user.pk == booking.person_id:
        return not booking.is_booked or at < booking.cancel_before
    return user.has_perm("training.change_booking") and not booking.session.has_started(at)


def can_say_called_away(user, booking, at):
    """The person, until two days after the session; officers and HR for them."""
    over = booking.session.ends_at + CALLED_AWAY_UNTIL < at
    has_it = booking.is_booked or booking.state == BookingState.NO_SHOW
    own = user.pk == booking.person_id or user.has_perm("training.change_booking")
    return has_it and not over and own


def can_answer_offer(user, booking):
    """An offer is the person's own to answer."""
    return user.pk == booking.person_id


def can_propose_swap(user, booking, at):
    """Who is booked may give the place to somebody who waits, after the cut-off too, until it starts."""
    return (
        user.pk == booking.person_id and booking.is_booked and not booking.session.has_started(at)
    )


def can_answer_swap(user, proposal):
    """A proposal is the colleague's own to answer."""
    return user.pk == proposal.waiting.person_id


def can_take_swap_back(user, proposal):
    return user.pk == proposal.booking.person_id


def can_register_interest(user, course):
    """Who may have places may ask to hear of an offered course."""
    return may_have_places(user) and course.is_offered


def can_go_past_the_order(user):
    """Officers and HR may book somebody before those who wait; the reason is kept."""
    return user.has_perm("training.change_booking")


def can_decide_booking(user, booking, at):
    """Whoever is the person's manager at that moment, or stands in; officers and HR once it is late."""
    if user.pk == booking.person_id:
        return False
    late = booking.escalated_at is not None
    if late and user.has_perm("training.change_booking"):
        return True
    return user in approvers_of(booking.person, at, late=late)


def can_see_offer(user, booking, on):
    """Managers see the offers to people they manage; only the person answers."""
    managed = people_managed_by(user, on).filter(user=booking.person)
    return booking.state == BookingState.OFFERED and managed.exists()


def can_mark_attendance(user, booking, at):
    """The session's trainer, officers and HR, once it has started."""
    return booking.session.has_started(at) and (
        user == booking.session.trainer or user.has_perm("training.change_booking")
    )


def can_run_session(user, session):
    """The session's trainer, officers and HR: its codes, its list and its evaluations."""
    return user.pk == session.trainer_id or user.has_perm("training.change_booking")


def may_evaluate(user, booking, at):
    """Who attended, for some days after the session; what was given can be changed for some more."""
    if (
        user.pk != booking.person_id
        or booking.state not in WAS_THERE
        or booking.session.ends_at > at
    ):
        return False
    given = Evaluation.objects.filter(booking=booking).first()
    if given:
        return at < given.given_at + timedelta(days=settings.EVALUATION_CHANGED_DAYS)
    return at < booking.session.ends_at + timedelta(days=settings.EVALUATION_ASKED_DAYS)


def can_see_certificate(user, booking):
    """The person's own, once attended; officers and HR see it too."""
    own = user.pk == booking.person_id or user.has_perm("training.change_booking")
    return own and booking.state in WAS_THERE


def can_check_certificates(user):
    """Staff may look up whether a certificate that they are shown is true."""
    return user.has_role("staff") or user.has_perm("training.change_booking")


def may_keep_cpd(user):
    """Who has places keeps a record of CPD; who has one already always gets to it, after leaving too."""
    return may_have_places(user) or CPDPiece.objects.filter(person=user).exists()


def can_plan_sessions(user):
    return user.has_perm("training.change_session")


def last_day_to_plan(on):
    """The last day that a session planned on the date `on` may be held."""
    return months_before(on, -settings.SESSIONS_WITHIN_MONTHS)


def can_nominate(user, nominee, on):
    """A manager may nominate the people they manage: their reports and the teams they lead."""
    return user != nominee and people_managed_by(user, on).filter(user=nominee).exists()


def can_nominate_anyone(user):
    """Line managers have somebody to nominate."""
    return user.has_role("line_manager")


def can_put_self_forward(user, intake):
    """Staff in a role the programme is open to may put themselves forward for an intake."""
    return (
        user.has_role("staff")
        and intake.version.open_to.filter(pk=user.staff_member.role_id).exists()
    )


def can_decide_nomination(user, nomination):
    """Officers and HR decide, never about themselves."""
    return (
        nomination.state == NominationState.AWAITING_DECISION
        and user.has_perm("training.decide_nomination")
        and user != nomination.nominee
    )


def can_withdraw_nomination(user, nomination):
    """Whoever made it, until there is a place; officers and HR a place on an intake too."""
    if nomination.state in {NominationState.AWAITING_DECISION, NominationState.WAITING}:
        return user == nomination.nominated_by or can_end_nominations(user, nomination)
    on_an_intake = nomination.state == NominationState.ENROLLED and nomination.intake_id is not None
    return on_an_intake and can_end_nominations(user, nomination)


def can_end_nominations(user, nomination):
    return user.has_perm("training.decide_nomination") and user != nomination.nominee


def can_keep_ledger(user):
    """Officers and HR enter and correct what was attended beside the portal's sessions."""
    return user.has_perm("training.add_ledgerentry")


def can_see_forecasts(user):
    """Officers and HR see the county's forecast, with names."""
    return user.has_perm("training.view_forecast")


def can_offer_dates(user, person, on):
    """Officers and HR to anybody, a manager to the people they manage; nobody to themselves."""
    return user != person and (
        can_see_forecasts(user) or people_managed_by(user, on).filter(user=person).exists()
    )


# --- Outside courses, and what was attended elsewhere ---------------------------------------------


def can_ask_for_outside_courses(user):
    """Everybody who works here may ask for a course elsewhere, and log what they have attended."""
    return user.has_role("staff")


def can_decide_outside(user, outside, at):
    """Whoever is the person's manager at that moment, or stands in; officers and HR once it is late."""
    return outside.state == OutsideState.ASKED and can_decide_booking(user, outside, at)


def decides_for_workforce(user):
    """Officers and HR decide about outside courses and their money, and look after the reviews."""
    return user.has_perm("training.decide_outsidecourse")


def can_decide_for_workforce(user, outside):
    """Officers and HR, after the manager; never about themselves."""
    return (
        outside.state == OutsideState.WITH_WORKFORCE
        and decides_for_workforce(user)
        and user.pk != outside.person_id
    )


def can_see_outside(user, outside):
    """The person, officers and HR. Managers see it on the page on which they decide."""
    return user.pk == outside.person_id or decides_for_workforce(user)


def can_withdraw_outside(user, outside, at):
    """The person may take it back until it begins."""
    return (
        user.pk == outside.person_id
        and outside.can_become(OutsideState.WITHDRAWN)
        and not outside.has_started(at)
    )


def can_tell_outcome(user, outside, at):
    """The person says how it went, once it is over; officers and HR for somebody who has left."""
    if not outside.is_approved or not outside.is_over(at):
        return False
    is_theirs = user.pk == outside.person_id
    return is_theirs or (decides_for_workforce(user) and not outside.person.has_role("staff"))


def can_confirm_attended(user, attended, at):
    """Whoever is the person's manager at that moment, or stands in; officers and HR once it is late."""
    return attended.state == AttendedState.ASKED and can_decide_booking(user, attended, at)


def can_open_evidence(user, attended, at):
    """The person, officers and HR, who confirms it now, and who decided about it."""
    return (
        user.pk in (attended.person_id, attended.decided_by_id)
        or decides_for_workforce(user)
        or can_confirm_attended(user, attended, at)
    )
