"""What an advert has several of: places, payments on top of the salary, sift dates."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from organisation.models import District
from vacancies.models.vacancies import Vacancy


class OtherPlace(models.Model):
    """A place besides the first where one of the posts of a vacancy may be."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="other_places")
    place_name = models.CharField("place", max_length=80)
    postcode = models.CharField(max_length=8, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["vacancy", "place_name"],
                name="other_place_once_a_vacancy",
                violation_error_message="This place is there already.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="other_place_is_somewhere_on_earth",
                violation_error_message="The latitude or longitude is impossible.",
            ),
        ]

    def __str__(self):
        return self.place_name


class PaymentKind(models.TextChoices):
    SUPPLEMENT = "supplement", "Each year"
    ONE_OFF = "one_off", "Once"


class Payment(models.Model):
    """Money on top of the salary, in whole pounds: a yearly supplement or a payment made once."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="payments")
    kind = models.CharField(max_length=10, choices=PaymentKind.choices)
    name = models.CharField(max_length=80)
    amount = models.PositiveIntegerField("amount, £")
    condition = models.CharField(
        max_length=200, blank=True, help_text="When it is paid, or when it must be paid back."
    )

    class Meta:
        ordering = ["-kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="payment_is_some_money",
                violation_error_message="The amount must be above 0.",
            )
        ]

    def __str__(self):
        return f"{self.name}: £{self.amount:,}"


class SiftDateQuerySet(models.QuerySet):
    def due(self, on):
        """Those of rolling adverts still live on the date `on` whose day is that one or passed lately."""
        first_day = on - timedelta(days=settings.SIFT_DUE_DAYS)
        live = Vacancy.objects.live(on).filter(rolling=True)
        return self.filter(vacancy__in=live, sift_on__range=(first_day, on))


class SiftDate(models.Model):
    """A day on which the applications for a rolling advert so far are read.

    `told_at` is when HR and the hiring manager were told that it had come.
    """

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="sift_dates")
    sift_on = models.DateField("read on")
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SiftDateQuerySet.as_manager()

    class Meta:
        ordering = ["sift_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["vacancy", "sift_on"],
                name="sift_date_once_a_vacancy",
                violation_error_message="This date is there already.",
            )
        ]

    def __str__(self):
        return f"{self.sift_on:%-d %B %Y}"


class ReviewComment(models.Model):
    """What HR asked to be changed when it returned an advert to its writer."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="review_comments")
    text = models.TextField()
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-written_at"]

    def __str__(self):
        return self.text[:80]
