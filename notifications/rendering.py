"""From a message row to the e-mail itself."""

import json

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def facts_of_the_house():
    """Return what every e-mail can say of the council without being given it."""
    return {
        "council_name": settings.COUNCIL_NAME,
        "service_name": settings.SERVICE_NAME,
        "site_url": settings.SITE_URL,
        "contact_email": settings.CONTACT_EMAIL,
        "contact_phone": settings.CONTACT_PHONE,
    }


def render(message):
    """Return the e-mail for `message` (read with_what_delivery_needs), with its attachments."""
    own = json.loads(message.secret_context) if message.secret_context else message.context
    context = {**facts_of_the_house(), **own}
    first_line, _, body = render_to_string(f"{message.template}.txt", context).partition("\n")
    subject = " ".join(first_line.removeprefix("Subject:").split())
    email = EmailMultiAlternatives(
        subject=subject,
        body=body.strip() + "\n",
        to=[message.to],
        headers={
            **context.get("headers", {}),
            "Message-ID": message.message_id,
            "Auto-Submitted": "auto-generated",
        },
    )
    email.attach_alternative(
        render_to_string(f"{message.template}.html", {**context, "subject": subject}),
        "text/html",
    )
    for file in message.attachments.all() if message.has_attachments else []:
        email.attach(file.filename, bytes(file.content), file.mimetype)
    return email
