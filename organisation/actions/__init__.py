from organisation.actions.staff import add_staff_member, change_staff_member

__all__ = ["add_staff_member", "change_staff_member"]
