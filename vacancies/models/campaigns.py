from django.db import models
from django.db.models import F, Q


class Campaign(models.Model):
    """A recruitment drive: how many posts it wants, with what money (whole pounds), from when to when.

    `social_workers` is the workforce it counts from. Every figure tells where it comes from in `source`,
    and of what day it is in `as_at`.
    """

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    summary = models.TextField(blank=True)
    posts_wanted = models.PositiveIntegerField()
    money = models.PositiveIntegerField("money, £")
    social_workers = models.PositiveIntegerField("social workers before the campaign")
    starts_on = models.DateField()
    ends_on = models.DateField()
    source = models.CharField(max_length=200)
    as_at = models.DateField()

    class Meta:
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="campaign_ends_after_it_starts",
                violation_error_message="The campaign must not end before it starts.",
            )
        ]

    def __str__(self):
        return self.name
