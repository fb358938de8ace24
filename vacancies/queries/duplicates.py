"""Adverts that look like one that is being written: perhaps the same job twice."""

from django.db.models import Q
from django.utils import timezone
from rapidfuzz import fuzz, utils

from vacancies.models import Vacancy
from vacancies.states import OVER

# Of 100: titles that differ by a word's ending or its order, and not by what they say.
NEARLY_EQUAL = 90


def likely_duplicates(vacancy, limit=5):
    """Return adverts not over that may be for the same job: same role, team and place, or nearly the
    same title in the same team or place."""
    alike = Q(team=vacancy.team_id) | Q(place_name__iexact=vacancy.place_name)
    others = (
        Vacancy.objects.exclude(state__in=sorted(OVER))
        .exclude(pk=vacancy.pk)
        .filter(alike, closes_on__gte=timezone.localdate())
        .for_cards()
        .order_by("pk")
    )
    return [other for other in others if _same_job(vacancy, other)][:limit]


def _same_job(one, other):
    same_place = one.place_name.casefold() == other.place_name.casefold()
    same_post = (one.role_id, one.team_id) == (other.role_id, other.team_id)
    score = fuzz.token_sort_ratio(one.title, other.title, processor=utils.default_process)
    return (same_post and same_place) or score >= NEARLY_EQUAL
