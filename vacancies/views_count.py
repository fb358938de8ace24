"""Counts how often an advert is opened and from where, without cookies and without noting anybody.

A page only adds one to a number in Redis; the timetable stores the numbers. When Redis is away the
view is not counted, and the page never knows.
"""

import logging
import re
from functools import cache
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.utils import timezone

from vacancies.models import ViewSource

logger = logging.getLogger(__name__)

COUNTED = "portal:views"
BETWEEN = "|"
PATIENCE_SECONDS = 0.25

# Programs say what they are in the name they go by; people's browsers say none of this.
PROGRAM = re.compile(
    r"bot\b|bot[/;-]|crawl|spider|slurp|fetch|monitor|preview|scan|lighthouse|headless|"
    r"python|curl|wget|httpx?\b|java/|go-http|libwww|facebookexternalhit|feed|validator",
    re.IGNORECASE,
)
# What stands in `from` or `utm_source` of a link that we or others made.
SOURCE_OF_LINK = {
    "alert": ViewSource.ALERT,
    "email": ViewSource.ALERT,
    "nudge": ViewSource.ALERT,
    "feed": ViewSource.FEED,
    "atom": ViewSource.FEED,
    "api": ViewSource.FEED,
    "poster": ViewSource.PRINT,
    "print": ViewSource.PRINT,
    "leaflet": ViewSource.PRINT,
    "qr": ViewSource.PRINT,
    "intranet": ViewSource.COUNCIL,
}
# Words in a name, such as "linkedin" in www.linkedin.com and in utm_source=LinkedIn.
SOURCE_OF_NAME = [
    (ViewSource.SEARCH_ENGINE, ("google", "bing", "duckduckgo", "ecosia", "yahoo", "qwant")),
    (ViewSource.SOCIAL, ("facebook", "fb", "linkedin", "lnkd", "instagram", "twitter", "t.co", "x.com",
                         "threads", "bsky", "whatsapp", "youtube", "tiktok", "reddit", "mastodon")),
    (ViewSource.JOB_BOARD, ("indeed", "reed", "totaljobs", "jobsgopublic", "guardian", "communitycare",
                            "glassdoor", "adzuna", "monster", "cv-library", "nhsjobs", "jobs")),
    (ViewSource.COUNCIL, ("hants.gov.uk", "gov.uk")),
]  # fmt: skip


def count_view(reference, request):
    """Add one view of the advert `reference` ("HCC-1042"), by where `request` came from.

    Programs, pages fetched ahead and anything but a plain reading of the page are left out. Never
    raises because of Redis.
    """
    if request.method != "GET" or _is_program(request) or _is_ahead(request):
        return
    field = BETWEEN.join([timezone.localdate().isoformat(), reference, source_of(request)])
    try:
        counter().hincrby(COUNTED, field, 1)
    except redis.RedisError as error:
        logger.warning("A view was not counted: %s", error)


def source_of(request):
    """Return the ViewSource of a request: what its link says of itself, else the site it came from."""
    said = request.GET.get("from") or request.GET.get("utm_source") or ""
    if said:
        word = said.strip().lower()[:60]
        return SOURCE_OF_LINK.get(word) or _named(word) or ViewSource.OTHER
    referer = request.headers.get("Referer", "")
    try:
        came_from = urlsplit(referer)
        host = (came_from.hostname or "").lower()
    except ValueError:
        return ViewSource.OTHER
    if not host:
        return ViewSource.DIRECT
    if host == request.get_host().rpartition(":")[0] or host == request.get_host():
        in_search = came_from.path in ("/", "/vacancies/")
        return ViewSource.OUR_SEARCH if in_search else ViewSource.OUR_PAGES
    return _named(host) or ViewSource.OTHER


def _named(name):
    """Return the source whose word is a part of the name between its dots, dashes or spaces."""
    parts = set(re.split(r"[^a-z0-9]+", name))
    for source, words in SOURCE_OF_NAME:
        for word in words:
            ends = name == word or name.endswith(f".{word}")
            if ends or word in parts:
                return source
    return None


def _is_program(request):
    name = request.headers.get("User-Agent", "")
    return not name or PROGRAM.search(name) is not None


def _is_ahead(request):
    purpose = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
    return "prefetch" in purpose.lower()


@cache
def counter():
    """Return the connection on which views are counted: the cache's Redis, with little patience."""
    return redis.Redis.from_url(
        settings.CACHES["default"]["LOCATION"],
        socket_connect_timeout=PATIENCE_SECONDS,
        socket_timeout=PATIENCE_SECONDS,
        decode_responses=True,
    )
