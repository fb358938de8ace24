import logging

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from kombu.exceptions import OperationalError
from redis import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


@never_cache
def alive(request):
    """Answer that this process runs."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def ready(request):
    """Answer 200 when the database, Redis and a worker answer, else 503 and which does not."""
    parts = {
        "database": _answers(_ask_database),
        "redis": _answers(_ask_redis),
    }
    parts["worker"] = parts["redis"] and _answers(_ask_worker)
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def _answers(ask):
    try:
        return bool(ask())
    except (DatabaseError, RedisError, OperationalError, OSError) as error:
        logger.warning("Not ready: %s", error)
        return False


def _ask_database():
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        return cursor.fetchone()


def _ask_redis():
    location = settings.CACHES["default"]["LOCATION"]
    with Redis.from_url(location, socket_timeout=1, socket_connect_timeout=1) as redis:
        return redis.ping()


def _ask_worker():
    return current_app.control.ping(timeout=1, limit=1)
