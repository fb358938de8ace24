from functools import wraps

from django.contrib.auth.decorators import login_required
from django.shortcuts import render


def _only(*roles):
    """Let people with one of the roles in. Visitors go to sign in; others read who training is for."""

    def decorate(view):
        @login_required
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.has_role(*roles):
                return render(request, "training/not_staff.html", status=403)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


# Pages about the five days and about teams are for staff; finding and booking for returners too.
staff_only = _only("staff")
who_books_only = _only("staff", "returner")
