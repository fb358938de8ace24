"""Where each app hands in what it knows about attention, invariants, privacy, standing roles and leaving.

An app's `attention.py`, `invariants.py`, `privacy.py` and `standing.py` are found when Django starts.
"""

from collections.abc import Callable
from dataclasses import dataclass


class Registry(list):
    """A list of functions, filled by decorators."""

    def register(self, function):
        self.append(function)
        return function


# Functions (user) -> list[AttentionItem]: what HR should look at today.
attention = Registry()

# Functions () -> iterable of sentences: each names one thing that must never be true and is.
invariants = Registry()

# Functions (user) -> set of role names that follow from a fact, such as managing somebody.
standing = Registry()

# Functions (user) -> whether the person has left: what HR granted them counts no longer.
leaving = Registry()


# Events whose being there says what only some may know: in the audit superusers alone see them.
confidential_events = Registry()


@dataclass(frozen=True)
class AttentionItem:
    """One line on the admin's index: how many, of what, and where to deal with it."""

    text: str
    url: str
    count: int


@dataclass(frozen=True)
class AdminPage:
    """A page of an app's own inside the admin, at /admin/`path`, named admin:`name`.

    `may_see(user)` guards it; with a `title` the admin's index lists it for those who may.
    """

    path: str
    name: str
    view: Callable
    may_see: Callable
    title: str = ""


class AdminPages(list):
    """The apps' own pages inside the admin, in the order of its index."""

    def register(self, *pages):
        self.extend(pages)


admin_pages = AdminPages()


@dataclass(frozen=True)
class PrivacyRule:
    """What happens to a model's rows when a person is erased, and how long its history is kept.

    `event_retention` is a name in settings.RETENTION, or None for a model that keeps no history.
    """

    eraser: Callable
    event_retention: str | None


class PrivacyRegistry(dict):
    """Privacy rules by model."""

    def register(self, model, *, eraser, event_retention):
        """Register `eraser(user) -> number of rows blanked` for `model`."""
        self[model] = PrivacyRule(eraser, event_retention)


privacy = PrivacyRegistry()
