from decimal import Decimal
from math import ceil

from django.core.validators import MinValueValidator, StepValueValidator
from django.db import migrations, models
from django.db.models import F, Q, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Floor


def round_up(apps, schema_editor):
    """Round other days up to the next half, as everybody's share of them is. Safe to repeat."""
    for policy in apps.get_model("training", "AllowancePolicy").objects.all():
        whole_or_half = Decimal(ceil(policy.days * 2)) / 2
        if whole_or_half != policy.days:
            policy.days = whole_or_half
            policy.save(update_fields=["days"])


class Migration(migrations.Migration):
    dependencies = [("training", "0012_attending_evaluations_and_cpd")]

    operations = [
        migrations.RunPython(round_up, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="allowancepolicy",
            name="days",
            field=models.DecimalField(
                decimal_places=1,
                max_digits=3,
                validators=[
                    MinValueValidator(0, "Enter 0 days or more."),
                    StepValueValidator(Decimal("0.5"), "Enter whole or half days, like 5 or 5.5."),
                ],
                verbose_name="days a year",
            ),
        ),
        migrations.AddConstraint(
            model_name="allowancepolicy",
            constraint=models.CheckConstraint(
                condition=Q(
                    days=CombinedExpression(
                        Floor(CombinedExpression(F("days"), "*", Value(2))), "/", Value(2)
                    )
                ),
                name="policy_days_are_whole_or_half",
                violation_error_message="Enter whole or half days, like 5 or 5.5.",
            ),
        ),
    ]
