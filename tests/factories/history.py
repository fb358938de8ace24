"""The rows of the sections with several rows, and a history that is whole."""

from datetime import date

import factory
from django.utils import timezone

from applications.models import Employment, Gap, Qualification, SectionSave, TrainingTaken

LEFT_EDUCATION_ON = date(2015, 6, 1)


class QualificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Qualification

    title = "BA Social Work"
    awarded_by = "Eastcliff University"
    result = "2:1"
    finished_on = date(2015, 6, 1)


class EmploymentFactory(factory.django.DjangoModelFactory):
    """A job that goes on since the month after full-time education."""

    class Meta:
        model = Employment

    employer = "Mill Lane School"
    job_title = "Teaching assistant"
    began_on = date(2015, 7, 1)
    ended_on = None
    with_children = True
    reason_for_leaving = factory.LazyAttribute(lambda job: "I moved." if job.ended_on else "")


class GapFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Gap

    began_on = date(2019, 3, 1)
    ended_on = date(2019, 5, 1)
    words = "I looked after my father."


class TrainingTakenFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TrainingTaken

    title = "Paediatric first aid"
    provider = "Steady Hands"
    finished_on = date(2024, 2, 1)


def add_history(application):
    """Give an application a job that goes on since full-time education: no month is without a word."""
    application.left_education_on = LEFT_EDUCATION_ON
    application.save(update_fields=["left_education_on"])
    EmploymentFactory(application=application)


def finish(application, name):
    """Say of a section that its writer has finished it."""
    SectionSave.objects.update_or_create(
        application=application,
        name=name,
        defaults={"version": 1, "finished_at": timezone.now()},
    )
