"""The options of the filters: there are dozens on a page, so they are put together without a template."""

from html import escape

from django import template
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag
def filter_boxes(group):
    """A box to tick for each option of a group."""
    return mark_safe(
        "".join(
            [
                _box(group.name, f"id_{group.name}_{number}", option)
                for number, option in enumerate(group.options)
            ]
        )
    )


@register.simple_tag
def filter_choices(group):
    """The options of a group that is a select."""
    return mark_safe("".join([_choice(option) for option in group.options]))


@register.simple_tag
def yes_boxes(yes_options):
    """A box to tick for each filter that is a box of its own, given as (name, option)."""
    return mark_safe("".join([_box(name, f"id_{name}", option) for name, option in yes_options]))


def _box(name, key, option):
    checked = " checked" if option.chosen else ""
    return (
        '<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" '
        f'form="search" name="{name}" value="{escape(option.value)}" id="{key}"{checked}>'
        f'<label class="govuk-label govuk-checkboxes__label" for="{key}">{escape(option.label)} '
        f'<span class="hp-count">{option.count}</span></label></div>'
    )


def _choice(option):
    selected = " selected" if option.chosen else ""
    return (
        f'<option value="{escape(option.value)}"{selected}>{escape(option.label)} ({option.count})'
        "</option>"
    )
