"""What is destroyed of the checks: certificate details on their date, the rest where no job came of it."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from accounts import audit
from applications.models import Check
from applications.queries.checks import of_people_without_job
from applications.states import CheckEvent


def destroy_check_details(*, on, now):
    """Blank the number and the words of DBS certificates whose date has come by the date `on`.

    So are those of every check where no job came of the application, once its withdrawal cannot be taken
    back any more at the moment `now`. What stays: which application, the dates, and what was decided. Safe
    to run late and twice. Returns how many were blanked.
    """
    ended = now - timedelta(hours=settings.WITHDRAWAL_UNDO_HOURS)
    keys = set(Check.objects.with_details_past_their_date(on).values_list("pk", flat=True))
    keys |= set(of_people_without_job(ended).values_list("pk", flat=True))
    return sum(_destroy(pk, now) for pk in sorted(keys))


@transaction.atomic
def _destroy(pk, now):
    check = (
        Check.objects.select_for_update(of=["self"], skip_locked=True)
        .select_related("application", "kind")
        .filter(pk=pk, destroyed_at__isnull=True)
        .first()
    )
    if check is None:
        return 0
    check.number = check.what_was_seen = check.next_step = check.reason = ""
    check.destroyed_at = now
    check.save()
    check.steps.update(words="")
    audit.record(
        CheckEvent.CHECK_DETAILS_DESTROYED,
        check,
        by=None,
        reference=check.application.reference,
        kind=check.kind.slug,
        seen_on=check.seen_on.isoformat() if check.seen_on else "",
        decision=check.outcome or check.state,
    )
    return 1


def erase_checks(application):
    """Delete the checks of an application that is blanked, their history and what the register said."""
    Check.pgh_event_model.objects.filter(application=application.pk).delete()
    application.checks.all().delete()
    application.registration_checks.all().delete()
