from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

OPEN_PATHS = ("/accounts/", "/static/", "/healthz", "/readyz")


class SecondFactorMiddleware:
    """Send people with a staff role to set up an authenticator app before they go on.

    Those who came through the council's directory have met its own second factor.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.STAFF_SECOND_FACTOR_REQUIRED and self.owes_second_factor(request):
            messages.warning(
                request,
                "Your role needs a second step at sign-in. Set up an authenticator app first.",
            )
            return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def owes_second_factor(self, request):
        if request.path.startswith(OPEN_PATHS) or not request.user.is_authenticated:
            return False
        if not request.user.needs_second_factor:
            return False
        methods = {record["method"] for record in get_authentication_records(request, request.user)}
        if "socialaccount" in methods:
            return False
        return not Authenticator.objects.filter(
            user=request.user, type=Authenticator.Type.TOTP
        ).exists()
