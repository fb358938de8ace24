from django.apps import apps

from accounts.models import LegalHold
from accounts.registries import invariants


@invariants.register
def nothing_held_was_deleted():
    """A hold in force whose person was erased, or whose thing is gone or was blanked since."""
    for hold in LegalHold.objects.in_force().select_related("person"):
        if hold.person.erased_at and hold.person.erased_at > hold.held_at:
            yield f"Legal hold {hold.pk}: the person was erased."
        if hold.thing_type and _is_gone(hold):
            yield f"Legal hold {hold.pk}: {hold.thing_type} {hold.thing_id} was deleted or blanked."


def _is_gone(hold):
    thing = apps.get_model(hold.thing_type).objects.filter(pk=hold.thing_id).first()
    blanked_at = getattr(thing, "blanked_at", None)
    return thing is None or (blanked_at is not None and blanked_at > hold.held_at)
