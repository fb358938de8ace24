from applications.actions.answering import start_application
from applications.actions.deciding import move_application, submit_application, withdraw_application
from applications.actions.documents import attach_cv, delete_orphan_files, open_document, remove_cv
from applications.actions.entering import enter_application
from applications.actions.erasing import erase_applications
from applications.actions.history import (
    add_row,
    change_row,
    finish_rows,
    remove_row,
    save_left_education,
)
from applications.actions.keeping import (
    blank_applications_past_their_time,
    delete_drafts_past_their_time,
)
from applications.actions.nudging import delete_nudges_past_their_time, nudge_savers
from applications.actions.sections import save_section
from applications.actions.vacancies import mark_vacancy_filled, tell_of_notices

__all__ = [
    "add_row",
    "attach_cv",
    "blank_applications_past_their_time",
    "change_row",
    "delete_drafts_past_their_time",
    "delete_nudges_past_their_time",
    "delete_orphan_files",
    "enter_application",
    "erase_applications",
    "finish_rows",
    "mark_vacancy_filled",
    "move_application",
    "nudge_savers",
    "open_document",
    "remove_cv",
    "remove_row",
    "save_left_education",
    "save_section",
    "start_application",
    "submit_application",
    "tell_of_notices",
    "withdraw_application",
]
