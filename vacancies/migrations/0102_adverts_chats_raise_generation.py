from django.db import migrations

WATCH = """
    CREATE TRIGGER raise_generation AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
        ON vacancies_chatslot FOR EACH STATEMENT EXECUTE FUNCTION vacancies_raise_generation()
"""
LEAVE = "DROP TRIGGER raise_generation ON vacancies_chatslot"


class Migration(migrations.Migration):
    """Adverts say whether chats are offered: kept pages are made anew when that changes."""

    dependencies = [
        ("vacancies", "0100_speed_generation"),
        ("vacancies", "0101_adverts_chats"),
    ]

    operations = [migrations.RunSQL(WATCH, LEAVE)]
