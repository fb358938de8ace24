import logging
import time

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

LEFT_ALONE_SECONDS = 5


class ForgivingRedisCache(RedisCache):
    """A Redis cache that answers "not found" when Redis is away, so that no page fails for it.

    A Redis that hangs is asked once in `LEFT_ALONE_SECONDS`: signing in asks it twenty times, and
    would wait for it each time.
    """

    asked_again_at = 0.0  # by the monotonic clock; the same for all threads of a process

    def _try(self, method, default, *args, **kwargs):
        if time.monotonic() < ForgivingRedisCache.asked_again_at:
            return default
        try:
            return method(*args, **kwargs)
        except RedisError as error:
            ForgivingRedisCache.asked_again_at = time.monotonic() + LEFT_ALONE_SECONDS
            logger.warning("The cache did not answer: %s", error)
            return default

    def add(self, *args, **kwargs):
        return self._try(super().add, True, *args, **kwargs)

    def get(self, key, default=None, version=None):
        return self._try(super().get, default, key, default, version)

    def set(self, *args, **kwargs):
        return self._try(super().set, None, *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self._try(super().touch, False, *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self._try(super().delete, False, *args, **kwargs)

    def get_many(self, *args, **kwargs):
        return self._try(super().get_many, {}, *args, **kwargs)

    def set_many(self, data, *args, **kwargs):
        return self._try(super().set_many, list(data), data, *args, **kwargs)

    def delete_many(self, *args, **kwargs):
        return self._try(super().delete_many, None, *args, **kwargs)

    def has_key(self, *args, **kwargs):
        return self._try(super().has_key, False, *args, **kwargs)

    def incr(self, key, delta=1, version=None):
        return self._try(super().incr, delta, key, delta, version)
