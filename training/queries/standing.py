from dataclasses import dataclass

from django.utils import timezone

from training.models import Forecast
from training.queries.reach import suitable_sessions_of


@dataclass(frozen=True)
class Standing:
    """How somebody stands by the latest forecast, and the sessions they can go to now.

    `forecast` is None for who is promised nothing, or has joined since it was made.
    """

    forecast: Forecast | None
    sessions: list

    @property
    def colour(self):
        return self.forecast and self.forecast.colour

    @property
    def words(self):
        """The colour and the reason: "At risk: Nothing booked"."""
        if self.forecast is None:
            return "No forecast yet"
        if self.forecast.is_on_track:
            return self.forecast.get_colour_display()
        return f"{self.forecast.get_colour_display()}: {self.forecast.reason_words}"


def standing_of(members, at):
    """Return {user id: Standing} for some members of staff at the moment `at`. Five queries for any number."""
    people = [member.user for member in members]
    forecasts = latest_forecasts(people, timezone.localdate(at))
    sessions = suitable_sessions_of(people, at)
    return {person.pk: Standing(forecasts.get(person.pk), sessions[person.pk]) for person in people}


def latest_forecasts(people, on):
    """Return {user id: the latest Forecast made by the date `on`} for some people. One query."""
    found = Forecast.objects.filter(person__in=people, week__lte=on)
    found = found.order_by("person_id", "-week").distinct("person_id")
    return {forecast.person_id: forecast for forecast in found}
