"""The options of the filters: there are dozens on a page, so they are put together without a template."""

from django import template
from django.utils.html import format_html_join

register = template.Library()

BOX = (
    '<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" '
    'form="search" name="{name}" value="{value}" id="id_{name}_{number}"{checked}>'
    '<label class="govuk-label govuk-checkboxes__label" for="id_{name}_{number}">{label} '
    '<span class="hp-count">{count}</span></label></div>'
)
CHOICE = '<option value="{value}"{selected}>{label} ({count})</option>'


@register.simple_tag
def filter_boxes(group):
    """A box to tick for each option of a group."""
    return format_html_join(
        "",
        BOX,
        (
            {
                "name": group.name,
                "value": option.value,
                "number": number,
                "checked": " checked" if option.chosen else "",
                "label": option.label,
                "count": option.count,
            }
            for number, option in enumerate(group.options)
        ),
    )


@register.simple_tag
def filter_choices(group):
    """The options of a group that is a select."""
    return format_html_join(
        "",
        CHOICE,
        (
            {
                "value": option.value,
                "selected": " selected" if option.chosen else "",
                "label": option.label,
                "count": option.count,
            }
            for option in group.options
        ),
    )
