from applications.actions.answering import start_application
from applications.actions.bulk import (
    begin_bulk,
    carry_out_bulk,
    choose_applications,
    delete_bulks_past_their_time,
    describe_bulk,
    work_on_bulks,
)
from applications.actions.chasing import chase_drafts, chase_readers, hold_on_to_applicants
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
from applications.actions.messages import retire_template, save_template, send_message
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
    "attach_cv",
    "begin_bulk",
    "blank_applications_past_their_time",
    "carry_out_bulk",
    "change_row",
    "chase_drafts",
    "chase_readers",
    "choose_applications",
    "decide_outcome",
    "declare_conflict",
    "declare_interests",
    "delete_bulks_past_their_time",
    "delete_drafts_past_their_time",
    "delete_monitoring_past_its_time",
    "delete_nudges_past_their_time",
    "delete_orphan_files",
    "describe_bulk",
    "end_places_of_leavers",
    "enter_application",
    "erase_applications",
    "export_applications",
    "finish_rows",
    "forget_monitoring",
    "forget_typed_words",
    "hold_on_to_applicants",
    "keep_typed_words",
    "mark_vacancy_filled",
    "move_application",
    "nudge_savers",
    "open_document",
    "propose_outcome",
    "put_on_panel",
    "read_application",
    "remove_cv",
    "remove_row",
    "reopen_scores",
    "retire_template",
    "save_left_education",
    "save_monitoring",
    "save_scores",
    "save_section",
    "save_template",
    "scan_documents",
    "send_cv_again",
    "send_message",
    "send_with_monitoring",
    "start_application",
    "submit_application",
    "take_off_panel",
    "take_withdrawal_back",
    "tell_of_notices",
    "tell_panels_what_waits",
    "undo_outcome",
    "withdraw_application",
    "work_on_bulks",
]
