from django.db import migrations

# A vacancy is found by the name of its team too. Writing the row runs its own trigger.
FOLLOW_TEAM_NAMES = """
CREATE FUNCTION vacancies_follow_team_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE vacancies_vacancy SET search_vector = NULL WHERE team_id = NEW.id;
    RETURN NULL;
END;
$$;
CREATE TRIGGER vacancies_follow_team_name
    AFTER UPDATE OF name ON organisation_team
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name)
    EXECUTE FUNCTION vacancies_follow_team_name();
"""

FORGET_TEAM_NAMES = """
DROP TRIGGER vacancies_follow_team_name ON organisation_team;
DROP FUNCTION vacancies_follow_team_name();
"""


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0005_search_columns")]

    operations = [migrations.RunSQL(FOLLOW_TEAM_NAMES, FORGET_TEAM_NAMES)]
