"""What is written about interviews: to the applicant, and to the interviewers, who read codes only."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from applications.interview_calendar import CANCEL, REQUEST, interview_file
from applications.queries.interviews import interviewers_for
from notifications import outbox

# What has happened, for the templates.
CHOSEN, CHANGED, MOVED, REMINDER = "chosen", "changed", "moved", "reminder"


def invited(invitation):
    """Ask the applicant to choose a time; once for each time they are invited."""
    chosen_until = invitation.round.choose_until_words
    _to_applicant(
        invitation.application,
        "interview_invited",
        f"{invitation.pk}:{invitation.invited_at:%Y%m%d%H%M%S%f}",
        choose_until=chosen_until,
        minutes=invitation.round.minutes,
        bring=invitation.round.bring,
    )


def interview_time(booking, kind, *, reason=""):
    """Tell the applicant and the interviewers when an interview is, with the calendar file that says so."""
    slot, application = booking.slot, booking.application
    files, key = (), f"{kind}:{booking.pk}:{booking.sequence}:{slot.begins_at:%Y%m%d%H%M}"
    if kind != REMINDER:
        files = (_file_of_applicant(booking, REQUEST),)
    _to_applicant(
        application,
        "interview_time",
        key,
        files,
        kind=kind,
        reason=reason,
        bring=slot.round.bring,
        choose_until=slot.round.choose_until_words,
        **_of_slot(slot),
    )
    for member in interviewers_for(booking.round, application):
        to_interviewer(member, booking, kind, key=key, reason=reason)


def interview_off(booking, because, *, reason="", can_choose=False):
    """Tell the applicant and the interviewers that an interview does not take place."""
    slot, application = booking.slot, booking.application
    key = f"off:{booking.pk}:{booking.sequence}"
    _to_applicant(
        application,
        "interview_off",
        key,
        (_file_of_applicant(booking, CANCEL),),
        because=because,
        reason=reason,
        can_choose=can_choose,
        **_of_slot(slot),
    )
    for member in interviewers_for(booking.round, application):
        to_interviewer(member, booking, "off", key=key, reason=reason)


def to_interviewer(member, booking, kind, *, key, reason=""):
    """Write to one interviewer, with the code and never a name; `kind` "off" takes the entry out."""
    application, vacancy = booking.application, member.vacancy
    path = reverse("applications:panel-interview", args=[vacancy.reference, application.code])
    files = ()
    if kind != REMINDER:
        files = (
            interview_file(
                booking,
                attendee=member.person.email,
                title=f"Interview {application.code}: {vacancy.title}",
                path=path,
                method=CANCEL if kind == "off" else REQUEST,
            ),
        )
    outbox.put(
        template="applications/emails/interview_panel",
        to=member.person.email,
        context={
            "greeting": member.person.full_name,
            "vacancy_title": vacancy.title,
            "vacancy_reference": vacancy.reference,
            "code": application.code,
            "path": path,
            "kind": kind,
            "reason": reason,
            **_of_slot(booking.slot),
        },
        about=member,
        attachments=files,
        key=f"interview_panel:{member.pk}:{key}",
    )


def another_time_asked(invitation):
    """Tell the HR mailbox that no time suits somebody; the words stay in the portal."""
    application = invitation.application
    outbox.put(
        template="applications/emails/interview_another_time",
        to=settings.HR_MAILBOX,
        context={
            **_facts_of(application),
            "path": reverse("admin:applications_interviews", args=[application.vacancy_id]),
        },
        about=application,
        key=f"interview_another_time:{invitation.pk}:{invitation.asked_at:%Y%m%d%H%M%S%f}",
    )


def second_read_asked(member, booking, scores):
    """Ask an interviewer to look at some answers of an interview once more."""
    application, vacancy = booking.application, booking.application.vacancy
    at = f"{scores[0].asked_again_at:%Y%m%d%H%M%S%f}"
    _scores_letter(
        member,
        application,
        "second_read_asked",
        f"interview_second_read:{application.pk}:{member.pk}:{at}",
        _scores_path(vacancy, application, booking.round_id),
        criteria=[score.question.text for score in scores],
    )


def scores_reopened(sheet, reopening):
    """Tell an interviewer that HR has given them their scores back, and why."""
    application = sheet.application
    _scores_letter(
        sheet.member,
        application,
        "scores_reopened",
        f"interview_scores_reopened:{reopening.pk}",
        _scores_path(application.vacancy, application, sheet.round_id),
        reason=reopening.reason,
    )


def on_reserve_list(entry):
    """Tell an applicant that they are on the reserve list, until when, and the sentence of the panel."""
    _to_applicant(
        entry.application,
        "reserve_listed",
        str(entry.pk),
        expires_on=date_format(entry.expires_on, "j F Y"),
        words=entry.decision.words,
    )


def reserve_ended(entry):
    """Tell an applicant that the reserve list has come to its end."""
    expired_on = date_format(entry.expires_on, "j F Y")
    _to_applicant(entry.application, "reserve_ended", str(entry.pk), expires_on=expired_on)


def key_of_reserve(entry):
    return f"reserve_listed:{entry.application_id}:{entry.pk}"


def reconsidered(decision, words):
    """Tell an applicant who had been told a decision that it was taken back."""
    key = f"{decision.pk}"
    _to_applicant(decision.application, "interview_reconsidered", key, words=words)


def _scores_path(vacancy, application, round_pk):
    path = reverse(
        "applications:panel-interview-scores", args=[vacancy.reference, application.code]
    )
    return f"{path}?round={round_pk}"


def _scores_letter(member, application, name, key, path, **facts):
    outbox.put(
        template=f"applications/emails/{name}",
        to=member.person.email,
        context={
            "greeting": member.person.full_name,
            "vacancy_title": application.vacancy.title,
            "vacancy_reference": application.vacancy.reference,
            "code": application.code,
            "path": path,
            **facts,
        },
        about=member,
        key=key,
    )


def _file_of_applicant(booking, method):
    application = booking.application
    return interview_file(
        booking,
        attendee=application.applicant.email,
        title=f"Interview: {application.vacancy.title}",
        path=_path(application),
        method=method,
        description=booking.slot.round.bring,
    )


def _path(application):
    return reverse("applications:application-interview", args=[application.reference])


def _of_slot(slot):
    return {
        "when": slot.when,
        "until": slot.until,
        "where": slot.where,
        "link": slot.link,
        "round": slot.round.name,
    }


def _facts_of(application):
    return {
        "reference": application.reference,
        "vacancy_title": application.vacancy.title,
        "vacancy_reference": application.vacancy.reference,
    }


def _to_applicant(application, name, key, attachments=(), **facts):
    """Queue a letter to the applicant; HR rings who gave no address."""
    if not application.applicant.can_be_written_to:
        return
    outbox.put(
        template=f"applications/emails/{name}",
        to=application.applicant.email,
        context={
            **_facts_of(application),
            "greeting": application.full_name,
            "path": _path(application),
            **facts,
        },
        about=application,
        attachments=attachments,
        key=f"{name}:{application.pk}:{key}",
    )
