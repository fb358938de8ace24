from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from training.models.bookings import Booking


class Usefulness(models.IntegerChoices):
    NOT = 1, "1: not useful"
    LITTLE = 2, "2: a little useful"
    FAIRLY = 3, "3: fairly useful"
    VERY = 4, "4: very useful"
    EXTREMELY = 5, "5: I would send every colleague"


class Evaluation(models.Model):
    """What somebody said about a session they attended: one for each booking.

    Trainers and officers read the answers to a session together, without names, once there are
    `settings.EVALUATION_FEWEST_ANSWERS`. Write through training.actions only.
    """

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="evaluation")
    useful = models.PositiveSmallIntegerField(
        choices=Usefulness.choices, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    do_differently = models.TextField("what they will do differently", blank=True)
    to_change = models.TextField("what to change", blank=True)
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(useful__gte=1, useful__lte=5),
                name="usefulness_is_from_one_to_five",
                violation_error_message="Choose a number from 1 to 5.",
            )
        ]

    def __str__(self):
        return f"Evaluation of {self.booking.session}"
