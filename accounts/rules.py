"""Who may do what with accounts."""


def can_close_account(person):
    """Whether a person may close their own account: not while they work here, since it is their record."""
    return not person.has_role("staff") and not person.is_staff
