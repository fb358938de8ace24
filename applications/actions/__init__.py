from applications.actions.answering import start_application
from applications.actions.copying import begin_application, copy_answers
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
from applications.actions.interests import (
    ask_whom_the_register_ends_for,
    delete_interests_past_their_end,
    invite_to_apply,
    leave_register,
    note_register_seen,
    register_interest,
    renew_interest,
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
from applications.actions.panels import (
    declare_conflict,
    declare_interests,
    end_places_of_leavers,
    export_applications,
    put_on_panel,
    read_application,
    take_off_panel,
    tell_panels_what_waits,
)
from applications.actions.scanning import scan_documents
from applications.actions.scoring import answer_second_read, reopen_scores, save_scores
from applications.actions.sections import save_section
from applications.actions.shortlisting import decide_outcome, propose_outcome, undo_outcome
from applications.actions.typed import forget_typed_words, keep_typed_words
from applications.actions.undoing import take_withdrawal_back
from applications.actions.vacancies import mark_vacancy_filled, tell_of_notices

__all__ = [
    "add_row",
    "answer_second_read",
    "ask_whom_the_register_ends_for",
    "attach_cv",
    "begin_application",
    "blank_applications_past_their_time",
    "change_row",
    "copy_answers",
    "decide_outcome",
    "declare_conflict",
    "declare_interests",
    "delete_drafts_past_their_time",
    "delete_interests_past_their_end",
    "delete_monitoring_past_its_time",
    "delete_nudges_past_their_time",
    "delete_orphan_files",
    "end_places_of_leavers",
    "enter_application",
    "erase_applications",
    "export_applications",
    "finish_rows",
    "forget_monitoring",
    "forget_typed_words",
    "invite_to_apply",
    "keep_typed_words",
    "leave_register",
    "mark_vacancy_filled",
    "move_application",
    "note_register_seen",
    "nudge_savers",
    "open_document",
    "propose_outcome",
    "put_on_panel",
    "read_application",
    "register_interest",
    "remove_cv",
    "remove_row",
    "renew_interest",
    "reopen_scores",
    "save_left_education",
    "save_monitoring",
    "save_scores",
    "save_section",
    "scan_documents",
    "send_cv_again",
    "send_with_monitoring",
    "start_application",
    "submit_application",
    "take_off_panel",
    "take_withdrawal_back",
    "tell_of_notices",
    "tell_panels_what_waits",
    "undo_outcome",
    "withdraw_application",
]
