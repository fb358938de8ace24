"""Template tags for what the design system draws: error summaries, fields, figures, pages of a list."""

from django import template
from django.conf import settings
from django.core.paginator import Paginator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from design_system import errors, figures
from design_system.maps import map_parts
from design_system.rendering import Presentation, field_context

register = template.Library()

# The names by which views and django-allauth give their forms to a page.
SHOWN_FORMS = ("form", "formset", "verify_form", "change_form")


@register.inclusion_tag("council/error_summary.html")
def error_summary(*forms_and_formsets):
    """The list of what is wrong, for the top of the page. `{% crispy form %}` then does not repeat it."""
    given = [form for form in forms_and_formsets if form]
    items = errors.summary_items(*given)
    for form in given:
        form.error_summary_shown = True
    return {"items": items}


@register.inclusion_tag("council/error_summary.html")
def error_summary_once(form):
    return {
        "items": [] if getattr(form, "error_summary_shown", False) else errors.summary_items(form)
    }


@register.simple_tag(takes_context=True)
def error_prefix(context):
    """ "Error: " before the title of a page that shows a form with errors."""
    shown = [context.get(name) for name in SHOWN_FORMS]
    return (
        "Error: "
        if any(getattr(form, "is_bound", False) and errors.summary_items(form) for form in shown)
        else ""
    )


@register.inclusion_tag("council/field_with.html")
def council_field(bound_field, **presentation):
    """One field, label and all, outside a crispy layout."""
    return field_context(bound_field, Presentation(**presentation))


@register.simple_tag
def hidden_fields_left(form):
    """Hidden fields that a layout did not name: without them a one-time key would be lost."""
    rendered = getattr(form, "rendered_fields", set())
    return [bound_field for bound_field in form.hidden_fields() if bound_field.name not in rendered]


@register.inclusion_tag("_components/ring.html")
def ring(attended=0, booked=0, total=5):
    """The ring of days: attended and booked out of the days each person is promised. Half days are allowed."""
    return {"ring": figures.Ring(attended=attended, booked=booked, total=total)}


@register.inclusion_tag("_components/bar_chart.html")
def bar_chart(title, rows, unit="", most=None):
    """A chart of (label, number) rows, drawn by the server, with the same numbers in a table."""
    return {"chart": figures.BarChart(title=title, rows=list(rows), unit=unit, most=most)}


@register.inclusion_tag("_components/span_chart.html")
def span_chart(chart):
    """A `SpanChart`: bars over months, drawn by the server. The page holds the same as a list."""
    return {"chart": chart}


@register.inclusion_tag("_components/tile_map.html")
def tile_map(title, tiles, one, many):
    """A map of tiles that are links, drawn by the server, and the same links as a list."""
    drawn = figures.TileMap(title=title, tiles=list(tiles), one=one, many=many)
    return {"map": drawn, **map_parts(drawn)}


@register.inclusion_tag("_components/pagination_links.html", takes_context=True)
def pagination(context, page, label="Pages"):
    """Links to the pages of a list. What was searched for stays in the address.

    Where the person came from ("from") does not: pages kept for visitors are the same for all of them.
    """
    query = context.request.GET.copy()
    query.pop("page", None)
    query.pop("from", None)
    kept = query.urlencode()
    address = f"?{kept}&page=" if kept else "?page="
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": numbers,
        "address": address,
        "gap": Paginator.ELLIPSIS,
        "label": label,
    }


@register.simple_tag(takes_context=True)
def query_without(context, name, value=None):
    """The address of this page without one thing that was searched for."""
    query = context.request.GET.copy()
    query.pop("page", None)
    kept = [
        (key, item)
        for key, items in query.lists()
        for item in items
        if not (key == name and value in (None, item))
    ]
    return f"?{urlencode(kept)}"


@register.simple_tag
def council_name():
    """The council's name where no context reaches: the pages shown when something has broken."""
    return settings.COUNCIL_NAME


@register.filter
def days(number):
    """1 -> "1 day", 2.5 -> "2½ days", 0.5 -> "½ day"."""
    return figures.days_in_words(number)


@register.simple_tag(takes_context=True)
def keeping_next(context, address):
    """This address with the page that somebody is on the way to, when the present address names one."""
    request = context.get("request")
    onward = request.GET.get("next", "") if request else ""
    ours = onward.startswith("/") and url_has_allowed_host_and_scheme(onward, allowed_hosts=None)
    return f"{address}?{urlencode({'next': onward})}" if ours else address


@register.filter
def first_letter_small(text):
    """ "Full name" -> "full name", and "CV" stays as it is."""
    text = str(text)
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
