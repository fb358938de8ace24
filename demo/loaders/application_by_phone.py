"""An application that somebody made by phone, with the HR officer who wrote it down."""

import uuid

from accounts.models import User
from applications.actions import enter_application
from applications.models import Application
from vacancies.models import Vacancy

KEY = uuid.UUID("0d3e0000-0000-4000-8000-000000000100")
CALLER = {
    "full_name": "Mavis Ockenden",
    "phone": "01632 960418",
    "address": "4 Weir Cottages",
    "town": "Alton",
    "postcode": "SO23 9ZZ",
    "right_to_work": True,
    "needs_sponsorship": False,
    "registration": "",
    "registration_number": "",
}
STATEMENT = (
    "I have run the office of a village school for eleven years, so I am used to a phone that rings "
    "while somebody cries at the desk. I keep records that others can find things in, and I say no "
    "kindly.\n\nI cannot see a screen well enough to fill in a form on it, and I am quick with the "
    "software that reads aloud. I would like to do for families what I have done for one school."
)


def load(today):
    """Enter the application for an open job that needs no registration, unless it is there."""
    if Application.objects.filter(one_time_key=KEY).exists():
        return
    jobs = Vacancy.objects.open_to_public(today).filter(role__family="business_support")
    enter_application(
        vacancy=jobs.order_by("pk").first(),
        one_time_key=KEY,
        email="",
        details=CALLER,
        statement=STATEMENT,
        by=User.objects.get(email="hr@example.org"),
    )
