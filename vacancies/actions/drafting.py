"""What a hiring manager writes: a draft of their own, one part at a time."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.states import InvalidTransition
from organisation.models import GradeRange
from vacancies import rules
from vacancies.actions.access import locked
from vacancies.drafts import STEP_FIELDS, answers_of, fingerprint
from vacancies.exceptions import ChangedElsewhere, VacancyNotReady
from vacancies.models import (
    Criterion,
    CriterionKind,
    OtherPlace,
    Pattern,
    Payment,
    SiftDate,
    Vacancy,
)
from vacancies.states import VacancyEvent


@transaction.atomic
def start_draft(*, title, role, team, one_time_key, by):
    """Begin an advert of the person's own, with what follows from its role and its team.

    The grade is the role's with the pay in force today, the place is the team's; it opens today for
    `settings.NEW_VACANCY_OPEN_DAYS` days. The same form (`one_time_key`) sent again by the same
    person gives the same draft. Raises PermissionDenied without `vacancies.draft_vacancy`, and
    VacancyNotReady when the grade has no pay today.
    """
    if not by.has_perm("vacancies.draft_vacancy"):
        raise PermissionDenied("You cannot write adverts.")
    today = timezone.localdate()
    pay = GradeRange.objects.in_force(today).filter(grade=role.grade).first()
    if pay is None:
        raise VacancyNotReady([f"{role.grade} has no pay range in force: ask HR to add it."])
    vacancy, made = Vacancy.objects.get_or_create(
        one_time_key=one_time_key,
        hiring_manager=by,
        defaults={
            "title": title,
            "role": role,
            "team": team,
            "grade": role.grade,
            "salary_from": pay.lowest,
            "salary_to": pay.highest,
            "patterns": [Pattern.FULL_TIME],
            "weekly_hours": settings.FULL_TIME_WEEKLY_HOURS,
            "place_name": team.place_name,
            "latitude": team.latitude,
            "longitude": team.longitude,
            "district": team.district,
            "opens_on": today,
            "closes_on": today + timedelta(days=settings.NEW_VACANCY_OPEN_DAYS),
            "contact_name": by.full_name,
            "contact_email": by.email,
            "created_by": by,
            "finished_steps": ["job"],
        },
    )
    if made:
        audit.record(VacancyEvent.VACANCY_CREATED, vacancy, by=by)
    return vacancy


@transaction.atomic
def save_step(*, vacancy, step, answers, opened_at, by):
    """Save one part of an advert: `answers` are those of `vacancies.drafts.answers_of`.

    `opened_at` is the fingerprint the part had when the person opened its page. Raises ChangedElsewhere
    when it was changed since and the answers differ, InvalidTransition when the advert is no draft any
    more, and PermissionDenied when `by` may not write it.
    """
    vacancy = locked(vacancy)
    if not rules.may_send(by, vacancy):
        raise PermissionDenied("You cannot write this advert.")
    if not rules.can_write_vacancy(by, vacancy):
        raise InvalidTransition(f"{vacancy.state} is no draft: {vacancy.pk}")
    saved = answers_of(vacancy, step)
    if saved != answers:
        if fingerprint(vacancy, step) != opened_at:
            raise ChangedElsewhere(vacancy)
        _write(vacancy, step, answers)
        audit.record(VacancyEvent.VACANCY_CHANGED, vacancy, by=by, changed=[step])
    if step not in vacancy.finished_steps:
        vacancy.finished_steps = [*vacancy.finished_steps, step]
        vacancy.save(update_fields=["finished_steps"])
    return vacancy


def _write(vacancy, step, answers):
    for name in STEP_FIELDS[step]:
        setattr(vacancy, name, answers[name])
    if STEP_FIELDS[step]:
        vacancy.save(update_fields=[name.removesuffix("_id") for name in STEP_FIELDS[step]])
    if step in LIST_WRITERS:
        LIST_WRITERS[step](vacancy, answers)


def _write_other_places(vacancy, answers):
    vacancy.other_places.all().delete()
    OtherPlace.objects.bulk_create(
        OtherPlace(vacancy=vacancy, **place) for place in answers["other_places"]
    )


def _write_sift_dates(vacancy, answers):
    """A date that stays keeps its row, which knows whether it has been told."""
    wanted = answers["sift_dates"]
    vacancy.sift_dates.exclude(sift_on__in=wanted).delete()
    kept = set(vacancy.sift_dates.values_list("sift_on", flat=True))
    SiftDate.objects.bulk_create(
        SiftDate(vacancy=vacancy, sift_on=day) for day in wanted if day not in kept
    )


def _write_criteria(vacancy, answers):
    """A line that stays keeps its row, since evidence may refer to it; so does one that is reworded.

    All of them take as many words of an applicant: HR can tell them apart.
    """
    for kind in CriterionKind:
        rows = list(vacancy.criteria.filter(kind=kind))
        by_text = {row.text: row for row in rows}
        wanted = answers[kind.value]
        spare = [row for row in rows if row.text not in wanted]
        for position, text in enumerate(wanted):
            row = by_text.get(text) or (spare.pop(0) if spare else Criterion(vacancy=vacancy))
            row.kind, row.text, row.position = kind, text, position
            row.max_words = answers["max_words"]
            row.save()
        vacancy.criteria.filter(pk__in=[row.pk for row in spare]).delete()


def _write_payments(vacancy, answers):
    vacancy.payments.all().delete()
    for payment in answers["payments"]:
        Payment.objects.create(vacancy=vacancy, **payment)


LIST_WRITERS = {
    "places": _write_other_places,
    "dates": _write_sift_dates,
    "criteria": _write_criteria,
    "payments": _write_payments,
}
