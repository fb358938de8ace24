"""Which vacancies an alert finds: the filters of the search as columns, matched for many alerts at once.

What an alert finds is what `search_vacancies` finds for the same filters; tests/vacancies/test_alert_matching.py
holds the two together.
"""

import hashlib
import json
from dataclasses import dataclass

from django.db import connection
from django.db.models import CharField, Min
from django.db.models.expressions import RawSQL

from organisation.queries import EARTH_RADIUS_MILES
from vacancies.models import Alert, Vacancy
from vacancies.models.search import search_query
from vacancies.queries.search import VacancyFilters

# One step after another: the alerts that are due, the adverts they are matched with, which of these
# lie near each place and have each wording that somebody searches by, and then the other filters of
# each alert beside the adverts that are possible for it.
MATCHES = """
WITH due AS MATERIALIZED (
    SELECT *
      FROM vacancies_alert
     WHERE subscriber_id = ANY(%(subscribers)s) AND state = 'active' AND next_on <= %(on)s
),
advert AS MATERIALIZED (
    SELECT vacancy.id,
           announcement.run_id,
           announcement.public_since,
           role.slug AS role,
           role.family,
           role.needs_registration,
           ARRAY(
               SELECT district.slug FROM organisation_district district
                WHERE district.id = vacancy.district_id
               UNION ALL
               SELECT district.slug FROM vacancies_otherplace place
                 JOIN organisation_district district ON district.id = place.district_id
                WHERE place.vacancy_id = vacancy.id
           )::varchar[] AS districts,
           vacancy.contract,
           vacancy.patterns,
           vacancy.salary_to,
           vacancy.newly_qualified_welcome,
           vacancy.driving = 'essential' AND vacancy.driving_alternatives = '' AS must_drive,
           vacancy.sponsorship_possible,
           UPPER(vacancy.reference) AS reference,
           -- Joined to nothing, the words are a copy in memory, not read from the table each time.
           vacancy.search_heads || ''::tsvector AS heads,
           vacancy.search_vector || ''::tsvector AS words
      FROM vacancies_vacancy vacancy
      JOIN vacancies_announcement announcement ON announcement.vacancy_id = vacancy.id
      JOIN organisation_role role ON role.id = vacancy.role_id
     WHERE vacancy.id = ANY(%(vacancies)s)
),
place AS MATERIALIZED (
    SELECT id AS vacancy_id, latitude, longitude
      FROM vacancies_vacancy WHERE id = ANY(%(vacancies)s)
    UNION ALL
    SELECT vacancy_id, latitude, longitude
      FROM vacancies_otherplace WHERE vacancy_id = ANY(%(vacancies)s)
),
spot AS (
    SELECT DISTINCT latitude, longitude, radius FROM due WHERE latitude IS NOT NULL
),
near AS MATERIALIZED (
    SELECT spot.latitude, spot.longitude, spot.radius, array_agg(place.vacancy_id) AS vacancies
      FROM spot
      JOIN place ON ACOS(GREATEST(LEAST(
               SIN(RADIANS(spot.latitude)) * SIN(RADIANS(place.latitude))
               + COS(RADIANS(spot.latitude)) * COS(RADIANS(place.latitude))
               * COS(RADIANS(place.longitude) - RADIANS(spot.longitude)),
           1.0), -1.0)) * %(earth)s <= spot.radius
     GROUP BY spot.latitude, spot.longitude, spot.radius
),
wording AS (
    SELECT DISTINCT words, words_query, in_text FROM due WHERE words <> ''
),
worded AS MATERIALIZED (
    SELECT wording.words, wording.words_query, wording.in_text, array_agg(advert.id) AS vacancies
      FROM wording
      -- A word to be absent must be absent from the text too, wherever the others are looked for.
      JOIN advert ON (advert.words @@ wording.words_query
                      AND (wording.in_text OR advert.heads @@ wording.words_query))
           OR advert.reference = UPPER(wording.words)
     GROUP BY wording.words, wording.words_query, wording.in_text
),
possible AS MATERIALIZED (
    SELECT due.*,
           CASE WHEN due.words <> '' THEN worded.vacancies
                WHEN due.latitude IS NOT NULL THEN near.vacancies
                ELSE (SELECT array_agg(id) FROM advert)
           END AS vacancies,
           near.vacancies AS near
      FROM due
      LEFT JOIN near USING (latitude, longitude, radius)
      LEFT JOIN worded USING (words, words_query, in_text)
),
found AS (
    SELECT DISTINCT ON (due.subscriber_id, advert.id)
           due.subscriber_id, due.id AS alert_id, advert.id AS vacancy_id
      FROM possible due
     CROSS JOIN LATERAL unnest(due.vacancies) AS one (vacancy_id)
      JOIN advert ON advert.id = one.vacancy_id
       AND advert.run_id > due.matched_run
       AND advert.public_since >= due.confirmed_at
       AND (due.latitude IS NULL OR advert.id = ANY(due.near))
       AND (due.role = '' OR due.role = advert.role)
       AND (due.salary_min IS NULL OR due.salary_min <= advert.salary_to)
       AND (NOT due.newly_qualified OR advert.newly_qualified_welcome)
       AND (NOT due.sponsorship OR advert.sponsorship_possible)
       AND (due.needs_registration IS NULL OR due.needs_registration = advert.needs_registration)
       AND (due.must_drive IS NULL OR due.must_drive = advert.must_drive)
       AND (due.families = '{}' OR advert.family = ANY(due.families))
       AND (due.contracts = '{}' OR advert.contract = ANY(due.contracts))
       AND (due.patterns = '{}' OR advert.patterns && due.patterns)
       AND (due.districts = '{}' OR advert.districts && due.districts)
     ORDER BY due.subscriber_id, advert.id, due.id
)
SELECT subscriber_id, alert_id, array_agg(vacancy_id ORDER BY vacancy_id DESC)
  FROM found
 GROUP BY subscriber_id, alert_id
 ORDER BY subscriber_id, alert_id
"""


