"""What must never be true in training. The database refuses most of it; this looks again."""

import itertools
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.registries import invariants
from training.actions.attended import attended_key
from training.actions.offers import Reasons
from training.actions.outside_outcomes import ledger_key
from training.models import (
    AttendedElsewhere,
    Booking,
    BudgetLine,
    Evidence,
    FairRound,
    Intake,
    LedgerEntry,
    Nomination,
    OutsideCourse,
    Presence,
    ProgrammeVersion,
    Session,
)
from training.models.attendance import parts_of
from training.queries import differences_when_repeated, waiting_in_published_order
from training.states import (
    ATTENDANCE_STATES,
    COMING_STATES,
    CURRENT_BOOKING_STATES,
    OUTSIDE_TIME_TAKEN,
    PLACE_HOLDING_STATES,
    AttendedState,
    BookingState,
    NominationState,
    OutsideEvent,
    OutsideState,
    RoundOutcome,
    RoundState,
    SessionState,
)


@invariants.register
def no_session_is_over_its_capacity():
    for session in Session.objects.with_places().filter(places_left__lt=0):
        yield f"Session {session.pk} has {session.places_taken} people in {session.capacity} places."


@invariants.register
def nobody_is_twice_on_a_session():
    twice = (
        Booking.objects.filter(state__in=CURRENT_BOOKING_STATES)
        .order_by()
        .values("session", "person")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
    )
    for row in twice:
        yield f"Person {row['person']} is on session {row['session']} {row['times']} times."


@invariants.register
def nobody_has_a_place_while_they_lead_a_session():
    led = Session.objects.planned().filter(
        trainer=OuterRef("person"), during__overlap=OuterRef("during")
    )
    for booking in Booking.objects.holding_a_place().filter(Exists(led)):
        yield f"Booking {booking.pk} is at a time at which the person leads a session."


@invariants.register
def bookings_are_at_the_times_of_their_session():
    for booking in Booking.objects.exclude(during=F("session__during")):
        yield f"Booking {booking.pk} is not at the times of session {booking.session_id}."


@invariants.register
def nobody_waits_past_the_end_of_their_offer():
    """Offers and approvals are answered by the clock within minutes; an hour late, nobody does it."""
    late = timezone.now() - timedelta(hours=1)
    for booking in Booking.objects.filter(state=BookingState.OFFERED, answer_by__lt=late):
        yield f"Booking {booking.pk} is still offered after its time."


@invariants.register
def no_place_is_free_while_somebody_waits_who_can_come():
    """The clock offers what is free within minutes: this names who could have come an hour ago already."""
    now = timezone.now()
    before = now - timedelta(hours=1)
    for session in Session.objects.with_a_place_that_is_waited_for(now):
        queue = waiting_in_published_order(session, now)
        then, today = Reasons(session, queue, before), Reasons(session, queue, now)
        for booking in queue:
            is_new = booking.waiting_since > before
            if not is_new and not then.to_skip(booking) and not today.to_skip(booking):
                yield f"Session {session.pk} has a free place, and booking {booking.pk} waits for one."


@invariants.register
def nobody_is_coming_to_a_cancelled_session():
    coming = Booking.objects.filter(session__state=SessionState.CANCELLED, state__in=COMING_STATES)
    for booking in coming:
        yield f"Booking {booking.pk} is for a cancelled session."


@invariants.register
def states_follow_from_the_half_days_attended():
    """Attended is all half days of the session, partly attended some, and who did not come none."""
    marked = Booking.objects.filter(state__in=ATTENDANCE_STATES).annotate(
        possible=F("session__half_days")
    )
    wrong = marked.exclude(
        Q(state=BookingState.ATTENDED, half_days_attended=F("possible"))
        | Q(
            state=BookingState.PARTLY_ATTENDED,
            half_days_attended__gt=0,
            half_days_attended__lt=F("possible"),
        )
        | Q(state=BookingState.NO_SHOW, half_days_attended=0)
    )
    for row in wrong:
        yield f"Booking {row.pk} is {row.state} with {row.half_days_attended} of {row.possible} half days."


@invariants.register
def half_days_attended_are_those_that_were_noted():
    noted = (
        Presence.objects.filter(booking__state__in=ATTENDANCE_STATES).values("booking").distinct()
    )
    bookings = Booking.objects.filter(pk__in=noted).select_related("session")
    for booking in bookings.prefetch_related("presences"):
        parts = parts_of(booking.session)
        there = {row.half_day for row in booking.presences.all() if row.was_there}
        number = sum(part.half_day in there for part in parts)
        if len(parts) == booking.session.half_days and number != booking.half_days_attended:
            yield f"Booking {booking.pk} counts {booking.half_days_attended} half days, {number} are noted."


@invariants.register
def nobody_is_signed_in_without_a_place():
    places = [BookingState.BOOKED, *ATTENDANCE_STATES]
    for row in Presence.objects.exclude(booking__state__in=places):
        yield f"Presence {row.pk} is of a booking without a place."


@invariants.register
def nobody_did_not_come_before_the_end():
    early = Booking.objects.filter(state=BookingState.NO_SHOW, session__ends_at__gt=timezone.now())
    for booking in early:
        yield f"Booking {booking.pk} did not come to a session that is not over."


