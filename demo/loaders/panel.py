"""A shortlisting under way: a panel of three, one application they see differently, one nobody has read."""

from datetime import date

from accounts.models import User
from applications.actions import declare_interests, put_on_panel, save_scores
from applications.models import (
    Application,
    CriterionEvidence,
    Employment,
    InterviewScheme,
    PanelMember,
    Qualification,
    SchemeChosen,
)
from applications.states import ApplicationState
from vacancies.models import Vacancy

LEAD, MEMBER, THIRD = "hiring.manager@example.org", "panel@example.org", "manager@example.org"
MOST = 4  # applications
EVIDENCE = [
    "For three years I have visited families every week, and I write up each visit on the same day. "
    "My manager says: “{first_name} stays until the kettle has boiled.” One mother asked for me again "
    "when she moved, because I had kept every promise, small ones too.",
    "I led the plan for a boy of nine whose school had given up. I brought his grandmother, the head "
    "of year and him to one table. He now goes four days a week, and he chose the fifth himself.",
    "I tell a parent what I am going to write before I write it. When I am not sure, I ask on the same "
    "day: last winter that meant a strategy meeting within two hours.",
    "I have shown two students how to begin a hard conversation, and I learned from both. I read one "
    "piece of research a month and bring it to our team meeting.",
]
NOTES = [
    "Second sentence: visits every week, written up at once.",
    "A plan of their own, and what came of it.",
    "Says what they did, and how quickly.",
    "One example, told well.",
]
# What each member gives the applications, in order: the lead, the panel member, the third. The points
# are for the first criterion; for the others they agree. None is a draft or nothing yet.
POINTS = [(3, 1, 2), (4, 4, 3), (2, None, 2), (None, None, None)]
AGREED = 3


def load(today):
    """Begin the shortlisting, unless there is one, with applications that are in shortlisting already."""
    if PanelMember.objects.exists():
        return
    applications = list(
        Application.objects.filter(state=ApplicationState.SHORTLISTING)
        .select_related("applicant")
        .order_by("vacancy__closes_on", "pk")[:MOST]
    )
    if len(applications) < MOST:
        return
    vacancy = Vacancy.objects.get(pk=applications[0].vacancy_id)
    for number, application in enumerate(applications):
        write(application, vacancy, number)
    members = [put_on(vacancy, address) for address in (LEAD, MEMBER, THIRD)]
    scheme, _ = InterviewScheme.objects.get_or_create(
        name="Disability Confident", defaults={"question": "I am disabled"}
    )
    SchemeChosen.objects.get_or_create(application=applications[1], scheme=scheme)
    for application, given in zip(applications, POINTS, strict=True):
        for member, points in zip(members, given, strict=True):
            score(member, application, points)


def write(application, vacancy, number):
    """Make an application one for this vacancy, with evidence for each of its criteria."""
    application.vacancy = vacancy
    application.save(update_fields=["vacancy"])
    application.evidence.all().delete()
    first_name = application.full_name.split()[0]
    CriterionEvidence.objects.bulk_create(
        CriterionEvidence(
            application=application,
            criterion=criterion,
            words=EVIDENCE[(place + number) % len(EVIDENCE)].format(first_name=first_name),
        )
        for place, criterion in enumerate(vacancy.criteria.all())
    )
    if not application.employments.exists():
        Employment.objects.create(
            application=application,
            employer="Weirside Family Centre",
            job_title="Family support worker",
            began_on=date(2021, 3, 1),
            with_children=True,
            duties="Visits, a group on Saturdays, and plans made with parents.",
        )
    if not application.qualifications.exists():
        Qualification.objects.create(
            application=application,
            title="BA in Social Work",
            awarded_by="University of the Downs",
            result="2:1",
            finished_on=date(2020, 7, 1),
        )


def put_on(vacancy, address):
    """Put somebody on the panel, with the role it needs, and have them declare."""
    person = User.objects.get(email=address)
    person.roles = sorted({*person.roles, "panel_member"})
    person.save(update_fields=["roles"])
    person = User.objects.get(pk=person.pk)  # with the role it has now
    officer = User.objects.get(email="hr@example.org")
    member = put_on_panel(vacancy=vacancy, person=person, is_lead=address == LEAD, by=officer)
    return declare_interests(member=member, by=person)


def score(member, application, points):
    """Have a member send their scores; the panel member of the demo keeps a draft of one."""
    criteria = list(application.vacancy.criteria.all())
    is_draft = (
        points is None and member.person.email == MEMBER and application.score_sheets.exists()
    )
    if points is None and not is_draft:
        return
    first = [points, *[AGREED] * (len(criteria) - 1)]
    given = {
        row.pk: (mine, NOTES[place % len(NOTES)] if mine is not None else "")
        for place, (row, mine) in enumerate(zip(criteria, first, strict=True))
    }
    save_scores(
        member=member,
        application=application,
        scores=given,
        version=0,
        by=member.person,
        send=not is_draft,
    )
