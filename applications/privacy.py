from accounts.registries import confidential_events, privacy
from applications.actions import erase_applications, forget_monitoring
from applications.models import Application, MonitoringAnswers, SavedVacancyNudge
from applications.states import CONFIDENTIAL_EVENTS


def erase_applications_of(user):
    return erase_applications(person=user, by=None)


privacy.register(
    Application, eraser=erase_applications_of, event_retention="unsuccessful_application"
)


def forget_nudges(user):
    """Forget about which saved jobs the person was written to."""
    deleted, _ = SavedVacancyNudge.objects.filter(person=user).delete()
    return deleted


privacy.register(SavedVacancyNudge, eraser=forget_nudges, event_retention=None)


def forget_monitoring_of(user):
    return forget_monitoring(person=user)


privacy.register(MonitoringAnswers, eraser=forget_monitoring_of, event_retention=None)


confidential_events.extend(CONFIDENTIAL_EVENTS)
