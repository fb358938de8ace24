"""What applicants do about the checks before they start."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render

from applications.actions import give_registration_number
from applications.forms.checks import RegistrationNumberForm
from applications.rules import checks as check_rules
from applications.views.access import own_application, posted

NOT_NOW = "We do not need your registration number now."


@own_application
def registration_number(request, application):
    """Give the registration number, or put it right, while the checks are under way."""
    if application.is_for_another:
        raise Http404
    if not check_rules.can_give_registration_number(request.user, application):
        return redirect(application)
    form = RegistrationNumberForm(
        posted(request),
        back=application.get_absolute_url(),
        initial={"number": application.registration_number},
    )
    if not form.is_valid():
        page = {"application": application, "form": form}
        return render(request, "applications/registration_number.html", page)
    try:
        give_registration_number(application=application, by=request.user, **form.cleaned_data)
        messages.success(request, "We have your registration number.")
    except PermissionDenied:
        messages.error(request, NOT_NOW)
    return redirect(application)
