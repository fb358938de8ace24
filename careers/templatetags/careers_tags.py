"""How events and stories are shown."""

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date

register = template.Library()


def clock(moment):
    """ "5pm" on the hour, else "5:30pm", as a clock in London shows it."""
    local = timezone.localtime(moment)
    minutes = "" if local.minute == 0 else format_date(local, ":i")
    return format_date(local, "g") + minutes + format_date(local, "a").replace(".", "")


@register.filter
def event_times(event):
    """ "5pm to 7pm"."""
    return f"{clock(event.starts_at)} to {clock(event.ends_at)}"


@register.filter
def in_sentence(name):
    """A role's name inside a sentence: "Team manager" becomes "team manager"."""
    return name[:1].lower() + name[1:]
