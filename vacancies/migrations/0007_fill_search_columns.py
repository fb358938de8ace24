from django.db import migrations

# Writing a row runs the trigger that fills both columns.
FILL = "UPDATE vacancies_vacancy SET search_vector = NULL"


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0006_follow_team_names")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
