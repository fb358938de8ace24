"""The order of lists of what has a time: what comes next stands first, what is over after it."""

from django.db.models import Case, F, When


def soonest_first(name, at):
    """Return the ordering by a field of moments: those to come, the soonest first, then the latest over."""
    to_come = When(**{f"{name}__gte": at}, then=F(name))
    return [Case(to_come).asc(nulls_last=True), F(name).desc(), "-pk"]
