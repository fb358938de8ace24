"""The register of interest, for who would like to be on it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from applications import queries
from applications.actions import leave_register, register_interest, renew_interest
from applications.forms.interests import InterestForm
from applications.rules.interests import can_register_interest
from applications.views.access import posted

UNTIL = "You are on the register until {}."


def interest(request):
    """What the register is; for who is signed in: join it, see what is on it, and change it."""
    if not request.user.is_authenticated:
        return render(request, "applications/interest.html")
    if not can_register_interest(request.user):
        return render(request, "applications/interest_not_yet.html", status=403)
    mine = queries.interest_of(request.user)
    form = InterestForm(posted(request), interest=mine)
    if form.is_valid():
        saved = register_interest(**form.answers(), by=request.user)
        messages.success(request, UNTIL.format(date_format(saved.ends_on, "j F Y")))
        return redirect("applications:interest")
    page = {"form": form, "interest": mine}
    return render(request, "applications/interest.html", page)


@require_POST
@login_required
def interest_renew(request):
    """Stay on the register for its full time from today."""
    saved = renew_interest(by=request.user)
    if saved:
        messages.success(request, UNTIL.format(date_format(saved.ends_on, "j F Y")))
    else:
        messages.info(request, "You were not on the register any more. You can join it again.")
    return redirect("applications:interest")


@require_POST
@login_required
def interest_leave(request):
    """Leave the register at once."""
    leave_register(person=request.user, by=request.user)
    messages.success(request, "You have left the register, and what you wrote is deleted.")
    return redirect("applications:interest")
