"""What HR's daily work reads: what waits, for how long, and who is to be reminded or told."""

from datetime import timedelta

from django.conf import settings
from django.db.models import (
    Case,
    Count,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)

from accounts.models import User
from accounts.retention import start_of
from applications.models import (
    Application,
    ApplicationMove,
    Chaser,
    Conflict,
    PanelMember,
    ScoreSheet,
)
from applications.states import WITHOUT_ANSWER, ApplicationState, ChaserKind
from notifications.models import Message
from notifications.states import MessageState
from organisation.queries.working_days import working_days_before
from vacancies.models import SavedVacancy, Vacancy
from vacancies.states import VacancyState

HR_LETTER = "applications/emails/hr_message"
LETTERS_SHOWN = 30
# A vacancy whose applications wait for the council: nobody can apply any more, and it is not filled.
OVER_AND_NOT_FILLED = [VacancyState.CLOSED]


def messages_to_applicant(application):
    """Return what HR wrote to an applicant, the newest first."""
    return application.messages.select_related("sent_by")


def messages_for(application):
    """Return what an applicant reads under Messages: what HR `written`, and the `letters` we sent."""
    return {
        "written": list(messages_to_applicant(application)),
        "letters": list(letters_to_applicant(application)),
    }


def letters_to_applicant(application):
    """Return (subject, moment) of each letter that went to the applicant about an application.

    Secret letters are never shown, and HR's own messages stand elsewhere with their words.
    """
    sent = Message.objects.filter(
        about_type=application._meta.label,
        about_id=str(application.pk),
        to__iexact=application.applicant.email,
        is_secret=False,
        state=MessageState.SENT,
    ).exclude(template=HR_LETTER)
    return sent.order_by("-sent_at", "-pk").values_list("subject", "sent_at")[:LETTERS_SHOWN]


def late(applications, now):
    """Filter applications `with_stage_since` that are longer at their stage than settings.STAGE_LIMIT_DAYS.

    What is received waits for us from the day its job closed, or at once where that is always open.
    """
    latest = {
        stage: now - timedelta(days=days) for stage, days in settings.STAGE_LIMIT_DAYS.items()
    }
    received = latest[ApplicationState.SUBMITTED]
    waits_for_us = (
        ~Q(state=ApplicationState.SUBMITTED)
        | Q(vacancy__closed_at__lt=received)
        | Q(vacancy__rolling=True)
    )
    since = Case(
        *(When(state=stage, then=Value(moment)) for stage, moment in latest.items()),
        output_field=DateTimeField(),
    )
    return (
        applications.filter(waits_for_us)
        .alias(late_since=since)
        .filter(stage_since__lt=F("late_since"))
    )


def days_at_stage(application, now):
    """Return for how many whole days an application `with_stage_since` has been where it is."""
    return (now - application.stage_since).days


def stages_by_vacancy(vacancies):
    """Return {vacancy: {state: (how many, since when the oldest is there)}} for a list of vacancies."""
    waiting = Application.objects.not_decided().filter(vacancy__in=vacancies).with_stage_since()
    counted = waiting.order_by().values_list("vacancy", "state")
    found = {}
    for vacancy, state, number, oldest in counted.annotate(Count("pk"), Min("stage_since")):
        found.setdefault(vacancy, {})[state] = (number, oldest)
    return found


def vacancies_with_applications_on_their_way():
    """Return the vacancies that somebody waits for, those that closed first at the head."""
    waiting = Application.objects.not_decided().filter(vacancy=OuterRef("pk"))
    return (
        Vacancy.objects.filter(Exists(waiting))
        .without_search_columns()
        .defer("body", "benefits")
        .order_by("closes_on", "pk")
    )


def without_answer_too_long(on):
    """Return the applications of closed jobs whose applicants have had no answer for too long."""
    since = working_days_before(on, settings.NO_ANSWER_AFTER_WORKING_DAYS)
    return Application.objects.without_answer().filter(
        vacancy__state__in=OVER_AND_NOT_FILLED,
        vacancy__closed_at__lt=start_of(since + timedelta(days=1)),
    )


