"""Who may do what with the staff register."""


def can_import_register(user):
    """HR reads lists of staff and of absence in."""
    return user.has_perm("organisation.import_register")
