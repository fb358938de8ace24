from vacancies.actions.counting import store_views_counted
from vacancies.actions.imports import (
    begin_import,
    delete_imports_past_their_time,
    note_export,
    upload_import,
    work_on_imports,
)
from vacancies.actions.publishing import close_vacancy, publish_vacancy, withdraw_vacancy
from vacancies.actions.writing import change_criteria, change_vacancy, create_vacancy

__all__ = [
    "begin_import",
    "change_criteria",
    "change_vacancy",
    "close_vacancy",
    "create_vacancy",
    "delete_imports_past_their_time",
    "note_export",
    "publish_vacancy",
    "store_views_counted",
    "upload_import",
    "withdraw_vacancy",
    "work_on_imports",
]
