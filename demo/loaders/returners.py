"""Six people on their way back to social work, each at another step."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from returners.models import Enquiry, RegistrationStatus
from returners.rules import OFFICER
from returners.states import EnquiryState

WAS_REGISTERED = RegistrationStatus.WAS_REGISTERED

# Name, e-mail, place, register, years since they left it, state, days ago sent and last moved, message.
ENQUIRIES = [
    (
        "Rita Holm",
        "returner@example.org",
        "Romsey",
        WAS_REGISTERED,
        6,
        EnquiryState.PACKAGE_AGREED,
        (11, 7),
        "I was in a children in care team until my mother fell ill. She died last year and I find "
        "that I miss the work. I can do two days a week to begin with.",
    ),
    (
        "Gwen Aldous",
        "gwen.aldous@example.org",
        "Alton",
        WAS_REGISTERED,
        3,
        EnquiryState.ASSIGNED,
        (6, 6),
        "Is it a problem that my last post was in adult services? I would like to work with "
        "families now.",
    ),
    (
        "Bashir Okoro",
        "bashir.okoro@example.org",
        "Aldershot",
        RegistrationStatus.OVERSEAS,
        None,
        EnquiryState.PACKAGE_AGREED,
        (74, 20),
        "I was a social worker in Lagos for eight years. I have my degree papers and my English "
        "test.",
    ),
    (
        "Hilary Stroud",
        "hilary.stroud@example.org",
        "Lymington",
        WAS_REGISTERED,
        9,
        EnquiryState.LEARNING,
        (190, 60),
        "",
    ),
    (
        "Tomos Vine",
        "tomos.vine@example.org",
        "Fareham",
        WAS_REGISTERED,
        4,
        EnquiryState.READY,
        (300, 12),
        "I taught in a primary school after I left. I would love to be near Fareham or Gosport.",
    ),
    (
        "Carys Penhale",
        "carys.penhale@example.org",
        "Andover",
        RegistrationStatus.NOT_SURE,
        None,
        EnquiryState.CLOSED,
        (120, 90),
        "My circumstances may change in the spring, I just want to know how it works.",
    ),
]


def load(today):
    """Load the enquiries, unless there are some. Rita's officer is the one you can sign in as."""
    if Enquiry.objects.exists():
        return
    officers = list(User.objects.with_role(OFFICER).order_by("pk"))
    officers.sort(key=lambda officer: officer.email != "officer@example.org")
    Enquiry.objects.bulk_create(
        enquiry(today, officers[number % len(officers)], *row)
        for number, row in enumerate(ENQUIRIES)
    )


def enquiry(today, officer, name, email, place, status, years, state, days, message):
    sent_days_ago, moved_days_ago = days
    sent_on = today - timedelta(days=sent_days_ago)
    sent_at = datetime.combine(sent_on, time(19, 40), tzinfo=timezone.get_default_timezone())
    kept = timedelta(days=settings.RETURNER_ENQUIRY_KEPT_DAYS - moved_days_ago)
    return Enquiry(
        full_name=name,
        email=email,
        phone=f"01632 960{400 + sent_days_ago}",
        lives_in=place,
        registration_status=status,
        left_register_in=today.year - years if years else None,
        message=message,
        agreed_to_contact_at=sent_at,
        created_at=sent_at,
        state=state,
        officer=officer,
        keep_until=today + kept,
    )
