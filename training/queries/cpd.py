"""A person's CPD against what the regulator asks for in the registration year."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from training.models import Booking, CPDPiece
from training.states import WAS_THERE


@dataclass(frozen=True)
class CPDYear:
    """A registration year: its days, and where somebody stands in it on the day `on`."""

    first: date
    last: date
    window_from: date
    on: date
    pieces: list

    @property
    def complete(self):
        return [row for row in self.pieces if row.is_complete]

    @property
    def with_peer(self):
        return [row for row in self.complete if row.has_peer_reflection]

    @property
    def entered(self):
        return [row for row in self.complete if row.entered_on]

    @property
    def is_ready(self):
        return (
            len(self.complete) >= settings.CPD_PIECES
            and len(self.with_peer) >= settings.CPD_PIECES_WITH_PEER
        )

    @property
    def is_entered(self):
        """The person has said that they entered enough, one with peer reflection among them."""
        peer = [row for row in self.entered if row.has_peer_reflection]
        enough = len(self.entered) >= settings.CPD_PIECES
        return enough and len(peer) >= settings.CPD_PIECES_WITH_PEER

    @property
    def is_window(self):
        return self.window_from <= self.on <= self.last

    @property
    def days_left(self):
        """Days until the last day of the window, which is 0 on that day."""
        return (self.last - self.on).days

    @property
    def missing(self):
        """What is missing, in words: one sentence for each thing."""
        found = []
        lacking = settings.CPD_PIECES - len(self.complete)
        if lacking > 0:
            drafts = len(self.pieces) - len(self.complete)
            begun = f" ({drafts} begun)" if drafts else ""
            found.append(f"{_pieces(lacking)} of CPD with every box filled in{begun}")
        peer = settings.CPD_PIECES_WITH_PEER - len(self.with_peer)
        if peer > 0:
            found.append(f"{_pieces(peer)} that you have discussed with a peer")
        if self.is_ready and not self.is_entered:
            found.append("entering them with Social Work England")
        return found


def _pieces(number):
    words = {1: "one", 2: "two", 3: "three"}.get(number, str(number))
    return f"{words} piece{'' if number == 1 else 's'}"


def registration_year(on):
    """Return the first and last day of the registration year that a date is in."""
    first = date(on.year, *settings.CPD_YEAR_BEGINS)
    if first > on:
        first = date(on.year - 1, *settings.CPD_YEAR_BEGINS)
    return first, date(first.year + 1, *settings.CPD_YEAR_BEGINS) - timedelta(days=1)


def cpd_year(person, on):
    """Return the CPDYear of somebody that a date is in. One query."""
    first, last = registration_year(on)
    window = date(last.year, *settings.CPD_WINDOW_BEGINS)
    pieces = CPDPiece.objects.filter(person=person, done_on__range=(first, last))
    return CPDYear(first, last, window, on, list(pieces.order_by("done_on", "pk")))


def sessions_without_a_piece(person, on):
    """Return somebody's attended bookings of the registration year that no piece is about, latest first."""
    first, last = registration_year(on)
    return (
        Booking.objects.filter(
            person=person,
            state__in=WAS_THERE,
            cpd_pieces__isnull=True,
            session__starts_at__date__range=(first, last),
        )
        .select_related("session__course")
        .order_by("-session__starts_at")
    )
