from django.db import migrations


class Migration(migrations.Migration):
    """Adverts show the stories of their team: see vacancies.models.Generation."""

    dependencies = [("careers", "0001_initial"), ("vacancies", "0015_generation")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER raise_generation AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE "
            "ON careers_story FOR EACH STATEMENT EXECUTE FUNCTION vacancies_raise_generation()",
            "DROP TRIGGER raise_generation ON careers_story",
        )
    ]
