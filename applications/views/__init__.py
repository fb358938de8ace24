from applications.views.applying import (
    application_check,
    application_cv,
    application_cv_remove,
    application_details,
    application_start,
    application_statement,
    application_submitted,
)
from applications.views.following import (
    application_detail,
    application_list,
    application_withdraw,
    document_download,
)
from applications.views.monitoring import application_equality, application_equality_questions
from applications.views.scanning import application_cv_again
from applications.views.typed import application_typed, application_typed_drop
from applications.views.undoing import application_withdraw_undo

__all__ = [
    "application_check",
    "application_cv",
    "application_cv_again",
    "application_cv_remove",
    "application_detail",
    "application_details",
    "application_equality",
    "application_equality_questions",
    "application_list",
    "application_start",
    "application_statement",
    "application_submitted",
    "application_typed",
    "application_typed_drop",
    "application_withdraw",
    "application_withdraw_undo",
    "document_download",
]
