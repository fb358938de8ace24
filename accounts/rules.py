"""Who may do what with accounts."""


def can_close_account(person):
    """Whether a person may close their own account: not while they work here, since it is their record."""
    return not person.has_role("staff") and not person.is_staff


def can_make_pack(user, person):
    """Whether a user may have a pack made: the person themself, or HR."""
    return user == person or user.has_perm("accounts.make_accesspack")


def can_open_pack(user, pack):
    """Whether a user may open a pack: its person their own, HR those that HR asked for."""
    if not pack.is_ready:
        return False
    return user == pack.person if pack.is_own else user.has_perm("accounts.make_accesspack")
