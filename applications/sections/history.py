"""Somebody's work since full-time education, month by month, with every month accounted for."""

from functools import cached_property

from django.utils import timezone

from applications.history import History, Span
from applications.models import Gap
from applications.sections.base import yes_or_no
from applications.sections.rows import Rows, written


class EmploymentHistory(Rows):
    """Jobs, paid or not, and what the person did in the months without one."""

    name = "employment"
    task = "Add your work since full-time education"
    title = "Your work since full-time education"
    none = "I have not had a job"
    held_as = "employments"
    kind = "employment"
    look_at = (
        "Look whether you still have the jobs that say “to now”. Months that have passed since then are "
        "found anew, and we ask about them."
    )
    intro = (
        "Add every job, paid or not: work for an agency, for yourself, as a volunteer or a foster carer "
        "too. Jobs may overlap.",
        "Where there are months between, we ask what you did then. Everybody who works with children is "
        "asked this, and a few words will do.",
    )

    @cached_property
    def history(self):
        """The history as it is now, or as it was in the month in which it was sent."""
        sent_at = self.application.submitted_at
        until = timezone.localdate(sent_at) if sent_at else timezone.localdate()
        left = self.application.left_education_on
        return History(left, self.held.employments, self.held.gaps, until)

    def missing(self):
        if self.application.left_education_on is None:
            return ["the month you left full-time education"]
        return [f"what you did {span.words}" for span in self.history.unexplained]

    def rows(self):
        left = self.application.left_education_on
        told = [("Left full-time education", written(left) if left else ""), *super().rows()]
        return told + [self.pair(gap) for gap in self.held.gaps]

    def heading_of(self, row):
        if isinstance(row, Gap):
            return f"Explained: {Span(row.began_on, row.ended_on)}"
        return f"{row.job_title}, {row.employer}"

    def facts_of(self, row):
        if isinstance(row, Gap):
            yield "What you did", row.words
            return
        months = Span(row.began_on, row.ended_on) if row.ended_on else ""
        yield "Months", str(months or f"{written(row.began_on)} to now")
        yield "With children or vulnerable adults", yes_or_no(row.with_children)
        yield "Reason for leaving", row.reason_for_leaving
        yield "The work", row.duties
