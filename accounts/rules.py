"""Who may do what with accounts."""

from accounts.registries import standing
from accounts.roles import ROLES


def works_here(person):
    """Whether somebody works here, as the staff register has it: one who may not sign in too."""
    return any("staff" in source(person) for source in standing)


def can_close_account(person):
    """Whether a person may close their own account: not while they work here, since it is their record."""
    return not works_here(person) and not person.is_staff


def why_not_erased(person, by):
    """Return the sentences that say why `by` cannot erase a person: none when they can."""
    reasons = []
    if person.erased_at:
        reasons.append("They are erased already.")
    if person == by:
        reasons.append("This is you. Nobody erases themselves.")
    if works_here(person):
        reasons.append("They work here: their account is part of their staff record.")
    if person.is_superuser:
        reasons.append("They may do everything here. Somebody has to take that away first.")
    if names := [ROLES[name].display_name for name in person.roles if ROLES[name].uses_admin]:
        reasons.append(f"They have a role of HR ({', '.join(names)}). Take it off them first.")
    return reasons


def can_make_pack(user, person):
    """Whether a user may have a pack made: the person themself, or HR."""
    return user == person or user.has_perm("accounts.make_accesspack")


def can_open_pack(user, pack):
    """Whether a user may open a pack: its person their own, HR those that HR asked for."""
    if not pack.is_ready:
        return False
    return user == pack.person if pack.is_own else user.has_perm("accounts.make_accesspack")
