from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, F, IntegerField, Q, Sum, When
from django.db.models.functions import Coalesce

from training.states import OutsideState

# The council's financial year begins on 1 April.
FIRST_MONTH = 4


def financial_year_of(on):
    """Return the year in which the financial year of a date began: 2026 for February 2027."""
    return on.year if on.month >= FIRST_MONTH else on.year - 1


def pounds_in_words(pence):
    """Return an amount of pence as people write it: "£1,200", "£12.50"."""
    sign = "-" if pence < 0 else ""
    pounds, rest = divmod(abs(pence), 100)
    return f"{sign}£{pounds:,}.{rest:02}" if rest else f"{sign}£{pounds:,}"


class BudgetLineQuerySet(models.QuerySet):
    def with_committed(self):
        """Give each line `committed_pence`: what was agreed, or what it came to once that is known."""
        agreed = Q(outside_courses__state=OutsideState.APPROVED)
        over = Q(outside_courses__state__in=[OutsideState.ATTENDED, OutsideState.NOT_ATTENDED])
        spent = Coalesce(F("outside_courses__final_cost_pence"), F("outside_courses__cost_pence"))
        pence = Case(
            When(agreed, then=F("outside_courses__cost_pence")),
            When(over, then=spent),
            default=0,
            output_field=IntegerField(),
        )
        return self.annotate(committed_pence=Coalesce(Sum(pence), 0))

    def of_years(self, *days):
        """Return the lines of the financial years that some dates are in."""
        return self.filter(financial_year__in={financial_year_of(day) for day in days})


class BudgetLine(models.Model):
    """Money for outside courses in a financial year, in whole pounds. `financial_year` is when it began.

    Write through training.actions only.
    """

    name = models.CharField(max_length=100)
    financial_year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(2000)],
        help_text="The year it begins in: 2026 for April 2026 to March 2027.",
    )
    pounds = models.PositiveIntegerField()

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        ordering = ["-financial_year", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "financial_year"],
                name="one_budget_line_of_a_name_a_year",
                violation_error_message="This year has a line of that name.",
            ),
            models.CheckConstraint(
                condition=Q(pounds__lte=10_000_000), name="budget_line_pounds_are_possible"
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.year_words}"

    @property
    def year_words(self):
        return f"{self.financial_year}/{(self.financial_year + 1) % 100:02}"

    @property
    def left_pence(self):
        """What is not committed yet, below nothing when more is; of a line read `with_committed`."""
        return self.pounds * 100 - self.committed_pence

    @property
    def committed_words(self):
        return pounds_in_words(self.committed_pence)

    @property
    def left_words(self):
        return pounds_in_words(self.left_pence)
