"""Pages that are the same for all visitors, kept by this process until something they show has changed.

A view says that it makes such pages with `@same_for_all_visitors`. The middleware stands before
sessions: a page that it has kept is answered with one query, for the generation (see
`models/generation.py`). A page is kept ready for sending, compressed and with its headers.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from functools import wraps
from http import HTTPStatus
from operator import itemgetter
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control

from vacancies.clean_addresses import LONGEST_QUERY, has_empty_parts
from vacancies.models import Generation

WHERE_FROM = "from"  # In links that we sent out, for `views_count`. No page shows it.
PLAIN = re.compile(r"[!-~]*")
KEPT_STATUSES = {HTTPStatus.OK, HTTPStatus.GONE}


@dataclass(frozen=True)
class KeptPage:
    """An answer as it was sent, the generation and the day that it is right for.

    `each_time` is called with the request whenever the page is sent, as the view would do it.
    """

    generation: int
    made_on: date
    status: int
    headers: dict
    content: bytes
    each_time: callable

    def is_current(self):
        return self.made_on == timezone.localdate() and self.generation == Generation.current()

    def answer(self):
        return HttpResponse(self.content, status=self.status, headers=self.headers)


class KeptPagesMiddleware:
    """Answer visitors with kept pages, and keep what views have marked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.page_may_be_kept = _comes_from_a_visitor(request)
        if not request.page_may_be_kept:
            return self.get_response(request)
        pages, address = caches["pages"], _address(request)
        page = pages.get(address)
        if page and page.is_current():
            page.each_time(request)
            response = page.answer()
        else:
            response = self.get_response(request)
            if _can_be_kept(request, response):
                patch_cache_control(response, private=True, no_cache=True)
                pages.set(address, _kept(response), settings.PAGES_KEPT_SECONDS)
        return _unless_known(request, response)


def same_for_all_visitors(view):
    """Let the pages of a view be kept for visitors.

    Such a page holds no token, no message and nothing about the person who asks. What must happen
    each time it is seen, kept or not, is given as `response.each_time`, a function of the request.
    `request.generation` is what the view shows, or None where nothing is kept.
    """

    @wraps(view)
    def marked(request, *args, **kwargs):
        # Before the view reads: what it shows is never older.
        request.generation = Generation.current() if settings.PAGES_KEPT_SECONDS else None
        for_anybody = getattr(request, "page_may_be_kept", False)
        if for_anybody:
            _forget_cookies(request)
        response = view(request, *args, **kwargs)
        if hasattr(response, "each_time"):
            response.each_time(request)
        if for_anybody:
            response.generation = request.generation
            response["ETag"] = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
        return response

    return marked


def _comes_from_a_visitor(request):
    """Say whether somebody asks of whom we know nothing, for an address worth remembering."""
    if request.method != "GET" or not settings.PAGES_KEPT_SECONDS:
        return False
    if not settings.PERSONAL_COOKIES.isdisjoint(request.COOKIES):
        return False
    query = request.META["QUERY_STRING"]
    if has_empty_parts(query):  # The view leads to the address without them.
        return False
    return len(query) <= LONGEST_QUERY and bool(PLAIN.fullmatch(query))


def _forget_cookies(request):
    """Leave out cookies that other sites of the council have set, so that no page depends on them."""
    token = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
    request.COOKIES = {settings.CSRF_COOKIE_NAME: token} if token else {}


def _address(request):
    """The address as a key: the order of the names and where a person came from make no other page."""
    query = sorted(parse_qsl(request.META["QUERY_STRING"]), key=itemgetter(0))
    query = [(name, value) for name, value in query if name != WHERE_FROM]
    packed = bool(re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")))
    address = f"{request.is_secure():d}{packed:d}{request.META.get('HTTP_HOST')}{request.path}"
    return hashlib.blake2b(f"{address}?{urlencode(query)}".encode(), digest_size=20).hexdigest()


def _can_be_kept(request, response):
    return (
        hasattr(response, "generation")
        and response.status_code in KEPT_STATUSES
        and not response.cookies  # A page with a token comes with the cookie of that token.
        and not request.user.is_authenticated
    )


def _kept(response):
    return KeptPage(
        generation=response.generation,
        made_on=timezone.localdate(),
        status=response.status_code,
        headers=dict(response.headers),
        content=response.content,
        each_time=getattr(response, "each_time", _nothing),
    )


def _nothing(request):
    """What most pages do each time they are seen."""


def _unless_known(request, response):
    """Answer 304 when the browser has this very page still."""
    if response.status_code == HTTPStatus.OK and response.has_header("ETag"):
        return get_conditional_response(request, etag=response["ETag"], response=response)
    return response
