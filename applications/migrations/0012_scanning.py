import applications.models.documents
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0011_monitoring_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='refused_because',
            field=models.CharField(blank=True, max_length=100, verbose_name='what the scan found'),
        ),
        migrations.AddField(
            model_name='document',
            name='scan_after',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='document',
            name='scanned_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='document',
            name='scans_failed',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name='document',
            name='file',
            field=models.FileField(blank=True, upload_to=applications.models.documents.random_place),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('state', 'unscanned')), fields=['uploaded_at'], name='document_unscanned'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('state', 'refused'), models.Q(('refused_because', ''), _negated=True)), models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('file', ''), _negated=True), ('refused_because', '')), _connector='OR'), name='document_refused_without_file', violation_error_message='A refused document has a reason and no file, any other a file.'),
        ),
    ]
