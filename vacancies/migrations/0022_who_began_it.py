from django.db import migrations

# Who began what is still to be approved or published, by the lines of audit. Of older ones nothing
# depends on it.
SQL = """
update vacancies_vacancy set created_by_id = begun.by_id
from (
    select distinct on (subject_id) subject_id, by_id
    from accounts_auditevent
    where subject_type = 'vacancies.Vacancy' and by_id is not null
        and event in ('vacancy_created', 'vacancy_copied')
    order by subject_id, id
) as begun
where begun.subject_id = vacancies_vacancy.id::text
    and state in ('draft', 'awaiting_approval', 'approved', 'scheduled')
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('vacancies', '0021_created_by'),
    ]

    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
