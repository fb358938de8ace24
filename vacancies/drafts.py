"""The parts of an advert that its writer goes through, and what each of them holds.

The answers of a part are a plain dictionary. `answers_of` reads them from an advert, the forms ask for
them, and `vacancies.actions.save_step` writes them.
"""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder

from vacancies.models import Criterion, CriterionKind

# The columns of Vacancy that each part holds, in the order of the parts.
STEP_FIELDS = {
    "job": ("title", "role_id", "team_id"),
    "pay": (
        "grade_id", "salary_from", "salary_to", "contract", "contract_months", "patterns",
        "weekly_hours", "paid_weeks", "number_of_posts",
    ),
    "places": ("place_name", "postcode", "latitude", "longitude", "district_id"),
    "dates": ("opens_on", "closes_on", "interview_on", "rolling", "visibility", "public_from"),
    "people": (
        "newly_qualified_welcome", "driving", "driving_alternatives", "sponsorship_possible",
        "dbs_level",
    ),
    "words": ("summary", "body", "benefits"),
    "criteria": ("takes_cv", "shows_employers"),
    "payments": (),
    "contact": ("contact_name", "contact_email", "contact_phone"),
}  # fmt: skip
STEPS = list(STEP_FIELDS)


def answers_of(vacancy, step):
    """Return the answers of one part of an advert as they are saved."""
    answers = {name: getattr(vacancy, name) for name in STEP_FIELDS[step]}
    return answers | LISTS.get(step, _nothing)(vacancy)


def _nothing(vacancy):
    return {}


def _other_places(vacancy):
    columns = ("place_name", "postcode", "latitude", "longitude", "district_id")
    return {"other_places": list(vacancy.other_places.values(*columns))}


def _sift_dates(vacancy):
    return {"sift_dates": list(vacancy.sift_dates.values_list("sift_on", flat=True))}


def _criteria(vacancy):
    lists = {kind.value: [] for kind in CriterionKind}
    criteria = list(vacancy.criteria.all())
    for criterion in criteria:
        lists[criterion.kind].append(criterion.text)
    most = [criterion.max_words for criterion in criteria]
    return {**lists, "max_words": max(most, default=Criterion().max_words)}


def _payments(vacancy):
    return {"payments": list(vacancy.payments.values("kind", "name", "amount", "condition"))}


# The rows of other tables that a part holds besides its columns.
LISTS = {
    "places": _other_places,
    "dates": _sift_dates,
    "criteria": _criteria,
    "payments": _payments,
}


def fingerprint(vacancy, *steps):
    """Return a short mark of what these parts of an advert hold: a page remembers it from its opening."""
    held = [answers_of(vacancy, step) for step in steps]
    text = json.dumps(held, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
