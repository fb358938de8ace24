import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from accounts.states import MovesThroughStates
from organisation.models import District, Grade, Role, Team
from vacancies.models.campaigns import Campaign
from vacancies.models.choices import Contract, DBSLevel, Driving, Pattern, Visibility
from vacancies.models.querysets import VacancyQuerySet
from vacancies.models.search import fill_search_columns
from vacancies.states import OVER, PUBLISHED, VACANCY_TRANSITIONS, VacancyState


@pghistory.track(exclude=["reference", "search_vector", "search_heads", "one_time_key"])
class Vacancy(MovesThroughStates, models.Model):
    """A job the council advertises, from draft to filled.

    `reference` ("HCC-1042") is made by the database from the key, so it is unique and never used
    twice. Salaries are whole pounds a year for full time. A vacancy is open while it is live and the
    date in London is on or between `opens_on` and `closes_on`. `body` and `benefits` are Markdown.
    A `rolling` advert stays open while applications are read on its sift dates; its `closes_on` is the
    day until which it has been agreed. `paid_weeks` are the weeks a year a term-time post is paid for.
    `finished_steps` are the parts of the advert that its writer has gone through.
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

    campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.PROTECT, related_name="vacancies"
    )
    copied_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="copies",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    number_of_posts = models.PositiveSmallIntegerField(default=1)

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
    paid_weeks = models.DecimalField(
        "paid weeks a year",
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="For term-time posts, holidays included. Leave empty for the whole year.",
    )

    place_name = models.CharField("place", max_length=80)
    postcode = models.CharField(max_length=8, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="vacancies")

    opens_on = models.DateField()
    closes_on = models.DateField(help_text="People can apply until 11:59pm.")
    interview_on = models.DateField(null=True, blank=True)
    rolling = models.BooleanField(
        "always open",
        default=False,
        help_text="Applications are read on the sift dates; the closing date is when we look again.",
    )
    visibility = models.CharField(
        "who sees it", max_length=12, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    public_from = models.DateField(
        "everyone from", null=True, blank=True, help_text="For staff first."
    )

    newly_qualified_welcome = models.BooleanField(default=False)
    driving = models.CharField(max_length=12, choices=Driving.choices, default=Driving.NOT_NEEDED)
    driving_alternatives = models.CharField(
        "if you cannot drive",
        max_length=200,
        blank=True,
        help_text="Another way to get about that would do, such as a paid driver or public transport.",
    )
    sponsorship_possible = models.BooleanField(
        default=False, help_text="We could sponsor a Skilled Worker visa for this post."
    )
    dbs_level = models.CharField(
        "criminal record check",
        max_length=16,
        choices=DBSLevel.choices,
        default=DBSLevel.ENHANCED_BARRED,
    )
    takes_cv = models.BooleanField(
        "takes a CV",
        default=False,
        help_text="Applicants may add one. The form is what the panel reads; a CV is shown from the "
        "interview on.",
    )
    shows_employers = models.BooleanField(
        "the panel reads the names of employers",
        default=False,
        help_text="Otherwise they are hidden until the interview, like the names of schools.",
    )
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
    submitted_at = models.DateTimeField(
        "sent for approval at", null=True, blank=True, editable=False
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    filled_at = models.DateTimeField(null=True, blank=True, editable=False)
    finished_steps = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, editable=False
    )
    closed_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Closed or withdrawn."
    )
    one_time_key = models.UUIDField(
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text="Of the form that made it, so that sending it twice makes one.",
    )
    search_heads = SearchVectorField(null=True, editable=False)
    search_vector = SearchVectorField(null=True, editable=False)

    objects = VacancyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "vacancies"
        ordering = ["-pk"]
        permissions = [
            ("draft_vacancy", "Can draft vacancies they hire for"),
            ("publish_vacancy", "Can publish a vacancy"),
            ("withdraw_vacancy", "Can withdraw a vacancy"),
        ]
        triggers = [fill_search_columns()]
        indexes = [
            # Only what is published is searched, so the index stays small as old adverts gather.
            GinIndex(fields=["search_vector"], name="vacancy_search"),
            GinIndex(fields=["patterns"], name="vacancy_patterns"),
            models.Index(
                fields=["closes_on", "opens_on"],
                condition=Q(state__in=sorted(PUBLISHED)),
                name="vacancy_published",
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
                        VacancyState.SCHEDULED,
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
            models.CheckConstraint(
                condition=Q(visibility=Visibility.STAFF_FIRST, public_from__gt=F("opens_on"))
                | ~Q(visibility=Visibility.STAFF_FIRST) & Q(public_from__isnull=True),
                name="vacancy_staff_first_has_a_public_date",
                violation_error_message="Staff first needs a date for everyone after the opening "
                "date; other adverts have none.",
            ),
            models.CheckConstraint(
                condition=Q(public_from__isnull=True) | Q(public_from__lte=F("closes_on")),
                name="vacancy_is_for_everyone_before_it_closes",
                violation_error_message="Everyone must see it before it closes.",
            ),
            models.CheckConstraint(
                condition=Q(paid_weeks__isnull=True) | Q(paid_weeks__gt=0, paid_weeks__lte=53),
                name="vacancy_paid_weeks_are_possible",
                violation_error_message="Paid weeks must be above 0 and at most 53.",
            ),
            models.CheckConstraint(
                condition=Q(number_of_posts__gte=1),
                name="vacancy_is_for_a_post",
                violation_error_message="There must be at least one post.",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("submitted_by")),
                name="vacancy_nobody_approves_their_own",
                violation_error_message="Nobody approves an advert they sent in themselves.",
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

    def is_live(self, on):
        """Say whether it is published and begun on the date `on`, open or past its closing date."""
        return self.state in PUBLISHED and self.opens_on <= on

    def is_open(self, on):
        """Say whether somebody can apply on the date `on`: everyone, or only staff."""
        return self.is_live(on) and on <= self.closes_on

    def is_public(self, on):
        """Say whether the advert is for everyone, not staff only, on the date `on`."""
        if self.visibility == Visibility.STAFF_FIRST:
            return self.public_from <= on
        return self.visibility == Visibility.PUBLIC

    def is_gone(self, on):
        """Say whether people could see it once and cannot apply any more on the date `on`."""
        over = self.state in OVER or self.closes_on < on
        return self.published_at is not None and self.opens_on <= on and over
