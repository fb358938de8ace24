"""What people on the register of interest are written."""

from django.urls import reverse
from django.utils.formats import date_format

from notifications import outbox


def invited_to_apply(interest, vacancy):
    """Invite somebody on the register to apply for a vacancy: once, whatever happens to the register."""
    outbox.put(
        template="applications/emails/invited_to_apply",
        to=interest.person.email,
        context={
            "greeting": interest.person.full_name,
            "title": vacancy.title,
            "place": vacancy.place_name,
            "closes_on": date_format(vacancy.closes_on, "l j F Y"),
            "vacancy_path": vacancy.get_absolute_url(),
            "register_path": reverse("applications:interest"),
        },
        about=interest,
        key=f"invited_to_apply:{interest.person_id}:{vacancy.pk}",
    )


def interest_ends(interest):
    """Ask somebody whether they would like to stay on the register."""
    outbox.put(
        template="applications/emails/interest_ends",
        to=interest.person.email,
        context={
            "greeting": interest.person.full_name,
            "ends_on": date_format(interest.ends_on, "j F Y"),
            "register_path": reverse("applications:interest"),
        },
        about=interest,
        key=f"interest_ends:{interest.pk}:{interest.ends_on}",
    )
