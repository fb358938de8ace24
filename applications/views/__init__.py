from applications.views.applying import (
    application_check,
    application_cv,
    application_cv_remove,
    application_start,
    application_submitted,
)
from applications.views.checks import registration_number
from applications.views.copying import application_copy
from applications.views.drafts import draft_delete
from applications.views.following import (
    application_answers,
    application_detail,
    application_list,
    application_withdraw,
    document_download,
)
from applications.views.history import employment_education, employment_list, gap_explain
from applications.views.interests import interest, interest_leave, interest_renew
from applications.views.looks import application_looks
from applications.views.monitoring import application_equality, application_equality_questions
from applications.views.rows import row_add, row_change, row_list, row_remove
from applications.views.scanning import application_cv_again
from applications.views.sections import application_section
from applications.views.typed import application_typed, application_typed_drop
from applications.views.undoing import application_withdraw_undo

__all__ = [
    "application_answers",
    "application_check",
    "application_copy",
    "application_cv",
    "application_cv_again",
    "application_cv_remove",
    "application_detail",
    "application_equality",
    "application_equality_questions",
    "application_list",
    "application_looks",
    "application_section",
    "application_start",
    "application_submitted",
    "application_typed",
    "application_typed_drop",
    "application_withdraw",
    "application_withdraw_undo",
    "document_download",
    "draft_delete",
    "employment_education",
    "employment_list",
    "gap_explain",
    "interest",
    "interest_leave",
    "interest_renew",
    "registration_number",
    "row_add",
    "row_change",
    "row_list",
    "row_remove",
]
