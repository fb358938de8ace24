import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0010_no_statement'),
    ]

    operations = [
        migrations.CreateModel(
            name='MonitoringAnswers',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('age', models.CharField(blank=True, max_length=30)),
                ('sex', models.CharField(blank=True, max_length=30)),
                ('gender', models.CharField(blank=True, max_length=30)),
                ('disability', models.CharField(blank=True, max_length=30)),
                ('ethnicity', models.CharField(blank=True, max_length=30)),
                ('partnership', models.CharField(blank=True, max_length=30)),
                ('religion', models.CharField(blank=True, max_length=30)),
                ('orientation', models.CharField(blank=True, max_length=30)),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='applications.application')),
            ],
            options={
                'verbose_name_plural': 'monitoring answers',
                'permissions': [('view_equality_report', 'Can see the equality report')],
                'default_permissions': (),
            },
        ),
    ]
