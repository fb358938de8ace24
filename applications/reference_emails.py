"""What referees are told, and what HR is told of them: by the reference of the application alone."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from applications.states import LetterKind
from notifications import outbox


def reference_asked(letter, token_path):
    """Send a referee the link to answer by. It is a secret: nobody but they reads this letter."""
    request = letter.request
    application, referee = request.application, request.referee
    outbox.put(
        template="applications/emails/reference_asked",
        to=referee.email,
        context={
            "greeting": referee.full_name,
            "applicant_name": application.full_name,
            "vacancy_title": application.vacancy.title,
            "is_reminder": letter.kind == LetterKind.REMINDER,
            "is_new_link": letter.kind in (LetterKind.AGAIN, LetterKind.CORRECTED),
            "good_until": _day(request.expires_at),
            "path": token_path,
        },
        about=request,
        key=key_of(letter),
        secret=True,
    )


def key_of(letter):
    return f"reference_asked:{letter.pk}"


def reference_not_needed(request):
    """Tell a referee who was asked and has not answered that they need not."""
    application = request.application
    outbox.put(
        template="applications/emails/reference_not_needed",
        to=request.referee.email,
        context={
            "greeting": request.referee.full_name,
            "applicant_name": application.full_name,
            "vacancy_title": application.vacancy.title,
        },
        about=request,
        key=f"reference_not_needed:{request.pk}",
    )


def reference_answered_hr(request):
    """Tell the HR mailbox that a reference came, or that a referee cannot give one."""
    _tell_hr(request, "reference_answered_hr", str(request.pk), state=request.state)


def referee_changed_hr(change, request):
    """Tell the HR mailbox that an applicant has changed how a referee is reached."""
    _tell_hr(request, "referee_changed_hr", str(change.pk), state=request.state)


def _tell_hr(request, name, key, **facts):
    application = request.application
    outbox.put(
        template=f"applications/emails/{name}",
        to=settings.HR_MAILBOX,
        context={
            "reference": application.reference,
            "vacancy_title": application.vacancy.title,
            "vacancy_reference": application.vacancy.reference,
            "position": request.referee.position,
            "path": reverse("admin:applications_references", args=[application.pk]),
            **facts,
        },
        about=request,
        key=f"{name}:{key}",
    )


def _day(at):
    return date_format(timezone.localtime(at), "j F Y")
