"""What the timetable deletes when it has been kept as long as settings.RETENTION says."""

from django.db.models import Exists, OuterRef
from pghistory.models import Context

from accounts.models import AuditEvent
from accounts.registries import privacy
from accounts.retention import kept_since, start_of


def delete_history_past_its_time(*, on):
    """Delete rows of history older than each tracked model's `event_retention` on the day `on`.

    What pghistory noted of the requests behind them goes too, once no row of history is left of one.
    Returns how many rows of history went.
    """
    kept = {
        model.pgh_event_model: rule.event_retention
        for model, rule in privacy.items()
        if rule.event_retention is not None
    }
    deleted = 0
    # Not those of today: a request that is under way may still write its history.
    contexts = Context.objects.filter(created_at__lt=start_of(on))
    for history, kind in kept.items():
        past = history.objects.filter(pgh_created_at__lt=kept_since(kind, on=on))
        deleted += delete_in_batches(past)
        contexts = contexts.exclude(Exists(history.objects.filter(pgh_context=OuterRef("pk"))))
    delete_in_batches(contexts)
    return deleted


def delete_audit_past_its_time(*, on):
    """Delete lines of audit that are past their period on the day `on`. Returns how many went."""
    return delete_in_batches(AuditEvent.objects.filter(at__lt=kept_since("record", on=on)))


def delete_in_batches(rows, *, size=1000):
    """Delete what the queryset `rows` finds, at most `size` rows in a transaction. Returns how many."""
    deleted = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:size]):
        rows.model.objects.filter(pk__in=keys).delete()
        deleted += len(keys)
    return deleted
