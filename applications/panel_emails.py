"""What panel members are told, with codes only, and what applicants are told when a decision is undone."""

from django.urls import reverse

from notifications import outbox


def panel_member_added(member):
    """Tell somebody that they are on the panel of a vacancy."""
    _tell(member, "panel_member_added", f"{member.added_at:%Y%m%d%H%M%S%f}", is_lead=member.is_lead)


def panel_member_removed(member):
    """Tell somebody that they are no longer on the panel of a vacancy."""
    _tell(member, "panel_member_removed", f"{member.ended_at:%Y%m%d%H%M%S%f}")


def scores_reopened(sheet, reopening):
    """Tell a member that HR has given them their scores back, and why."""
    _tell(
        sheet.member,
        "scores_reopened",
        str(reopening.pk),
        code=sheet.application.code,
        reason=reopening.reason,
        path=_application_path(sheet.member, sheet.application),
    )


def second_read_asked(member, application, scores):
    """Ask a member to read some criteria of an application once more."""
    _tell(
        member,
        "second_read_asked",
        f"{application.pk}:{scores[0].asked_again_at:%Y%m%d%H%M%S%f}",
        code=application.code,
        criteria=[score.criterion.text for score in scores],
        path=_application_path(member, application),
    )


def applicant_withdrew(member, application, move):
    """Tell a member that somebody whom they read by a code is no longer an applicant."""
    _tell(member, "applicant_withdrew", str(move.pk), code=application.code)


def panels_waiting(person, panels, on):
    """Tell a member in the morning of the date `on` what waits for them: once a day."""
    outbox.put(
        template="applications/emails/panels_waiting",
        to=person.email,
        context={
            "greeting": person.full_name,
            "panels": panels,
            "path": reverse("applications:panel-list"),
        },
        about=person,
        key=f"panels_waiting:{person.pk}:{on:%Y-%m-%d}",
    )


def application_reconsidered(application, undone):
    """Tell an applicant who had been told a decision that it was undone; `undone` names it among all such."""
    if not application.applicant.can_be_written_to:
        return
    outbox.put(
        template="applications/emails/application_reconsidered",
        to=application.applicant.email,
        context={
            "greeting": application.full_name,
            "reference": application.reference,
            "vacancy_title": application.vacancy.title,
            "path": application.get_absolute_url(),
        },
        about=application,
        key=f"application_reconsidered:{undone}",
    )


def _application_path(member, application):
    return reverse(
        "applications:panel-application", args=[member.vacancy.reference, application.code]
    )


def _tell(member, name, key, **facts):
    vacancy = member.vacancy
    outbox.put(
        template=f"applications/emails/{name}",
        to=member.person.email,
        context={
            "greeting": member.person.full_name,
            "vacancy_title": vacancy.title,
            "vacancy_reference": vacancy.reference,
            "path": reverse("applications:panel-vacancy", args=[vacancy.reference]),
            **facts,
        },
        about=member,
        key=f"{name}:{member.pk}:{key}",
    )
