"""What pages, e-mails and other apps read about applications."""

from django.db.models import Count, DateField, Q
from django.db.models.functions import TruncWeek

from applications.models import Application, Document
from applications.states import ApplicationState


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


def applicants_without_an_answer(vacancy):
    """Return the applications for the vacancy that were sent and have not been decided, oldest first."""
    return vacancy.applications.not_decided().order_by("submitted_at", "pk")


def untold_by_vacancy(vacancies):
    """Return how many applicants have no answer yet, by the key of each vacancy that has such."""
    waiting = Application.objects.not_decided().filter(vacancy__in=vacancies).order_by()
    counted = waiting.values("vacancy").annotate(number=Count("pk"))
    return dict(counted.values_list("vacancy", "number"))


def sent_by_vacancy(vacancies, since, until):
    """Return how many applications were sent from the day `since` to `until`, by key of the vacancy."""
    sent = Application.objects.sent().filter(
        vacancy__in=vacancies, submitted_at__date__range=(since, until)
    )
    counted = sent.order_by().values("vacancy").annotate(number=Count("pk"))
    return dict(counted.values_list("vacancy", "number"))


def sent_by_week(vacancies, since, until):
    """Return (Monday, number of applications sent) for each week with any, the first week first."""
    sent = Application.objects.sent().filter(
        vacancy__in=vacancies, submitted_at__date__range=(since, until)
    )
    weeks = sent.order_by().annotate(week=TruncWeek("submitted_at", output_field=DateField()))
    return list(weeks.values_list("week").annotate(number=Count("pk")).order_by("week"))


def posts_by_stage(vacancies):
    """Return how many applicants are appointed and how many have an offer, by key of the vacancy.

    An offer counts from the day it is made until the checks are done.
    """
    offered = Q(state__in=[ApplicationState.OFFERED, ApplicationState.CHECKS])
    counted = (
        Application.objects.filter(vacancy__in=vacancies)
        .order_by()
        .values("vacancy")
        .annotate(
            appointed=Count("pk", filter=Q(state=ApplicationState.HIRED)),
            offered=Count("pk", filter=offered),
        )
    )
    return {row["vacancy"]: (row["appointed"], row["offered"]) for row in counted}
