"""What the pages of a panel read. Nothing here gives an application to somebody who knows its person."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery

from applications.models import (
    Application,
    Conflict,
    PanelMember,
    SchemeChosen,
    Score,
    ScoreSheet,
    ShortlistDecision,
)
from applications.rules import panel as panel_rules
from applications.states import ApplicationState

# The rows of an application that a panel reads, each one query.
SECTIONS = ["evidence", "employments", "qualifications", "training_taken", "gaps", "referees"]


def _number(rows):
    """Count rows of one panel member in a subquery."""
    counted = rows.order_by().values("vacancy").annotate(number=Count("pk"))
    return Subquery(counted.values("number"))


def panels_of(person):
    """Return the panels somebody serves on, with how many applications there are to read and were sent."""
    to_read = Application.objects.filter(
        ~Exists(
            Conflict.objects.filter(application=OuterRef("pk"), member=OuterRef(OuterRef("pk")))
        ),
        vacancy=OuterRef("vacancy"),
        state=ApplicationState.SHORTLISTING,
    )
    sent = ScoreSheet.objects.counting().filter(
        application=OuterRef("pk"), member=OuterRef(OuterRef("pk"))
    )
    again = Score.objects.filter(
        sheet__application=OuterRef("pk"),
        sheet__member=OuterRef(OuterRef("pk")),
        sheet__voided_at__isnull=True,
        asked_again_at__isnull=False,
        answered_at__isnull=True,
    )
    return (
        PanelMember.objects.serving()
        .filter(person=person)
        .select_related("vacancy")
        .defer("vacancy__search_vector", "vacancy__search_heads", "vacancy__body")
        .annotate(
            to_read=_number(to_read),
            sent=_number(to_read.filter(Exists(sent))),
            to_read_again=_number(to_read.filter(Exists(again))),
        )
        .order_by("-vacancy_id")
    )


def member_of(person, reference):
    """Return somebody's row on the panel of a vacancy, if it lets them in, or None."""
    member = (
        PanelMember.objects.select_related("vacancy__role")
        .defer("vacancy__search_vector", "vacancy__search_heads")
        .filter(person=person, vacancy__reference=reference)
        .first()
    )
    if member is None or not panel_rules.serves(person, member):
        return None
    return member


def applications_for(member):
    """Return what a member reads, by code, which says nothing of when an application came."""
    known = Conflict.objects.filter(application=OuterRef("pk"), member=member)
    return Application.objects.filter(
        ~Exists(known),
        vacancy=member.vacancy_id,
        state__in=panel_rules.READ_BY_PANEL,
        blanked_at__isnull=True,
    ).order_by("code")


def with_sheet_of(applications, member):
    """Give each of some applications the sheets of one member as `my_sheets`, with their scores."""
    mine = ScoreSheet.objects.filter(member=member).prefetch_related(
        Prefetch("scores", Score.objects.select_related("criterion"))
    )
    return applications.prefetch_related(Prefetch("score_sheets", mine, to_attr="my_sheets"))


def to_read_blind(applications):
    """Read with some applications what making them blind needs: a fixed number of queries."""
    return applications.select_related("applicant__staff_member__team").prefetch_related(*SECTIONS)


def application_of_panel(member, code):
    """Return one application with all that is read of it and the member's own scores, or None."""
    found = with_sheet_of(to_read_blind(applications_for(member)), member).filter(code=code).first()
    if found is not None:
        found.vacancy = member.vacancy
    return found


def serving_members(vacancy):
    """Return who serves on the panel of a vacancy, the lead first."""
    return vacancy.panel_members.serving().select_related("person")


def readers_expected(application):
    """Return the members who are to score an application: all who serve and do not know the person."""
    known = Conflict.objects.filter(application=application, member=OuterRef("pk"))
    return PanelMember.objects.serving().filter(~Exists(known), vacancy=application.vacancy_id)


def everybody_has_sent(application):
    """Say whether at least two people have scored an application, and nobody is still to."""
    sent = ScoreSheet.objects.counting().filter(application=application)
    waiting = readers_expected(application).exclude(sheets__in=sent)
    return panel_rules.enough_readers(sent.count()) and not waiting.exists()


def scores_that_count(application):
    """Return all scores of an application from sheets that count, with who gave them."""
    return (
        Score.objects.filter(
            sheet__application=application,
            sheet__sent_at__isnull=False,
            sheet__voided_at__isnull=True,
        )
        .select_related("criterion", "sheet__member__person")
        .order_by("-criterion__kind", "criterion__position", "criterion", "sheet")
    )


def decision_of(application):
    """Return what was proposed or decided for an application and stands, or None."""
    return application.shortlist_decisions.filter(undone_at__isnull=True).first()


def in_shortlist(vacancy, *, only=None, member=None):
    """Return the applications of a vacancy's table: in shortlisting, or decided from it.

    `only` is a single application, and `member` somebody who does not see those whose person they know.
    """
    decided = ShortlistDecision.objects.filter(
        application=OuterRef("pk"), undone_at__isnull=True, decided_at__isnull=False
    )
    found = Application.objects.filter(
        Q(state=ApplicationState.SHORTLISTING) | Q(Exists(decided)), vacancy=vacancy
    )
    if only is not None:
        found = found.filter(pk=only.pk)
    if member is not None:
        known = Conflict.objects.filter(application=OuterRef("pk"), member=member)
        found = found.exclude(Exists(known))
    return (
        found.exclude(state=ApplicationState.WITHDRAWN)
        .annotate(has_scheme=Exists(SchemeChosen.objects.filter(application=OuterRef("pk"))))
        .order_by("code")
    )


def conflicts_of(vacancy):
    """Return whom among the applicants of a vacancy its members know, for HR."""
    return (
        Conflict.objects.filter(member__vacancy=vacancy)
        .select_related("member__person", "application")
        .order_by("declared_at", "pk")
    )


def schemes_by_application(applications):
    """Return the names of the interview schemes asked for, by the key of the application, for HR alone."""
    chosen = SchemeChosen.objects.filter(application__in=[row.pk for row in applications])
    found = {}
    for row in chosen.select_related("scheme"):
        found.setdefault(row.application_id, []).append(row.scheme.name)
    return found


def sheets_of(application):
    """Return the score sheets of an application with all that is on them, for HR."""
    scores = Score.objects.select_related("criterion")
    return (
        application.score_sheets.select_related("member__person", "application")
        .prefetch_related(Prefetch("scores", scores), "reopenings__reopened_by")
        .order_by("pk")
    )


def decisions_of(application):
    """Return every proposal and decision about an application, the last first."""
    return application.shortlist_decisions.select_related(
        "application", "proposed_by", "decided_by", "undone_by"
    ).order_by("-pk")


def proposals_by_vacancy():
    """Return (key, title, number) of each vacancy with proposals that HR has not decided."""
    waiting = ShortlistDecision.objects.filter(
        decided_at__isnull=True, application__state=ApplicationState.SHORTLISTING
    )
    by_vacancy = waiting.order_by().values_list(
        "application__vacancy", "application__vacancy__title"
    )
    return by_vacancy.annotate(number=Count("pk")).order_by("application__vacancy")


def people_with_applications_to_read():
    """Return the keys of people who serve on a panel that has something in shortlisting."""
    serving = PanelMember.objects.serving().filter(
        vacancy__applications__state=ApplicationState.SHORTLISTING
    )
    return serving.values("person")
