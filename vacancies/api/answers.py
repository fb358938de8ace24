"""How the interface for partners answers: JSON, errors in plain words, a limit for each address."""

from functools import wraps

from allauth.core import ratelimit
from django.conf import settings
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page


class Refused(Exception):
    """The question cannot be answered: the status, and what to put right as (parameter, words)."""

    def __init__(self, status, *problems):
        super().__init__(status)
        self.status = status
        self.problems = problems


def answers_partners(view):
    """Make a view of the interface: read only, limited, with an ETag, its errors as JSON.

    Anybody may ask, from any site: it holds what the public sees, and no cookie is looked at.
    """

    @csrf_exempt  # Nothing can be sent here: a POST without a token gets the 405 of all others.
    @conditional_page
    @wraps(view)
    def answer(request, **kwargs):
        try:
            _check(request)
            response = JsonResponse(view(request, **kwargs))
        except Refused as refusal:
            response = _refusal(refusal)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cache-Control"] = "no-cache"  # To be asked about each time, with the ETag.
        return response

    return answer


def _check(request):
    if request.method not in ("GET", "HEAD"):
        raise Refused(405, (None, "This can only be read, with GET."))
    limits = settings.RATE_LIMITS
    if ratelimit.consume_or_429(request, action="api", config=limits, limit_get=True):
        raise Refused(429, (None, "You have asked many times. Please wait a minute."))


def _refusal(refusal):
    errors = [{"parameter": name, "message": words} for name, words in refusal.problems]
    response = JsonResponse({"errors": errors}, status=refusal.status)
    if refusal.status == 429:
        response["Retry-After"] = "60"
    if refusal.status == 405:
        response["Allow"] = "GET, HEAD"
    return response
