import secrets
import uuid
from datetime import timedelta

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.fields import EncryptedTextField
from accounts.retention import months_before, start_of
from accounts.states import MovesThroughStates
from applications.models.kept import KeptQuerySet
from applications.states import (
    APPLICATION_TRANSITIONS,
    DECISION_OF_STATE,
    FINAL_STATES,
    WITHOUT_ANSWER,
    ApplicationState,
    Decision,
    EnteredHow,
    Registration,
    ReserveEnded,
    WithdrawalReason,
)
from vacancies.models import Vacancy

# No vowels, so that no word appears, and nothing that looks like something else.
REFERENCE_LETTERS = "2346789BCDFGHJKMPQRTVWXY"
REFERENCE_LENGTH = 6

# What a person tells us about themselves: never kept in the history, blanked in the end.
PERSONAL_FIELDS = [
    "full_name",
    "phone",
    "address",
    "town",
    "postcode",
    "registration_number",
    "adjustments",
    "left_education_on",
    "travel_miles",
]


def new_reference():
    """Return a random code for an application, such as A-7KQ4XP. It says nothing about the person."""
    code = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(REFERENCE_LENGTH))
    return f"A-{code}"


def new_code():
    """Return the random name under which a panel reads an application. The applicant never sees it."""
    return new_reference().replace("A-", "C-")


class ApplicationQuerySet(KeptQuerySet):
    def of(self, applicant):
        return self.filter(applicant=applicant)

    def written_by(self, person):
        """Applications that are the person's own, and those they wrote down for somebody."""
        return self.filter(Q(applicant=person) | Q(entered_by=person))

    def sent(self):
        """Applications that have been sent. A draft is seen by nobody but its writer."""
        return self.exclude(state=ApplicationState.DRAFT)

    def to_look_at(self):
        """Applications that nobody has started to consider."""
        return self.filter(state=ApplicationState.SUBMITTED)

    def not_withdrawn(self):
        return self.exclude(state=ApplicationState.WITHDRAWN)

    def not_decided(self):
        """Sent applications that have not come to their end."""
        return self.sent().exclude(state__in=FINAL_STATES)

    def without_answer(self):
        """Sent applications whose applicant has heard neither of an offer, a reserve list nor a refusal."""
        told = {"reserve_entries__ended_because__in": ["", ReserveEnded.EXPIRED]}
        return self.filter(state__in=sorted(WITHOUT_ANSWER)).exclude(**told)

    def with_stage_since(self):
        """Annotate `stage_since`, the moment of the last step: how long it has been where it is."""
        last = ApplicationMove.objects.filter(application=models.OuterRef("pk"))
        moved_at = last.order_by("-moved_at", "-pk").values("moved_at")[:1]
        return self.annotate(stage_since=models.Subquery(moved_at))

    def undecided_for_long(self, on):
        """Sent applications whose vacancy closed settings.UNDECIDED_MONTHS before `on`, without an end."""
        since = start_of(months_before(on, settings.UNDECIDED_MONTHS))
        return self.not_decided().filter(vacancy__closed_at__lt=since)


