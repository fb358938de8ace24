from django.db import migrations

WHEN_THEY_ENDED = """
    UPDATE training_booking SET ended_at = coalesce(
        (SELECT max(event.pgh_created_at) FROM training_bookingevent event
         WHERE event.pgh_obj_id = training_booking.id AND event.state = training_booking.state),
        made_at)
    WHERE state IN ('cancelled_by_person', 'cancelled_by_service', 'declined', 'lapsed')
"""
HALF_DAYS = """
    UPDATE training_booking SET during = session.during
    FROM training_session session WHERE session.id = session_id
"""


class Migration(migrations.Migration):
    dependencies = [("training", "0003_offers_rooms_and_series")]
    operations = [
        migrations.RunSQL(WHEN_THEY_ENDED, migrations.RunSQL.noop),
        migrations.RunSQL(HALF_DAYS, migrations.RunSQL.noop),
    ]
