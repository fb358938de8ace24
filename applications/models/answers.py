"""What a person tells in an application, section by section. All of it is personal and has an end date.

None of it is kept in the history: it belongs to its writer alone until it is sent, and is blanked in the
end. Months are kept as the first day of the month.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from applications.models.applications import Application
from vacancies.models import Criterion, OtherPlace


class SectionSave(models.Model):
    """How often a section of an application was saved, and whether its writer said that it is whole.

    `name` is the section's own, such as "contact", or "evidence-" and the key of a criterion. A page that
    was opened at an older `version` is told so. `finished_at` is empty while something is missing.
    `is_copied` says that the answers came from an earlier application, whose reference is `copied_from`, or
    from the staff register where that is empty, and nobody has checked them yet.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="section_saves"
    )
    name = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    is_copied = models.BooleanField("copied, to be checked", default=False)
    copied_from = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "name"], name="section_saved_in_one_row"
            ),
        ]

    def __str__(self):
        return f"{self.name} of {self.application}"


class TypedWords(models.Model):
    """What stands in the boxes of a page and was not saved: kept as somebody types, a row for each tab.

    `page` is the last part of the page's address, `tab` is made by the page, `words` holds what was typed
    by the name of its box. Saving the page deletes the row.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="typed_words"
    )
    page = models.CharField(max_length=80)
    tab = models.UUIDField()
    words = models.JSONField()
    typed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-typed_at", "-pk"]
        verbose_name_plural = "typed words"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "page", "tab"], name="words_typed_in_one_row_a_tab"
            ),
        ]

    def __str__(self):
        return f"{self.page} of {self.application}"


class Answer(models.Model):
    """A row of a section that has several. The key of the form that made it keeps it from being made twice.

    `SECTION` is the name of the section.
    """

    SECTION = ""

    application = models.ForeignKey(Application, on_delete=models.CASCADE)
    one_time_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Qualification(Answer):
    """A qualification, reached or expected on `finished_on` (a month)."""

    SECTION = "qualifications"

    title = models.CharField("qualification and subject", max_length=150)
    awarded_by = models.CharField("school, college or university", max_length=150)
    result = models.CharField("grade or result", max_length=60, blank=True)
    finished_on = models.DateField("month of the result")

    class Meta:
        ordering = ["-finished_on", "pk"]
        default_related_name = "qualifications"
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_on__day=1), name="qualification_is_dated_by_month"
            ),
        ]

    def __str__(self):
        return self.title


class Employment(Answer):
    """A job, paid or not, that the person has or had. `ended_on` is empty while they have it."""

    SECTION = "employment"

    employer = models.CharField(max_length=150)
    job_title = models.CharField(max_length=150)
    began_on = models.DateField("first month")
    ended_on = models.DateField("last month", null=True, blank=True)
    with_children = models.BooleanField("with children or vulnerable adults")
    duties = models.TextField("what they did", max_length=2000, blank=True)
    reason_for_leaving = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-began_on", "-pk"]
        default_related_name = "employments"
        constraints = [
            models.CheckConstraint(
                condition=Q(began_on__day=1) & (Q(ended_on__isnull=True) | Q(ended_on__day=1)),
                name="employment_is_dated_by_month",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="employment_ends_after_it_begins",
                violation_error_message="The last month must not be before the first.",
            ),
        ]

    def __str__(self):
        return f"{self.job_title}, {self.employer}"


class Gap(Answer):
    """The months from `began_on` to `ended_on` in which the person had no job, and what they did then.

    Every month since leaving full-time education is accounted for, as safer recruitment asks: "Keeping
    children safe in education", which councils follow by analogy.
    """

    SECTION = "employment"

    began_on = models.DateField("first month")
    ended_on = models.DateField("last month")
    words = models.CharField("what you did then", max_length=500)

    class Meta:
        ordering = ["began_on", "pk"]
        default_related_name = "gaps"
        constraints = [
            models.CheckConstraint(
                condition=Q(began_on__day=1, ended_on__day=1), name="gap_is_dated_by_month"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("began_on")),
                name="gap_ends_after_it_begins",
                violation_error_message="The last month must not be before the first.",
            ),
        ]

    def __str__(self):
        return f"{self.began_on:%B %Y} to {self.ended_on:%B %Y}"


class TrainingTaken(Answer):
    """A course the person has been on that matters for the job."""

    SECTION = "training"

    title = models.CharField("course", max_length=150)
    provider = models.CharField("who ran it", max_length=150, blank=True)
    finished_on = models.DateField("month")

    class Meta:
        ordering = ["-finished_on", "pk"]
        default_related_name = "training_taken"
        verbose_name_plural = "training taken"
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_on__day=1), name="training_taken_is_dated_by_month"
            ),
        ]

    def __str__(self):
        return self.title


class CriterionEvidence(models.Model):
    """What a person wrote about one line of the person specification."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="evidence")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="evidence")
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["-criterion__kind", "criterion__position", "criterion"]
        verbose_name_plural = "criterion evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "criterion"], name="evidence_once_a_criterion"
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.application}"


