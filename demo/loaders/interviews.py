"""Interviews under way: a round with times to choose from, one of them chosen, one wish for another time."""

from datetime import datetime, time, timedelta
from itertools import pairwise

from django.utils import timezone

from accounts.models import User
from applications.actions import (
    arrange_round,
    ask_another_time,
    choose_slot,
    invite_to_choose,
    make_slots,
)
from applications.models import Application, ApplicationMove, InterviewRound
from applications.states import HAPPY_PATH, ApplicationState, Registration
from demo.loaders.panel import LEAD, MEMBER, put_on, write
from organisation.queries import is_working_day
from vacancies.models import Vacancy

JOB_SEEKER = "job.seeker@example.org"
QUESTIONS = [
    "Tell us about a time when you did this well. What was hard about it?",
    "What would you do in your first month to show this?",
]
LAST = "What would you like to ask us?"
BRING = (
    "Your passport or another proof of who you are, and the certificates of your qualifications. "
    "Water and tea are there."
)


def load(today):
    """Arrange a round, unless there is one, for a closed job with people in interview, the job seeker too."""
    if InterviewRound.objects.exists():
        return
    others = list(
        Application.objects.filter(state=ApplicationState.INTERVIEW)
        .select_related("applicant")
        .order_by("vacancy__closes_on", "pk")[:2]
    )
    if len(others) < 2:
        return
    vacancy = Vacancy.objects.get(pk=others[0].vacancy_id)
    for number, application in enumerate(others):
        write(application, vacancy, number)
    mine = of_the_job_seeker(vacancy)
    officer = User.objects.get(email="hr@example.org")
    found = round_of(vacancy, officer, today)
    invite_to_choose(interview_round=found, applications=[*others, mine], by=officer)
    first, second = others
    slots = list(found.slots.all())
    choose_slot(
        application=first,
        slot=slots[1],
        by=first.applicant,
        make_ready="I lip-read, so I would like to see everybody's face.",
    )
    invitation = second.interview_invitations.get()
    words = "I work in the mornings. Any afternoon after two would suit me."
    ask_another_time(invitation=invitation, words=words, by=second.applicant)


def of_the_job_seeker(vacancy):
    """Return an application of the demo's job seeker that has come as far as the interview."""
    person = User.objects.get(email=JOB_SEEKER)
    officer = User.objects.get(email="hr@example.org")
    now = timezone.now()
    application = Application.objects.create(
        vacancy=vacancy,
        applicant=person,
        full_name=person.full_name,
        phone="01632 960177",
        address="12 Mill Lane",
        town="Alton",
        postcode="SO23 9ZZ",
        right_to_work=True,
        needs_sponsorship=False,
        registration=Registration.AWAITING if vacancy.needs_registration else "",
        adjustments="I think best when I can see a question as well as hear it.",
        state=ApplicationState.INTERVIEW,
        started_at=now - timedelta(days=21),
        submitted_at=now - timedelta(days=20),
    )
    steps = [
        ApplicationState.DRAFT,
        *HAPPY_PATH[: HAPPY_PATH.index(ApplicationState.INTERVIEW) + 1],
    ]
    for number, (before, after) in enumerate(pairwise(steps)):
        ApplicationMove.objects.create(
            application=application,
            from_state=before,
            to_state=after,
            moved_at=application.submitted_at + timedelta(days=6 * number),
            moved_by=person if number == 0 else officer,
        )
    write(application, vacancy, 2)
    return application


def round_of(vacancy, officer, today):
    """Arrange the round with its questions, and times on the first working day in more than a week."""
    members = [put_on(vacancy, address) for address in (LEAD, MEMBER)]
    criteria = list(vacancy.criteria.all())
    asked = [(row, QUESTIONS[place % len(QUESTIONS)]) for place, row in enumerate(criteria)]
    day = today + timedelta(days=9)
    while not is_working_day(day):
        day += timedelta(days=1)
    found = arrange_round(
        vacancy=vacancy,
        name="First interview",
        interviewers=members,
        questions=[*asked, (None, LAST)],
        minutes=45,
        place="Room 4, Elizabeth II Court, Winchester",
        video_link="",
        bring=BRING,
        choose_until=timezone.make_aware(datetime.combine(day - timedelta(days=2), time(0))),
        by=officer,
    )
    first = timezone.make_aware(datetime.combine(day, time(9, 30)))
    begins = [first + timedelta(hours=number) for number in range(5)]
    make_slots(interview_round=found, begins=begins, by=officer)
    return found
