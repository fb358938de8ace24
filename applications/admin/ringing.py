"""What HR reads of who was told by e-mail, and whom they ring because there is no address."""

from django.contrib import messages


def please_ring(application):
    """Return whom to ring with news, in words."""
    return f"Please ring {application.full_name} on {application.phone} and tell them."


def say_told(request, application, done, told):
    """Say what was done, and either that the applicant was told, in the words `told`, or whom to ring."""
    if application.applicant.can_be_written_to:
        messages.success(request, f"{done} {told}")
    else:
        messages.warning(request, f"{done} They have no e-mail address. {please_ring(application)}")
