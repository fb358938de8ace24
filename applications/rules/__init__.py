"""Who may do what. Those of a panel have rules.panel."""

from applications.rules.applications import (
    can_answer_monitoring,
    can_change_answers,
    can_enter_application,
    can_move_application,
    can_open_document,
    can_see_application,
    can_see_equality_report,
    can_send_cv_again,
    can_start_application,
    can_submit_application,
    can_take_withdrawal_back,
    can_type_words,
    can_withdraw_application,
    is_gone_for_good,
    is_writer,
    moves_for_hr,
)

__all__ = [
    "can_answer_monitoring",
    "can_change_answers",
    "can_enter_application",
    "can_move_application",
    "can_open_document",
    "can_see_application",
    "can_see_equality_report",
    "can_send_cv_again",
    "can_start_application",
    "can_submit_application",
    "can_take_withdrawal_back",
    "can_type_words",
    "can_withdraw_application",
    "is_gone_for_good",
    "is_writer",
    "moves_for_hr",
]
