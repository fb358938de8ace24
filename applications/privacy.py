from datetime import timedelta

from accounts.registries import privacy
from applications.actions import erase_applications
from applications.models import Application


def erase_applications_of(user):
    return erase_applications(person=user, by=None)


# Twelve months after the outcome, as other councils keep unsuccessful applications; the limit for
# claims of discrimination is shorter.
privacy.register(Application, eraser=erase_applications_of, event_retention=timedelta(days=365))
