from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import get_text_list

from design_system.numbers import whole_number
from training.actions import nominate_several, put_self_forward, withdraw_nomination
from training.exceptions import NominationRefused, NotAllNominated
from training.forms import FOR_A_SESSION, FOR_AN_INTAKE, NominationForm, PutForwardForm
from training.models import Nomination
from training.queries import intakes_to_join
from training.rules import (
    can_nominate_anyone,
    can_withdraw_nomination,
)
from training.states import NominationState
from training.views.access import staff_only

SENT = (
    "We have written to {nominees}, to you and to workforce development. "
    "You will hear when an officer has decided."
)
DECIDED = "This nomination has been decided already."
TAKEN_BACK = "You have taken this nomination back already."
SENT_BY_SELF = (
    "You have put yourself forward. We have written to you, to your manager and to workforce "
    "development. You will hear when an officer has decided."
)


@staff_only
def nomination_list(request):
    nominations = list(Nomination.objects.seen_by(request.user).with_targets())
    for nomination in nominations:
        nomination.may_be_withdrawn = can_withdraw_nomination(request.user, nomination)
    context = {
        "of_me": [row for row in nominations if row.nominee == request.user],
        "made": [row for row in nominations if row.nominee != request.user],
        "can_nominate": can_nominate_anyone(request.user),
        "can_put_self_forward": may_put_self_forward(request.user),
    }
    return render(request, "training/nomination_list.html", context)


@staff_only
def nomination_create(request):
    """Nominate somebody, or put oneself forward where the graduate scheme is open to one's role."""
    if can_nominate_anyone(request.user):
        return _nominate(request)
    if may_put_self_forward(request.user):
        return _put_self_forward(request)
    raise PermissionDenied


def may_put_self_forward(user):
    return intakes_to_join(timezone.localdate(), role=user.staff_member.role_id).exists()


def _nominate(request):
    form = NominationForm(
        request.POST or None,
        initial=_from_address(request.GET),
        manager=request.user,
        at=timezone.now(),
        on=timezone.localdate(),
    )
    if form.is_valid():
        made = _make(request, form)
        if made:
            names = [nomination.nominee.full_name for nomination in made]
            messages.success(request, SENT.format(nominees=get_text_list(names, "and")))
            return redirect("training:nomination-list")
    return render(request, "training/nomination_create.html", {"form": form})


def _make(request, form):
    """Nominate whom the form names. Returns nothing when the form says why nobody was nominated."""
    given = form.cleaned_data
    try:
        return nominate_several(
            choices=form.choices,
            by=request.user,
            session=given["session"],
            intake=given["intake"],
            one_time_key=given["one_time_key"],
        )
    except NotAllNominated as refused:
        form.refuse(refused.refusals)


def _put_self_forward(request):
    form = PutForwardForm(
        request.POST or None, initial=_from_address(request.GET), on=timezone.localdate()
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            put_self_forward(person=request.user, **given)
        except NominationRefused as refusal:
            form.add_error("intake", str(refusal))
        else:
            messages.success(request, SENT_BY_SELF)
            return redirect("training:nomination-list")
    return render(request, "training/put_self_forward.html", {"form": form})


def _from_address(query):
    """What links to the form have chosen already."""
    chosen = {
        name: query[name]
        for name in (FOR_A_SESSION, FOR_AN_INTAKE)
        if whole_number(query.get(name, "")) is not None
    }
    chosen["people"] = query.getlist("person")
    for kind in (FOR_A_SESSION, FOR_AN_INTAKE):
        if kind in chosen:
            chosen["what_for"] = kind
    return chosen


@login_required
def nomination_withdraw(request, pk):
    if request.method != "POST":  # After signing in, the browser comes back without the form.
        return redirect("training:nomination-list")
    nomination = get_object_or_404(Nomination, pk=pk, nominated_by=request.user)
    try:
        withdraw_nomination(nomination=nomination, by=request.user)
    except PermissionDenied:
        nomination.refresh_from_db(fields=["state"])
        is_withdrawn = nomination.state == NominationState.WITHDRAWN
        messages.warning(request, TAKEN_BACK if is_withdrawn else DECIDED)
    else:
        messages.success(request, "The nomination has been taken back.")
    return redirect("training:nomination-list")