@pghistory.track(exclude=[*PERSONAL_FIELDS, "code"])
class Application(MovesThroughStates, models.Model):
    """One person's application for one vacancy, from its first word to the first day.

    Its answers stand here and in the rows of `applications.models.answers`. The panel knows it by its
    `code`. `entered_by` is who of HR wrote it down for somebody who could not, `entered_how` in what way.
    The e-mail address is the account's. What the person told is gone once `blanked_at` is set: they were
    erased, or it was kept as long as we say.
    """

    TRANSITIONS = APPLICATION_TRANSITIONS

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    code = models.CharField(max_length=8, unique=True, default=new_code, editable=False)
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications"
    )
    one_time_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    state = models.CharField(
        max_length=12,
        choices=ApplicationState.choices,
        default=ApplicationState.DRAFT,
    )

    full_name = models.CharField("full name", max_length=150, blank=True)
    phone = models.CharField("phone number", max_length=30, blank=True)
    address = models.CharField(max_length=200, blank=True)
    town = models.CharField("town or city", max_length=80, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    right_to_work = models.BooleanField("has the right to work in the UK", null=True, blank=True)
    needs_sponsorship = models.BooleanField("needs a visa that we sponsor", null=True, blank=True)
    registration = models.CharField(
        "registration with Social Work England",
        max_length=10,
        choices=Registration.choices,
        blank=True,
    )
    registration_number = models.CharField("Social Work England number", max_length=8, blank=True)
    left_education_on = models.DateField(
        "month of leaving full-time education", null=True, blank=True
    )
    adjustments = EncryptedTextField("what would help at an interview", blank=True)
    travel_miles = models.PositiveSmallIntegerField(
        "how far they would travel, in miles", null=True, blank=True
    )

    started_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=14, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.CharField(
        max_length=15, choices=WithdrawalReason.choices, blank=True
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    entered_how = models.CharField(max_length=8, choices=EnteredHow.choices, blank=True)
    blanked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        permissions = [
            ("move_application", "Can move an application along"),
            ("enter_application", "Can enter an application for somebody"),
        ]
        indexes = [
            models.Index(fields=["applicant", "-started_at"], name="application_of"),
            models.Index(fields=["state", "-submitted_at"], name="application_by_state"),
            # HR's list, the newest first, and its board.
            models.Index(
                fields=["-submitted_at", "-id"],
                condition=~Q(state=ApplicationState.DRAFT),
                name="application_sent_newest",
            ),
            models.Index(fields=["vacancy", "state"], name="application_of_vacancy"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "vacancy"],
                condition=~Q(state=ApplicationState.WITHDRAWN),
                name="one_application_a_person_a_vacancy",
                violation_error_message="This person already has an application for this job.",
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.DRAFT, submitted_at__isnull=True)
                | ~Q(state=ApplicationState.DRAFT) & Q(submitted_at__isnull=False),
                name="application_submitted_at_when_sent",
                violation_error_message="A sent application has the moment it was sent.",
            ),
            models.CheckConstraint(
                condition=Q(entered_how="", entered_by__isnull=True)
                | ~Q(entered_how="") & Q(entered_by__isnull=False),
                name="application_entered_how_and_by_together",
                violation_error_message="Say both how it came and who wrote it down.",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | ~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="application_decision_all_or_none",
                violation_error_message="A decision has a date and a person.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(DECISION_OF_STATE)) & ~Q(decision="")
                | ~Q(state__in=list(DECISION_OF_STATE)) & Q(decision=""),
                name="application_decision_when_decided",
                violation_error_message="An application that was decided has its decision.",
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.WITHDRAWN, withdrawn_at__isnull=False)
                | ~Q(state=ApplicationState.WITHDRAWN)
                & Q(withdrawn_at__isnull=True, withdrawal_reason=""),
                name="application_withdrawn_at_when_withdrawn",
                violation_error_message="A withdrawn application has the moment it was withdrawn.",
            ),
            models.CheckConstraint(
                condition=Q(registration_number="")
                | Q(
                    registration=Registration.REGISTERED,
                    registration_number__regex=r"^SW[0-9]{1,6}$",
                ),
                name="application_registration_number_form",
                violation_error_message="A registration number is SW and up to 6 digits.",
            ),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("applications:application-detail", args=[self.reference])

    @property
    def is_draft(self):
        return self.state == ApplicationState.DRAFT

    @property
    def is_over(self):
        return self.state in FINAL_STATES

    @property
    def told_on(self):
        """The day it was sent, or begun while it is a draft."""
        return timezone.localdate(self.submitted_at or self.started_at)

    @property
    def withdrawal_can_be_taken_back_until(self):
        """The moment up to which a withdrawn application can come back."""
        return self.withdrawn_at + timedelta(hours=settings.WITHDRAWAL_UNDO_HOURS)

    def cv(self):
        """Return the CV that is attached, or None."""
        return self.documents.first()


class ApplicationMove(models.Model):
    """One step of an application, who made it and what the applicant was told: its own history.

    `moved_by` is empty when no person did it, as when somebody's account was erased.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=12, choices=ApplicationState.choices)
    to_state = models.CharField(max_length=12, choices=ApplicationState.choices)
    moved_at = models.DateTimeField(default=timezone.now)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    words = models.TextField("words to the applicant", max_length=2000, blank=True)

    class Meta:
        ordering = ["moved_at", "pk"]
        indexes = [
            models.Index(fields=["application", "moved_at"], name="application_moved_at"),
        ]

    def __str__(self):
        return f"{self.get_from_state_display()} to {self.get_to_state_display()}"
