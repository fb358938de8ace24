"""The cache when Redis is away, or hangs."""

import socket

import pytest

from hampshire_portal import cache as cache_module
from hampshire_portal.cache import ForgivingRedisCache


@pytest.fixture
def hanging():
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


@pytest.fixture
def cache(hanging, monkeypatch):
    monkeypatch.setattr(ForgivingRedisCache, "asked_again_at", 0.0)
    address = f"redis://127.0.0.1:{hanging.getsockname()[1]}"
    options = {"socket_timeout": 0.05, "retry": None}
    return ForgivingRedisCache(address, {"OPTIONS": options})


def connections(server):
    """Return how many connections the server was asked for since the last time."""
    count = 0
    while True:
        try:
            taken, _ = server.accept()
        except TimeoutError:
            return count
        taken.close()
        count += 1


def test_a_redis_that_hangs_is_asked_once_and_then_left_alone(hanging, cache):
    answers = [
        cache.get("a", "default"),
        cache.add("b", 1),
        cache.incr("c", 2),
        cache.get_many(["d"]),
    ]

    assert answers == ["default", True, 2, {}]
    assert connections(hanging) == 1


def test_it_is_asked_again_after_a_while(hanging, cache, monkeypatch):
    monkeypatch.setattr(cache_module, "LEFT_ALONE_SECONDS", 0)

    cache.get("a")
    cache.get("b")

    assert connections(hanging) == 2
