"""The tiles of a map as SVG and as a list.

They are put together without a template: the list of vacancies has a map on each page, and its many
small parts would take a template longer than the rest of the page.
"""

from html import escape

from django.utils.safestring import mark_safe


def map_parts(tile_map):
    """Return the `tiles` of a `TileMap` as SVG and its `items` as a list."""
    drawn = [_escaped(tile) for tile in tile_map.drawn]
    by_name = sorted(drawn, key=lambda tile: tile["name"])
    size = f'width="{tile_map.TILE_WIDTH}" height="{tile_map.TILE_HEIGHT}" rx="7"'
    return {
        "tiles": mark_safe("\n".join([_tile(tile, size) for tile in drawn])),
        "items": mark_safe("".join([_item(tile) for tile in by_name])),
    }


def _escaped(tile):
    """The tile with its words and its address made safe; all else in it are numbers."""
    return tile | {
        "name": escape(tile["name"]),
        "in_words": escape(tile["in_words"]),
        "url": escape(tile["url"]),
        "current": ' aria-current="true"' if tile["is_chosen"] else "",
        "lines": [(escape(text), baseline) for text, baseline in tile["lines"]],
    }


def _tile(tile, size):
    name, middle = f"{tile['name']} {tile['in_words']}", tile["middle"]
    opening = f'<g class="hp-map__tile" role="img" aria-label="{name}">'
    if tile["url"]:
        opening = (
            f'<a class="hp-map__tile hp-map__tile--{tile["shade"]}" href="{tile["url"]}" '
            f'aria-label="{name}"{tile["current"]}>'
        )
    lines = "".join(
        [
            f' <text class="hp-map__name" x="{middle}" y="{baseline}">{text}</text>'
            for text, baseline in tile["lines"]
        ]
    )
    return (
        f'{opening}<rect x="{tile["left"]}" y="{tile["top"]}" {size}></rect>{lines}'
        f' <text class="hp-map__count" x="{middle}" y="{tile["baseline"]}">{tile["count"]}</text>'
        f"{'</a>' if tile['url'] else '</g>'}"
    )


def _item(tile):
    name = tile["name"]
    if tile["url"]:
        name = f'<a class="govuk-link" href="{tile["url"]}"{tile["current"]}>{name}</a>'
    return f"<li>{name}: {tile['in_words']}</li>"
