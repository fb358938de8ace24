"""The words of a statement become the example for the vacancy's first essential criterion.

What was saved of the details is saved in the sections that ask for it now. Safe to run again.
"""

from django.db import migrations
from django.db.models import Q


def move_words(apps, schema_editor):
    Application = apps.get_model("applications", "Application")
    saved = Application.objects.filter(Q(details_version__gt=0) | Q(statement_version__gt=0))
    for application in saved.select_related("vacancy__role").iterator():
        _save_details(apps, application)
        if application.statement_version and application.statement:
            _save_statement(apps, application)


def _save_details(apps, application):
    if not application.details_version:
        return
    names = ["contact", "right-to-work"]
    if application.vacancy.role.needs_registration:
        names.append("registration")
    for name in names:
        _note(apps, application, name, application.details_version)


def _save_statement(apps, application):
    Criterion = apps.get_model("vacancies", "Criterion")
    CriterionEvidence = apps.get_model("applications", "CriterionEvidence")
    of_vacancy = Criterion.objects.filter(vacancy=application.vacancy_id)
    criterion = of_vacancy.order_by("-kind", "position", "pk").first()
    if criterion is None:  # no advert is published without one
        criterion = Criterion.objects.create(
            vacancy=application.vacancy,
            kind="essential",
            text="Experience that meets what the advert asks for.",
        )
    CriterionEvidence.objects.get_or_create(
        application=application,
        criterion=criterion,
        defaults={"words": application.statement},
    )
    _note(apps, application, f"evidence-{criterion.pk}", application.statement_version)


def _note(apps, application, name, version):
    SectionSave = apps.get_model("applications", "SectionSave")
    SectionSave.objects.get_or_create(
        application=application,
        name=name,
        defaults={
            "version": version,
            "saved_at": application.changed_at,
            "finished_at": application.changed_at,
        },
    )


def put_words_back(apps, schema_editor):
    Application = apps.get_model("applications", "Application")
    CriterionEvidence = apps.get_model("applications", "CriterionEvidence")
    for application in Application.objects.iterator():
        written = CriterionEvidence.objects.filter(application=application).order_by("pk")
        words = "\n\n".join(row.words for row in written if row.words)
        Application.objects.filter(pk=application.pk).update(
            statement=words, statement_version=bool(words), details_version=1
        )


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0008_unique_codes"),
        ("vacancies", "0023_cv_employers_and_words"),
    ]

    operations = [migrations.RunPython(move_words, put_words_back)]
