"""Applications that the HR officer wrote down: one taken by phone and sent, one on paper and not finished."""

import uuid

from accounts.models import User
from applications.actions import enter_application, save_section, submit_application
from applications.models import Application
from applications.states import EnteredHow
from demo.loaders import application_history
from vacancies.models import Vacancy

BY_PHONE = uuid.UUID("0d3e0000-0000-4000-8000-000000000100")
ON_PAPER = uuid.UUID("0d3e0000-0000-4000-8000-000000000101")
CALLER = "Mavis Ockenden"
CONTACT = {
    "full_name": CALLER,
    "phone": "01632 960418",
    "address": "4 Weir Cottages",
    "town": "Alton",
    "postcode": "SO23 9ZZ",
}
EXAMPLES = [
    "I have run the office of a village school for eleven years, so I am used to a phone that rings "
    "while somebody cries at the desk.",
    "I keep records that others can find things in, and I am quick with the software that reads aloud, "
    "since I cannot see a screen well enough to fill in a form on it.",
    "I check every name and date twice, and nobody has ever read on my desk what they should not.",
    "I say no kindly. I would like to do for families what I have done for one school.",
]
REFEREES = {
    "kind_1": "employer",
    "full_name_1": "Gwen Pellow",
    "job_title_1": "Head teacher",
    "organisation_1": "Weir School",
    "email_1": "gwen.pellow@example.org",
    "phone_1": "01632 960419",
    "ask_before_interview_1": True,
    "kind_2": "character",
    "full_name_2": "Alan Thripp",
    "job_title_2": "",
    "organisation_2": "",
    "email_2": "alan.thripp@example.org",
    "phone_2": "",
    "ask_before_interview_2": True,
}


def load(today):
    """Enter both for open jobs that need no registration, unless they are there."""
    if Application.objects.filter(one_time_key=BY_PHONE).exists():
        return
    officer = User.objects.get(email="hr@example.org")
    jobs = Vacancy.objects.open_to_public(today).filter(role__family="business_support")
    first, second = jobs.order_by("pk")[:2]
    taken = _enter(first, BY_PHONE, CALLER, EnteredHow.PHONE, officer)
    for name, answers in _answers(first).items():
        save_section(application=taken, name=name, answers=answers, version=0, by=officer)
    application_history.Writer().write(taken, today)
    submit_application(application=taken, by=officer)
    _enter(second, ON_PAPER, "Horace Binstead", EnteredHow.PAPER, officer)


def _enter(vacancy, key, full_name, how, officer):
    return enter_application(
        vacancy=vacancy, one_time_key=key, email="", full_name=full_name, how=how, by=officer
    )


def _answers(vacancy):
    """Return what the caller said, by the name of the section."""
    examples = {
        f"evidence-{criterion.pk}": {
            "evidence": EXAMPLES[number % len(EXAMPLES)],
            "nothing_to_add": False,
        }
        for number, criterion in enumerate(vacancy.criteria.all())
    }
    places = {"places": ["main"], "travel_miles": 10} if vacancy.other_places.exists() else None
    return {
        "contact": CONTACT,
        "right-to-work": {"right_to_work": True, "needs_sponsorship": False},
        **({"places": places} if places else {}),
        "referees": REFEREES,
        **examples,
    }
