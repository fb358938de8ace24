"""State tables: which state may follow which. `docs/states.md` is drawn from every app's tables."""

from enum import StrEnum

from django.db.models import TextChoices


class AccountEvent(StrEnum):
    ROLES_CHANGED = "roles_changed"
    PERSON_ERASED = "person_erased"
    PERSON_RENAMED = "person_renamed"
    PERSON_VOUCHED_FOR = "person_vouched_for"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    ACCOUNT_CLOSED = "account_closed"
    RETENTION_CHANGED = "retention_changed"
    LEGAL_HOLD_PLACED = "legal_hold_placed"
    LEGAL_HOLD_RELEASED = "legal_hold_released"
    ACCESS_PACK_ASKED_FOR = "access_pack_asked_for"
    ACCESS_PACK_DOWNLOADED = "access_pack_downloaded"
    THIRD_PARTY_TEXT_REVIEWED = "third_party_text_reviewed"


class ErasureReason(TextChoices):
    """Why HR erases a person. Chosen and not written: nothing that names them may stay behind."""

    ASKED = "asked", "They asked us to"
    TWICE = "twice", "They have another account"
    MISTAKE = "mistake", "The account was made by mistake"
    NOT_NEEDED = "not_needed", "We have no reason left to keep it"


class PackState(TextChoices):
    """Where a pack of what is held about a person stands."""

    ASKED_FOR = "asked_for", "Asked for"
    GATHERED = "gathered", "Being gathered"
    READY = "ready", "Ready"


# Gathering begins anew when the worker was stopped in the middle of it.
PACK_TRANSITIONS = {
    PackState.ASKED_FOR: {PackState.GATHERED},
    PackState.GATHERED:  {PackState.READY, PackState.ASKED_FOR},
    PackState.READY:     set(),
}  # fmt: skip


class InvalidTransition(Exception):
    """Something was asked to take a state that cannot follow the one it has."""


class MovesThroughStates:
    """A model with a `state` field whose changes follow the table `TRANSITIONS`."""

    TRANSITIONS = {}

    def can_become(self, new_state):
        return new_state in self.TRANSITIONS[self.state]

    def move_to(self, new_state):
        """Change the state in memory. Call it from an action, which saves and records."""
        if not self.can_become(new_state):
            # By its key alone: the words of a row may name a person, and this is logged.
            row = f"{self._meta.label} {self.pk}"
            raise InvalidTransition(f"{self.state} cannot become {new_state}: {row}")
        self.state = new_state
