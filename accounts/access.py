from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied


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
