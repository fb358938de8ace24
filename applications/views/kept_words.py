"""Words that were sent in after the session was lost: kept across the sign-in and shown in the form.

They wait in the visitor's own session on the server, for one page at a time. Who signs in then is asked
for the application like anybody: to all but its applicant it is not there, and the words are dropped.
"""

from functools import wraps

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404

KEPT = "words_kept"


def keeps_words(form):
    """For a step of text whose boxes are those of the class `form`."""

    def of_view(view):
        @wraps(view)
        def step(request, **kwargs):
            if request.method == "POST" and not request.user.is_authenticated:
                _keep(request, form.base_fields)
                return redirect_to_login(request.get_full_path())
            try:
                response = view(request, **kwargs)
            except Http404:
                _forget(request)
                raise
            if request.method == "POST" and response.status_code == 302:
                _forget(request)
            return response

        return step

    return of_view


def words_kept(request):
    """Return what was typed into this page before the sign-in, by the name of its box."""
    kept = request.session.get(KEPT, {})
    return kept["words"] if kept.get("path") == request.path else {}


def over(request, saved):
    """Return the answers a form begins with: those `saved`, under the words that were kept."""
    words = words_kept(request) if request.method == "GET" else {}
    if words:
        messages.info(request, "You were signed out. Your words are below: save them.")
    return {**saved, **words}


def _keep(request, names):
    words = {name: request.POST[name] for name in names if name in request.POST}
    size = sum(len(text.encode(errors="replace")) for text in words.values())
    too_many = ratelimit.consume_or_429(request, action="keep_words", config=settings.RATE_LIMITS)
    if size <= settings.WORDS_KEPT_LARGEST_BYTES and not too_many:
        request.session[KEPT] = {"path": request.path, "words": words}


def _forget(request):
    if words_kept(request):
        del request.session[KEPT]
