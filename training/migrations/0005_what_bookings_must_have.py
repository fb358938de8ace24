import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0004_when_bookings_ended")]
    operations = [
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['offered', 'held']), _negated=True), ('answer_by__isnull', False), _connector='OR'), name='held_and_offered_places_have_an_end'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ['cancelled_by_person', 'cancelled_by_service', 'declined', 'lapsed'])), models.Q(models.Q(('state__in', ['cancelled_by_person', 'cancelled_by_service', 'declined', 'lapsed']), _negated=True), ('ended_at__isnull', True)), _connector='OR'), name='booking_ended_at_when_over'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state', 'planned'), ('trainer__isnull', False)), expressions=[(models.Func(models.F('trainer'), models.F('trainer'), function='int8range', template="%(function)s(%(expressions)s, '[]')"), '&&'), ('during', '&&')], name='no_trainer_in_two_sessions_at_once', violation_error_message='The trainer has another session then.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('room__isnull', False), ('state', 'planned')), expressions=[(models.Func(models.F('room'), models.F('room'), function='int8range', template="%(function)s(%(expressions)s, '[]')"), '&&'), ('during', '&&')], name='no_room_in_two_sessions_at_once', violation_error_message='The room has another session then.'),
        ),
    ]
