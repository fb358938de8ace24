"""Every message about an application. HR's are named by reference only: a name must not sway anyone."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from applications import progress
from applications.states import EnteredHow
from notifications import outbox
from notifications.outbox import Letter


def application_sent(application, *, by):
    """Tell the applicant and the HR mailbox that an application has arrived, with its reference.

    Where `by` is not the applicant, the applicant reads that it was written down for them.
    """
    facts = {"what_next": progress.of_state(application.state).what_next}
    if by == application.applicant:
        closes_on = date_format(application.vacancy.closes_on, "j F Y")
        letter = _to_applicant(application, "application_submitted", closes_on=closes_on, **facts)
    else:
        on_paper = application.entered_how == EnteredHow.PAPER
        letter = _to_applicant(application, "application_entered", on_paper=on_paper, **facts)
    received = _to_hr(
        application, "application_received", submitted_at=_moment(application.submitted_at)
    )
    outbox.put_together([letter, received] if letter else [received])


def application_moved(application, move):
    """Tell the applicant where the application now stands, with HR's own words if there are any."""
    words = progress.of_state(move.to_state)
    _tell_applicant(
        application,
        "application_moved",
        key=key_of_move(move),
        stage=move.get_to_state_display(),
        happened=words.happened,
        what_next=words.what_next,
        words=move.words,
    )


def key_of_move(move):
    return f"application_moved:{move.pk}"


def application_withdrawn(application):
    """Tell the applicant that the application was withdrawn, as they asked."""
    can_apply_again = application.vacancy.is_open(timezone.localdate())
    _tell_applicant(
        application,
        "application_withdrawn",
        key=_key_of_withdrawal(application),
        can_apply_again=can_apply_again,
        take_back_until=_moment(application.withdrawal_can_be_taken_back_until),
    )


def application_withdrawn_hr(application):
    """Tell the HR mailbox that an application was withdrawn, and why if the person said so."""
    _tell_hr(
        application,
        "application_withdrawn_hr",
        key=f"{_key_of_withdrawal(application)}:hr",
        reason=application.get_withdrawal_reason_display(),
        withdrawn_at=_moment(application.withdrawn_at),
    )


def withdrawal_taken_back(application, move):
    """Tell the applicant that the application is back where it was."""
    words = progress.of_state(move.to_state)
    _tell_applicant(
        application,
        "withdrawal_taken_back",
        key=f"withdrawal_taken_back:{move.pk}",
        stage=move.get_to_state_display(),
        what_next=words.what_next,
    )


def withdrawal_taken_back_hr(application, move):
    """Tell the HR mailbox that an application is back, and where it stands."""
    _tell_hr(
        application,
        "withdrawal_taken_back_hr",
        key=f"withdrawal_taken_back:{move.pk}:hr",
        stage=move.get_to_state_display(),
        taken_back_at=_moment(move.moved_at),
    )


def document_refused(document):
    """Tell the applicant that the scan refused a file, and where to send another."""
    application = document.application
    page = "application-cv" if application.is_draft else "application-cv-again"
    _tell_applicant(
        application,
        "document_refused",
        key=f"document_refused:{document.pk}",
        can_send_another=not application.is_over,
        another_path=reverse(f"applications:{page}", args=[application.reference]),
    )


def saved_vacancy_closes(saved, *, days, days_left):
    """Tell a person that a job they saved closes in `days_left` days; `days` is which letter it is."""
    vacancy = saved.vacancy
    outbox.put(
        template="applications/emails/saved_vacancy_closes",
        to=saved.user.email,
        context={
            "greeting": saved.user.full_name,
            "title": vacancy.title,
            "place": vacancy.place_name,
            "when": date_format(vacancy.closes_on, "l j F Y"),
            "days_left": days_left,
            "vacancy_path": f"{vacancy.get_absolute_url()}?from=nudge",
            "saved_path": reverse("vacancies:saved-list"),
        },
        about=saved,
        key=f"saved_vacancy_closes:{saved.user_id}:{saved.vacancy_id}:{days}",
    )


def vacancy_news(application, notice):
    """Tell somebody who writes or has sent an application what became of its vacancy, and why."""
    _tell_applicant(
        application,
        "vacancy_news",
        key=f"vacancy_news:{notice.pk}:{application.applicant_id}",
        news=notice.kind,
        reason=notice.reason,
        closes_on=date_format(notice.closes_on, "j F Y"),
        is_draft=application.is_draft,
    )


def _tell_applicant(application, name, **facts):
    letter = _to_applicant(application, name, **facts)
    if letter:
        outbox.put_together([letter])


def _tell_hr(application, name, **facts):
    outbox.put_together([_to_hr(application, name, **facts)])


def _to_applicant(application, name, *, key=None, **facts):
    """Return a letter to the applicant, or None where they gave no address: HR rings them."""
    if not application.applicant.can_be_written_to:
        return None
    return Letter(
        template=f"applications/emails/{name}",
        to=application.applicant.email,
        context={
            **_facts_of(application),
            "greeting": application.full_name,
            "path": application.get_absolute_url(),
            **facts,
        },
        about=application,
        key=key or f"{name}:{application.pk}",
    )


def _to_hr(application, name, *, key=None, **facts):
    return Letter(
        template=f"applications/emails/{name}",
        to=settings.HR_MAILBOX,
        context={
            **_facts_of(application),
            "path": reverse("admin:applications_application_change", args=[application.pk]),
            **facts,
        },
        about=application,
        key=key or f"{name}:{application.pk}:hr",
    )


def _key_of_withdrawal(application):
    # Taken back, an application may be withdrawn once more, and is told of again.
    return f"application_withdrawn:{application.pk}:{application.withdrawn_at:%Y%m%d%H%M%S}"


def _facts_of(application):
    return {
        "reference": application.reference,
        "vacancy_title": application.vacancy.title,
        "vacancy_reference": application.vacancy.reference,
        "vacancy_path": application.vacancy.get_absolute_url(),
    }


def _moment(at):
    local = timezone.localtime(at)
    return f"{date_format(local, 'j F Y')} at {date_format(local, 'H:i')}"
