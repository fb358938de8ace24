from django.db import migrations

# Writing a row runs the trigger that fills both columns; only published adverts have any.
FILL = "UPDATE vacancies_vacancy SET search_vector = NULL WHERE state IN ('live', 'scheduled')"


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0017_out_of_hours")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
