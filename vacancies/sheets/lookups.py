"""What cells refer to (roles, teams, places, …), read once so that 15,000 rows need no query each."""

import re
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from organisation.models import District, Grade, GradeRange, Outcode, Place, Role, Team
from organisation.queries import POSTCODE
from organisation.sheets.cells import shortened
from organisation.sheets.names import by_name, found_by_name, small
from organisation.sheets.problems import Unreadable
from vacancies.models import Campaign


@dataclass(frozen=True)
class Spot:
    """Where an advert is. `district` is None where it lies outside the county."""

    place_name: str
    postcode: str
    latitude: float
    longitude: float
    district: District | None


class Lookups:
    """Everything a row can name, by the words people use for it in small letters."""

    def __init__(self):
        self.roles = by_name(Role.objects.select_related("grade"))
        self.teams = by_name(Team.objects.select_related("district"))
        self.districts = by_name(District.objects.all())
        self.campaigns = by_name(Campaign.objects.all())
        self.places = by_name(Place.objects.all())
        self.outcodes = {outcode.code: outcode for outcode in Outcode.objects.all()}
        self.grades = {grade.letter: grade for grade in Grade.objects.all()}
        self.managers = {user.email: user for user in User.objects.with_role("hiring_manager")}
        ranges = GradeRange.objects.in_force(timezone.localdate())
        self.pay = {pay.grade_id: pay for pay in ranges}
        self._role_names = sorted(self.roles, key=len, reverse=True)

    def named(self, kind, text):
        """Return the row of `kind` ("roles", "teams", …) called `text`. Raises Unreadable."""
        return found_by_name(getattr(self, kind), text, kind[:-1])

    def role_in(self, title):
        """Return the role that a title names, the longest name first, or None."""
        words = f" {re.sub('[^a-z]+', ' ', title.lower())} "
        name = next((name for name in self._role_names if f" {name} " in words), None)
        return self.roles.get(name)

    def grade(self, text):
        letter = re.sub(r"^grade\s*", "", text.strip(), flags=re.IGNORECASE).upper()
        if letter not in self.grades:
            raise Unreadable(f"We do not know the grade “{shortened(text)}”. Write A to K.")
        return self.grades[letter]

    def spot(self, place, postcode):
        """Return the Spot of a place and postcode, either of which may be empty. Raises Unreadable.

        "Fareham, Hampshire", "Winchester SO23" and "SO23 9ZZ" in the place are understood too.
        """
        if not postcode:
            place, postcode = _apart(place)
        found = self._place(place) if place else None
        if postcode:
            outcode = self._outcode(postcode)
            named = found or self._nearest(outcode)
            name = found.name if found else (place.strip() or outcode.name)
            return self._spot(name, postcode.strip().upper(), outcode, named)
        if found is None:
            self.named("places", place)  # says what it might have been
        return self._spot(found.name, "", found, found)

    def _spot(self, name, postcode, point, place):
        district = self.districts.get(small(place.district)) if place else None
        return Spot(name, postcode, point.latitude, point.longitude, district)

    def _place(self, text):
        """Return the place that a text names, or the first of its parts that names one."""
        names = (small(part) for part in (text, *text.split(",")))
        return next((self.places[name] for name in names if name in self.places), None)

    def _outcode(self, postcode):
        match = POSTCODE.fullmatch(postcode.strip().upper())
        outcode = match and self.outcodes.get(match[1])
        if outcode is None:
            raise Unreadable(
                f"We do not know where the postcode “{shortened(postcode)}” is. "
                "Write its first half, like SO23, or a town."
            )
        return outcode

    def _nearest(self, outcode):
        """Return the place nearest to an outcode: it tells the district."""
        return min(
            self.places.values(),
            key=lambda place: (
                (place.latitude - outcode.latitude) ** 2
                + ((place.longitude - outcode.longitude) * 0.63) ** 2
            ),
            default=None,
        )


def _apart(text):
    """Return (place, postcode) of one cell: a postcode at its end, or on its own, is taken off."""
    words = text.replace(",", " , ").split()
    for number in (2, 1):
        tail = "".join(words[-number:]).upper()
        match = POSTCODE.fullmatch(tail)
        if match and bool(match[2]) == (number == 2 or len(tail) > 4):
            rest = " ".join(words[:-number]).strip(" ,").replace(" ,", ",")
            return rest, f"{match[1]} {match[2]}" if match[2] else match[1]
    return text, ""
