"""Its terms: contract, hours, dates, who sees it, driving, the DBS check and whom to ring."""

from datetime import date
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from organisation.sheets import numbers
from organisation.sheets.dates import parse_date
from vacancies import rules
from vacancies.models import Contract, DBSLevel, Pattern, Visibility
from vacancies.sheets import words
from vacancies.sheets.texts import plain_line


def read_contract(row):
    found = row.take("contract", words.parse_contract, default=(Contract.PERMANENT, None))
    whole = partial(numbers.parse_whole_number, lowest=1, highest=120)
    months = row.take("contract_months", whole)
    if found is None:
        return
    contract, months_told = found
    months = months or months_told
    if contract == Contract.PERMANENT and months:
        row.wrong("contract_months", "A permanent job has no length in months.")
    row.set("contract", contract)
    row.set("contract_months", months)


def read_hours(row):
    hours = row.take("weekly_hours", numbers.parse_hours, default=settings.FULL_TIME_WEEKLY_HOURS)
    usual = [Pattern.PART_TIME]
    if hours is None or hours >= settings.FULL_TIME_WEEKLY_HOURS:
        usual = [Pattern.FULL_TIME]
    row.set("weekly_hours", hours)
    row.set("patterns", row.take("patterns", words.parse_patterns, default=usual))
    weeks = partial(words.parse_decimal, lowest=1, highest=53)
    row.set("paid_weeks", row.take("paid_weeks", weeks))


def read_dates(row):
    opens_on = row.take("opens_on", parse_date, default=timezone.localdate())
    closes_on = row.take("closes_on", parse_date)
    interview_on = row.take("interview_on", parse_date)
    if not row.text("closes_on"):
        row.wrong("closes_on", "Give the closing date.")
    if isinstance(closes_on, date) and opens_on and closes_on < opens_on:
        # An old advert without an opening date was open until it closed.
        if row.text("opens_on"):
            row.wrong("closes_on", "The closing date must not be before the opening date.")
        else:
            opens_on = closes_on
    if interview_on and opens_on and interview_on < opens_on:
        row.wrong("interview_on", "The interview date must not be before the opening date.")
    today = timezone.localdate()
    for key, day in (("closes_on", closes_on), ("interview_on", interview_on)):
        if day and day > rules.last_day(today):
            row.wrong(key, rules.too_late(today))
    row.set("opens_on", opens_on)
    row.set("closes_on", closes_on)
    row.set("interview_on", interview_on)
    row.set("rolling", row.take("rolling", words.parse_yes_no, default=False))


def read_visibility(row):
    choose = partial(words.parse_choice, choices=Visibility)
    visibility = row.take("visibility", choose, default=Visibility.PUBLIC)
    public_from = row.take("public_from", parse_date)
    staff_first = visibility == Visibility.STAFF_FIRST
    opens_on = row.now("opens_on")
    if staff_first and not (public_from and opens_on and public_from > opens_on):
        row.wrong("public_from", "Staff first needs a date for everyone after the opening date.")
    closes_on = row.now("closes_on")
    if staff_first and public_from and closes_on and public_from > closes_on:
        row.wrong("public_from", "This day must not be after the closing date.")
    if not staff_first and public_from:
        row.wrong("public_from", "Only adverts for staff first have this date.")
    row.set("visibility", visibility)
    row.set("public_from", public_from)


def read_driving(row):
    row.set("driving", row.take("driving", words.parse_driving, default="not_needed"))


def read_dbs(row):
    choose = partial(words.parse_choice, choices=DBSLevel)
    level = row.take("dbs_level", choose, default=DBSLevel.ENHANCED_BARRED)
    row.set("dbs_level", level)


def read_contact_email(row):
    email = row.text("contact_email")
    try:
        if email:
            validate_email(email)
    except ValidationError:
        row.wrong("contact_email", f"“{email[:80]}” is not an e-mail address.")
    row.set("contact_email", email)


def read_yes_no(row, key):
    row.set(key, row.take(key, words.parse_yes_no, default=False))


def read_line(row, key, longest):
    line = plain_line(row.text(key))
    if len(line) > longest:
        row.wrong(key, f"This has {len(line)} characters. {longest} is the most.")
    row.set(key, line)
