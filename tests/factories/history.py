"""What somebody has learned and where they worked, row by row."""

from datetime import date

import factory

from applications.models import Employment
from tests.factories.applications import ApplicationFactory


class EmploymentFactory(factory.django.DjangoModelFactory):
    """A job that the person still has."""

    class Meta:
        model = Employment

    application = factory.SubFactory(ApplicationFactory)
    employer = "Weir School"
    job_title = "Family worker"
    began_on = date(2020, 9, 1)
    with_children = True
