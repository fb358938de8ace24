"""Words that were sent in after the session was lost: kept across the sign-in and shown in the form.

They wait in the visitor's own session on the server, for one page at a time. Who signs in then is asked
for what the page is about like anybody: to all but who may write it, it is not there, and the words are
dropped.
"""

import json
from functools import wraps

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.utils.datastructures import MultiValueDict

from accounts.fields import keyring

KEPT = "words_kept"


def keeps_words(boxes, *, sealed=False, labels=None):
    """For a page of text. `boxes(posted, **kwargs)` gives the names of the page's boxes that are kept.

    `kwargs` are those of the page's address. What the database holds only encrypted is `sealed` in the
    session too. `labels`, by the name of a box, are for reading words that came in a form the site
    refused: see `accounts.refused_words`.
    """

    def of_view(view):
        @wraps(view)
        def step(request, **kwargs):
            if request.method == "POST" and not request.user.is_authenticated:
                _keep(request, boxes(request.POST, **kwargs), sealed)
                return redirect_to_login(request.get_full_path())
            try:
                response = view(request, **kwargs)
            except Http404:
                _forget(request)
                raise
            if request.method == "POST" and response.status_code == 302:
                _forget(request)
            return response

        step.boxes_kept, step.labels_kept = boxes, labels or {}
        return step

    return of_view


def boxes_of(form):
    """For `keeps_words`: the boxes of the class `form`."""
    return lambda posted, **kwargs: form.base_fields


def words_kept(request):
    """Return what was typed into this page before the sign-in, as a form is sent; {} without any."""
    kept = request.session.get(KEPT, {})
    if kept.get("path") != request.path:
        return {}
    words = json.loads(keyring().decrypt(kept["sealed"])) if "sealed" in kept else kept["words"]
    return MultiValueDict(
        {name: said if isinstance(said, list) else [said] for name, said in words.items()}
    )


def over(request, saved):
    """Return the answers a form begins with: those `saved`, under the words that were kept."""
    return {**saved, **shown_again(request).dict()}


def shown_again(request):
    """Return the words to show once more, and say so to their writer."""
    words = words_kept(request) if request.method == "GET" else {}
    if not words:
        return MultiValueDict()
    messages.info(request, "You were signed out. Your words are below: save them.")
    return words


def _keep(request, names, sealed):
    said = {name: request.POST.getlist(name) for name in names if name in request.POST}
    size = sum(len(text.encode(errors="replace")) for texts in said.values() for text in texts)
    too_many = ratelimit.consume_or_429(request, action="keep_words", config=settings.RATE_LIMITS)
    if size <= settings.WORDS_KEPT_LARGEST_BYTES and not too_many:
        words = {name: texts[0] if len(texts) == 1 else texts for name, texts in said.items()}
        kept = {"sealed": _seal(words)} if sealed else {"words": words}
        request.session[KEPT] = {"path": request.path, **kept}


def _seal(words):
    return keyring().encrypt(json.dumps(words).encode()).decode()


def _forget(request):
    if words_kept(request):
        del request.session[KEPT]
