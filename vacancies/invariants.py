from datetime import timedelta

from django.utils import timezone

from accounts.registries import invariants
from vacancies.models import Alert, Criterion, CriterionKind, Vacancy
from vacancies.states import PUBLISHED


@invariants.register
def live_vacancies_have_essential_criteria():
    essential = Criterion.objects.filter(kind=CriterionKind.ESSENTIAL)
    bare = Vacancy.objects.filter(state__in=sorted(PUBLISHED)).exclude(criteria__in=essential)
    for reference in bare.values_list("reference", flat=True):
        yield f"Vacancy {reference} is live without an essential criterion."


@invariants.register
def past_vacancies_are_closed_by_the_timetable():
    yesterday = timezone.localdate() - timedelta(days=1)
    late = Vacancy.objects.past_closing(yesterday)
    for reference in late.values_list("reference", flat=True):
        yield f"Vacancy {reference} is past its closing date and still live: is beat running?"


@invariants.register
def vacancies_can_be_found_by_words():
    lost = Vacancy.objects.published().filter(search_vector__isnull=True)
    for reference in lost.values_list("reference", flat=True):
        yield f"Vacancy {reference} cannot be found by words: its search column is empty."


@invariants.register
def alerts_are_not_due_for_days():
    waiting = Alert.objects.due(timezone.localdate() - timedelta(days=2)).count()
    if waiting:
        yield f"Job alerts have been due for two days ({waiting}): do the runs fail?"
