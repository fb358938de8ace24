"""One row of a sheet, made the fields of an advert. Everything wrong with it is found at once."""

import hashlib
import re
from functools import partial
from operator import attrgetter

from vacancies.models import Vacancy
from vacancies.sheets.columns import BY_KEY
from vacancies.sheets.readers import job, lists, pay, place, terms, texts
from vacancies.sheets.row import Row
from vacancies.sheets.texts import decoded

# Cells that are understood together: a change of one means that all of them are read again.
GROUPS = {
    "pay": ["grade", "salary", "salary_from", "salary_to"],
    "contract": ["contract", "contract_months"],
    "place": ["place_name", "postcode", "latitude", "longitude", "district"],
    "dates": ["opens_on", "closes_on", "interview_on", "rolling"],
    "visibility": ["visibility", "public_from"],
    "hours": ["patterns", "weekly_hours", "paid_weeks"],
}
GROUP_OF = {key: name for name, keys in GROUPS.items() for key in keys}
# When one of the first changes and one of the second does not, the second is out of date.
FOLLOWS = [
    ({"place_name", "postcode"}, {"latitude", "longitude", "district"}),
    ({"place_name"}, {"postcode"}),
    ({"salary"}, {"salary_from", "salary_to"}),
    ({"contract"}, {"contract_months"}),
]


def external_reference_of(cells):
    """Return what tells the row from others of its source: its number there, or what it says.

    A row without a number is known by its title, role, team, place and closing date.
    """
    ours = cells.get("reference", "")
    number = cells.get("external_reference") or ("" if is_our_reference(ours) else ours)
    if number:
        return number
    told = [cells.get(key, "") for key in ("title", "role", "team", "place_name", "closes_on")]
    return "row " + hashlib.sha256("\n".join(told).lower().encode()).hexdigest()[:24]


def is_our_reference(text):
    return re.fullmatch(r"HCC-\d{1,9}", text.strip().upper()) is not None


def read_new(cells, lookups):
    """Return the Advert that a row describes which nobody has imported before."""
    row = Row(cells, lookups, existing=None)
    row.refuse_formulas(cells)
    return _read(row, READERS)


def read_changes(cells, shown, existing, lookups):
    """Return the Advert with what a row changes of the vacancy `existing`.

    `shown` is what an export writes of it: a cell that says the same, or nothing, changes nothing.
    """
    changed = {
        key
        for key, text in cells.items()
        if text and not BY_KEY[key].only_told and not _same(text, shown.get(key, ""))
    }
    changed -= {"reference", "external_reference"}
    whole = {**shown, **{key: cells[key] for key in changed}}
    for leading, following in FOLLOWS:
        if leading & changed:
            whole |= dict.fromkeys(following - changed, "")
    row = Row(whole, lookups, existing)
    row.refuse_formulas(changed)
    names = {GROUP_OF.get(key, key) for key in changed}
    if "dates" in names:
        names.add("visibility")  # the day for everyone lies between them
    advert = _read(row, names)
    advert.fields = {
        name: value for name, value in advert.fields.items() if getattr(existing, name) != value
    }
    advert.criteria = {
        kind: lines
        for kind, lines in advert.criteria.items()
        if criteria_of(existing, kind) != lines
    }
    advert.parts = {
        name: rows for name, rows in advert.parts.items() if any(difference(existing, name, rows))
    }
    return advert


def criteria_of(vacancy, kind):
    """Return the lines of a kind of criteria in their order."""
    found = [item for item in vacancy.criteria.all() if item.kind == kind]
    return [item.text for item in sorted(found, key=attrgetter("position", "pk"))]


def difference(vacancy, name, wanted):
    """Return (columns of the rows that are missing, rows that are too many) of a part of an advert."""
    there = list(getattr(vacancy, name).all())
    missing = []
    for columns in wanted:
        same = next((row for row in there if _holds(row, columns)), None)
        if same is None:
            missing.append(columns)
        else:
            there.remove(same)
    return missing, there


def _holds(row, columns):
    return all(getattr(row, name) == value for name, value in columns.items())


def _same(text, shown):
    return decoded(text).strip() == decoded(shown).strip()


def _read(row, names):
    for name, reader in READERS.items():
        if name in names:
            reader(row)
    return row.advert


def _line(key):
    longest = Vacancy._meta.get_field(key).max_length
    return partial(terms.read_line, key=key, longest=longest)


def _yes_no(key):
    return partial(terms.read_yes_no, key=key)


def _criteria(key):
    return partial(texts.read_criteria, key=key)


# In this order: the grade may follow from the role, the place from the team.
READERS = {
    "title": job.read_title,
    "role": job.read_role,
    "team": job.read_team,
    "campaign": job.read_campaign,
    "hiring_manager": job.read_hiring_manager,
    "number_of_posts": job.read_posts,
    "pay": pay.read_pay,
    "contract": terms.read_contract,
    "hours": terms.read_hours,
    "place": place.read_place,
    "dates": terms.read_dates,
    "visibility": terms.read_visibility,
    "newly_qualified_welcome": _yes_no("newly_qualified_welcome"),
    "driving": terms.read_driving,
    "driving_alternatives": _line("driving_alternatives"),
    "sponsorship_possible": _yes_no("sponsorship_possible"),
    "dbs_level": terms.read_dbs,
    "contact_name": _line("contact_name"),
    "contact_email": terms.read_contact_email,
    "contact_phone": _line("contact_phone"),
    "body": texts.read_body,
    "summary": texts.read_summary,
    "benefits": texts.read_benefits,
    "essential": _criteria("essential"),
    "desirable": _criteria("desirable"),
    "max_words": texts.read_max_words,
    "takes_cv": _yes_no("takes_cv"),
    "shows_employers": _yes_no("shows_employers"),
    "other_places": lists.read_other_places,
    "payments": lists.read_payments,
    "sift_dates": lists.read_sift_dates,
}
