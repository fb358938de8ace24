"""Templates of messages, and what HR has written to some applicants: the demo's job seeker among them."""

import uuid

from accounts.models import User
from applications.actions import save_template, send_message
from applications.models import Application, MessageTemplate
from applications.states import ApplicationState

TEMPLATES = [
    (
        "It takes a week longer",
        "{job_title}: we need a week more",
        "More people applied for this job than we had thought, and each application is read by two "
        "people.\n\nWe write to you in a week. Nothing is missing from your application.",
    ),
    (
        "Others had done more of it",
        "Your application for {job_title}",
        "Thank you for the care you took, {first_name}. Others could show more of the work this job "
        "asks for. We would be glad to read another application from you.",
    ),
    (
        "Please ring us",
        "{job_title}: please ring us",
        "Dear {first_name}, we have a question about your application {reference} that is answered "
        "best by phone. Please ring us between 9am and 5pm.",
    ),
]


def load(today):
    """Load the templates and two messages, unless there are some."""
    if MessageTemplate.objects.exists():
        return
    officer = User.objects.get(email="hr@example.org")
    templates = [
        save_template(template=MessageTemplate(name=name, subject=subject, words=words), by=officer)
        for name, subject, words in TEMPLATES
    ]
    sent = Application.objects.filter(state=ApplicationState.SUBMITTED)
    for application in (
        sent.filter(applicant__email="job.seeker@example.org").first(),
        sent.exclude(applicant__email="job.seeker@example.org").order_by("pk").first(),
    ):
        if application is not None and application.applicant.can_be_written_to:
            send_message(
                application=application,
                subject=templates[0].subject,
                words=templates[0].words,
                one_time_key=uuid.uuid5(uuid.NAMESPACE_URL, application.reference),
                by=officer,
                template=templates[0],
            )
