from django.db import migrations

# What was to be for everyone only after it closed has never been for anybody but staff.
SQL = """
update vacancies_vacancy set visibility = 'staff_only', public_from = null
where public_from > closes_on
"""


class Migration(migrations.Migration):

    dependencies = [
        ('vacancies', '0018_fill_search_columns_again'),
    ]

    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
