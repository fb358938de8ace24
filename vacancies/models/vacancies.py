from datetime import timedelta

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchRank, SearchVectorField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from accounts.states import MovesThroughStates
from organisation.models import District, Grade, Role, Team
from vacancies.models.search import fill_search_vector, search_query
from vacancies.states import OVER, VACANCY_TRANSITIONS, VacancyState


class Contract(models.TextChoices):
    PERMANENT = "permanent", "Permanent"
    FIXED_TERM = "fixed_term", "Fixed term"
    SECONDMENT = "secondment", "Secondment"


class Pattern(models.TextChoices):
    FULL_TIME = "full_time", "Full time"
    PART_TIME = "part_time", "Part time"
    JOB_SHARE = "job_share", "Job share"
    TERM_TIME = "term_time", "Term time only"
    NINE_DAY_FORTNIGHT = "nine_day_fortnight", "Nine-day fortnight"
    HYBRID = "hybrid", "Some days at home"


class Driving(models.TextChoices):
    NOT_NEEDED = "not_needed", "Not needed"
    ESSENTIAL = "essential", "Essential"


class VacancyQuerySet(models.QuerySet):
    def live(self, on):
        """Published and begun by the date `on`. The timetable may not have closed the past ones yet."""
        return self.filter(state=VacancyState.LIVE, opens_on__lte=on)

    def open_to_applicants(self, on):
        """What the public sees and can apply for on the date `on`: the closing day counts to 23:59."""
        return self.live(on).filter(closes_on__gte=on)

    def past_closing(self, on):
        """Live ones whose closing day was before the date `on`."""
        return self.live(on).filter(closes_on__lt=on)

    def closing_soon(self, on):
        """Open ones that close within `settings.CLOSING_SOON_DAYS` days of `on`, soonest first."""
        last_day = on + timedelta(days=settings.CLOSING_SOON_DAYS)
        return (
            self.open_to_applicants(on).filter(closes_on__lte=last_day).order_by("closes_on", "pk")
        )

    def matching(self, words):
        """Those that the words find, or whose reference they are, with `relevance` to order by."""
        query = search_query(words)
        return self.annotate(relevance=SearchRank(F("search_vector"), query)).filter(
            Q(search_vector=query) | Q(reference__iexact=words.strip())
        )

    def for_cards(self):
        """With what a card shows, and without the long texts it does not."""
        return self.select_related("role", "team", "district").defer(
            "search_vector", "body", "benefits"
        )


