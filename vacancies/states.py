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


# HR may publish a draft directly: the council's HR is itself the one who approves.
VACANCY_TRANSITIONS = {
    VacancyState.DRAFT:             {VacancyState.AWAITING_APPROVAL, VacancyState.LIVE, VacancyState.WITHDRAWN},
    VacancyState.AWAITING_APPROVAL: {VacancyState.DRAFT, VacancyState.APPROVED, VacancyState.WITHDRAWN},
    VacancyState.APPROVED:          {VacancyState.DRAFT, VacancyState.SCHEDULED, VacancyState.LIVE,
                                     VacancyState.WITHDRAWN},
    VacancyState.SCHEDULED:         {VacancyState.DRAFT, VacancyState.LIVE, VacancyState.WITHDRAWN},
    VacancyState.LIVE:              {VacancyState.CLOSED, VacancyState.WITHDRAWN},
    VacancyState.CLOSED:            {VacancyState.FILLED},
    VacancyState.FILLED:            set(),
    VacancyState.WITHDRAWN:         set(),
}  # fmt: skip

# Nobody can apply any more: the address of the advert answers "gone" if it was ever public.
OVER = frozenset({VacancyState.CLOSED, VacancyState.FILLED, VacancyState.WITHDRAWN})


class VacancyEvent(StrEnum):
    VACANCY_CREATED = "vacancy_created"
    VACANCY_CHANGED = "vacancy_changed"
    VACANCY_PUBLISHED = "vacancy_published"
    VACANCY_WITHDRAWN = "vacancy_withdrawn"
    VACANCY_CLOSED = "vacancy_closed"
