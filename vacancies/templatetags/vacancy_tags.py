"""How a vacancy is shown: its card, and its figures in words."""

from datetime import timedelta

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import mark_safe

from vacancies.models import Contract, Driving, Pattern
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


@register.inclusion_tag("vacancies/_vacancy_card.html")
def vacancy_card(vacancy, heading=3):
    """One vacancy as a card whose whole face is the link. `heading` is the level of its title."""
    place = getattr(vacancy, "nearest_place", vacancy.place_name)
    if (miles := getattr(vacancy, "distance_miles", None)) is not None:
        about = "about " if getattr(vacancy, "distance_is_rough", False) else ""
        place = f"{place}, {about}{miles_in_words(miles)} away"
    return {
        "vacancy": vacancy,
        "heading": heading,
        "title": with_matches(vacancy, "title"),
        "words": with_matches(vacancy, "summary"),
        "urgent": closes_soon(vacancy),
        "tags": vacancy_tags(vacancy),
        "facts": [
            {"key": "Salary", "value": salary(vacancy)},
            {"key": "Place", "value": place},
            {"key": "Hours", "value": hours(vacancy)},
            {"key": "Closes", "value": closes(vacancy)},
        ],
    }


def with_matches(vacancy, name):
    """The text `name` of a vacancy, safe, with what a search found in it marked."""
    text = getattr(vacancy, f"marked_{name}", None)
    if text is None:
        return getattr(vacancy, name)
    whole = escape(text).replace(f"{STOP} {START}", " ")
    return mark_safe(whole.replace(START, "<mark>").replace(STOP, "</mark>"))


@register.inclusion_tag("_components/summary_list.html")
def vacancy_figures(vacancy):
    """The facts of an advert as a summary list."""
    figures = {
        "Salary": f"{salary(vacancy)} a year ({vacancy.grade}), for full time",
        "Contract": contract(vacancy),
        "Hours": hours(vacancy),
        "Where": f"{vacancy.place_name} {vacancy.postcode}".strip(),
        "District": vacancy.district.name,
        "Team": vacancy.team.name,
        "Role": vacancy.role.name,
        "Registration": "Social Work England" if vacancy.needs_registration else "",
        "Driving": "You need to drive" if vacancy.driving == Driving.ESSENTIAL else "",
        "Closes": f"11:59pm on {date_format(vacancy.closes_on, DAY)}",
        "Interviews": date_format(vacancy.interview_on, DAY) if vacancy.interview_on else "",
        "Reference": vacancy.reference,
    }
    return {"rows": [{"key": key, "value": value} for key, value in figures.items() if value]}


@register.filter
def vacancy_tags(vacancy):
    """The tags of a card: closing soon, contract, newly qualified welcome."""
    tags = [
        {
            "text": vacancy.get_contract_display(),
            "colour": CONTRACT_COLOURS[vacancy.contract],
        }
    ]
    if closes_soon(vacancy):
        tags.insert(0, {"text": "Closes soon", "colour": "rose"})
    if not vacancy.is_public(timezone.localdate()):
        tags.insert(0, {"text": "Staff only", "colour": "grey"})
    if vacancy.newly_qualified_welcome:
        tags.append({"text": "Newly qualified welcome", "colour": "green"})
    return tags


@register.filter
def salary(vacancy):
    """ "£37,200 to £41,800", or one figure where both are the same."""
    if vacancy.salary_from == vacancy.salary_to:
        return f"£{vacancy.salary_from:,}"
    return f"£{vacancy.salary_from:,} to £{vacancy.salary_to:,}"


@register.filter
def hours(vacancy):
    """ "37 hours a week: full time, job share"."""
    patterns = ", ".join(Pattern(pattern).label.lower() for pattern in vacancy.patterns)
    return f"{vacancy.weekly_hours.normalize():f} hours a week: {patterns}"


@register.filter
def contract(vacancy):
    """ "Fixed term, 12 months"."""
    if vacancy.contract_months:
        return f"{vacancy.get_contract_display()}, {vacancy.contract_months} months"
    return vacancy.get_contract_display()


@register.filter
def closes_soon(vacancy):
    last_day = timezone.localdate() + timedelta(days=settings.CLOSING_SOON_DAYS)
    return vacancy.closes_on <= last_day


@register.filter
def closes(vacancy):
    """ "Today", "Tomorrow", or the weekday and date."""
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
