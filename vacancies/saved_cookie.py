"""What a visitor saved before signing in: the references of the jobs, in a signed cookie of theirs.

The cookie tells nothing about the person, and nothing of it is kept here.
"""

import re

from django.conf import settings

COOKIE = "savedjobs"
SALT = "vacancies.saved_cookie"
REFERENCE = re.compile(r"[A-Z]+-[0-9]{1,12}")
A_DAY = 24 * 60 * 60


def references_in(request):
    """Return the references a visitor's cookie holds, the latest first; a spoiled cookie holds none."""
    kept = request.get_signed_cookie(COOKIE, default="", salt=SALT)
    references = [reference for reference in kept.split(".") if REFERENCE.fullmatch(reference)]
    return references[: settings.SAVED_COOKIE_MOST]


def keep_in(response, references):
    """Let the visitor's browser keep the references, at most `settings.SAVED_COOKIE_MOST` of them."""
    latest = list(dict.fromkeys(references))[: settings.SAVED_COOKIE_MOST]
    if not latest:
        return forget_in(response)
    response.set_signed_cookie(
        COOKIE,
        ".".join(latest),
        salt=SALT,
        max_age=settings.SAVED_COOKIE_DAYS * A_DAY,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget_in(response):
    """Take the cookie away: there is nothing saved, or the account has it now."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response
