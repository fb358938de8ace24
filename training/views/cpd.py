"""A person's own record of CPD. Everything here is theirs alone: to others it is not there."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.kept_words import boxes_of, keeps_words, over
from design_system.downloads import csv_download
from design_system.numbers import whole_number
from training.actions import (
    change_cpd_piece,
    delete_cpd_piece,
    say_cpd_entered,
    write_cpd_piece,
)
from training.exceptions import ChangedElsewhere
from training.forms import CPDPieceForm
from training.forms.cpd import WORDS
from training.models import CPDKind, CPDPiece
from training.queries import cpd_year, sessions_without_a_piece
from training.rules import may_keep_cpd

HEADINGS = [
    "Date", "Type", "What it was", "Description and why it is relevant", "What I learned",
    "What difference it makes", "Discussed with", "Discussed on", "What I learned from discussing it",
]  # fmt: skip
SAVED = "Saved. Nobody but you can read it."


def own_cpd_only(view):
    """Let people in who keep a record of CPD; nothing of it is stored by browsers or others between."""

    @login_required
    @never_cache
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_keep_cpd(request.user):
            return render(request, "training/not_staff.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


@own_cpd_only
def cpd_record(request):
    """What counts for this registration year, what is missing, and everything there is."""
    year = cpd_year(request.user, timezone.localdate())
    earlier = CPDPiece.objects.filter(person=request.user, done_on__lt=year.first)
    context = {
        "year": year,
        "earlier": earlier,
        "sessions": sessions_without_a_piece(request.user, year.on),
    }
    return render(request, "training/cpd_record.html", context)


@keeps_words(boxes_of(CPDPieceForm))
@own_cpd_only
def cpd_piece_create(request):
    """Begin a piece: an empty one, or one about a session that was attended."""
    booking = _attended(request)
    form = _form(request, over(request, _prefilled(booking)))
    if form.is_valid():
        write_cpd_piece(
            by=request.user,
            booking=booking,
            one_time_key=form.cleaned_data["one_time_key"],
            **form.words,
        )
        messages.success(request, SAVED)
        return redirect("training:cpd-record")
    return render(request, "training/cpd_piece.html", {"form": form, "piece": None})


def _form(request, initial):
    typed = request.POST if request.method == "POST" else None
    return CPDPieceForm(typed, initial=initial, back=reverse("training:cpd-record"))


def _attended(request):
    asked = whole_number(request.GET.get("booking", ""))
    bookings = sessions_without_a_piece(request.user, timezone.localdate())
    return bookings.filter(pk=asked).first()


def _prefilled(booking):
    if booking is None:
        return {}
    session = booking.session
    return {
        "kind": CPDKind.TRAINING,
        "done_on": session.starts_on,
        "title": session.course.title,
        "about": session.course.summary,
    }


@keeps_words(boxes_of(CPDPieceForm))
@own_cpd_only
def cpd_piece_change(request, pk):
    """Go on with a piece. What was changed in another window meanwhile is never written over."""
    piece = get_object_or_404(CPDPiece, pk=pk, person=request.user)
    saved = {name: getattr(piece, name) for name in WORDS}
    form = _form(request, over(request, {**saved, "seen_at": piece.changed_at.isoformat()}))
    other = None
    if form.is_valid():
        try:
            change_cpd_piece(
                piece=piece, by=request.user, seen_at=form.cleaned_data["seen_at"], **form.words
            )
        except ChangedElsewhere as refusal:
            form.add_error(None, str(refusal))
            form.data = form.data.copy()
            form.data["seen_at"] = piece.changed_at.isoformat()
            other = piece
        else:
            messages.success(request, SAVED)
            return redirect("training:cpd-record")
    return render(
        request, "training/cpd_piece.html", {"form": form, "piece": piece, "other": other}
    )


@own_cpd_only
def cpd_piece_entered(request, pk):
    """Note that the piece has been entered with the regulator, or take that back."""
    piece = get_object_or_404(CPDPiece, pk=pk, person=request.user)
    if request.method == "POST":
        say_cpd_entered(piece=piece, by=request.user, is_entered="not" not in request.POST)
    return redirect("training:cpd-record")


@own_cpd_only
def cpd_piece_delete(request, pk):
    """Ask whether a piece is to go for good, and delete it."""
    piece = get_object_or_404(CPDPiece, pk=pk, person=request.user)
    if request.method == "POST":
        delete_cpd_piece(piece=piece, by=request.user)
        messages.success(request, "Deleted.")
        return redirect("training:cpd-record")
    return render(request, "training/cpd_piece_delete.html", {"piece": piece})


@own_cpd_only
def cpd_export(request):
    """The pieces of this registration year in the order of the regulator's form, to copy from."""
    year = cpd_year(request.user, timezone.localdate())
    return render(request, "training/cpd_export.html", {"year": year})


@own_cpd_only
def cpd_export_text(request):
    """Everything in the record as a text file."""
    pieces = CPDPiece.objects.filter(person=request.user)
    text = render_to_string("training/cpd_export.txt", {"pieces": pieces})
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-cpd.txt"'
    return response


@own_cpd_only
def cpd_export_csv(request):
    """Everything in the record as a table."""
    pieces = CPDPiece.objects.filter(person=request.user)
    return csv_download("my-cpd", HEADINGS, [_row(piece) for piece in pieces])


def _row(piece):
    return [
        piece.done_on.isoformat(),
        piece.get_kind_display(),
        piece.title,
        piece.about,
        piece.learned,
        piece.impact,
        piece.get_peer_role_display(),
        piece.peer_on.isoformat() if piece.peer_on else "",
        piece.peer_learned,
    ]