@pghistory.track(exclude=["reference", "search_vector"])
class Vacancy(MovesThroughStates, models.Model):
    """A job the council advertises, from draft to filled.

    `reference` ("HCC-1042") is made by the database from the key, so it is unique and never used
    twice. Salaries are whole pounds a year for full time. A vacancy is open while it is live and the
    date in London is on or between `opens_on` and `closes_on`. `body` and `benefits` are Markdown.
    """

    TRANSITIONS = VACANCY_TRANSITIONS

    reference = models.GeneratedField(
        expression=Concat(Value("HCC-"), Cast(F("id") + 1000, models.CharField())),
        output_field=models.CharField(max_length=20),
        db_persist=True,
        unique=True,
    )
    state = models.CharField(
        max_length=20,
        choices=VacancyState.choices,
        default=VacancyState.DRAFT,
        editable=False,
    )
    title = models.CharField(max_length=120)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="vacancies")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="vacancies")
    hiring_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="vacancies_hired_for",
    )
    contact_name = models.CharField(
        max_length=150, blank=True, help_text="Who to ring for an informal chat."
    )
    contact_email = models.EmailField("contact e-mail", blank=True)
    contact_phone = models.CharField(max_length=20, blank=True)

    grade = models.ForeignKey(Grade, on_delete=models.PROTECT, related_name="vacancies")
    salary_from = models.PositiveIntegerField("salary from, £ a year")
    salary_to = models.PositiveIntegerField("salary to, £ a year")
    contract = models.CharField(max_length=12, choices=Contract.choices, default=Contract.PERMANENT)
    contract_months = models.PositiveSmallIntegerField(
        "length in months",
        null=True,
        blank=True,
        help_text="For fixed terms and secondments.",
    )
    patterns = ArrayField(
        models.CharField(max_length=20, choices=Pattern.choices),
        verbose_name="working patterns",
    )
    weekly_hours = models.DecimalField(max_digits=4, decimal_places=2, default=37)

    place_name = models.CharField("place", max_length=80)
    postcode = models.CharField(max_length=8, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="vacancies")

    opens_on = models.DateField()
    closes_on = models.DateField(help_text="People can apply until 11:59pm.")
    interview_on = models.DateField(null=True, blank=True)

    newly_qualified_welcome = models.BooleanField(default=False)
    driving = models.CharField(max_length=12, choices=Driving.choices, default=Driving.NOT_NEEDED)
    summary = models.CharField(max_length=300, help_text="One or two sentences.")
    body = models.TextField("advert", help_text="Markdown: ## heading, - list, **bold**.")
    benefits = models.TextField("what we offer", blank=True, help_text="Markdown, as above.")

    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Closed or withdrawn."
    )
    search_vector = SearchVectorField(null=True, editable=False)

    objects = VacancyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "vacancies"
        ordering = ["-pk"]
        permissions = [
            ("publish_vacancy", "Can publish a vacancy"),
            ("withdraw_vacancy", "Can withdraw a vacancy"),
        ]
        triggers = [fill_search_vector()]
        indexes = [
            GinIndex(fields=["search_vector"], name="vacancy_search"),
            GinIndex(fields=["patterns"], name="vacancy_patterns"),
            models.Index(
                fields=["closes_on", "opens_on"],
                condition=Q(state=VacancyState.LIVE),
                name="vacancy_live",
            ),
            models.Index(fields=["state", "closes_on"], name="vacancy_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(salary_from__gt=0, salary_to__gte=F("salary_from")),
                name="vacancy_salary_is_in_order",
                violation_error_message="The higher salary must not be below the lower one.",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="vacancy_closes_after_it_opens",
                violation_error_message="The closing date must not be before the opening date.",
            ),
            models.CheckConstraint(
                condition=Q(interview_on__isnull=True) | Q(interview_on__gte=F("opens_on")),
                name="vacancy_interviews_after_it_opens",
                violation_error_message="The interview date must not be before the opening date.",
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours__gt=0, weekly_hours__lte=48),
                name="vacancy_weekly_hours_are_possible",
                violation_error_message="Weekly hours must be above 0 and at most 48.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="vacancy_is_somewhere_on_earth",
                violation_error_message="The latitude or longitude is impossible.",
            ),
            models.CheckConstraint(
                condition=Q(patterns__len__gt=0),
                name="vacancy_has_a_working_pattern",
                violation_error_message="Choose at least one working pattern.",
            ),
            models.CheckConstraint(
                condition=Q(contract_months__isnull=True) | ~Q(contract=Contract.PERMANENT),
                name="vacancy_permanent_has_no_length",
                violation_error_message="A permanent job has no length in months.",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="vacancy_published_at_and_by_set_together",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=False)
                | ~Q(
                    state__in=[
                        VacancyState.LIVE,
                        VacancyState.CLOSED,
                        VacancyState.FILLED,
                    ]
                ),
                name="vacancy_published_when_live_or_closed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OVER), closed_at__isnull=False)
                | ~Q(state__in=sorted(OVER)) & Q(closed_at__isnull=True),
                name="vacancy_closed_at_when_over",
            ),
        ]

    def __str__(self):
        # The database makes the reference when it stores the row.
        return f"{self.title} ({self.reference})" if self.pk else self.title

    def get_absolute_url(self):
        return reverse("vacancies:vacancy-detail", args=[self.reference])

    @property
    def needs_registration(self):
        """The role needs registration with Social Work England."""
        return self.role.needs_registration

    def is_open(self, on):
        """Say whether people can apply on the date `on`."""
        return self.state == VacancyState.LIVE and self.opens_on <= on <= self.closes_on

    def is_gone(self, on):
        """Say whether the public could see it once and cannot apply any more on the date `on`."""
        over = self.state in OVER or self.closes_on < on
        return self.published_at is not None and over
