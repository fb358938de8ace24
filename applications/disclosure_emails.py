"""Messages around self-declarations: none says what was told, found or decided.

That one went out would tell HR that there was something, who see the outbox: so all but the first two are
secret, and those to readers are about the reader.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from applications.models import DisclosureReader
from notifications import outbox


def key_of_asking(declaration):
    """Return the key of the letter that asks: it is dropped when the step that asked is undone."""
    return f"declaration_asked:{declaration.pk}:{declaration.asked_at:%Y%m%d%H%M%S%f}"


def declaration_asked(declaration):
    """Ask somebody who was shortlisted for the self-declaration, and tell of the search online."""
    application = declaration.application
    _tell(application, "declaration_asked", key_of_asking(declaration), path=_page(application))


def declaration_reminder(declaration):
    """Remind an applicant of the self-declaration, once."""
    application = declaration.application
    key = f"declaration_reminder:{declaration.pk}:{declaration.asked_at:%Y%m%d%H%M%S%f}"
    _tell(application, "declaration_reminder", key, path=_page(application))


def something_to_answer(application, about, reply_by):
    """Tell an applicant that there is something to read on their page, and until when they may reply."""
    _tell(
        application,
        "disclosure_to_answer",
        f"disclosure_to_answer:{about}",
        path=application.get_absolute_url(),
        secret=True,
        reply_by=date_format(reply_by, "j F Y"),
        days=settings.DISCLOSURE_REPLY_DAYS,
    )


def assessment_decided(assessment):
    """Tell an applicant that the readers have decided, and that it is on their page."""
    application = assessment.application
    _tell(
        application,
        "disclosure_decided",
        f"disclosure_decided:{assessment.pk}",
        path=application.get_absolute_url(),
        secret=True,
    )


def something_to_read(application, about):
    """Tell the readers of a vacancy that something waits for them: the reference, and no name."""
    readers = DisclosureReader.objects.serving().filter(vacancy=application.vacancy_id)
    for reader in readers.select_related("person"):
        outbox.put(
            template="applications/emails/disclosure_waits",
            to=reader.person.email,
            context={
                "greeting": reader.person.full_name,
                "reference": application.reference,
                "vacancy_title": application.vacancy.title,
                "path": reverse("applications:disclosure-detail", args=[application.reference]),
            },
            about=reader,
            key=f"disclosure_waits:{application.pk}:{about}:{reader.pk}",
            secret=True,
        )


def _page(application):
    return reverse("applications:self-declaration", args=[application.reference])


def _tell(application, name, key, *, secret=False, **facts):
    if not application.applicant.can_be_written_to:
        return
    outbox.put(
        template=f"applications/emails/{name}",
        to=application.applicant.email,
        context={
            "greeting": application.full_name,
            "reference": application.reference,
            "vacancy_title": application.vacancy.title,
            **facts,
        },
        about=application,
        key=key,
        secret=secret,
    )
