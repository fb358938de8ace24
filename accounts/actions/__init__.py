from accounts.actions.people import change_roles, create_person, erase_person

__all__ = ["change_roles", "create_person", "erase_person"]
