"""Who may do what with a vacancy, and what it still lacks before it can be published."""

from django.utils import timezone

from vacancies.models import CriterionKind
from vacancies.states import OVER, VacancyState


def can_change_vacancy(user, vacancy):
    """HR may change an advert until it is over."""
    return user.has_perm("vacancies.change_vacancy") and vacancy.state not in OVER


def can_publish_vacancy(user, vacancy):
    return user.has_perm("vacancies.publish_vacancy") and vacancy.can_become(VacancyState.LIVE)


def can_see_vacancy(user, vacancy, on):
    """What staff alone see, or see first, is for staff; the rest is for everyone on the date `on`.

    One that is over is judged by its last day: it does not become public afterwards.
    """
    if user.is_authenticated and user.has_role("staff"):
        return True
    last_day = min(on, vacancy.closes_on)
    if vacancy.closed_at:
        last_day = min(last_day, timezone.localdate(vacancy.closed_at))
    return vacancy.is_public(last_day) or can_preview_vacancy(user, vacancy)


def can_save_vacancy(user, vacancy, on):
    """Anybody, a visitor too, may save what they can apply for on the date `on`."""
    return vacancy.is_open(on) and can_see_vacancy(user, vacancy, on)


def can_preview_vacancy(user, vacancy):
    """HR and the hiring manager may see an advert as the public will."""
    return user.is_authenticated and (
        user.has_perm("vacancies.change_vacancy")
        or (vacancy.hiring_manager_id is not None and user.pk == vacancy.hiring_manager_id)
    )


def can_manage_chats(user, vacancy):
    """HR and the hiring manager offer chats, until the job is over."""
    return can_preview_vacancy(user, vacancy) and vacancy.state not in OVER


def can_see_who_comes(user, slot):
    """The host and HR see who comes to a chat, nobody else: no panel may know of it."""
    return user.pk == slot.host_id or user.has_perm("vacancies.change_vacancy")


def problems_before_publishing(vacancy, on):
    """Return what must be put right before the date `on` can be its first day, as sentences."""
    problems = []
    if vacancy.closes_on < on:
        problems.append("The closing date has passed: choose a later one.")
    if not vacancy.criteria.filter(kind=CriterionKind.ESSENTIAL).exists():
        problems.append("Add at least one essential criterion: people are shortlisted on them.")
    return problems


def can_end_alert(user):
    """HR may end somebody's job alert for them."""
    return user.has_perm("vacancies.change_alert")


def can_import_vacancies(user):
    """Whoever may both write and change adverts may read in a file of them."""
    return user.has_perms(["vacancies.add_vacancy", "vacancies.change_vacancy"])


def can_see_reports(user):
    """The figures of recruitment are for those who run it."""
    return user.has_perm("vacancies.change_vacancy")
