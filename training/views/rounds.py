import csv

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from training.actions import request_place
from training.exceptions import BookingRefused
from training.forms import RequestPlaceForm
from training.models import Booking, FairRound
from training.queries import cut_of, points_table, rounds_to_see
from training.rules import can_request_place, can_run_rounds
from training.views.access import who_books_only

ASKED = (
    "You have asked for a place. We have sent you an e-mail, and we write again as soon as the places "
    "are given."
)


@who_books_only
def round_list(request):
    """Show the fair rounds that run, and what came of earlier ones."""
    return render(request, "training/round_list.html", rounds_to_see(timezone.now()))


@who_books_only
def round_detail(request, pk):
    """Explain a round, take a request, and once it is settled show its ranks, without others' names."""
    fair_round = get_object_or_404(FairRound.objects.with_sessions(), pk=pk)
    user, now = request.user, timezone.now()
    lines = list(fair_round.lines.select_related("booking__person"))
    mine = next((row for row in lines if row.booking and row.booking.person_id == user.pk), None)
    asked = Booking.objects.current().filter(session=fair_round.session, person=user).first()
    may_ask = asked is None and can_request_place(user, fair_round.session, now)
    mine_counts = user if fair_round.is_running and (may_ask or asked) else mine
    context = {
        "round": fair_round,
        "lines": lines,
        "mine": mine,
        "cut": cut_of(lines),
        "asked": asked,
        "form": RequestPlaceForm(fair_round=fair_round) if may_ask else None,
        "points": points_table(fair_round, mine_counts, now),
        "sees_names": can_run_rounds(user),
    }
    return render(request, "training/round_detail.html", context)


@who_books_only
def round_request(request, pk):
    fair_round = get_object_or_404(FairRound.objects.with_sessions(), pk=pk)
    form = RequestPlaceForm(request.POST, fair_round=fair_round)
    if request.method != "POST" or not form.is_valid():
        return redirect(fair_round)  # After signing in, the browser comes back without the form.
    user = request.user
    try:
        request_place(session=fair_round.session, person=user, by=user, **form.cleaned_data)
    except BookingRefused as refusal:
        messages.warning(request, refusal.words_for(user))
    else:
        messages.success(request, ASKED)
    return redirect(fair_round)


@who_books_only
def round_draw(request, pk):
    """Give what somebody needs to repeat a settled draw, as a file: no names."""
    fair_round = get_object_or_404(FairRound.objects.settled(), pk=pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="fair-round-{fair_round.pk}.csv"'
    rows = csv.writer(response)
    rows.writerow(["rank", "request", "points", "draw", "outcome"])
    for line in fair_round.lines.order_by("rank"):
        rows.writerow([line.rank, line.number, line.points, line.draw, line.outcome])
    return response
