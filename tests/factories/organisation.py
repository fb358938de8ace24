from datetime import date

import factory

from organisation.models import (
    District,
    Grade,
    Role,
    RoleFamily,
    StaffMember,
    Team,
    TeamKind,
)
from organisation.models.geography import Area
from tests.factories.accounts import UserFactory


class DistrictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = District
        django_get_or_create = ["name"]

    name = factory.Sequence(lambda n: f"District {n}")
    slug = factory.Sequence(lambda n: f"district-{n}")
    code = factory.Sequence(lambda n: f"E08{n:06d}")
    area = Area.EAST


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Family help team {n}")
    slug = factory.Sequence(lambda n: f"family-help-team-{n}")
    kind = TeamKind.FAMILY_HELP
    district = factory.SubFactory(DistrictFactory)
    place_name = "Basingstoke"
    latitude = 51.2625
    longitude = -1.0871


class GradeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Grade
        django_get_or_create = ["letter"]

    letter = "F"


class RoleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Role

    name = factory.Sequence(lambda n: f"Role {n}")
    slug = factory.Sequence(lambda n: f"role-{n}")
    family = RoleFamily.SOCIAL_WORK
    grade = factory.SubFactory(GradeFactory)
    needs_registration = False
    protected_title = False
    summary = "Helps families."


class StaffMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StaffMember

    user = factory.SubFactory(UserFactory)
    employee_number = factory.Sequence(lambda n: f"E{n:05d}")
    role = factory.SubFactory(RoleFactory)
    team = factory.SubFactory(TeamFactory)
    weekly_hours = 37
    started_on = date(2020, 1, 6)
