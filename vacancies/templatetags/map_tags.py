"""The map of the county on the list of vacancies."""

from django import template
from django.utils.http import urlencode

from design_system.figures import MapTile

register = template.Library()
NAME = "district"


@register.simple_tag(takes_context=True)
def county_tiles(context, districts, counts):
    """The tiles of the map for `tile_map`, each a search in that district with all else as it is.

    `districts` are those on the map, `counts` the numbers of vacancies by slug. A chosen district's tile
    leads to the whole county again.
    """
    query = context.request.GET
    chosen = set(query.getlist(NAME))
    kept = [
        (name, value)
        for name, values in query.lists()
        for value in values
        if name not in (NAME, "page") and value
    ]
    return [
        MapTile(
            name=district.name,
            column=district.map_column,
            row=district.map_row,
            count=counts.get(district.slug, 0),
            url=_address(kept, None if district.slug in chosen else district.slug),
            is_chosen=district.slug in chosen,
        )
        for district in districts
    ]


def _address(kept, slug):
    return "?" + urlencode([*kept, (NAME, slug)] if slug else kept)