@dataclass(frozen=True)
class AlertSearch:
    """What an alert searches for: its filters, the query of its address, and how it is said.

    `in_text` tells whether its words are also looked for in the text of adverts, as the search does
    when few adverts have them in the title, role, summary, place or team.
    """

    filters: VacancyFilters
    address: str
    in_words: str
    in_text: bool = False

    @property
    def columns(self):
        """The columns of Alert that hold this search."""
        return {
            "search": self.address,
            "in_words": self.in_words,
            "in_text": self.in_text,
            **criteria_columns(self.filters),
        }


def criteria_columns(filters, synonyms=None):
    """Return the columns of Alert that hold `filters`. Those that depend on the day have none.

    `synonyms` are `SearchSynonym.objects.meanings()`, which is asked for when they are not given.
    """
    near = filters.near
    return {
        "words": filters.words,
        "words_query": search_query(filters.words, synonyms) if filters.words else None,
        "latitude": near and near.latitude,
        "longitude": near and near.longitude,
        "radius": filters.radius if near else None,
        "families": sorted(filters.families),
        "role": filters.role,
        "districts": sorted(filters.districts),
        "contracts": sorted(filters.contracts),
        "patterns": sorted(filters.patterns),
        "salary_min": filters.salary_min,
        "newly_qualified": filters.newly_qualified,
        "needs_registration": filters.registration == "needed" if filters.registration else None,
        "must_drive": filters.driving == "essential" if filters.driving else None,
        "sponsorship": filters.sponsorship,
    }


def owed_vacancies(subscribers, on):
    """Return rows (subscriber's key, alert's key, keys of vacancies) of what is owed on the date `on`.

    Owed is what everyone can see, an active alert of theirs that is due finds, a run announced since
    that alert was last gone through, and became public after it was confirmed, unless the ledger says
    that they were told already. A vacancy that several alerts of one person find stands at the first.
    Call it in a transaction.
    """
    due = Alert.objects.due(on).filter(subscriber__in=subscribers)
    oldest = due.aggregate(oldest=Min("matched_run"))["oldest"]
    if oldest is None:
        return []
    adverts = Vacancy.objects.open_to_public(on).filter(announcement__run__gt=oldest)
    vacancies = list(adverts.values_list("pk", flat=True))
    if not vacancies:
        return []
    given = {
        "subscribers": list(subscribers),
        "vacancies": vacancies,
        "on": on,
        "earth": EARTH_RADIUS_MILES,
    }
    with connection.cursor() as cursor:
        # How many rows a step has, the planner can only guess. Where it guesses few, it would go
        # through a step's rows again for each row of another instead of keeping them in a table.
        # Nor is it worth while to compile what runs for a tenth of a second.
        cursor.execute("SET LOCAL jit = off; SET LOCAL enable_nestloop = off")
        cursor.execute(MATCHES, given)
        rows = cursor.fetchall()
        cursor.execute("SET LOCAL jit TO DEFAULT; SET LOCAL enable_nestloop TO DEFAULT")
    return rows


def with_fingerprint(vacancies):
    """Annotate `fingerprint`: it is another one as soon as anything of the advert has changed."""
    whole = """md5(concat(
        vacancies_vacancy::text,
        (SELECT role::text FROM organisation_role role WHERE role.id = role_id),
        (SELECT string_agg(place::text, ',' ORDER BY place.id) FROM vacancies_otherplace place
          WHERE place.vacancy_id = vacancies_vacancy.id)
    ))"""
    fingerprint = RawSQL(whole, [], output_field=CharField())  # noqa: S611 (nothing of a person in it)
    return vacancies.annotate(fingerprint=fingerprint)


def synonyms_digest(synonyms):
    """Return a short text that is another one when the synonyms of search words are."""
    text = json.dumps(synonyms, sort_keys=True)
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
