import factory

from notifications.models import Message


class MessageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Message

    to = factory.Sequence(lambda n: f"reader{n}@example.org")
    template = "notifications/emails/ready_made"
    context = factory.LazyFunction(
        lambda: {"subject": "Your interview", "text": "Come at ten.", "html": ""}
    )