def drafts_to_chase(*, within, more_than, on):
    """Return drafts for jobs that close in at most `within` and more than `more_than` days of `on`.

    Or on that day itself, when `more_than` is 0. Left out are those begun when there was no more time left
    than that, those of people who want no such letters about the job, and those told already.
    """
    last, first = on + timedelta(days=within), on + timedelta(days=more_than + bool(more_than))
    closing = Vacancy.objects.open_to_staff(on).filter(
        rolling=False, closes_on__range=(first, last)
    )
    due_on = ExpressionWrapper(
        F("vacancy__closes_on") - timedelta(days=within), output_field=DateField()
    )
    unwanted = SavedVacancy.objects.filter(
        user=OuterRef("applicant"), vacancy=OuterRef("vacancy"), wants_nudges=False
    )
    return Application.objects.filter(
        ~Exists(unwanted),
        ~_told(ChaserKind.DRAFT, within),
        state=ApplicationState.DRAFT,
        vacancy__in=closing,
        applicant__is_active=True,
        started_at__date__lt=due_on,
    ).order_by("pk")


def forgotten(*, on):
    """Return applications whose applicants have heard nothing for too long, with `stage_since`.

    Each waits for us: nothing counts while people can still apply. Any letter of this app to the person
    is news.
    """
    last_day = working_days_before(on, settings.HOLDING_AFTER_WORKING_DAYS)
    quiet_since = start_of(last_day + timedelta(days=1))
    heard = Message.objects.filter(
        to=OuterRef("applicant__email"),
        about_type__startswith="applications.",
        created_at__gte=quiet_since,
    )
    waiting = Application.objects.filter(state__in=sorted(WITHOUT_ANSWER), blanked_at__isnull=True)
    return (
        waiting.filter(
            Q(vacancy__rolling=True) | Q(vacancy__closed_at__lt=quiet_since),
            ~Exists(heard),
            applicant__is_active=True,
        )
        .exclude(vacancy__state=VacancyState.WITHDRAWN)
        .exclude(applicant__in=User.objects.without_address())
        .with_stage_since()
        .filter(stage_since__lt=quiet_since)
        .order_by("pk")
    )


def jobs_with_unread_applications(*, closed_before):
    """Return closed jobs with applications that nobody has begun to consider, with their `number`."""
    return (
        Vacancy.objects.filter(state=VacancyState.CLOSED, closed_at__lt=closed_before)
        .without_search_columns()
        .annotate(
            number=Count("applications", filter=Q(applications__state=ApplicationState.SUBMITTED))
        )
        .filter(number__gt=0)
        .order_by("pk")
    )


def jobs_with_late_panels(*, since):
    """Return jobs where a member is still to score what came to the panel before `since`, with its `number`."""
    came = ApplicationMove.objects.filter(
        application=OuterRef("pk"), to_state=ApplicationState.SHORTLISTING
    )
    came_at = came.order_by().values("application").annotate(last=Max("moved_at")).values("last")
    late_ones = Application.objects.filter(
        _a_member_is_to_score_it(), vacancy=OuterRef("pk"), state=ApplicationState.SHORTLISTING
    ).annotate(came_at=Subquery(came_at))
    counted = late_ones.filter(came_at__lt=since).order_by().values("vacancy")
    return (
        Vacancy.objects.without_search_columns()
        .annotate(number=Subquery(counted.annotate(number=Count("pk")).values("number")))
        .filter(number__gt=0)
        .order_by("pk")
    )


def _a_member_is_to_score_it():
    """Say whether somebody serves on the panel, does not know the person and has sent no scores."""
    of_both = {"application": OuterRef(OuterRef("pk")), "member": OuterRef("pk")}
    return Exists(
        PanelMember.objects.serving().filter(
            ~Exists(Conflict.objects.filter(**of_both)),
            ~Exists(ScoreSheet.objects.counting().filter(**of_both)),
            vacancy=OuterRef("vacancy"),
        )
    )


def _told(kind, step):
    return Exists(Chaser.objects.filter(kind=kind, step=step, application=OuterRef("pk")))
