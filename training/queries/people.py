from dataclasses import dataclass

from django.db.models import Count, F, Q

from accounts.models import User
from organisation.models import StaffMember
from training.models import Intake, Nomination, Scheme, Session
from training.states import PLACE_HOLDING_STATES, NominationState


def people_managed_by(user, on):
    """Return the staff whom `user` manages on a date: their reports and the teams they lead."""
    return (
        StaffMember.objects.working(on)
        .filter(Q(line_manager__user=user) | Q(team__manager__user=user))
        .exclude(user=user)
        .select_related("user", "role", "team")
        .order_by("user__full_name", "pk")
        .distinct()
    )


def line_manager_of(person):
    """Return the User who manages `person`, or None."""
    return User.objects.filter(staff_member__reports__user=person, is_active=True).first()


def intakes_to_join(on, role=None, scheme=Scheme.GETS, count=4):
    """Return the next `count` intakes that take nominations on a date, with `places_left`.

    With a `role`, only intakes for which its holders may put themselves forward.
    """
    enrolled = Count("nominations", filter=Q(nominations__state=NominationState.ENROLLED))
    intakes = Intake.objects.of(scheme).open_on(on)
    if role is not None:
        intakes = intakes.filter(version__open_to=role)
    return intakes.select_related("version").annotate(places_left=F("places") - enrolled)[:count]


def places_enrolled(intake):
    """Return how many people have been enrolled on an intake."""
    return intake.nominations.filter(state=NominationState.ENROLLED).count()


@dataclass(frozen=True)
class Target:
    """A session or an intake that people are nominated for: how many wait for a decision, what is free."""

    kind: str
    target: Session | Intake
    number: int
    free: int


def nominations_by_target():
    """Return the Targets whose nominations wait for a decision, sessions first, the soonest first.

    Two queries, however many there are.
    """
    state = NominationState.AWAITING_DECISION
    waits = Nomination.objects.filter(state=state)
    number = Count("nominations", filter=Q(nominations__state=state), distinct=True)
    taken = Count("bookings", filter=Q(bookings__state__in=PLACE_HOLDING_STATES), distinct=True)
    enrolled = Count(
        "nominations", filter=Q(nominations__state=NominationState.ENROLLED), distinct=True
    )
    sessions = Session.objects.filter(pk__in=waits.values("session")).select_related("course")
    intakes = Intake.objects.filter(pk__in=waits.values("intake")).select_related("version")
    return [
        Target(kind, row, row.number, max(free(row), 0))
        for kind, rows, free in (
            ("session", sessions.annotate(number=number, taken=taken), _places_free),
            ("intake", intakes.annotate(number=number, enrolled=enrolled), _intake_free),
        )
        for row in rows
    ]


def _places_free(session):
    return session.capacity - session.taken


def _intake_free(intake):
    return intake.places - intake.enrolled
