"""What HR's reports ask: which adverts, in which period, and the figures about them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum
from django.db.models.functions import TruncWeek

from organisation.models import Post
from vacancies.models import SavedVacancy, Vacancy, ViewCount
from vacancies.states import PUBLISHED, VacancyState


@dataclass(frozen=True)
class ReportFilters:
    """The period (both days count), and the district and role family, each empty for all."""

    since: date
    until: date
    district: str = ""
    family: str = ""

    def of_adverts(self):
        wanted = {"district__slug": self.district, "role__family": self.family}
        return Q(**{name: value for name, value in wanted.items() if value})


def reported_vacancies(filters):
    """Return the adverts that fit the district and the family."""
    return Vacancy.objects.filter(filters.of_adverts())


def on_show(filters):
    """Return the adverts that people could see on some day of the period."""
    return reported_vacancies(filters).filter(
        Q(closed_at__isnull=True) | Q(closed_at__date__gte=filters.since),
        published_at__isnull=False,
        opens_on__lte=filters.until,
        closes_on__gte=filters.since,
    )


def _views(filters):
    return ViewCount.objects.filter(
        vacancy__in=reported_vacancies(filters), day__range=(filters.since, filters.until)
    ).order_by()


def views_by_source(filters):
    """Return how often adverts were opened in the period, by source."""
    counted = _views(filters).values("source").annotate(number_of_views=Sum("number"))
    return dict(counted.values_list("source", "number_of_views"))


def views_by_week(filters):
    """Return (Monday, views) for each week with any, the first week first."""
    weeks = _views(filters).annotate(week=TruncWeek("day")).values_list("week")
    return list(weeks.annotate(number_of_views=Sum("number")).order_by("week"))


def views_by_vacancy(filters):
    """Return {key of a vacancy: {source: views}} for the period."""
    found = {}
    counted = _views(filters).values("vacancy", "source").annotate(views=Sum("number"))
    for row in counted:
        found.setdefault(row["vacancy"], {})[row["source"]] = row["views"]
    return found


def saves_by_vacancy(filters):
    """Return how many people saved each advert in the period and have it saved still, by its key."""
    saved = SavedVacancy.objects.filter(
        vacancy__in=reported_vacancies(filters),
        saved_at__date__range=(filters.since, filters.until),
    )
    return dict(saved.order_by().values_list("vacancy").annotate(Count("pk")))


def filled_vacancies(filters):
    """Return the adverts marked filled in the period, with `took`, from publishing to that moment."""
    took = ExpressionWrapper(F("filled_at") - F("published_at"), output_field=DurationField())
    return (
        reported_vacancies(filters)
        .filter(filled_at__date__range=(filters.since, filters.until), published_at__isnull=False)
        .annotate(took=took)
        .select_related("role", "team")
        .without_long_texts()
        .order_by("-took", "pk")
    )


def unfinished_vacancies(filters, on):
    """Return the adverts on their way that may have stalled by the date `on`, as (why, vacancies) pairs."""
    found = reported_vacancies(filters).select_related("role", "team")
    found = found.without_long_texts().order_by("pk")
    return {
        "awaiting": found.filter(state=VacancyState.AWAITING_APPROVAL),
        "approved": found.filter(state=VacancyState.APPROVED),
        "live": found.filter(state__in=sorted(PUBLISHED), opens_on__lte=on, closes_on__gte=on),
        "closed": found.filter(state=VacancyState.CLOSED),
    }


def funded_posts(filters):
    """Return posts whose money ends and that are not permanent, those that end first before others."""
    posts = _posts(filters).filter(funding_ends_on__isnull=False, made_permanent_on__isnull=True)
    return posts.order_by("funding_ends_on", "number")


def permanent_posts(filters):
    """Return posts that were made permanent, the latest first."""
    return _posts(filters).filter(made_permanent_on__isnull=False).order_by("-made_permanent_on")


def _posts(filters):
    wanted = {"team__district__slug": filters.district, "role__family": filters.family}
    wanted = {name: value for name, value in wanted.items() if value}
    return Post.objects.filter(**wanted).select_related("role", "team", "hub", "holder__user")


def advertised_roles(on):
    """Return {(role key, team key): reference} of what is open on the date `on`."""
    live = Vacancy.objects.open_to_staff(on).order_by("-pk")
    return {
        (role, team): reference
        for role, team, reference in live.values_list("role", "team", "reference")
    }


def campaign_vacancies(campaign):
    """Return the adverts of a campaign."""
    return (
        Vacancy.objects.filter(campaign=campaign)
        .select_related("role", "team")
        .without_long_texts()
    )


def posts_of_roles(slugs):
    """Return (posts, posts that somebody holds) of the roles with these slugs."""
    counted = Post.objects.filter(role__slug__in=slugs).aggregate(
        posts=Count("pk"), held=Count("holder")
    )
    return counted["posts"], counted["held"]
