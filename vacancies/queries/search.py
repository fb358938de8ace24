"""What a job seeker searches for."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Least
from django.utils import timezone

from organisation.queries import FoundPlace, with_distance
from vacancies.models import Driving, OtherPlace, Vacancy


@dataclass(frozen=True)
class VacancyFilters:
    """What a person searches for. What is left empty does not narrow the search.

    `radius` is in miles, `salary_min` in pounds a year, `posted_since` in days. `families`,
    `districts`, `contracts` and `patterns` hold several values that mean either; families are those
    of `RoleFamily`, role and districts are slugs. `registration` is "needed" or "not_needed",
    `driving` is "essential" or "not_essential". `place_unknown` says that a place was asked for which
    we do not know: nothing can be near it. `for_staff` finds what only staff may see, too.
    """

    words: str = ""
    near: FoundPlace | None = None
    place_unknown: bool = False
    radius: int = 0
    families: tuple = ()
    role: str = ""
    districts: tuple = ()
    contracts: tuple = ()
    patterns: tuple = ()
    salary_min: int | None = None
    newly_qualified: bool = False
    registration: str = ""
    driving: str = ""
    sponsorship: bool = False
    closing_soon: bool = False
    posted_since: int | None = None
    sort: str = ""
    for_staff: bool = False


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
    everything = Vacancy.objects
    found = everything.open_to_staff(on) if filters.for_staff else everything.open_to_public(on)
    found = found.for_cards()
    if filters.words:
        found = found.matching(filters.words)
    if filters.near:
        found = _with_nearest_place(found, filters.near)
    wanted = {
        "role__slug": filters.role,
        "role__family__in": filters.families,
        "contract__in": filters.contracts,
        "patterns__overlap": list(filters.patterns),
        "salary_to__gte": filters.salary_min,
        "newly_qualified_welcome": filters.newly_qualified,
        "sponsorship_possible": filters.sponsorship,
    }
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    return found.filter(*_conditions(filters, on))


def _conditions(filters, on):
    """The filters that are more than one column equal to one value."""
    if filters.districts:
        there = OtherPlace.objects.filter(
            vacancy=OuterRef("pk"), district__slug__in=filters.districts
        )
        yield Q(district__slug__in=filters.districts) | Exists(there)
    if filters.registration:
        yield Q(role__needs_registration=filters.registration == "needed")
    if filters.driving:
        must_drive = Q(driving=Driving.ESSENTIAL, driving_alternatives="")
        yield must_drive if filters.driving == "essential" else ~must_drive
    if filters.closing_soon:
        yield Q(closes_on__lte=on + timedelta(days=settings.CLOSING_SOON_DAYS))
    if filters.posted_since:
        # An advert is posted when it is both published and begun: the later of the two days.
        first_day = on - timedelta(days=filters.posted_since)
        first_moment = timezone.make_aware(datetime.combine(first_day, time()))
        yield Q(opens_on__gte=first_day) | Q(published_at__gte=first_moment)


def _with_nearest_place(found, near):
    """Annotate `distance_miles` from the nearest of the places of each vacancy."""
    others = with_distance(OtherPlace.objects.filter(vacancy=OuterRef("pk")), *near.point)
    nearest = others.order_by("distance_miles").values("distance_miles")[:1]
    found = with_distance(found.alias(other_miles=Subquery(nearest)), *near.point, name="own_miles")
    return found.annotate(distance_miles=Least("own_miles", "other_miles"))


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
