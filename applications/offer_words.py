"""What an offer says, in words: read alike by its page, its letter and its e-mails."""

from django.utils.formats import date_format

from vacancies.models import Contract


def terms(offer):
    """Return what is offered as (what, words), in the order in which people ask."""
    rows = [
        ("Job", offer.role.name),
        ("Team", str(offer.team)),
        ("Place", offer.place_name),
        ("Pay", pay(offer)),
        ("Hours", hours(offer)),
        ("Contract", contract(offer)),
    ]
    if offer.firm_at:
        return rows  # The first day is set, and told by itself.
    return [*rows, ("Start date we propose", date_format(offer.proposed_start_on, "l j F Y"))]


def pay(offer):
    """Say what is paid a year, and out of which salary where the job is for part of the week or year."""
    words = f"£{offer.pay:,} a year, grade {offer.grade.letter}"
    return f"{words} (£{offer.salary:,} for full time)" if offer.is_for_part else words


def hours(offer):
    hours = f"{offer.weekly_hours:f}".rstrip("0").rstrip(".")
    words = f"{hours} hours a week: {offer.pattern_words}"
    if offer.paid_weeks is None:
        return words
    weeks = f"{offer.paid_weeks:f}".rstrip("0").rstrip(".")
    return f"{words}, {weeks} paid weeks a year"


def contract(offer):
    words = offer.get_contract_display()
    if offer.contract != Contract.PERMANENT and offer.contract_months:
        return f"{words}, {offer.contract_months} months"
    return words


def first_day(offer):
    """Return where to be on the first day, when, whom to ask for and what to bring, as (what, words)."""
    rows = [
        ("First day", date_format(offer.starts_on, "l j F Y")),
        ("Time", f"{offer.arrive_at:%H:%M}"),
        ("Where to come", offer.arrive_where),
        ("Your manager", str(offer.line_manager) if offer.line_manager else ""),
        ("What to bring", offer.bring),
    ]
    return [(what, words) for what, words in rows if words]


def early_day(offer):
    """Return the early first day as (what, words)."""
    rows = [
        ("Early first day", date_format(offer.early_starts_on, "l j F Y")),
        ("Until you are registered you work as", offer.early_role.name),
        ("Time", f"{offer.arrive_at:%H:%M}"),
        ("Where to come", offer.arrive_where),
        ("Your manager", str(offer.line_manager) if offer.line_manager else ""),
        ("What to bring", offer.bring),
    ]
    return [(what, words) for what, words in rows if words]
