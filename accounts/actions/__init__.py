from accounts.actions.holds import place_hold, release_hold
from accounts.actions.keeping import (
    carry_out,
    carry_out_everything,
    delete_audit_past_its_time,
    delete_history_past_its_time,
    delete_in_batches,
)
from accounts.actions.packs import (
    ask_for_pack,
    delete_packs,
    delete_packs_of,
    forget_choices_about,
    make_packs,
    open_pack,
    review_part,
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
    what_erasing_takes,
)
from accounts.actions.periods import decide_period, first_day_of_a_change, take_period_back

__all__ = [
    "ask_for_pack",
    "carry_out",
    "carry_out_everything",
    "change_roles",
    "close_account",
    "create_person",
    "decide_period",
    "delete_audit_past_its_time",
    "delete_history_past_its_time",
    "delete_in_batches",
    "delete_packs",
    "delete_packs_of",
    "erase_person",
    "first_day_of_a_change",
    "forget_choices_about",
    "make_packs",
    "open_pack",
    "place_hold",
    "release_hold",
    "rename_person",
    "review_part",
    "sign_out_everywhere",
    "take_granted_roles",
    "take_period_back",
    "vouch_for_person",
    "what_erasing_takes",
]
