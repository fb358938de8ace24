from django.db import migrations

# A vacancy is found by the name of its role too. Writing the row runs its own trigger.
FOLLOW_ROLE_NAMES = """
CREATE FUNCTION vacancies_follow_role_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE vacancies_vacancy SET search_vector = NULL WHERE role_id = NEW.id;
    RETURN NULL;
END;
$$;
CREATE TRIGGER vacancies_follow_role_name
    AFTER UPDATE OF name ON organisation_role
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name)
    EXECUTE FUNCTION vacancies_follow_role_name();
"""

FORGET_ROLE_NAMES = """
DROP TRIGGER vacancies_follow_role_name ON organisation_role;
DROP FUNCTION vacancies_follow_role_name();
"""


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0001_initial")]

    operations = [migrations.RunSQL(FOLLOW_ROLE_NAMES, FORGET_ROLE_NAMES)]
