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

__all__ = [
    "application_check",
    "application_cv",
    "application_cv_remove",
    "application_detail",
    "application_details",
    "application_list",
    "application_start",
    "application_statement",
    "application_submitted",
    "application_withdraw",
    "document_download",
]
