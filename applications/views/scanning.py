from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from accounts.exceptions import UnfitFile
from applications import rules
from applications.actions import send_cv_again
from applications.forms import CVForm
from applications.views.access import own_application, posted, uploaded


@own_application
def application_cv_again(request, application):
    """Send another CV in place of one that the virus scan refused after the application was sent."""
    if not rules.can_send_cv_again(request.user, application):
        return redirect(application)
    onward = application.get_absolute_url()
    form = CVForm(posted(request), uploaded(request), onward=onward, has_cv=True)
    if form.is_valid():
        try:
            send_cv_again(application=application, file=form.cleaned_data["cv"], by=request.user)
            messages.success(request, "Your new CV has been sent.")
            return redirect(application)
        except UnfitFile as problem:
            form.add_error("cv", str(problem))
        except PermissionDenied:
            return redirect(application)  # Sent from another tab a moment ago.
    page = {"application": application, "form": form, "back": onward}
    return render(request, "applications/application_cv_again.html", page)
