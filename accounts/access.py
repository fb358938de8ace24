from functools import wraps
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render


def role_required(*names):
    """Let only people with one of the roles in: visitors go to sign in, others get the 403 page."""

    def decorate(view):
        @login_required
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.has_role(*names):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def same_site_only(view):
    """Let a form in that carries no token only when the browser says this site sent it.

    For forms on pages that visitors share. Browsers name the sender of a form in `Sec-Fetch-Site` or
    `Origin`, which no page can change; one that names neither is turned away like another site's.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not _is_from_this_site(request):
            return render(request, "403_csrf.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def _is_from_this_site(request):
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said in ("same-origin", "none")  # None: the person sent it again by hand.
    origin = urlsplit(request.headers.get("Origin", ""))
    return bool(origin.netloc) and origin.netloc == request.get_host()
