import factory

from accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    full_name = factory.Sequence(lambda n: f"Person {n}")


class HRAdminFactory(UserFactory):
    email = factory.Sequence(lambda n: f"hr{n}@example.org")
    roles = ["hr_admin"]
