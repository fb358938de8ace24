"""What pages, e-mails and other apps read about applications."""

from applications.models import Application, Document


def applications_of(person):
    """Return the person's applications with what a list shows, newest first."""
    return Application.objects.of(person).select_related("vacancy__team")


def application_for_applicant(person, reference):
    """Return the person's own application with its vacancy and role, or None."""
    return (
        Application.objects.of(person)
        .select_related("vacancy__role", "vacancy__team", "applicant")
        .filter(reference=reference)
        .first()
    )


def application_for(person, vacancy):
    """Return the person's application for the vacancy that is not withdrawn, or None."""
    return Application.objects.of(person).not_withdrawn().filter(vacancy=vacancy).first()


def document_of(reference, pk):
    """Return a document with what deciding who may open it needs, or None."""
    return (
        Document.objects.select_related("application__applicant")
        .filter(pk=pk, application__reference=reference)
        .first()
    )


def criteria_of(vacancy):
    """Return what the job asks for, what is essential first."""
    return vacancy.criteria.order_by("-kind", "position", "pk")


def files_in_use():
    """Return the stored names of all files that a document has."""
    return set(Document.objects.values_list("file", flat=True))
