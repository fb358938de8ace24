"""What pages, e-mails and other apps read about applications."""

from datetime import timedelta

from django.db.models import Count, DateField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import TruncWeek

from accounts.models import User
from applications.models import Application, Document, MonitoringAnswers, SavedVacancyNudge
from applications.states import FINAL_STATES, ApplicationState
from vacancies.models import NoticeKind, SavedVacancy, Vacancy
from vacancies.states import VacancyState


def applications_of(person):
    """Return the person's applications with what a list shows, newest first."""
    return Application.objects.of(person).select_related("vacancy__team").defer("adjustments")


def application_for_writer(person, reference):
    """Return an application that is the person's or that they wrote down, with its vacancy, or None."""
    return (
        Application.objects.written_by(person)
        .select_related("vacancy__role", "vacancy__team", "applicant")
        .filter(reference=reference)
        .first()
    )


def drafts_for_others(person):
    """Return the drafts that the person of HR is writing down for somebody, newest first."""
    return Application.objects.filter(
        entered_by=person, state=ApplicationState.DRAFT
    ).select_related("vacancy")


def application_for(person, vacancy):
    """Return the person's application for the vacancy that is not withdrawn, or None."""
    return Application.objects.of(person).not_withdrawn().filter(vacancy=vacancy).first()


def monitoring_answers_of(application):
    """Return what its writer told for equality monitoring, or None. For that person's own pages only."""
    return MonitoringAnswers.objects.filter(application=application).first()


def typed_words_of(application, page=None):
    """Return what was typed in a draft and not saved, on one page or on all, the latest first."""
    rows = application.typed_words.all()
    return rows if page is None else rows.filter(page=page)


def in_the_way_of_taking_back(application):
    """Return the person's other application for the same job, begun or sent after withdrawing, or None."""
    others = Application.objects.not_withdrawn().exclude(pk=application.pk)
    return others.filter(applicant=application.applicant_id, vacancy=application.vacancy_id).first()


def withdrawn_of(person, vacancy):
    """Return the application for the vacancy that the person withdrew last, or None."""
    withdrawn = Application.objects.of(person).filter(state=ApplicationState.WITHDRAWN)
    return withdrawn.filter(vacancy=vacancy).order_by("-withdrawn_at").first()


def refusal_by_hand(application):
    """Return the step that turned down an application, or None where it is none or a table decided it."""
    if application.state != ApplicationState.UNSUCCESSFUL:
        return None
    last = application.moves.order_by("moved_at", "pk").last()
    if last is None or last.to_state != ApplicationState.UNSUCCESSFUL:
        return None
    by_table = (application.shortlist_decisions, application.interview_decisions)
    return None if any(rows.filter(move=last).exists() for rows in by_table) else last


def posts_taken_by_others(application):
    """Return how many other people have an offer for this job, or the job."""
    states = [ApplicationState.OFFERED, ApplicationState.CHECKS, ApplicationState.HIRED]
    others = Application.objects.exclude(pk=application.pk)
    return others.filter(vacancy=application.vacancy_id, state__in=states).count()


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


def to_be_told_of(notice):
    """Return the applications whose applicant is to be told of a notice and has not been."""
    concerned = Q(state=ApplicationState.DRAFT)
    if notice.kind == NoticeKind.WITHDRAWN:
        concerned = ~Q(state__in=FINAL_STATES)
    return (
        Application.objects.filter(concerned, vacancy=notice.vacancy_id, blanked_at__isnull=True)
        .filter(started_at__lte=notice.made_at, applicant__is_active=True)
        .exclude(notices_told__notice=notice)
        .select_related("applicant", "vacancy")
    )


def without_answer(vacancy):
    """Return the applications for a vacancy whose applicants have no answer, the oldest first."""
    return vacancy.applications.without_answer().order_by("submitted_at", "pk")


def to_ring_about_withdrawn_vacancies():
    """Return the applications whose job was withdrawn and whose applicant no e-mail can tell so.

    HR moves each to its end once the person has been rung.
    """
    return (
        Application.objects.not_decided()
        .filter(vacancy__state=VacancyState.WITHDRAWN, applicant__in=User.objects.without_address())
        .order_by("submitted_at", "pk")
    )


def sent_by_vacancy(vacancies):
    """Return how many applications were sent for each of the vacancies, by its key."""
    sent = Application.objects.sent().filter(vacancy__in=vacancies)
    return dict(sent.order_by().values_list("vacancy").annotate(Count("pk")))


def files_in_use():
    """Return the stored names of all files that a document has."""
    return set(Document.objects.values_list("file", flat=True))


def untold_by_vacancy(vacancies):
    """Return how many applicants have no answer yet, by the key of each vacancy that has such."""
    waiting = Application.objects.without_answer().filter(vacancy__in=vacancies).order_by()
    counted = waiting.values("vacancy").annotate(number=Count("pk"))
    return dict(counted.values_list("vacancy", "number"))


def sent_between(vacancies, since, until):
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


def saves_to_nudge(*, within, more_than, on):
    """Return saved jobs that close in at most `within` and more than `more_than` days of the day `on`.

    Or on that day itself, when `more_than` is 0. Left out are those of people who turned the letters
    off, have applied, were told, or saved the job when there was no more time left than that, and those
    who have a draft: `chase_drafts` writes to them.
    """
    last, first = on + timedelta(days=within), on + timedelta(days=more_than + bool(more_than))
    closing = Vacancy.objects.open_to_staff(on).filter(
        rolling=False, closes_on__range=(first, last)
    )
    due_on = ExpressionWrapper(
        F("vacancy__closes_on") - timedelta(days=within), output_field=DateField()
    )
    of_both = {"vacancy": OuterRef("vacancy")}
    applied = Application.objects.filter(applicant=OuterRef("user"), **of_both)
    told = SavedVacancyNudge.objects.filter(person=OuterRef("user"), days=within, **of_both)
    return SavedVacancy.objects.filter(
        ~Exists(applied),
        ~Exists(told),
        wants_nudges=True,
        user__is_active=True,
        vacancy__in=closing,
        saved_at__date__lt=due_on,
    ).order_by("pk")
