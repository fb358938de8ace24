"""What a job seeker searches for."""

from dataclasses import dataclass

from django.conf import settings

from organisation.queries import FoundPlace, with_distance
from vacancies.models import Vacancy


@dataclass(frozen=True)
class VacancyFilters:
    """What a person searches for. `radius` is in miles, `salary_min` in pounds a year.

    `place_unknown` says that a place was asked for which we do not know: nothing can be near it.
    """

    words: str = ""
    near: FoundPlace | None = None
    place_unknown: bool = False
    radius: int = 0
    role: str = ""
    district: str = ""
    contracts: tuple = ()
    patterns: tuple = ()
    salary_min: int | None = None
    newly_qualified: bool = False
    sort: str = ""


ORDERS = {
    "newest": ["-published_at", "-pk"],
    "closing": ["closes_on", "pk"],
    "salary": ["-salary_to", "-salary_from", "pk"],
    "distance": ["distance_miles", "-published_at", "pk"],
    "relevance": ["-relevance", "-published_at", "pk"],
}


def search_vacancies(filters, on):
    """Return the vacancies open on the date `on` that fit `filters`, ready for cards, in their order.

    With a place each row has `distance_miles`; with words it has `relevance`.
    """
    if filters.place_unknown:
        return Vacancy.objects.none()
    found = _everywhere(filters, on)
    if filters.near:
        found = found.filter(distance_miles__lte=filters.radius)
    return found.order_by(*ORDERS[_order(filters)])


def _everywhere(filters, on):
    found = Vacancy.objects.open_to_public(on).for_cards()
    if filters.words:
        found = found.matching(filters.words)
    if filters.near:
        found = with_distance(found, filters.near.latitude, filters.near.longitude)
    wanted = {
        "role__slug": filters.role,
        "district__slug": filters.district,
        "contract__in": filters.contracts,
        "patterns__overlap": list(filters.patterns),
        "salary_to__gte": filters.salary_min,
        "newly_qualified_welcome": filters.newly_qualified,
    }
    return found.filter(**{name: value for name, value in wanted.items() if value})


def _order(filters):
    """The order asked for where it makes sense, else the best one for the search."""
    possible = {"newest", "closing", "salary"}
    if filters.near:
        possible.add("distance")
    if filters.words:
        possible.add("relevance")
    if filters.sort in possible:
        return filters.sort
    return next(order for order in ("relevance", "distance", "newest") if order in possible)


def wider_radius(filters, on):
    """Return (miles, number of vacancies) for the smallest wider radius that finds any, or None."""
    if not filters.near:
        return None
    distances = list(_everywhere(filters, on).values_list("distance_miles", flat=True))
    for miles in settings.SEARCH_RADII:
        near = sum(distance <= miles for distance in distances)
        if miles > filters.radius and near:
            return miles, near
    return None
