"""The letter before what somebody wrote is deleted."""

from django.urls import reverse
from django.utils.formats import date_format

from notifications import outbox


def words_will_be_deleted(warning, *, goes_on):
    """Tell the applicant that a draft or the words of an application go on a day, and how to keep them."""
    application = warning.application
    outbox.put(
        template="applications/emails/words_will_be_deleted",
        to=application.applicant.email,
        context={
            "greeting": application.full_name or application.applicant.full_name,
            "reference": application.reference,
            "vacancy_title": application.vacancy.title,
            "is_draft": application.is_draft,
            "goes_on": date_format(goes_on, "j F Y"),
            "path": application.get_absolute_url(),
            "answers_path": reverse(
                "applications:application-answers", args=[application.reference]
            ),
        },
        about=application,
        key=f"words_will_be_deleted:{warning.pk}",
    )
