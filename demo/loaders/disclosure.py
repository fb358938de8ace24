"""Self-declarations: one not sent, one with something to tell that waits for a signature, the rest with nothing."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from applications.actions.disclosure import put_off
from applications.models import (
    Application,
    Declaration,
    DeclarationVersion,
    DisclosureReader,
    OnlineSearch,
    RiskAssessment,
)
from applications.rules.disclosure import SHORTLISTED, is_exempt
from applications.states import (
    ApplicationState,
    AssessmentAbout,
    AssessmentOutcome,
    AssessmentState,
    DeclarationState,
    SearchOutcome,
    SearchState,
)

READERS = [
    ("officer@example.org", "Workforce development officer"),
    ("educator@example.org", "Practice educator"),
]
APPLICANT = "returner@example.org"  # asked, and has not begun
NOTHING = {"anything": "no", "barred": "no", "safeguarding": "no"}
MATTER = {
    "what": "When I was 19 I drove home from a party after two drinks. Nobody was hurt.",
    "when": "July 2012",
    "outcome": "I lost my licence for 14 months and paid a fine of £220.",
    "since": "I took the course the court offered. I have driven for eleven years without a point.",
}
NOTES = {
    "nature": "Driving after drinking, once. Nobody was hurt.",
    "relevance": "The job means driving to families, sometimes with a child in the car.",
    "time": "Fourteen years ago.",
    "age": "Nineteen.",
    "pattern": "Once. Nothing before it, and nothing since.",
    "circumstances": "After a party, at night, on an empty road.",
    "change": "A course, and eleven years of driving without a point.",
    "telling": "Openly and in full, with the dates.",
}
SUMMARY = (
    "You told us about driving after drinking in 2012. The job means driving to families, so we would "
    "like to hear how you keep your driving safe today."
)
REPLY = "I do not drink at all on a day when I drive, and I ask a colleague when I am very tired."
SENTENCE = (
    "Thank you for telling us. You can go on, and your manager will look at your driving hours."
)


def load(today):
    """Load them, unless there are some."""
    if Declaration.objects.exists():
        return
    applications = [
        application
        for application in Application.objects.filter(state__in=SHORTLISTED)
        .select_related("vacancy")
        .order_by("pk")
        if is_exempt(application.vacancy)
    ]
    readers = [give_role(address) for address, _ in READERS]
    for vacancy in {application.vacancy for application in applications}:
        name(vacancy, readers)
    at_interview = [row for row in applications if row.state == ApplicationState.INTERVIEW]
    if at_interview:
        belongs_to(at_interview[0], User.objects.get(email=APPLICANT))
    for application in applications:
        Desk(application, readers, today).fill(at_interview)


def give_role(address):
    person = User.objects.get(email=address)
    person.roles = sorted({*person.roles, "disclosure_reader"})
    person.save(update_fields=["roles"])
    return person


def name(vacancy, readers):
    officer = User.objects.get(email="hr@example.org")
    for place, (person, (_, job_title)) in enumerate(zip(readers, READERS, strict=True), 1):
        DisclosureReader.objects.create(
            vacancy=vacancy, person=person, place=place, job_title=job_title, named_by=officer
        )


def belongs_to(application, person):
    """Give an application to somebody who can sign in."""
    application.moves.filter(moved_by=application.applicant).update(moved_by=person)
    application.applicant, application.full_name = person, person.full_name
    application.save(update_fields=["applicant", "full_name"])


class Desk:
    """What lies on the readers' desk about one application."""

    def __init__(self, application, readers, today):
        self.application, self.readers, self.today = application, readers, today

    def at(self, days_ago):
        return timezone.make_aware(
            datetime.combine(self.today - timedelta(days=days_ago), time(9, 30))
        )

    def fill(self, at_interview):
        number = at_interview.index(self.application) if self.application in at_interview else -1
        if number == 0:
            self.ask(0)
        elif number == 1:
            self.send(matters=[MATTER])
            self.assess()
        else:
            self.send(matters=[])

    def ask(self, days_ago, **fields):
        asked = self.at(days_ago) if days_ago else timezone.now()
        search = {} if days_ago == 0 else self.searched()
        made = OnlineSearch(application=self.application, due_at=asked, **search)
        declaration = Declaration(
            application=self.application, asked_at=asked, told_of_search_at=asked, **fields
        )
        for row in (made, declaration):
            if days_ago:
                put_off(row)
            row.save()
        return declaration

    def searched(self):
        return {
            "state": SearchState.RECORDED,
            "searched_on": self.today - timedelta(days=8),
            "places": "Two search engines, and the sites on which people show their work.",
            "terms": f"{self.application.full_name}, with the town and without",
            "outcome": SearchOutcome.NOTHING,
            "recorded_at": self.at(8),
            "recorded_by": self.readers[1],
        }

    def send(self, matters):
        declaration = self.ask(
            12,
            state=DeclarationState.READ,
            sent_at=self.at(10),
            read_at=self.at(9),
            read_by=self.readers[0],
            version=1,
        )
        answers = {**NOTHING, "anything": "yes" if matters else "no", "matters": matters}
        DeclarationVersion.objects.create(
            declaration=declaration, number=1, sent_at=self.at(10), **answers
        )

    def assess(self):
        first = self.readers[0]
        assessment = RiskAssessment(
            application=self.application,
            about=AssessmentAbout.DECLARATION,
            state=AssessmentState.PROPOSED,
            version=2,
            notes=NOTES,
            summary=SUMMARY,
            begun_at=self.at(8),
            begun_by=first,
            shared_at=self.at(7),
            shared_by=first,
            reply_by=self.today,
            reply=REPLY,
            replied_at=self.at(4),
            outcome=AssessmentOutcome.WITH_MEASURES,
            reason="Long ago, once, and told openly. The reply answers what we asked.",
            measures="The manager looks at the driving hours in supervision for six months.",
            sentence=SENTENCE,
            review_on=self.today + timedelta(days=180),
            proposed_at=self.at(1),
            proposed_by=first,
        )
        put_off(assessment)
        assessment.save()
