from django.db import migrations, models

# Each transaction that changes what visitors see raises a row that no other one holds, or adds a row:
# two that publish at once must neither wait for each other nor lock each other out. Once a
# transaction is enough, for nobody sees what it wrote before its end.
RAISE = """
CREATE FUNCTION vacancies_raise_generation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    microseconds bigint := extract(epoch FROM clock_timestamp()) * 1000000;
    transaction_id text := pg_current_xact_id()::text;
BEGIN
    IF current_setting('portal.generation_raised_by', true) = transaction_id THEN
        RETURN NULL;
    END IF;
    UPDATE vacancies_generation
       SET number = greatest(number + 1, microseconds)
     WHERE id = (SELECT id FROM vacancies_generation ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED);
    IF NOT FOUND THEN
        INSERT INTO vacancies_generation (number) VALUES (microseconds);
    END IF;
    PERFORM set_config('portal.generation_raised_by', transaction_id, true);
    RETURN NULL;
END;
$$
"""
STAY = "DROP FUNCTION vacancies_raise_generation()"

# What list and adverts show to visitors. Of people only their names are there.
TABLES = {
    "vacancies_vacancy": "UPDATE",
    "vacancies_chatbooking": "UPDATE",
    "vacancies_chatslot": "UPDATE",
    "vacancies_criterion": "UPDATE",
    "vacancies_otherplace": "UPDATE",
    "vacancies_payment": "UPDATE",
    "vacancies_searchsynonym": "UPDATE",
    "vacancies_siftdate": "UPDATE",
    "organisation_district": "UPDATE",
    "organisation_grade": "UPDATE",
    "organisation_graderange": "UPDATE",
    "organisation_outcode": "UPDATE",
    "organisation_place": "UPDATE",
    "organisation_role": "UPDATE",
    "organisation_team": "UPDATE",
    "organisation_teamfacts": "UPDATE",
    "accounts_user": "UPDATE OF full_name",
}


def watch(table, update):
    return migrations.RunSQL(
        f"CREATE TRIGGER raise_generation AFTER INSERT OR {update} OR DELETE OR TRUNCATE "
        f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION vacancies_raise_generation()",
        f"DROP TRIGGER raise_generation ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("organisation", "0002_team_facts_and_hubs"),
        ("vacancies", "0014_savers_told"),
    ]

    operations = [
        migrations.CreateModel(
            name="Generation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(RAISE, STAY),
        *(watch(table, update) for table, update in TABLES.items()),
    ]
