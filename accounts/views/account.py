from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render


@login_required
def account(request):
    """Your account: what you sign in with, and where you are signed in."""
    has_second_factor = Authenticator.objects.filter(
        user=request.user, type=Authenticator.Type.TOTP
    ).exists()
    return render(request, "accounts/account.html", {"has_second_factor": has_second_factor})


@login_required
def signed_in(request):
    """Send each person to the page they most likely came for."""
    if request.user.is_staff:
        return redirect("admin:index")
    if request.user.has_role("staff"):
        return redirect("training:my-development")
    if request.user.has_role("returner"):
        return redirect("training:booking-list")
    return redirect("applications:application-list")
