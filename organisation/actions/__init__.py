from organisation.actions.leaving import let_go, let_go_of_leavers
from organisation.actions.posts import fill_post, leave_posts
from organisation.actions.register import (
    begin_register_import,
    delete_register_imports_past_their_time,
    forget_rows_of,
    upload_register,
    work_on_register_imports,
)
from organisation.actions.staff import add_staff_member, change_staff_member
from organisation.actions.working_time import (
    delete_working_time_past_its_time,
    forget_working_time_of,
    keep_absence,
    keep_opening_balance,
    keep_working_pattern,
    remove_absence,
    remove_opening_balance,
    remove_working_pattern,
)

__all__ = [
    "add_staff_member",
    "begin_register_import",
    "change_staff_member",
    "delete_register_imports_past_their_time",
    "delete_working_time_past_its_time",
    "fill_post",
    "forget_rows_of",
    "forget_working_time_of",
    "keep_absence",
    "keep_opening_balance",
    "keep_working_pattern",
    "leave_posts",
    "let_go",
    "let_go_of_leavers",
    "remove_absence",
    "remove_opening_balance",
    "remove_working_pattern",
    "upload_register",
    "work_on_register_imports",
]
