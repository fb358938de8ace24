from django import forms

from applications.forms.boxes import SectionForm
from design_system.layout import Fieldset, Question

PREFIX = "place_"
NOT_THIS = ""
MOST_MILES = 500
MILES = f"Enter how many miles you would travel, as a number from 0 to {MOST_MILES}"
ORDINALS = ["1st choice", "2nd choice", "3rd choice"]


def _ordinals(number):
    later = [f"{place}th choice" for place in range(4, number + 1)]
    return list(enumerate([*ORDINALS, *later][:number], 1))


class PlacesForm(SectionForm):
    """A box for each place of the advert, in which the person says which choice it is."""

    travel_miles = forms.IntegerField(
        label="How far would you travel to work?",
        help_text="One way, in miles. Leave this empty if you do not mind.",
        required=False,
        min_value=0,
        max_value=MOST_MILES,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": MILES, "min_value": MILES, "max_value": MILES},
    )

    def __init__(self, *args, section, **kwargs):
        self.places = section.places
        super().__init__(*args, section=section, **kwargs)

    def _add_boxes(self):
        choices = [(NOT_THIS, "Not this one"), *_ordinals(len(self.places))]
        for place, name in self.places.items():
            self.fields[PREFIX + place] = forms.TypedChoiceField(
                label=name,
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                error_messages={"invalid_choice": "Select one of the choices in the list"},
            )

    @classmethod
    def boxes(cls, posted):
        return [*super().boxes(posted), *(name for name in posted if name.startswith(PREFIX))]

    def begin_with(self):
        self._add_boxes()
        wanted = enumerate(self.section.wanted, 1)
        ranks = {PREFIX + place: rank for rank, place in wanted}
        return {**ranks, "travel_miles": self.section.application.travel_miles}

    def questions(self):
        names = [PREFIX + place for place in self.places]
        return [
            Fieldset(
                "Where would you work?",
                *(Question(name) for name in names),
                hint="Number the places, the one you like best first. One is enough.",
            ),
            Question("travel_miles", width="4", suffix="miles"),
        ]

    def clean(self):
        cleaned = super().clean()
        ranked = {}
        for place in self.places:
            rank = cleaned.get(PREFIX + place)
            if rank and rank in ranked:
                self.add_error(PREFIX + place, "Give each place a different number")
            ranked.setdefault(rank, place)
        ranked.pop(None, None)
        if not ranked and not self.errors:
            first = next(iter(self.places))
            self.add_error(PREFIX + first, "Choose at least one place where you would work")
        self.ranked = [ranked[rank] for rank in sorted(ranked)]
        return cleaned

    def answers(self):
        return {"places": self.ranked, "travel_miles": self.cleaned_data["travel_miles"]}
