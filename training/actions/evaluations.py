"""What people say about a session after it: asked once, given once, changed for some days."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import carry_out
from training import emails
from training.exceptions import EvaluationRefused
from training.models import Booking, Evaluation
from training.queries import bookings_to_evaluate
from training.rules import may_evaluate
from training.states import BookingEvent


@transaction.atomic
def give_evaluation(*, booking, by, useful, do_differently="", to_change=""):
    """Give an evaluation of a session, or change one's own, and return it: one for each booking.

    `useful` goes from 1 to 5. Raises EvaluationRefused for others' bookings and when it is too late.
    """
    bookings = Booking.objects.select_for_update(no_key=True, of=["self"])
    booking = bookings.select_related("session").get(pk=booking.pk)
    now = timezone.now()
    if not may_evaluate(by, booking, now):
        raise EvaluationRefused(
            "This can no longer be answered or changed. Thank you all the same."
        )
    answers = {"useful": useful, "do_differently": do_differently, "to_change": to_change}
    evaluation, made = Evaluation.objects.update_or_create(
        booking=booking,
        defaults={**answers, "changed_at": now},
        create_defaults={**answers, "given_at": now, "changed_at": now},
    )
    if made:
        audit.record(BookingEvent.EVALUATION_GIVEN, booking, by=by)
    return evaluation


@transaction.atomic
def ask_for_evaluations(*, at):
    """Write once to everybody who attended a session that ended before today; return how many letters.

    Who was asked, has answered or has left is left out. What was marked late is asked for late.
    """
    bookings = bookings_to_evaluate(at).filter(person__is_active=True)
    bookings = bookings.exclude(person__staff_member__left_on__lt=timezone.localdate(at))
    over = [
        row for row in bookings if timezone.localdate(row.session.ends_at) < timezone.localdate(at)
    ]
    return emails.evaluations_asked(over)


def delete_evaluations_kept_long_enough(*, on):
    """Delete the evaluations whose end date has come by the date `on`, and return how many."""
    return carry_out("evaluation", on=on)
