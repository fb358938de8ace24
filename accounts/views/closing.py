from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.actions import close_account
from accounts.queries import is_held
from accounts.rules import can_close_account


@login_required
@reauthentication_required(allow_get=True)
def close(request):
    """Close your account: what will happen, and one button. The password or a code is asked for again."""
    page = {
        "may_close": can_close_account(request.user),
        "is_held": is_held(request.user),
    }
    if request.method == "POST" and page["may_close"] and not page["is_held"]:
        close_account(person=request.user)
        logout(request)
        return redirect("accounts:closed")
    return render(request, "accounts/close.html", page)


@require_safe
def closed(request):
    """Your account is closed."""
    return render(request, "accounts/closed.html")
