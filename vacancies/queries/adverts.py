"""What is asked about adverts, by the site's pages and by other apps' pages."""

from django.db.models import Case, IntegerField, Value, When

from organisation.queries import with_distance
from vacancies.models import CriterionKind, Vacancy


def adverts_to_read():
    """Return vacancies with what the page of one shows and has one of: its team's facts too."""
    found = Vacancy.objects.select_related("role", "team__facts__owner", "district", "grade")
    return found.without_search_columns()


def criteria_by_kind(vacancy):
    """Return the criteria of a vacancy as two lists, `essential` and `desirable`, in their order."""
    lists = {kind.value: [] for kind in CriterionKind}
    for criterion in vacancy.criteria.all():
        lists[criterion.kind].append(criterion)
    return lists


def places_of(vacancy, near=None):
    """Return the vacancy and its other places, all the places where its posts are.

    With `near`, a FoundPlace, each has `distance_miles` from it, and `distance_is_rough`.
    """
    first = Vacancy.objects.filter(pk=vacancy.pk).select_related("district")
    others = vacancy.other_places.select_related("district")
    if near is None:
        return [vacancy, *others]
    point = (near.latitude, near.longitude)
    first = first.only("place_name", "postcode", "district", "latitude", "longitude")
    places = [*with_distance(first, *point), *with_distance(others, *point)]
    for place in places:
        place.distance_is_rough = near.is_rough
    return places


def next_sift(vacancy, on):
    """Return the next day, from the date `on`, that applications for a rolling advert are read, or None."""
    if not vacancy.rolling:
        return None
    dates = vacancy.sift_dates.filter(sift_on__gte=on)
    return dates.values_list("sift_on", flat=True).first()


def team_facts(vacancy, on):
    """Return the facts of the vacancy's team if they may be shown on the date `on`, else None."""
    facts = getattr(vacancy.team, "facts", None)
    return None if facts is None or facts.is_stale(on) else facts


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
    """Return open vacancies that close within the days of `settings.CLOSING_SOON_DAYS`, soonest first.

    What is always open does not close: the date of such an advert is when HR looks again.
    """
    return Vacancy.objects.closing_soon(on).filter(rolling=False).for_cards()[:limit]
