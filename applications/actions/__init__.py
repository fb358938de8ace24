from applications.actions.answering import save_details, save_statement, start_application
from applications.actions.deciding import move_application, submit_application, withdraw_application
from applications.actions.documents import attach_cv, delete_orphan_files, open_document, remove_cv
from applications.actions.entering import enter_application
from applications.actions.erasing import erase_applications
from applications.actions.keeping import (
    blank_applications_past_their_time,
    delete_drafts_past_their_time,
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
from applications.actions.scoring import answer_second_read, reopen_scores, save_scores
from applications.actions.shortlisting import decide_outcome, propose_outcome, undo_outcome
from applications.actions.vacancies import mark_vacancy_filled, tell_of_notices

__all__ = [
    "answer_second_read",
    "attach_cv",
    "blank_applications_past_their_time",
    "decide_outcome",
    "declare_conflict",
    "declare_interests",
    "delete_drafts_past_their_time",
    "delete_nudges_past_their_time",
    "delete_orphan_files",
    "end_places_of_leavers",
    "enter_application",
    "erase_applications",
    "export_applications",
    "mark_vacancy_filled",
    "move_application",
    "nudge_savers",
    "open_document",
    "propose_outcome",
    "put_on_panel",
    "read_application",
    "remove_cv",
    "reopen_scores",
    "save_details",
    "save_scores",
    "save_statement",
    "start_application",
    "submit_application",
    "take_off_panel",
    "tell_of_notices",
    "tell_panels_what_waits",
    "undo_outcome",
    "withdraw_application",
]
