from django.db import migrations

from applications.models.applications import new_code


def give_codes(apps, schema_editor):
    Application = apps.get_model("applications", "Application")
    for application in Application.objects.filter(code="").iterator():
        Application.objects.filter(pk=application.pk).update(code=new_code())


class Migration(migrations.Migration):
    """A code for each application there is."""

    dependencies = [("applications", "0006_sections_and_answers")]

    operations = [migrations.RunPython(give_codes, migrations.RunPython.noop)]
