"""What an application has to do with the end of its vacancy: telling its people, and filling it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import emails, queries
from applications.actions.answering import lock_vacancy
from applications.exceptions import ApplicantsWaiting
from applications.models import Application, NoticeTold
from applications.queries import offers as offer_queries
from vacancies.models import Notice
from vacancies.states import VacancyEvent, VacancyState


def tell_of_notices(*, now):
    """Tell those who are writing an application, or have sent one, the news of its vacancy.

    Drafts are told that it is open for longer, has closed early or was withdrawn; who has sent an
    application and has no decision is told that it was withdrawn. Each is told once, in a transaction
    of its own, and only of what happened after they began. `now` is the moment of the run.
    """
    for notice in Notice.objects.to_be_told(now):
        for application in queries.to_be_told_of(notice):
            _tell(notice, application)


@transaction.atomic
def _tell(notice, application):
    # Locked and asked again: it may have been sent, withdrawn or told meanwhile.
    application = (
        queries.to_be_told_of(notice)
        .select_for_update(of=["self"], no_key=True)
        .filter(pk=application.pk)
        .first()
    )
    if application is None:
        return
    NoticeTold.objects.create(notice=notice, application=application)
    emails.vacancy_news(application, notice)


@transaction.atomic
def mark_vacancy_filled(*, vacancy, by):
    """Say that a closed vacancy is filled. Nobody who applied may still wait for an answer.

    The vacancy is locked as it is when an application is sent, so none comes in between. Raises
    PermissionDenied without the permission `vacancies.publish_vacancy`, InvalidTransition when it is
    not closed, and ApplicantsWaiting with how many have no answer.
    """
    vacancy = lock_vacancy(vacancy.pk)
    if not by.has_perm("vacancies.publish_vacancy"):
        raise PermissionDenied("You cannot mark a vacancy as filled.")
    return _fill(vacancy, by)


@transaction.atomic
def fill_vacancy_whose_people_started(*, vacancy):
    """Mark a closed vacancy as filled once somebody has started in each of its posts, as the timetable does.

    One with an applicant who waits for an answer stays as it is, and HR sees it: nobody is turned down by
    this. Returns whether it was filled.
    """
    lock_vacancy(vacancy.pk)
    found = offer_queries.vacancies_whose_people_have_all_started().filter(pk=vacancy.pk).first()
    if found is None or not found.can_become(VacancyState.FILLED):
        return False
    try:
        _fill(found, by=None)
    except ApplicantsWaiting:
        return False
    return True


def _fill(vacancy, by):
    """Mark a locked vacancy as filled, unless somebody waits for an answer."""
    vacancy.move_to(VacancyState.FILLED)
    waiting = Application.objects.without_answer().filter(vacancy=vacancy).count()
    if waiting:
        raise ApplicantsWaiting(waiting)
    vacancy.filled_at = timezone.now()
    vacancy.save(update_fields=["state", "filled_at"])
    audit.record(VacancyEvent.VACANCY_FILLED, vacancy, by=by)
    return vacancy
