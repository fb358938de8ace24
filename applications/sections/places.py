"""Where an applicant would work, of the places an advert has, and how far they would travel."""

from applications.sections.base import ABOUT_YOU, Section

MAIN = "main"


class Places(Section):
    """The advert's places in the order the person likes them. `main` is the advert's first place."""

    name = "places"
    task = "Choose where you would work"
    title = "Where you would work"
    group = ABOUT_YOU

    @classmethod
    def is_asked(cls, held):
        return bool(held.other_places)

    @property
    def places(self):
        """Return the name of each place by what the form calls it, in the advert's order."""
        others = {str(place.pk): place.place_name for place in self.held.other_places}
        return {MAIN: self.held.vacancy.place_name, **others}

    @property
    def wanted(self):
        """Return what the form calls each place wanted, the best liked first."""
        return [MAIN if pk is None else str(pk) for pk in self.held.places_wanted]

    def saved(self):
        return {"places": self.wanted, "travel_miles": self.application.travel_miles}

    def missing(self):
        return [] if self.wanted else ["at least one place"]

    def rows(self):
        names = [self.places[place] for place in self.wanted]
        miles = self.application.travel_miles
        return [
            ("Places, best first", "\n".join(f"{n}. {name}" for n, name in enumerate(names, 1))),
            ("How far you would travel to work", "" if miles is None else f"{miles} miles"),
        ]
