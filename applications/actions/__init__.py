from applications.actions.answering import start_application
from applications.actions.deciding import move_application, submit_application, withdraw_application
from applications.actions.documents import (
    attach_cv,
    delete_orphan_files,
    open_document,
    remove_cv,
    send_cv_again,
)
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
from applications.actions.monitoring import (
    delete_monitoring_past_its_time,
    forget_monitoring,
    save_monitoring,
    send_with_monitoring,
)
from applications.actions.nudging import delete_nudges_past_their_time, nudge_savers
from applications.actions.scanning import scan_documents
from applications.actions.sections import save_section
from applications.actions.typed import forget_typed_words, keep_typed_words
from applications.actions.undoing import take_withdrawal_back
from applications.actions.vacancies import mark_vacancy_filled, tell_of_notices

__all__ = [
    "add_row",
    "attach_cv",
    "blank_applications_past_their_time",
    "change_row",
    "delete_drafts_past_their_time",
    "delete_monitoring_past_its_time",
    "delete_nudges_past_their_time",
    "delete_orphan_files",
    "enter_application",
    "erase_applications",
    "finish_rows",
    "forget_monitoring",
    "forget_typed_words",
    "keep_typed_words",
    "mark_vacancy_filled",
    "move_application",
    "nudge_savers",
    "open_document",
    "remove_cv",
    "remove_row",
    "save_left_education",
    "save_monitoring",
    "save_section",
    "scan_documents",
    "send_cv_again",
    "send_with_monitoring",
    "start_application",
    "submit_application",
    "take_withdrawal_back",
    "tell_of_notices",
    "withdraw_application",
]
