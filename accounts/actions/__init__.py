from accounts.actions.keeping import (
    carry_out,
    carry_out_everything,
    delete_audit_past_its_time,
    delete_history_past_its_time,
    delete_in_batches,
)
from accounts.actions.people import (
    change_roles,
    close_account,
    create_person,
    erase_person,
    rename_person,
    sign_out_everywhere,
    take_granted_roles,
    vouch_for_person,
)

__all__ = [
    "carry_out",
    "carry_out_everything",
    "change_roles",
    "close_account",
    "create_person",
    "delete_audit_past_its_time",
    "delete_history_past_its_time",
    "delete_in_batches",
    "erase_person",
    "rename_person",
    "sign_out_everywhere",
    "take_granted_roles",
    "vouch_for_person",
]
