from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from training.models.courses import Course, Session


class InterestQuerySet(models.QuerySet):
    def untold(self):
        """Interests that no date has answered yet."""
        return self.filter(told_at__isnull=True)


class CourseInterest(models.Model):
    """Somebody would come to a course that has no date, and hears once when one is planned.

    `told_at` is when they were told, of `told_of`: a row is told of once and for all. Who wants to
    hear of a later date too says so again.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="interests")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="course_interests"
    )
    since = models.DateTimeField(default=timezone.now, editable=False)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    told_of = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person"],
                condition=Q(told_at__isnull=True),
                name="one_open_interest_per_course_and_person",
                violation_error_message="You have asked to hear of this course already.",
            )
        ]

    def __str__(self):
        return f"{self.person} in {self.course}"
