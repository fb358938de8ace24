"""Adverts in number for the benches: the demo's, copied with other titles, places, pay and dates."""

import random
from datetime import datetime, time, timedelta

import pgtrigger
from django.apps import apps
from django.db import connection
from django.utils import timezone

LIVE_DAYS = 35
OVER_DAYS = 1_800
BATCH = 1_000
TITLE_ENDS = ("", "", ", {place}", ", evenings and weekends", ", {team}", ", new post in {place}")
PARTS = ("Criterion", "OtherPlace", "Payment")


def write_adverts(*, stored, live):
    """Copy the demo's adverts until `stored` are there, of which `live` are open to the public."""
    vacancies = apps.get_model("vacancies", "Vacancy")
    today = timezone.localdate()
    copier = _Copier(vacancies, today)
    already_live = vacancies.objects.open_to_public(today).count()
    copier.copy(live - already_live, copier.live)
    copier.copy(stored - vacancies.objects.count(), copier.over)
    for part in PARTS:
        _copy_parts(apps.get_model("vacancies", part))
    _tidy()


def publish_adverts(count):
    """Copy the demo's adverts `count` times more, all of them open, and return the new ones."""
    vacancies = apps.get_model("vacancies", "Vacancy")
    last = vacancies.objects.order_by("pk").values_list("pk", flat=True).last()
    copier = _Copier(vacancies, timezone.localdate())
    copier.copy(count, copier.live)
    _tidy()
    return vacancies.objects.filter(pk__gt=last)


def multiply_those_that_are_over(*, stored):
    """Copy closed adverts inside the database, as they are, until `stored` are there."""
    vacancies = apps.get_model("vacancies", "Vacancy")
    columns = ", ".join(
        f'"{field.column}"'
        for field in vacancies._meta.concrete_fields
        if not (field.primary_key or field.generated)
    )
    missing = stored - vacancies.objects.count()
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO vacancies_vacancy ({columns}) SELECT {columns} FROM vacancies_vacancy, "  # noqa: S608
            "generate_series(1, 1000) WHERE state = 'closed' LIMIT %s",
            [missing],
        )
    _tidy()


class _Copier:
    """Makes adverts out of those that the demo has open, the same ones every time."""

    def __init__(self, vacancies, today):
        self.chance = random.Random(7)  # noqa: S311 (the same dice each time)
        self.vacancies = vacancies
        self.today = today
        self.sources = list(
            vacancies.objects.open_to_public(today).select_related("team").order_by("pk")
        )
        self.districts = dict(
            apps.get_model("organisation", "District").objects.values_list("name", "pk")
        )
        places = apps.get_model("organisation", "Place").objects.filter(district__in=self.districts)
        self.places = list(places.order_by("name"))
        self.kept = [
            field.attname
            for field in vacancies._meta.concrete_fields
            if not (field.primary_key or field.generated or field.name == "search_vector")
        ]

    def copy(self, count, change):
        for begun in range(0, count, BATCH):
            size = min(BATCH, count - begun)
            self.vacancies.objects.bulk_create([self._vary(change) for _ in range(size)])

    def live(self, advert):
        """Open it some days ago, and close it within five weeks."""
        closes_on = self.today + timedelta(days=self.chance.randint(1, LIVE_DAYS))
        self._open(advert, self.today - timedelta(days=self.chance.randint(0, 25)), closes_on)

    def over(self, advert):
        """Let it have closed some time in the past five years."""
        closes_on = self.today - timedelta(days=self.chance.randint(2, OVER_DAYS))
        self._open(advert, closes_on - timedelta(days=28), closes_on)
        advert.state = "closed"
        advert.closed_at = _moment(closes_on + timedelta(days=1))

    def _open(self, advert, opens_on, closes_on):
        advert.opens_on, advert.closes_on = opens_on, closes_on
        advert.interview_on = closes_on + timedelta(days=10)
        advert.published_at = _moment(opens_on)

    def _vary(self, change):
        source = self.chance.choice(self.sources)
        advert = self.vacancies(**{name: getattr(source, name) for name in self.kept})
        place = self.chance.choice(self.places)
        ending = self.chance.choice(TITLE_ENDS).format(place=place.name, team=source.team.name)
        raised = 100 * self.chance.randint(0, 40)
        advert.title = f"{source.title}{ending}"[:120]
        advert.place_name, advert.district_id = place.name, self.districts[place.district]
        advert.latitude = place.latitude
        advert.longitude = place.longitude
        advert.salary_from, advert.salary_to = (
            source.salary_from + raised,
            source.salary_to + raised,
        )
        advert.newly_qualified_welcome = self.chance.random() < 0.2
        advert.copied_from_id = source.pk
        change(advert)
        return advert


def _copy_parts(model):
    """Give each open copy what the advert that it was copied from has several of."""
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name != "vacancy"
    ]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (vacancy_id, {', '.join(columns)}) "  # noqa: S608
            f"SELECT copy.id, {', '.join(f'part.{column}' for column in columns)} "
            f"FROM {table} part JOIN vacancies_vacancy copy ON copy.copied_from_id = part.vacancy_id "
            "WHERE copy.state = 'live'"
        )


def _tidy():
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        # Else Postgres would write what was loaded while pages are measured.
        cursor.execute("CHECKPOINT")


def _moment(day):
    return timezone.make_aware(datetime.combine(day, time(9, 5)))
