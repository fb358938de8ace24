from applications.actions.answering import start_application
from applications.actions.assessments import (
    begin_assessment,
    open_assessment,
    propose_decision,
    reply_to_assessment,
    save_assessment,
    sign_decision,
    take_up_again,
)
from applications.actions.deciding import move_application, submit_application, withdraw_application
from applications.actions.declarations import open_declaration, save_declaration
from applications.actions.disclosure import (
    destroy_disclosures_past_their_time,
    remind_of_declarations,
)
from applications.actions.disclosure_readers import (
    end_readers_who_left,
    name_reader,
    remove_reader,
)
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
from applications.actions.online_search import open_search, record_search, reply_to_search
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
    "begin_assessment",
    "blank_applications_past_their_time",
    "change_row",
    "decide_outcome",
    "declare_conflict",
    "declare_interests",
    "delete_drafts_past_their_time",
    "delete_monitoring_past_its_time",
    "delete_nudges_past_their_time",
    "delete_orphan_files",
    "destroy_disclosures_past_their_time",
    "end_places_of_leavers",
    "end_readers_who_left",
    "enter_application",
    "erase_applications",
    "export_applications",
    "finish_rows",
    "forget_monitoring",
    "forget_typed_words",
    "keep_typed_words",
    "mark_vacancy_filled",
    "move_application",
    "name_reader",
    "nudge_savers",
    "open_assessment",
    "open_declaration",
    "open_document",
    "open_search",
    "propose_decision",
    "propose_outcome",
    "put_on_panel",
    "read_application",
    "record_search",
    "remind_of_declarations",
    "remove_cv",
    "remove_reader",
    "remove_row",
    "reopen_scores",
    "reply_to_assessment",
    "reply_to_search",
    "save_assessment",
    "save_declaration",
    "save_left_education",
    "save_monitoring",
    "save_scores",
    "save_section",
    "scan_documents",
    "send_cv_again",
    "send_with_monitoring",
    "sign_decision",
    "start_application",
    "submit_application",
    "take_off_panel",
    "take_up_again",
    "take_withdrawal_back",
    "tell_of_notices",
    "tell_panels_what_waits",
    "undo_outcome",
    "withdraw_application",
]
