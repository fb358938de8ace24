
import accounts.states
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0005_what_bookings_must_have'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='CourseInterest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('told_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ['-since', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SwapProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('proposed', 'Waiting for an answer'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Taken back'), ('lapsed', 'Overtaken')], default='proposed', editable=False, max_length=12)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
            },
            bases=(accounts.states.MovesThroughStates, models.Model),
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='booking',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='booking',
            name='update_update',
        ),
        migrations.AddField(
            model_name='booking',
            name='joined_at_position',
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='booking',
            name='may_be_named',
            field=models.BooleanField(default=False, editable=False, verbose_name='named to those with a place'),
        ),
        migrations.AddField(
            model_name='booking',
            name='offered_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='bookingevent',
            name='joined_at_position',
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='bookingevent',
            name='may_be_named',
            field=models.BooleanField(default=False, editable=False, verbose_name='named to those with a place'),
        ),
        migrations.AddField(
            model_name='bookingevent',
            name='offered_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='skippedoffer',
            name='reason',
            field=models.CharField(choices=[('clash', 'They have something else at that time'), ('away', 'They are away at that time'), ('no_time', 'They have no working hour left to answer in'), ('not_open', 'The session is no longer open to them'), ('swapped', 'A colleague gave their own place to somebody they chose')], max_length=20),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='booking',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "training_bookingevent" ("answer_by", "decided_at", "decided_by_id", "during", "end_reason", "ended_at", "escalated_at", "half_days_attended", "id", "joined_at_position", "made_at", "made_by_id", "may_be_named", "offered_at", "one_time_key", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_number", "reason", "session_id", "state", "suggested_session_id", "waiting_since") VALUES (NEW."answer_by", NEW."decided_at", NEW."decided_by_id", NEW."during", NEW."end_reason", NEW."ended_at", NEW."escalated_at", NEW."half_days_attended", NEW."id", NEW."joined_at_position", NEW."made_at", NEW."made_by_id", NEW."may_be_named", NEW."offered_at", NEW."one_time_key", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_number", NEW."reason", NEW."session_id", NEW."state", NEW."suggested_session_id", NEW."waiting_since"); RETURN NULL;', hash='b68415910d4af612279b8ed058012c3225663676', operation='INSERT', pgid='pgtrigger_insert_insert_06d9f', table='training_booking', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='booking',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "training_bookingevent" ("answer_by", "decided_at", "decided_by_id", "during", "end_reason", "ended_at", "escalated_at", "half_days_attended", "id", "joined_at_position", "made_at", "made_by_id", "may_be_named", "offered_at", "one_time_key", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_number", "reason", "session_id", "state", "suggested_session_id", "waiting_since") VALUES (NEW."answer_by", NEW."decided_at", NEW."decided_by_id", NEW."during", NEW."end_reason", NEW."ended_at", NEW."escalated_at", NEW."half_days_attended", NEW."id", NEW."joined_at_position", NEW."made_at", NEW."made_by_id", NEW."may_be_named", NEW."offered_at", NEW."one_time_key", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_number", NEW."reason", NEW."session_id", NEW."state", NEW."suggested_session_id", NEW."waiting_since"); RETURN NULL;', hash='e49ebe0a6508896581d4fd2a7823e61f65d9e771', operation='UPDATE', pgid='pgtrigger_update_update_fbe21', table='training_booking', when='AFTER')),
        ),
        migrations.AddField(
            model_name='calendarfeed',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='courseinterest',
            name='course',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interests', to='training.course'),
        ),
        migrations.AddField(
            model_name='courseinterest',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='course_interests', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='courseinterest',
            name='told_of',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='training.session'),
        ),
        migrations.AddField(
            model_name='swapproposal',
            name='booking',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='swaps_proposed', to='training.booking'),
        ),
        migrations.AddField(
            model_name='swapproposal',
            name='made_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='swapproposal',
            name='waiting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='swaps_received', to='training.booking'),
        ),
        migrations.AddConstraint(
            model_name='courseinterest',
            constraint=models.UniqueConstraint(condition=models.Q(('told_at__isnull', True)), fields=('course', 'person'), name='one_open_interest_per_course_and_person', violation_error_message='You have asked to hear of this course already.'),
        ),
        migrations.AddConstraint(
            model_name='swapproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('booking',), name='a_place_is_proposed_to_one_colleague_at_a_time', violation_error_message='You have asked somebody already.'),
        ),
        migrations.AddConstraint(
            model_name='swapproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'proposed')), models.Q(models.Q(('state', 'proposed'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='swap_has_an_answer_once_it_is_over'),
        ),
    ]
