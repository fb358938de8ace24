"""Links that let a person without an account at what they booked, and nobody else."""

from django.core import signing
from django.urls import reverse

SALT = "vacancies.chat"


def chat_path(booking):
    """Return the path of the page of a booked chat."""
    return reverse("vacancies:chat-booking", args=[signing.Signer(salt=SALT).sign(booking.pk)])


def chat_number(token):
    """Return the key of the booking that a link is for, or None for a link that we did not make."""
    try:
        return int(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
