"""What is destroyed of the checks: certificate details on their date, the rest where no job came of it."""

from django.utils import timezone

from accounts import audit
from accounts.actions import carry_out
from applications.models import Check
from applications.states import CheckEvent


def destroy_check_details(*, on):
    """Blank the number and the words of DBS certificates whose date has come by the date `on`.

    So are those of every check where no job came of the application, once its withdrawal cannot be taken
    back any more. What stays: which application, the dates, and what was decided. Held ones stay whole.
    Safe to run late and twice. Returns how many were blanked.
    """
    return carry_out("check_details", on=on)


def destroy_details(check):
    """Blank the number and the words of one check. The caller holds its lock."""
    check.number = check.what_was_seen = check.next_step = check.reason = ""
    check.destroyed_at = timezone.now()
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


def erase_checks(application):
    """Delete the checks of an application that is blanked, their history and what the register said."""
    Check.pgh_event_model.objects.filter(application=application.pk).delete()
    application.checks.all().delete()
    application.registration_checks.all().delete()
