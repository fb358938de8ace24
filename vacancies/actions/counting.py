import logging
import uuid
from collections import Counter

import redis
from django.db import connection, transaction

from vacancies.models import Vacancy, ViewSource
from vacancies.views_count import BETWEEN, COUNTED, counter

logger = logging.getLogger(__name__)

ADD = """
    INSERT INTO vacancies_viewcount (vacancy_id, day, source, number)
    VALUES (%s, %s, %s, %s)
    ON CONFLICT (vacancy_id, day, source)
    DO UPDATE SET number = vacancies_viewcount.number + EXCLUDED.number
"""


def store_views_counted():
    """Add the views counted in Redis to the table, and forget them there. Returns how many.

    What an earlier run took and did not store is stored too. When Redis is away nothing happens.
    """
    views = counter()
    try:
        if views.exists(COUNTED):
            views.rename(COUNTED, f"{COUNTED}:{uuid.uuid4().hex}")
        return sum(_store(views, name) for name in list(views.scan_iter(f"{COUNTED}:*")))
    except redis.RedisError as error:
        logger.warning("The views could not be stored: %s", error)
        return 0


@transaction.atomic
def _store(views, name):
    """Store one bundle. It is forgotten just before the transaction ends: lost rather than doubled."""
    numbers = _by_advert(views.hgetall(name))
    with connection.cursor() as cursor:
        cursor.executemany(ADD, [(*key, number) for key, number in sorted(numbers.items())])
    views.delete(name)
    return sum(numbers.values())


def _by_advert(counted):
    """Return numbers by (key of the vacancy, day, source), without adverts that do not exist."""
    fields = {field: field.split(BETWEEN) for field in counted}
    references = {reference for _, reference, _ in fields.values()}
    keys = dict(Vacancy.objects.filter(reference__in=references).values_list("reference", "pk"))
    numbers = Counter()
    for field, (day, reference, source) in fields.items():
        if reference in keys and source in ViewSource.values:
            numbers[keys[reference], day, source] += int(counted[field])
    return numbers
