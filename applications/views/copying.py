"""Taking the answers of an earlier application into a draft that has nothing yet."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from applications import queries
from applications.actions import copy_answers
from applications.exceptions import AlreadyBegun
from applications.forms import CopyForm
from applications.rules.copying import has_nothing_yet
from applications.views.access import posted, step_of_draft

COPIED = "We have copied your answers. Look at each part that says “Copied, check it”."
BEGUN = "You have answered something here already, so nothing was copied."


def may_copy(person, held):
    """Say whether there is something that the applicant could take into their draft."""
    application = held.application
    return (
        person.pk == application.applicant_id
        and has_nothing_yet(held)
        and queries.earlier_applications(person, but=application).exists()
    )


@step_of_draft
def application_copy(request, application):
    """Choose an earlier application, and copy what both jobs ask for."""
    if application.is_for_another:
        raise Http404
    earlier = list(queries.earlier_applications(request.user, but=application))
    if not earlier:
        return redirect(application)
    form = CopyForm(posted(request), earlier=earlier, back=application.get_absolute_url())
    if not form.is_valid():
        page = {"application": application, "form": form}
        return render(request, "applications/application_copy.html", page)
    return _copy(request, application, form)


def _copy(request, application, form):
    try:
        copy_answers(
            application=application,
            earlier=form.chosen(),
            one_time_key=form.cleaned_data["one_time_key"],
            by=request.user,
        )
    except AlreadyBegun:
        messages.info(request, BEGUN)
    else:
        messages.success(request, COPIED)
    return redirect(application)
