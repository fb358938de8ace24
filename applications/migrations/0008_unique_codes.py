from django.db import migrations, models

import applications.models.applications


class Migration(migrations.Migration):
    dependencies = [("applications", "0007_codes")]

    operations = [
        migrations.AlterField(
            model_name="application",
            name="code",
            field=models.CharField(
                default=applications.models.applications.new_code,
                editable=False,
                max_length=8,
                unique=True,
            ),
        ),
    ]
