"""The facts of one advert, each part of its page as the rows of a summary list."""

from django import template
from django.conf import settings
from django.utils.formats import date_format

from vacancies.models import DBSLevel, Driving, PaymentKind
from vacancies.pay import pay_of
from vacancies.templatetags.vacancy_tags import (
    DAY,
    contract,
    hours,
    hours_a_week,
    miles_in_words,
    plain_number,
    pounds,
)

register = template.Library()


@register.inclusion_tag("_components/summary_list.html")
def pay_figures(vacancy, payments):
    """What the post pays, what that comes to full time, and what is paid besides."""
    figures = {}
    pay = pay_of(vacancy)
    if pay.is_part:
        what_for = f"what you are paid for {_part_in_words(vacancy)}"
        figures["Actual pay"] = f"{pounds(pay.actual_from, pay.actual_to)} a year, {what_for}"
        full = f"{settings.FULL_TIME_WEEKLY_HOURS} hours a week all year"
        equivalent = pounds(pay.full_time_from, pay.full_time_to)
        figures["Full-time equivalent"] = f"{equivalent} a year, for {full}"
    else:
        figures["Salary"] = f"{pounds(pay.actual_from, pay.actual_to)} a year"
    figures["Grade"] = str(vacancy.grade)
    for kind in PaymentKind:
        lines = [_payment(payment) for payment in payments if payment.kind == kind]
        figures[f"On top, {kind.label.lower()}"] = "\n".join(lines)
    return _rows(figures)


@register.inclusion_tag("_components/summary_list.html")
def job_figures(vacancy, places):
    """Hours, contract, places and what the job asks of the person, in the order people ask."""
    figures = {
        "Hours": hours(vacancy),
        "Weeks": f"{plain_number(vacancy.paid_weeks)} paid weeks a year, holidays included"
        if vacancy.paid_weeks
        else "",
        "Contract": contract(vacancy),
        "Posts": f"{vacancy.number_of_posts} posts" if vacancy.number_of_posts > 1 else "",
        "Places" if len(places) > 1 else "Place": "\n".join(_place(place) for place in places),
        "Team": vacancy.team.name,
        "Role": vacancy.role.name,
        "Registration": "You must be registered with Social Work England"
        if vacancy.needs_registration
        else "",
        "Driving": _driving(vacancy),
        "Visa": "We can sponsor a Skilled Worker visa for this job"
        if vacancy.sponsorship_possible
        else "We cannot sponsor a visa for this job",
        "Criminal record check": _check(vacancy),
        "Reference": vacancy.reference,
    }
    return _rows(figures)


@register.inclusion_tag("_components/summary_list.html")
def date_figures(vacancy, next_sift):
    """When it closes, or when applications are read next, and when the interviews are."""
    figures = {
        "Closes": "" if vacancy.rolling else f"11:59pm on {date_format(vacancy.closes_on, DAY)}",
        "Always open": _sift(vacancy, next_sift) if vacancy.rolling else "",
        "Interviews": date_format(vacancy.interview_on, DAY) if vacancy.interview_on else "",
    }
    return _rows(figures)


@register.inclusion_tag("_components/summary_list.html")
def team_figures(facts):
    """What working in the team is like."""
    caseload = ""
    if facts.caseload_to is not None:
        children = {facts.caseload_from, facts.caseload_to}
        caseload = " to ".join(str(number) for number in sorted(children))
        caseload += " child each" if children == {1} else " children each"
    weeks = facts.supervision_every_weeks
    every = {None: "", 1: "Every week", 2: "Every two weeks"}
    figures = {
        "Caseload": caseload,
        "Supervision": every.get(weeks, f"Every {weeks} weeks"),
        "People in the team": str(facts.people),
    }
    return _rows(figures)


@register.filter
def sift_in_words(vacancy, next_sift):
    """ "We read applications next on Friday 4 December 2026"."""
    return _sift(vacancy, next_sift)


def _rows(figures):
    return {"rows": [{"key": key, "value": value} for key, value in figures.items() if value]}


def _part_in_words(vacancy):
    """ "22.2 hours a week", "37 hours a week in 44.6 paid weeks"."""
    words = hours_a_week(vacancy)
    if vacancy.paid_weeks:
        words = f"{words} in {plain_number(vacancy.paid_weeks)} paid weeks"
    return words


def _payment(payment):
    return f"{payment}. {payment.condition}" if payment.condition else str(payment)


def _place(place):
    words = f"{place.place_name} {place.postcode}".strip()
    if (miles := getattr(place, "distance_miles", None)) is not None:
        about = "about " if place.distance_is_rough else ""
        words = f"{words}, {about}{miles_in_words(miles)} away"
    return f"{words} ({place.district.name})"


def _driving(vacancy):
    if vacancy.driving != Driving.ESSENTIAL:
        return "Not needed"
    if vacancy.driving_alternatives:
        return f"You need to drive.\nIf you cannot: {vacancy.driving_alternatives}"
    return "You need to drive"


def _check(vacancy):
    if vacancy.dbs_level == DBSLevel.NONE:
        return "None"
    return f"{vacancy.get_dbs_level_display()} (Disclosure and Barring Service)"


def _sift(vacancy, next_sift):
    if next_sift is None:
        return "We read applications as they come"
    return f"We read applications next on {date_format(next_sift, DAY)}"
