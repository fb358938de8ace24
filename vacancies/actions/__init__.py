from vacancies.actions.alert_keeping import (
    ask_whether_alerts_are_wanted,
    delete_alerts_past_their_time,
    end_alerts_that_bounce,
)
from vacancies.actions.alert_runs import run_alerts
from vacancies.actions.alerts import (
    ask_for_alert,
    change_alert,
    confirm_alert,
    delete_subscriber,
    end_alert,
    end_all_alerts,
    keep_alerts,
    send_manage_link,
)
from vacancies.actions.approving import (
    approve_vacancy,
    return_vacancy,
    send_vacancy,
    take_back_vacancy,
)
from vacancies.actions.chats import (
    add_chat_slots,
    book_chat,
    cancel_chat,
    delete_chat_bookings,
    delete_chats_past_their_time,
    remind_of_chats,
    remove_chat_slot,
)
from vacancies.actions.copying import copy_vacancy, relist_vacancy
from vacancies.actions.counting import store_views_counted
from vacancies.actions.drafting import save_step, start_draft
from vacancies.actions.imports import (
    begin_import,
    delete_imports_past_their_time,
    note_export,
    upload_import,
    work_on_imports,
)
from vacancies.actions.publishing import (
    close_vacancy,
    extend_vacancy,
    open_vacancy,
    publish_vacancy,
    unschedule_vacancy,
    withdraw_vacancy,
)
from vacancies.actions.saving import (
    change_nudges,
    delete_saved_past_their_time,
    keep_saved,
    remove_saved,
    save_vacancy,
)
from vacancies.actions.sifting import tell_of_sift_dates
from vacancies.actions.telling import tell_savers_of_notices
from vacancies.actions.writing import change_criteria, change_rows, change_vacancy, create_vacancy

__all__ = [
    "add_chat_slots",
    "approve_vacancy",
    "ask_for_alert",
    "ask_whether_alerts_are_wanted",
    "begin_import",
    "book_chat",
    "cancel_chat",
    "change_alert",
    "change_criteria",
    "change_nudges",
    "change_rows",
    "change_vacancy",
    "close_vacancy",
    "confirm_alert",
    "copy_vacancy",
    "create_vacancy",
    "delete_alerts_past_their_time",
    "delete_chat_bookings",
    "delete_chats_past_their_time",
    "delete_imports_past_their_time",
    "delete_saved_past_their_time",
    "delete_subscriber",
    "end_alert",
    "end_alerts_that_bounce",
    "end_all_alerts",
    "extend_vacancy",
    "keep_alerts",
    "keep_saved",
    "note_export",
    "open_vacancy",
    "publish_vacancy",
    "relist_vacancy",
    "remind_of_chats",
    "remove_chat_slot",
    "remove_saved",
    "return_vacancy",
    "run_alerts",
    "save_step",
    "save_vacancy",
    "send_manage_link",
    "send_vacancy",
    "start_draft",
    "store_views_counted",
    "take_back_vacancy",
    "tell_of_sift_dates",
    "tell_savers_of_notices",
    "unschedule_vacancy",
    "upload_import",
    "withdraw_vacancy",
    "work_on_imports",
]
