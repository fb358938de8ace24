from enum import StrEnum

from django.db import models


class VacancyState(models.TextChoices):
    DRAFT = "draft", "Draft"
    AWAITING_APPROVAL = "awaiting_approval", "Awaiting approval"
    APPROVED = "approved", "Approved"
    SCHEDULED = "scheduled", "Scheduled"
    LIVE = "live", "Live"
    CLOSED = "closed", "Closed"
    FILLED = "filled", "Filled"
    WITHDRAWN = "withdrawn", "Withdrawn"


# HR may publish a draft directly when somebody else wrote it: who publishes it approves it by that.
VACANCY_TRANSITIONS = {
    VacancyState.DRAFT:             {VacancyState.AWAITING_APPROVAL, VacancyState.SCHEDULED, VacancyState.LIVE,
                                     VacancyState.WITHDRAWN},
    VacancyState.AWAITING_APPROVAL: {VacancyState.DRAFT, VacancyState.APPROVED, VacancyState.WITHDRAWN},
    VacancyState.APPROVED:          {VacancyState.DRAFT, VacancyState.SCHEDULED, VacancyState.LIVE,
                                     VacancyState.WITHDRAWN},
    VacancyState.SCHEDULED:         {VacancyState.DRAFT, VacancyState.LIVE, VacancyState.WITHDRAWN},
    VacancyState.LIVE:              {VacancyState.CLOSED, VacancyState.WITHDRAWN},
    VacancyState.CLOSED:            {VacancyState.FILLED},
    VacancyState.FILLED:            set(),
    VacancyState.WITHDRAWN:         set(),
}  # fmt: skip

# Published: the public sees it from its opening day on, by the clock.
PUBLISHED = frozenset({VacancyState.SCHEDULED, VacancyState.LIVE})

# Nobody can apply any more: the address of the advert answers "gone" if it was ever public.
OVER = frozenset({VacancyState.CLOSED, VacancyState.FILLED, VacancyState.WITHDRAWN})


class VacancyEvent(StrEnum):
    VACANCY_CREATED = "vacancy_created"
    VACANCY_CHANGED = "vacancy_changed"
    VACANCY_SENT_FOR_APPROVAL = "vacancy_sent_for_approval"
    VACANCY_TAKEN_BACK = "vacancy_taken_back"
    VACANCY_RETURNED = "vacancy_returned"
    VACANCY_APPROVED = "vacancy_approved"
    VACANCY_SCHEDULED = "vacancy_scheduled"
    VACANCY_UNSCHEDULED = "vacancy_unscheduled"
    VACANCY_OPENED = "vacancy_opened"
    VACANCY_EXTENDED = "vacancy_extended"
    VACANCY_COPIED = "vacancy_copied"
    VACANCY_RELISTED = "vacancy_relisted"
    VACANCY_FILLED = "vacancy_filled"
    VACANCY_PUBLISHED = "vacancy_published"
    VACANCY_WITHDRAWN = "vacancy_withdrawn"
    VACANCY_CLOSED = "vacancy_closed"
    SIFT_TOLD = "sift_told"


class AlertState(models.TextChoices):
    AWAITING_CONFIRMATION = "awaiting_confirmation", "Awaiting confirmation"
    ACTIVE = "active", "Active"
    ENDED = "ended", "Ended"


ALERT_TRANSITIONS = {
    AlertState.AWAITING_CONFIRMATION: {AlertState.ACTIVE, AlertState.ENDED},
    AlertState.ACTIVE:                {AlertState.ENDED},
    AlertState.ENDED:                 set(),
}  # fmt: skip


class AlertEvent(StrEnum):
    ALERT_ASKED_FOR = "alert_asked_for"
    ALERT_CONFIRMED = "alert_confirmed"
    ALERT_CHANGED = "alert_changed"
    ALERT_ENDED = "alert_ended"
    ALERTS_KEPT = "alerts_kept"
    ALERTS_DELETED = "alerts_deleted"


class ChatEvent(StrEnum):
    """What happens to the informal chats about a vacancy."""

    CHATS_OFFERED = "chats_offered"
    CHAT_TAKEN_BACK = "chat_taken_back"
    CHAT_BOOKED = "chat_booked"
    CHAT_CANCELLED = "chat_cancelled"


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", "Being checked"
    CHECKED = "checked", "Checked, nothing imported yet"
    APPLYING = "applying", "Being imported"
    APPLIED = "applied", "Imported"
    FAILED = "failed", "Could not be read"


IMPORT_TRANSITIONS = {
    ImportState.UPLOADED: {ImportState.CHECKED, ImportState.FAILED},
    ImportState.CHECKED:  {ImportState.APPLYING},
    ImportState.APPLYING: {ImportState.APPLIED, ImportState.FAILED},
    ImportState.APPLIED:  set(),
    ImportState.FAILED:   set(),
}  # fmt: skip


class RowOutcome(models.TextChoices):
    """What becomes of a row of an imported file."""

    NEW = "new", "A new advert"
    CHANGE = "change", "Changes an advert"
    SAME = "same", "Changes nothing"
    BAD = "bad", "Has errors"


class ImportEvent(StrEnum):
    FILE_UPLOADED = "file_uploaded"
    IMPORT_BEGUN = "import_begun"
    IMPORT_FINISHED = "import_finished"
    FILE_DELETED = "file_deleted"
    VACANCIES_EXPORTED = "vacancies_exported"
