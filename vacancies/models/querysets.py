from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.search import SearchRank
from django.db import models
from django.db.models import Count, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from vacancies.models.choices import Visibility
from vacancies.models.search import search_query
from vacancies.models.words import REFERENCE
from vacancies.states import PUBLISHED, VacancyState

# What a match weighs in the text, the summary, the role and the title.
RANKS = [0.02, 0.1, 0.6, 1.0]


class VacancyQuerySet(models.QuerySet):
    def published(self):
        """Published, whether it has not begun yet, is open or is past its closing date."""
        return self.filter(state__in=sorted(PUBLISHED))

    def live(self, on):
        """Published and begun by the date `on`, whatever the timetable has not caught up with yet."""
        return self.published().filter(opens_on__lte=on)

    def open_to_staff(self, on):
        """What staff can apply for on the date `on`: the closing day counts to 23:59."""
        return self.live(on).filter(closes_on__gte=on)

    def open_to_public(self, on):
        """What anybody sees and can apply for on the date `on`: neither staff only nor staff first."""
        return self.open_to_staff(on).filter(
            Q(visibility=Visibility.PUBLIC)
            | Q(visibility=Visibility.STAFF_FIRST, public_from__lte=on)
        )

    def open_to(self, user, on):
        """What `user`, who may be a visitor, sees and can apply for on the date `on`."""
        is_staff = user.is_authenticated and user.has_role("staff")
        return self.open_to_staff(on) if is_staff else self.open_to_public(on)

    def hired_for_by(self, person):
        """Those that `person` hires for: their own to write."""
        return self.filter(hiring_manager=person)

    def to_be_opened(self, on):
        """Scheduled ones whose opening day has come on the date `on`."""
        return self.filter(state=VacancyState.SCHEDULED, opens_on__lte=on)

    def past_closing(self, on):
        """Live ones whose closing day was before the date `on`."""
        return self.live(on).filter(closes_on__lt=on)

    def closing_soon(self, on):
        """Open to the public and closing within `settings.CLOSING_SOON_DAYS` days of `on`, soonest first."""
        last_day = on + timedelta(days=settings.CLOSING_SOON_DAYS)
        return self.open_to_public(on).filter(closes_on__lte=last_day).order_by("closes_on", "pk")

    def matching(self, words, synonyms=None):
        """Published ones that the words find, or any whose reference they are.

        Each has `in_heads`, whether the words stand in its title, role, summary, place or team and
        not only in its text, and `relevance`, how well they stand there. See `search_query`.
        """
        query = search_query(words, synonyms)
        found = Q(search_vector=query)
        if reference := REFERENCE.fullmatch(words):
            found |= Q(reference=f"HCC-{reference[1]}")
        rank = SearchRank(F("search_heads"), query, weights=RANKS, normalization=Value(1))
        return self.filter(found).annotate(
            in_heads=ExpressionWrapper(Q(search_heads=query), models.BooleanField()),
            relevance=rank,
        )

    def for_cards(self):
        """With what a card shows, `other_place_count` too, and without the long texts it does not."""
        other_place = self.model.other_places.rel.related_model
        of_each = other_place.objects.order_by().filter(vacancy=OuterRef("pk")).values("vacancy")
        count = Subquery(of_each.annotate(number=Count("pk")).values("number"))
        found = self.select_related("role", "team", "district")
        return found.annotate(other_place_count=Coalesce(count, 0)).without_long_texts()

    def without_search_columns(self):
        """Without reading what only the search in Postgres needs, which is larger than the advert."""
        return self.defer("search_vector", "search_heads")

    def without_long_texts(self):
        """Without reading the text of the advert, what the council offers, and the search columns."""
        return self.without_search_columns().defer("body", "benefits")
