"""The tiles of a map as SVG and as a list.

They are put together without a template: the list of vacancies has a map on each page, and its many
small parts would take a template longer than the rest of the page.
"""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

TILE = (
    '{opening}<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="7"></rect>{lines}'
    '<text class="hp-map__count" x="{middle}" y="{baseline}">{count}</text>{closing}'
)
LINK = '<a class="hp-map__tile hp-map__tile--{shade}" href="{url}" aria-label="{name} {in_words}"{current}>'
NO_LINK = '<g class="hp-map__tile" role="img" aria-label="{name} {in_words}">'
LINE = '<text class="hp-map__name" x="{}" y="{}">{}</text>'
ITEM = '<li><a class="govuk-link" href="{url}"{current}>{name}</a>: {in_words}</li>'
ITEM_WITHOUT_LINK = "<li>{name}: {in_words}</li>"
CURRENT = mark_safe(' aria-current="true"')
CLOSE_LINK, CLOSE_NO_LINK = mark_safe("</a>"), mark_safe("</g>")


def map_parts(tile_map):
    """Return the `tiles` of a `TileMap` as SVG and its `items` as a list."""
    drawn = tile_map.drawn
    by_name = sorted(drawn, key=lambda tile: tile["name"])
    return {
        "tiles": mark_safe("\n".join([_tile(tile, tile_map) for tile in drawn])),
        "items": mark_safe("".join([_item(tile) for tile in by_name])),
    }


def _tile(tile, tile_map):
    lines = ((tile["middle"], baseline, text) for text, baseline in tile["lines"])
    return format_html(
        TILE,
        opening=format_html(LINK if tile["url"] else NO_LINK, **_words(tile)),
        closing=CLOSE_LINK if tile["url"] else CLOSE_NO_LINK,
        lines=format_html_join("", LINE, lines),
        width=tile_map.TILE_WIDTH,
        height=tile_map.TILE_HEIGHT,
        **{name: tile[name] for name in ("left", "top", "middle", "baseline", "count")},
    )


def _item(tile):
    return format_html(ITEM if tile["url"] else ITEM_WITHOUT_LINK, **_words(tile))


def _words(tile):
    current = CURRENT if tile["is_chosen"] else ""
    return {name: tile[name] for name in ("name", "in_words", "url", "shade")} | {
        "current": current
    }
