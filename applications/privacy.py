from accounts.registries import privacy
from applications.actions import erase_applications, forget_monitoring
from applications.models import (
    Application,
    Check,
    InterviewBooking,
    MonitoringAnswers,
    Offer,
    SavedVacancyNudge,
)


def erase_applications_of(user):
    return erase_applications(person=user, by=None)


privacy.register(
    Application, eraser=erase_applications_of, event_retention="unsuccessful_application"
)


# An interview goes with its application.
privacy.register(
    InterviewBooking, eraser=erase_applications_of, event_retention="unsuccessful_application"
)


def forget_nudges(user):
    """Forget about which saved jobs the person was written to."""
    deleted, _ = SavedVacancyNudge.objects.filter(person=user).delete()
    return deleted


privacy.register(SavedVacancyNudge, eraser=forget_nudges, event_retention=None)


def forget_monitoring_of(user):
    return forget_monitoring(person=user)


privacy.register(MonitoringAnswers, eraser=forget_monitoring_of, event_retention=None)


# --- Checks before somebody starts. They go with the application: what is left was erased just before. ---
def forget_checks_of(user):
    deleted, _ = Check.objects.filter(
        application__applicant=user, application__blanked_at__isnull=False
    ).delete()
    return deleted


privacy.register(Check, eraser=forget_checks_of, event_retention="checks")


# Its words go with those of its application: see applications.actions.offer_ends.erase_offers.
privacy.register(Offer, eraser=lambda user: 0, event_retention="unsuccessful_application")
