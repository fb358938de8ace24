from django import forms

from design_system.layout import Fieldset, Question
from organisation.models import Outcode
from organisation.queries import POSTCODE, district_near, find_place, nearest_spellings
from vacancies.forms.writing.parts import MOST_LINES, StepForm, lines_field, lines_of, text_field


class UnknownPlace(Exception):
    """Nobody knows where it is. The words say so, with the nearest spellings."""


def locate(place_name, postcode=""):
    """Return the columns of a place: its name, postcode, point and district.

    The postcode decides where it is, when there is one. Raises UnknownPlace.
    """
    found = find_place(postcode or place_name)
    if found is None:
        raise UnknownPlace(unknown(postcode or place_name))
    district = district_near(found.latitude, found.longitude)
    if district is None:
        raise UnknownPlace("We know no district near this place: ask HR to add its places.")
    return {
        "place_name": place_name,
        "postcode": postcode,
        "latitude": found.latitude,
        "longitude": found.longitude,
        "district_id": district.pk,
    }


def unknown(typed):
    near = nearest_spellings(typed)
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    return f"We do not know where “{typed[:40]}” is.{hint}"


def split_postcode(line):
    """Return what is written of a place: "Fareham PO16 7GZ" is ("Fareham", "PO16 7GZ")."""
    words = line.split()
    for count in (2, 1):
        tail = " ".join(words[-count:]).upper()
        if len(words) >= count and POSTCODE.fullmatch(tail):
            return " ".join(words[:-count]).rstrip(","), tail
    return line, ""


class PlacesForm(StepForm):
    step = "places"
    place_name = text_field(
        "Place", 80, required="Enter the town or village", hint="The town or village of the office."
    )
    postcode = text_field("Postcode (optional)", 8, hint="For example, SO23 8UJ.")
    other_places = lines_field(
        "Other places (optional)",
        hint="Where another of the posts may be. One on each line: a place, and its postcode "
        "if you like.",
    )

    def shown(self, saved):
        others = [f"{row['place_name']} {row['postcode']}".strip() for row in saved["other_places"]]
        return {**saved, "other_places": "\n".join(others)}

    def questions(self):
        return [
            Fieldset(
                "The main place",
                Question("place_name", width="20"),
                Question("postcode", width="10"),
            ),
            Question("other_places", label_size="m"),
        ]

    def clean_postcode(self):
        typed = " ".join(self.cleaned_data["postcode"].upper().split())
        if typed and not POSTCODE.fullmatch(typed):
            raise forms.ValidationError("Enter a postcode like SO23 8UJ, or the first half of one")
        return typed

    def clean_other_places(self):
        lines = lines_of(self.cleaned_data["other_places"])
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"Enter {MOST_LINES} places or fewer")
        before = {(row["place_name"], row["postcode"]): row for row in self.saved["other_places"]}
        rows = {}
        for line in lines:
            name, postcode = split_postcode(line)
            name = name or self._name_of(postcode)
            if len(name) > 80:
                raise forms.ValidationError("Each place must be 80 characters or fewer")
            if name.casefold() in rows:
                raise forms.ValidationError(
                    f"“{name}” is there twice. Give the second one another name, like its street"
                )
            rows[name.casefold()] = before.get((name, postcode)) or self._located(name, postcode)
        return list(rows.values())

    def _name_of(self, postcode):
        outcode = Outcode.objects.filter(code=postcode.split()[0]).first()
        return outcode.name if outcode else postcode

    def _located(self, name, postcode):
        try:
            return locate(name, postcode)
        except UnknownPlace as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean(self):
        given = super().clean()
        if {"place_name", "postcode"} <= set(given):
            try:
                given |= self._main_place(given["place_name"], given["postcode"])
            except UnknownPlace as problem:
                self.add_error("postcode" if given["postcode"] else "place_name", str(problem))
        return given

    def _main_place(self, place_name, postcode):
        """The point that HR may have given by hand stays while the words stay."""
        names = ("place_name", "postcode", "latitude", "longitude", "district_id")
        if (place_name, postcode) == (self.saved["place_name"], self.saved["postcode"]):
            return {name: self.saved[name] for name in names}
        return locate(place_name, postcode)
