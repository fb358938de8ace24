from functools import wraps

from django.contrib.auth.decorators import login_required
from django.shortcuts import render


def staff_only(view):
    """Let staff in. Visitors go to sign in; others get a page that says who training is for."""

    @login_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.has_role("staff"):
            return render(request, "training/not_staff.html", status=403)
        return view(request, *args, **kwargs)

    return guarded
