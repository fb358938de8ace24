"""What a search is read against: roles, districts, places and synonyms, in one query."""

from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, FloatField, Value
from django.db.models.functions import Cast

from organisation.models import District, Outcode, Place, Role
from organisation.queries import Gazetteer
from vacancies.models import SearchSynonym
from vacancies.models.words import words_of

NOWHERE = Value(0.0, output_field=FloatField())
NO_WORDS = Value([], output_field=ArrayField(CharField()))


@dataclass(frozen=True)
class DistrictOnMap:
    slug: str
    name: str
    map_column: int
    map_row: int


@dataclass(frozen=True)
class Catalogue:
    """`roles` and `districts` are names by slug; `synonyms` are meanings by term.

    `on_the_map` are the districts that have a tile on the map of the county.
    """

    roles: dict
    districts: dict
    on_the_map: list
    gazetteer: Gazetteer
    synonyms: dict


def catalogue():
    """Return the catalogue as it is now."""
    rows = _named(Role, "role", "slug").union(
        _placed(District, "district", "slug", "map_column", "map_row"),
        _placed(Place, "place", "name"),
        _placed(Outcode, "outcode", "code"),
        SearchSynonym.objects.order_by().values_list(
            Value("synonym"), _text("term"), _text("term"), NOWHERE, NOWHERE, "meanings"
        ),
        all=True,
    )
    by_kind = {kind: [] for kind in ("role", "district", "place", "outcode", "synonym")}
    for kind, *row in rows:
        by_kind[kind].append(row)
    return Catalogue(
        roles=_names(by_kind["role"]),
        districts=_names(by_kind["district"]),
        on_the_map=[
            DistrictOnMap(slug, name, int(column), int(row))
            for slug, name, column, row, _ in sorted(by_kind["district"], key=lambda row: row[1])
            if column and row
        ],
        gazetteer=Gazetteer(_points(by_kind["place"]), _points(by_kind["outcode"])),
        synonyms={" ".join(words_of(term)): row[-1] for term, *row in by_kind["synonym"]},
    )


def _named(model, kind, key):
    return model.objects.order_by().values_list(
        Value(kind), _text(key), _text("name"), NOWHERE, NOWHERE, NO_WORDS
    )


def _placed(model, kind, key, first="latitude", second="longitude"):
    """Rows with two numbers: where a thing is on earth, or on the map."""
    numbers = [Cast(name, FloatField()) for name in (first, second)]
    return model.objects.order_by().values_list(
        Value(kind), _text(key), _text("name"), *numbers, NO_WORDS
    )


def _text(name):
    return Cast(name, CharField())


def _names(rows):
    return dict(sorted(((key, name) for key, name, *_ in rows), key=lambda row: row[1]))


def _points(rows):
    return sorted((key, latitude, longitude) for key, _, latitude, longitude, _ in rows)
