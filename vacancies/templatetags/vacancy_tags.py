"""How a vacancy is shown: its card, and its figures in words."""

from datetime import timedelta
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.template.defaultfilters import pluralize
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import mark_safe

from vacancies.models import Contract, Pattern, Visibility
from vacancies.pay import pay_of
from vacancies.queries import START, STOP
from vacancies.rendering import safe_html

register = template.Library()
register.filter("markdown", safe_html)

DAY = "l j F Y"
CONTRACT_COLOURS = {
    Contract.PERMANENT: "teal",
    Contract.FIXED_TERM: "gold",
    Contract.SECONDMENT: "gold",
}
PATTERN_WORDS = {pattern.value: pattern.label.lower() for pattern in Pattern}


@register.inclusion_tag("vacancies/_vacancy_card.html")
def vacancy_card(vacancy, heading=3):
    """One vacancy as a card whose whole face is the link. `heading` is the level of its title.

    It asks the database nothing: what it shows was loaded by `for_cards()`.
    """
    return {
        "url": card_url(vacancy),
        "heading": heading,
        "title": with_matches(vacancy, "title"),
        "words": with_matches(vacancy, "summary"),
        "urgent": closes_soon(vacancy),
        "tags": vacancy_tags(vacancy),
        "facts": [
            {"key": "Salary", "value": card_salary(vacancy)},
            {"key": "Place", "value": card_place(vacancy)},
            {"key": "Hours", "value": hours(vacancy)},
            {"key": "Closes", "value": closes(vacancy)},
        ],
    }


def card_url(vacancy):
    """The address of the advert; where somebody searched from goes along, for the distance there."""
    return vacancy.get_absolute_url() + card_query(vacancy)


def card_query(vacancy):
    place = getattr(vacancy, "searched_from", "")
    return f"?{urlencode({'place': place})}" if place else ""


def with_matches(vacancy, name):
    """The text `name` of a vacancy, safe, with what a search found in it marked."""
    text = getattr(vacancy, f"marked_{name}", None)
    if text is None:
        return getattr(vacancy, name)
    whole = escape(text).replace(f"{STOP} {START}", " ")
    return mark_safe(whole.replace(START, "<mark>").replace(STOP, "</mark>"))


def card_salary(vacancy):
    """What the post pays, and for part of a week or a year what it would pay full time."""
    pay = pay_of(vacancy)
    actual = pounds(pay.actual_from, pay.actual_to)
    if not pay.is_part:
        return actual
    return f"{actual} (full time {pounds(pay.full_time_from, pay.full_time_to)})"


def card_place(vacancy):
    """ "Alton, 9 miles away", "Alton and 2 other places", "Alton, about 9 miles away, and 2 more".

    With a distance the place is the nearest of those where the job is.
    """
    place = getattr(vacancy, "nearest_place", None) or vacancy.place_name
    others = getattr(vacancy, "other_place_count", 0)
    if (miles := getattr(vacancy, "distance_miles", None)) is not None:
        about = "about " if getattr(vacancy, "distance_is_rough", False) else ""
        place = f"{place}, {about}{miles_in_words(miles)} away"
        return f"{place}, and {others} more" if others else place
    if others:
        place = f"{place} and {others} other {'place' if others == 1 else 'places'}"
    return place


@register.filter
def vacancy_tags(vacancy):
    """The tags of a card: who sees it if not everyone, closing soon, contract, newly qualified."""
    tags = [
        {
            "text": vacancy.get_contract_display(),
            "colour": CONTRACT_COLOURS[vacancy.contract],
        }
    ]
    if closes_soon(vacancy):
        tags.insert(0, {"text": "Closes soon", "colour": "rose"})
    if vacancy.visibility != Visibility.PUBLIC and (text := for_whom(vacancy)):
        tags.insert(0, {"text": text, "colour": "gold"})
    if vacancy.newly_qualified_welcome:
        tags.append({"text": "Newly qualified welcome", "colour": "green"})
    return tags


@register.filter
def for_whom(vacancy):
    """ "Staff only", "Staff first" until its date for everyone, or nothing."""
    if vacancy.is_public(timezone.localdate()):
        return ""
    return "Staff only" if vacancy.visibility == Visibility.STAFF_ONLY else "Staff first"


@register.filter
def salary(vacancy):
    """What is paid: "£37,200 to £41,800", or one figure where both are the same."""
    pay = pay_of(vacancy)
    return pounds(pay.actual_from, pay.actual_to)


def pounds(lowest, highest):
    return f"£{lowest:,}" if lowest == highest else f"£{lowest:,} to £{highest:,}"


@register.filter
def hours(vacancy):
    """ "37 hours a week: full time, job share"."""
    patterns = ", ".join(PATTERN_WORDS[pattern] for pattern in vacancy.patterns)
    return f"{hours_a_week(vacancy)}: {patterns}"


def hours_a_week(vacancy):
    """ "37 hours a week", "1 hour a week"."""
    number = vacancy.weekly_hours
    return f"{plain_number(number)} hour{pluralize(number)} a week"


def plain_number(number):
    """ "37", "22.2": without the zeros at the end."""
    return f"{number.normalize():f}"


@register.filter
def contract(vacancy):
    """ "Fixed term, 12 months"."""
    months = vacancy.contract_months
    if months:
        return f"{vacancy.get_contract_display()}, {months} month{pluralize(months)}"
    return vacancy.get_contract_display()


@register.filter
def closes_soon(vacancy):
    """One that is always open does not close soon: its date is when HR looks again."""
    if vacancy.rolling:
        return False
    last_day = timezone.localdate() + timedelta(days=settings.CLOSING_SOON_DAYS)
    return vacancy.closes_on <= last_day


@register.filter
def closes(vacancy):
    """ "Today", "Tomorrow", the weekday and date, or "Always open"."""
    if vacancy.rolling:
        return "Always open"
    days_left = (vacancy.closes_on - timezone.localdate()).days
    near = {0: "Today, 11:59pm", 1: "Tomorrow, 11:59pm"}
    return near.get(days_left) or date_format(vacancy.closes_on, DAY)


@register.filter
def miles_in_words(distance):
    """ "Less than a mile", "1 mile", "12 miles"."""
    miles = round(distance)
    if miles < 1:
        return "less than a mile"
    return f"{miles} mile" if miles == 1 else f"{miles} miles"
