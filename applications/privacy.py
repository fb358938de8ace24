from accounts.registries import privacy
from applications.actions import erase_applications
from applications.models import Application


def erase_applications_of(user):
    return erase_applications(person=user, by=None)


privacy.register(
    Application, eraser=erase_applications_of, event_retention="unsuccessful_application"
)
