"""Where each app hands in what it knows about attention, invariants, privacy, standing roles and leaving.

An app's `attention.py`, `invariants.py`, `privacy.py` and `standing.py` are found when Django starts.
"""

from collections.abc import Callable
from dataclasses import dataclass, field


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


# Functions (words) -> iterable of (model label, id): what words name, such as the reference of something,
# and so whose lines of audit somebody looks for.
named_in_audit = Registry()


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

    `event_retention` is a name in settings.RETENTION, or None for a model that keeps no history. `person`
    is the field of a history that leads to the User it is about. That a person has any rows at all is not
    told to HR when it `is_confidential`.
    """

    eraser: Callable
    event_retention: str | None
    person: str = ""
    is_confidential: bool = False


class PrivacyRegistry(dict):
    """Privacy rules by model."""

    def register(self, model, *, eraser, event_retention, person="", is_confidential=False):
        """Register `eraser(user) -> number of rows blanked` for `model`."""
        self[model] = PrivacyRule(eraser, event_retention, person, is_confidential)


privacy = PrivacyRegistry()


# Functions (user) -> iterable of (words, saved model): what of a person's can be held by itself.
holdables = Registry()


@dataclass(frozen=True)
class Section:
    """A part of what we hold about a person: `rows` of words by their names, and files.

    `part` names one text that somebody else wrote, such as "applications.Score:12": it goes into a pack
    only when HR has let it in. `is_private` is what nobody but the person may read: it is in the pack
    they make themselves and in no other. `files` are pairs: the name in the pack, the place in storage.
    `writer` is whose words they are, for HR who reviews them, and in no pack.
    """

    title: str
    rows: list
    part: str = ""
    is_private: bool = False
    files: tuple = ()
    writer: str = ""


# Functions (user) -> iterable of Section: everything an app holds about a person.
gather = Registry()


@dataclass(frozen=True)
class Keeping:
    """One kind of row that goes when it has been kept as long as we say: what is due, and what is done.

    `kind` is a name in settings.RETENTION. `due(on)` finds the rows whose time is over on that day: the
    dry run and the run ask it alike. `each(row)` blanks or deletes one row, which is locked; otherwise
    `batch(rows)` deletes many at once. `oldest` is the field of when they began. `reference` names a row
    to HR without its content. `person` leads to the User it is about, `mailbox` to their address where
    there is no account, `thing` to what can be held by itself: a model's label and the way to its id.
    """

    name: str
    kind: str
    what: str
    due: Callable
    oldest: str
    each: Callable | None = None
    batch: Callable = field(default=lambda rows: rows.delete())
    reference: str = "pk"
    person: str = ""
    mailbox: str = ""
    thing: tuple[str, str] = ("", "")


class KeepingRegistry(dict):
    """What goes in the end, by its name."""

    def register(self, name, **fields):
        """Register one Keeping; `fields` are its own."""
        self[name] = Keeping(name=name, **fields)


keepings = KeepingRegistry()
