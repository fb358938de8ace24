from django.db import models

from applications.models.applications import Application


class MonitoringAnswers(models.Model):
    """What an applicant told for equality monitoring: a row of its own, and every answer may be empty.

    Nobody but its writer ever reads it beside a name. It has no page in the admin, no history, no line
    of audit and no dates; what HR reads are the counts of `applications.reports`. The answers are the
    codes of `applications.equality`.
    """

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="+")
    age = models.CharField(max_length=30, blank=True)
    sex = models.CharField(max_length=30, blank=True)
    gender = models.CharField(max_length=30, blank=True)
    disability = models.CharField(max_length=30, blank=True)
    ethnicity = models.CharField(max_length=30, blank=True)
    partnership = models.CharField(max_length=30, blank=True)
    religion = models.CharField(max_length=30, blank=True)
    orientation = models.CharField(max_length=30, blank=True)

    class Meta:
        verbose_name_plural = "monitoring answers"
        default_permissions = ()
        permissions = [("view_equality_report", "Can see the equality report")]

    def __str__(self):
        return "Answers for equality monitoring"
