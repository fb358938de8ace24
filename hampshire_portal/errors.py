"""The pages for when something is wrong. 403 and 404 are Django's own views with our templates."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from accounts.refused_words import for_reading, words_refused


def server_error(request):
    """Answer 503 when the database cannot be reached, and 500 for any other fault of ours."""
    away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    status = 503 if away else 500
    # Rendered without context processors: they may be what failed.
    response = HttpResponse(render_to_string(f"{status}.html"), status=status)
    if away:
        response["Retry-After"] = "60"
    return response


def csrf_failure(request, reason=""):
    """Answer a form that came without its token: usually a page left open after signing out.

    Nothing is done with what it holds. Words from a page of ours are shown, to be copied or sent again.
    """
    words = words_refused(request)
    rows = for_reading(request, words)
    if not rows:
        return render(request, "403_csrf.html", status=403)
    response = render(request, "403_words.html", {"words": words, "rows": rows}, status=403)
    response["Cache-Control"] = "private, no-store"
    return response
