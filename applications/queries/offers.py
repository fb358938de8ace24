"""What pages, letters and the day's list read of offers."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Case, Count, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce

from applications.models import Application, Offer, OfferQuestion
from applications.states import LIVE_OFFERS, OfferState
from organisation.models import Post
from organisation.queries import is_working_day
from vacancies.models import Vacancy
from vacancies.states import VacancyState

OPEN = [OfferState.MADE, OfferState.ACCEPTED, OfferState.FIRM]
OF_A_LIST = ["application__vacancy__role", "application__applicant", "role", "team", "grade"]


def offers():
    """Return offers with what a page of one shows."""
    return Offer.objects.select_related(
        *OF_A_LIST, "line_manager__user", "early_role", "post", "staff_member"
    )


def offer_of(application):
    """Return the live offer of an application, else the last that ended, or None."""
    found = list(offers().filter(application=application))
    return next((offer for offer in found if offer.is_live), found[0] if found else None)


def posts_left(vacancy):
    """Return how many more offers can be made for a vacancy."""
    live = Offer.objects.live().filter(application__vacancy=vacancy).count()
    return max(vacancy.number_of_posts - live, 0)


def free_posts(vacancy, but=None):
    """Return the posts in the vacancy's role that nobody holds for good and nobody is offered.

    Those of its own team come first. `but` is an offer whose own post counts as free.
    """
    offered = Offer.objects.filter(post=OuterRef("pk"), state__in=OPEN)
    if but is not None:
        offered = offered.exclude(pk=but.pk)
    posts = Post.objects.filter(role=vacancy.role_id)
    free = posts.filter(Q(holder__isnull=True) | Q(holder__left_on__isnull=False))
    elsewhere = Case(When(team=vacancy.team_id, then=0), default=1)
    return (
        free.filter(~Exists(offered))
        .select_related("role", "team")
        .order_by(elsewhere, "team__name", "number")
    )


def answer_by_from(on):
    """Return the day by which an offer that is made on the date `on` asks for an answer."""
    day, working_days = on, 0
    while working_days < settings.OFFER_ANSWER_WORKING_DAYS:
        day += timedelta(days=1)
        working_days += is_working_day(day)
    return day


def open_questions():
    """Return what applicants asked about their offers and nobody has answered, the oldest first."""
    return (
        OfferQuestion.objects.filter(answered_at__isnull=True, offer__state__in=OPEN)
        .select_related("offer")
        .order_by("asked_at", "pk")
    )


def accepted_long_ago(now):
    """Return offers that were accepted settings.OFFER_CHECKS_LONG_DAYS before `now` and are not firm."""
    since = now - timedelta(days=settings.OFFER_CHECKS_LONG_DAYS)
    return Offer.objects.filter(state=OfferState.ACCEPTED, answered_at__lt=since)


def not_begun(on):
    """Return offers whose first day, or early first day, was before the date `on` without a start."""
    yesterday = on - timedelta(days=1)
    firm = Offer.objects.due_to_start(yesterday).values("pk")
    early = Offer.objects.due_to_start_early(yesterday).values("pk")
    return Offer.objects.filter(Q(pk__in=firm) | Q(pk__in=early))


def vacancies_whose_people_have_all_started():
    """Return published or closed vacancies for as many of whose posts as there are somebody has started."""
    started = (
        Offer.objects.filter(application__vacancy=OuterRef("pk"), state=OfferState.STARTED)
        .order_by()
        .values("application__vacancy")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        Vacancy.objects.without_search_columns()
        .filter(state__in=[VacancyState.LIVE, VacancyState.CLOSED])
        .annotate(started=Coalesce(started, 0))
        .filter(started__gte=F("number_of_posts"))
    )


def with_more_offers_than_posts():
    """Return vacancies that have more live offers than posts. There are none."""
    live = Count(
        "applications__offers", filter=Q(applications__offers__state__in=sorted(LIVE_OFFERS))
    )
    return (
        Vacancy.objects.without_search_columns()
        .annotate(live_offers=live)
        .filter(live_offers__gt=F("number_of_posts"))
        .order_by("pk")
    )


def applications_with_offer():
    """Return sent applications with whether they have an offer that is live, as `has_live_offer`."""
    live = Offer.objects.live().filter(application=OuterRef("pk"))
    return Application.objects.sent().annotate(has_live_offer=Exists(live))
