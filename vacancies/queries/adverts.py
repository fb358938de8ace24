"""What is asked about adverts, by the site's pages and by other apps' pages."""

from django.db.models import Case, IntegerField, Value, When

from organisation.queries import with_distance
from vacancies.models import CriterionKind, Vacancy


def criteria_by_kind(vacancy):
    """Return the criteria of a vacancy as two lists, `essential` and `desirable`, in their order."""
    lists = {kind.value: [] for kind in CriterionKind}
    for criterion in vacancy.criteria.all():
        lists[criterion.kind].append(criterion)
    return lists


def similar_vacancies(vacancy, on, limit=3):
    """Return open vacancies like this one: the same role, then the same family, the nearest first."""
    likeness = Case(
        When(role=vacancy.role_id, then=Value(0)),
        When(role__family=vacancy.role.family, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    others = Vacancy.objects.open_to_public(on).exclude(pk=vacancy.pk).for_cards()
    others = with_distance(others, vacancy.latitude, vacancy.longitude)
    return others.order_by(likeness, "distance_miles", "pk")[:limit]


def closing_soon(on, limit=6):
    """Return open vacancies that close within the days of `settings.CLOSING_SOON_DAYS`, soonest first."""
    return Vacancy.objects.closing_soon(on).for_cards()[:limit]