@invariants.register
def no_intake_is_over_its_places():
    enrolled = Count("nominations", filter=Q(nominations__state=NominationState.ENROLLED))
    for intake in Intake.objects.annotate(enrolled=enrolled).filter(enrolled__gt=F("places")):
        yield f"Intake {intake.pk} has {intake.enrolled} people in {intake.places} places."


@invariants.register
def nobody_decides_about_themselves():
    own = Nomination.objects.filter(
        state__in=[NominationState.ENROLLED, NominationState.DECLINED], decided_by=F("nominee")
    )
    for nomination in own:
        yield f"Nomination {nomination.pk} was decided by the nominee."


@invariants.register
def a_scheme_has_one_version_at_a_time():
    versions = list(ProgrammeVersion.objects.order_by("scheme", "starts_on"))
    for earlier, later in itertools.pairwise(versions):
        overlaps = earlier.ends_on is None or earlier.ends_on >= later.starts_on
        if earlier.scheme == later.scheme and overlaps:
            yield f"Programme versions {earlier.pk} and {later.pk} overlap."


@invariants.register
def each_draw_comes_out_the_same_when_repeated():
    for fair_round in FairRound.objects.settled().filter(lines__isnull=False).distinct():
        for difference in differences_when_repeated(fair_round):
            yield f"Fair round {fair_round.pk} comes out otherwise: {difference}."


@invariants.register
def places_of_a_round_go_by_rank():
    """Each drawn place has a line, as many as were given, and nobody ranks before one without a reason."""
    for fair_round in FairRound.objects.settled().filter(lines__isnull=False).distinct():
        outcomes = list(
            fair_round.lines.exclude(outcome=RoundOutcome.PASSED_OVER)
            .order_by("rank")
            .values_list("outcome", flat=True)
        )
        given = outcomes.count(RoundOutcome.PLACE)
        if given != fair_round.places or RoundOutcome.PLACE in outcomes[given:]:
            yield f"Fair round {fair_round.pk} gave its places out of the order of the ranks."


@invariants.register
def requests_wait_for_a_round_that_runs():
    running = FairRound.objects.running().values("session")
    asked = Booking.objects.filter(state=BookingState.REQUESTED)
    for booking in asked.exclude(session__in=running):
        yield f"Booking {booking.pk} asks for a place that no fair round will give."
    late = timezone.now() - timedelta(hours=1)
    for fair_round in FairRound.objects.closed_by(late):
        yield f"Fair round {fair_round.pk} is not settled an hour after it closed."


@invariants.register
def sessions_know_their_rounds():
    rounds = FairRound.objects.filter(state=RoundState.ANNOUNCED).values_list(
        "session", "opens_at", "closes_at"
    )
    in_rounds = Session.objects.filter(requests_close_at__isnull=False).values_list(
        "pk", "requests_open_at", "requests_close_at"
    )
    for key in sorted({row[0] for row in set(rounds) ^ set(in_rounds)}):
        yield f"Session {key} and its fair round say different things."


@invariants.register
def what_counts_from_elsewhere_is_in_the_ledger_once_and_nothing_else_is():
    """The key allows no second entry, so this looks for one that is missing, wrong, or should not be."""
    entries = dict(
        LedgerEntry.objects.filter(
            Q(key__startswith="outside-course-") | Q(key__startswith="attended-elsewhere-")
        ).values_list("key", "half_days")
    )
    due = {}
    attended = OutsideCourse.objects.filter(state=OutsideState.ATTENDED, counts_towards_five=True)
    for course in attended:
        due[ledger_key(course)] = course.half_days_attended
    confirmed = AttendedElsewhere.objects.filter(
        state=AttendedState.CONFIRMED, counts_towards_five=True
    )
    for row in confirmed:
        due[attended_key(row)] = row.half_days
    for key in sorted(due.keys() | entries.keys()):
        if due.get(key) != entries.get(key):
            yield f"{key} should have {due.get(key)} half days in the ledger and has {entries.get(key)}."


@invariants.register
def nobody_is_in_training_and_on_an_outside_course_at_once():
    places = Booking.objects.filter(
        person=OuterRef("person"),
        state__in=PLACE_HOLDING_STATES,
        during__startswith__lt=OuterRef("ends_at"),
        during__endswith__gt=OuterRef("starts_at"),
    )
    for course in OutsideCourse.objects.filter(Exists(places), state__in=OUTSIDE_TIME_TAKEN):
        yield f"Outside course {course.pk} is at the time of a place that the person has."


@invariants.register
def no_budget_line_is_over_without_a_reason():
    """What was agreed was within the line or has a reason; what came to more says why; so does a cut line."""
    over = BudgetLine.objects.with_committed().filter(committed_pence__gt=F("pounds") * 100)
    for line in over:
        said = line.outside_courses.exclude(over_budget_reason="", final_cost_reason="")
        cut = AuditEvent.objects.filter(
            event=OutsideEvent.BUDGET_LINE_KEPT, subject_id=str(line.pk)
        ).exclude(facts__reason="")
        if not said.exists() and not cut.exists():
            yield f"Budget line {line.pk} is over, and nobody said why."


@invariants.register
def nobody_decides_about_their_own_outside_course():
    own = OutsideCourse.objects.filter(Q(manager_by=F("person")) | Q(workforce_by=F("person")))
    for course in own:
        yield f"Outside course {course.pk} was decided by the person."


@invariants.register
def all_evidence_has_its_file():
    for evidence in Evidence.objects.all():
        if not default_storage.exists(evidence.file.name):
            yield f"The file of evidence {evidence.pk} is missing."
