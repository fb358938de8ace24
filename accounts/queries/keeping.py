"""What the next run would delete or blank: asked alike by the dry run and by the run."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Min

from accounts.queries.holds import without_held
from accounts.registries import Keeping, keepings, privacy
from accounts.retention import Period, kept_since, periods

REFERENCES_SHOWN = 50


@dataclass(frozen=True)
class Prospect:
    """What a run would do to one kind of row: how many, since when the oldest is there, and which.

    `held` is how many more are due and stay because of a legal hold. `references` are the first 50.
    """

    keeping: Keeping
    period: Period
    number: int
    oldest: object
    held: int
    references: list

    @property
    def how_long(self):
        return settings.RETENTION[self.keeping.kind]["how_long"].format(period=self.period)


def all_keepings():
    """Return everything that goes in the end, by its name: what the apps registered, and all histories."""
    histories = (
        _history(model, rule) for model, rule in privacy.items() if rule.event_retention is not None
    )
    return {**keepings, **{history.name: history for history in histories}}


def due_and_not_held(keeping, *, on):
    """Return the rows of one Keeping whose time is over on the day `on` and that nothing holds."""
    return without_held(
        keeping.due(on), person=keeping.person, mailbox=keeping.mailbox, thing=keeping.thing
    )


def dry_run(*, on):
    """Return a Prospect for everything that goes in the end: what a run on the day `on` would do."""
    now = periods(on=on)
    return [_prospect(keeping, now[keeping.kind], on) for keeping in all_keepings().values()]


def _prospect(keeping, period, on):
    rows = due_and_not_held(keeping, on=on)
    number = rows.count()
    return Prospect(
        keeping=keeping,
        period=period,
        number=number,
        oldest=rows.aggregate(oldest=Min(keeping.oldest))["oldest"] if number else None,
        held=keeping.due(on).count() - number,
        references=_references(keeping, rows),
    )


def _references(keeping, rows):
    found = rows.order_by("pk").values_list(keeping.reference, flat=True)[:REFERENCES_SHOWN]
    return [str(reference) for reference in found]


def _history(model, rule):
    """The versions of one model that its history holds, as they are kept."""
    history = model.pgh_event_model
    return Keeping(
        name=f"history_{model._meta.label_lower}",
        kind=rule.event_retention,
        what=f"Former versions: {model._meta.verbose_name_plural}",
        due=lambda on: history.objects.filter(
            pgh_created_at__lt=kept_since(rule.event_retention, on=on)
        ),
        oldest="pgh_created_at",
        reference="pgh_obj_id",
        person=rule.person,
        thing=(model._meta.label, "pgh_obj"),
    )
