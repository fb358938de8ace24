"""The map of the county on the list of vacancies."""

from django import template

from design_system.figures import MapTile

register = template.Library()
NAME = "district"


@register.simple_tag
def county_tiles(form, counts):
    """The tiles of the map for `tile_map`, each a search in that district with all else as it is.

    `counts` are the numbers of vacancies by slug. A chosen district's tile leads to the whole county
    again.
    """
    chosen = form.given.get(NAME, ())
    return [
        MapTile(
            name=district.name,
            column=district.map_column,
            row=district.map_row,
            count=counts.get(district.slug, 0),
            url=form.address(district=None if district.slug in chosen else district.slug),
            is_chosen=district.slug in chosen,
        )
        for district in form.catalogue.on_the_map
    ]
