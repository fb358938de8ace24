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
from applications.actions.bulk import (
    begin_bulk,
    carry_out_bulk,
    choose_applications,
    delete_bulks_past_their_time,
    describe_bulk,
    work_on_bulks,
)
from applications.actions.chasing import chase_drafts, chase_readers, hold_on_to_applicants
from applications.actions.checks import (
    begin_missing_checks,
    confirm_check,
    confirm_left_out,
    doubt_check,
    hand_check_on,
    leave_check_out,
    note_record_taken,
    note_what_was_seen,
    take_check_up,
    undo_confirmation,
)
from applications.actions.copying import begin_application, copy_answers
from applications.actions.deciding import move_application, submit_application, withdraw_application
from applications.actions.declarations import open_declaration, save_declaration
from applications.actions.destroying import destroy_check_details
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
from applications.actions.drafts import delete_draft
from applications.actions.entering import enter_application
from applications.actions.erasing import erase_applications
from applications.actions.first_day import (
    agree_early_start,
    begin_work_that_is_due,
    cancel_start,
    confirm_offer,
    move_start,
)
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
from applications.actions.interview_choosing import (
    ask_another_time,
    choose_slot,
    give_slot_back,
    settle_another_time,
)
from applications.actions.interview_deciding import (
    decide_interview_outcome,
    propose_interview_outcome,
    undo_interview_outcome,
)
from applications.actions.interview_scoring import (
    answer_interview_second_read,
    reopen_interview_scores,
    reveal_name,
    save_interview_scores,
)
from applications.actions.interviews import (
    arrange_round,
    cancel_slot,
    change_round,
    invite_to_choose,
    make_slots,
    move_slot,
    remind_of_interviews,
)
from applications.actions.keeping import (
    blank_applications_past_their_time,
    delete_drafts_past_their_time,
)
from applications.actions.looking import open_application
from applications.actions.messages import retire_template, save_template, send_message
from applications.actions.monitoring import (
    delete_monitoring_past_its_time,
    forget_monitoring,
    save_monitoring,
    send_with_monitoring,
)
from applications.actions.nudging import delete_nudges_past_their_time, nudge_savers
from applications.actions.offers import (
    accept_offer,
    answer_question,
    ask_about_offer,
    correct_offer,
    decline_offer,
    lapse_offer,
    make_offer,
    withdraw_offer,
)
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
from applications.actions.reference_answers import (
    accept_reference,
    answer_reference,
    explain_discrepancy,
    open_reference,
    record_reference,
    refuse_reference,
    save_reference_draft,
    set_reference_aside,
)
from applications.actions.references import (
    ask_for_reference,
    change_own_referee,
    correct_referee,
    remind_referees,
    send_reference_link_again,
    stop_reference_request,
)
from applications.actions.registration import (
    confirm_name,
    give_registration_number,
    read_register,
    reject_name,
)
from applications.actions.reserves import end_reserves_past_their_date
from applications.actions.scanning import scan_documents
from applications.actions.scoring import answer_second_read, reopen_scores, save_scores
from applications.actions.sections import save_section
from applications.actions.shortlisting import decide_outcome, propose_outcome, undo_outcome
from applications.actions.typed import forget_typed_words, keep_typed_words
from applications.actions.undoing import take_withdrawal_back, undo_refusal
from applications.actions.vacancies import mark_vacancy_filled, tell_of_notices
from applications.actions.warning import warn_of_deletion

__all__ = [
    "accept_offer",
    "accept_reference",
    "add_row",
    "agree_early_start",
    "answer_interview_second_read",
    "answer_question",
    "answer_reference",
    "answer_second_read",
    "arrange_round",
    "ask_about_offer",
    "ask_another_time",
    "ask_for_reference",
    "ask_whom_the_register_ends_for",
    "attach_cv",
    "begin_application",
    "begin_assessment",
    "begin_bulk",
    "begin_missing_checks",
    "begin_work_that_is_due",
    "blank_applications_past_their_time",
    "cancel_slot",
    "cancel_start",
    "carry_out_bulk",
    "change_own_referee",
    "change_round",
    "change_row",
    "chase_drafts",
    "chase_readers",
    "choose_applications",
    "choose_slot",
    "confirm_check",
    "confirm_left_out",
    "confirm_name",
    "confirm_offer",
    "copy_answers",
    "correct_offer",
    "correct_referee",
    "decide_interview_outcome",
    "decide_outcome",
    "declare_conflict",
    "declare_interests",
    "decline_offer",
    "delete_bulks_past_their_time",
    "delete_draft",
    "delete_drafts_past_their_time",
    "delete_interests_past_their_end",
    "delete_monitoring_past_its_time",
    "delete_nudges_past_their_time",
    "delete_orphan_files",
    "describe_bulk",
    "destroy_check_details",
    "destroy_disclosures_past_their_time",
    "doubt_check",
    "end_places_of_leavers",
    "end_readers_who_left",
    "end_reserves_past_their_date",
    "enter_application",
    "erase_applications",
    "explain_discrepancy",
    "export_applications",
    "finish_rows",
    "forget_monitoring",
    "forget_typed_words",
    "give_registration_number",
    "give_slot_back",
    "hand_check_on",
    "hold_on_to_applicants",
    "invite_to_apply",
    "invite_to_choose",
    "keep_typed_words",
    "lapse_offer",
    "leave_check_out",
    "leave_register",
    "make_offer",
    "make_slots",
    "mark_vacancy_filled",
    "move_application",
    "move_slot",
    "move_start",
    "name_reader",
    "note_record_taken",
    "note_register_seen",
    "note_what_was_seen",
    "nudge_savers",
    "open_application",
    "open_assessment",
    "open_declaration",
    "open_document",
    "open_reference",
    "open_search",
    "propose_decision",
    "propose_interview_outcome",
    "propose_outcome",
    "put_on_panel",
    "read_application",
    "read_register",
    "record_reference",
    "record_search",
    "refuse_reference",
    "register_interest",
    "reject_name",
    "remind_of_declarations",
    "remind_of_interviews",
    "remind_referees",
    "remove_cv",
    "remove_reader",
    "remove_row",
    "renew_interest",
    "reopen_interview_scores",
    "reopen_scores",
    "reply_to_assessment",
    "reply_to_search",
    "retire_template",
    "reveal_name",
    "save_assessment",
    "save_declaration",
    "save_interview_scores",
    "save_left_education",
    "save_monitoring",
    "save_reference_draft",
    "save_scores",
    "save_section",
    "save_template",
    "scan_documents",
    "send_cv_again",
    "send_message",
    "send_reference_link_again",
    "send_with_monitoring",
    "set_reference_aside",
    "settle_another_time",
    "sign_decision",
    "start_application",
    "stop_reference_request",
    "submit_application",
    "take_check_up",
    "take_off_panel",
    "take_up_again",
    "take_withdrawal_back",
    "tell_of_notices",
    "tell_panels_what_waits",
    "undo_confirmation",
    "undo_interview_outcome",
    "undo_outcome",
    "undo_refusal",
    "warn_of_deletion",
    "withdraw_application",
    "withdraw_offer",
    "work_on_bulks",
]
