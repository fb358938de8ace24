"""Whom to look up on the register of social workers, and what it said."""

from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from applications.models import Check, RegistrationCheck
from applications.queries.checks import with_checks
from applications.states import CheckNature, CheckState


def _whose_registration_counts():
    """Applications whose checks are under way and whose role needs registration, with a number."""
    spared = Check.objects.filter(
        application=OuterRef("pk"),
        kind__nature=CheckNature.REGISTRATION,
        state=CheckState.UNNEEDED,
    )
    has_check = Check.objects.filter(
        application=OuterRef("pk"), kind__nature=CheckNature.REGISTRATION
    )
    needed = Q(vacancy__role__needs_registration=True) | Exists(has_check)
    return with_checks().filter(needed, ~Exists(spared))


def due_to_look_up(on):
    """Return the applications whose number is to be looked up on the date `on`, the longest waiting first.

    A look is due when there is none, or when it would be too old for a firm offer within two days.
    """
    fresh_from = on - timedelta(days=settings.REGISTRATION_LOOK_DAYS - 2)
    fresh = RegistrationCheck.objects.counting().filter(
        application=OuterRef("pk"),
        number=OuterRef("registration_number"),
        is_registered=True,
        looked_on__gte=fresh_from,
    )
    due = _whose_registration_counts().exclude(registration_number="")
    return due.filter(~Exists(fresh)).order_by("submitted_at", "pk")


def numbers_to_copy(on):
    """Return the numbers to paste into the register's search, as many as it takes at once."""
    numbers = due_to_look_up(on).values_list("registration_number", flat=True)
    return list(dict.fromkeys(numbers))[: settings.REGISTER_NUMBERS_MOST]


def without_number():
    """Return the applications that need a number and have none: not given, or waiting to be registered."""
    return _whose_registration_counts().filter(registration_number="").order_by("submitted_at")


def due_by_number():
    """Return {number: applications} of everybody whose registration a list of the register may tell of."""
    found = defaultdict(list)
    for application in _whose_registration_counts().exclude(registration_number=""):
        found[application.registration_number].append(application)
    return found


def names_to_confirm():
    """Return the looks whose number agrees and whose name a person must say yes or no to."""
    return (
        RegistrationCheck.objects.to_confirm()
        .select_related("application__vacancy", "looked_by")
        .defer("application__vacancy__search_vector", "application__vacancy__search_heads")
    )


def latest_looks(most):
    """Return the last looks that count, the newest first."""
    looks = RegistrationCheck.objects.counting().select_related("application", "looked_by")
    return looks.order_by("-looked_on", "-read_at", "-pk")[:most]