class RefereeKind(models.TextChoices):
    EMPLOYER = "employer", "An employer or manager"
    EDUCATOR = "educator", "A tutor or practice educator"
    CHARACTER = "character", "Somebody else who knows me well"


class Referee(models.Model):
    """Somebody who can tell about the applicant. The first is the present or last employer.

    They are asked only when the applicant is shortlisted, and before the interview only where
    `ask_before_interview` says so.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="referees")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=RefereeKind.choices)
    full_name = models.CharField(max_length=150)
    job_title = models.CharField(max_length=150, blank=True)
    organisation = models.CharField(max_length=150, blank=True)
    email = models.EmailField("e-mail address")
    phone = models.CharField("phone number", max_length=30, blank=True)
    ask_before_interview = models.BooleanField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "position"], name="referee_once_a_position"
            ),
            models.CheckConstraint(
                condition=Q(position__in=[1, 2]), name="referee_is_first_or_second"
            ),
        ]

    def __str__(self):
        return self.full_name


class InterviewScheme(models.Model):
    """A promise that who meets the essential criteria is offered an interview, such as Disability Confident.

    Nobody is asked for proof. Which schemes there are is for HR to say.
    """

    name = models.CharField(max_length=80, unique=True)
    question = models.CharField(
        max_length=200,
        help_text="What applicants read beside the box, for example “I am disabled”.",
    )
    is_offered = models.BooleanField("offered to applicants", default=True)
    position = models.PositiveSmallIntegerField("order", default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self):
        return self.name


class SchemeChosen(models.Model):
    """That an applicant asked for an interview under a scheme."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="schemes_chosen"
    )
    scheme = models.ForeignKey(InterviewScheme, on_delete=models.PROTECT, related_name="chosen")

    class Meta:
        ordering = ["scheme__position", "pk"]
        verbose_name_plural = "schemes chosen"
        constraints = [
            models.UniqueConstraint(fields=["application", "scheme"], name="scheme_chosen_once"),
        ]

    def __str__(self):
        return str(self.scheme)


class PlaceWanted(models.Model):
    """A place of the advert where the person would work, the best liked with `rank` 1.

    `other_place` is empty for the advert's first place.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="places_wanted"
    )
    other_place = models.ForeignKey(
        OtherPlace, null=True, blank=True, on_delete=models.PROTECT, related_name="wanted_by"
    )
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]
        verbose_name_plural = "places wanted"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "other_place"],
                nulls_distinct=False,
                name="place_wanted_once",
            ),
            models.UniqueConstraint(fields=["application", "rank"], name="place_rank_once"),
        ]

    def __str__(self):
        place = self.other_place or self.application.vacancy
        return place.place_name
