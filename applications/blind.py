"""An application as the panel reads it. Every page, print and download for a panel is made of this alone.

What is not here does not reach a panel: name, contact, birth date, registration number, referees, files
and their names, adjustments, schemes, places, where somebody works or studied, how they came to apply.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from applications.masking import Mask
from applications.states import Registration

REGISTRATION = {
    Registration.REGISTERED: "Registered",
    Registration.AWAITING: "Awaiting registration",
}


@dataclass(frozen=True)
class BlindEvidence:
    """What somebody wrote about one criterion."""

    criterion_id: int
    kind: str
    text: str
    words: str


@dataclass(frozen=True)
class BlindJob:
    """A job, its months, and its employer only where the vacancy shows employers.

    The present employer is shown of nobody: it would tell who works here already.
    """

    title: str
    employer: str
    began_on: date
    ended_on: date | None
    with_children: bool
    duties: str
    reason_for_leaving: str


@dataclass(frozen=True)
class BlindQualification:
    """A qualification, without the school. One still to come says so; other dates would tell an age."""

    title: str
    result: str
    is_expected: bool


@dataclass(frozen=True)
class BlindTraining:
    """A course somebody took, and when."""

    title: str
    finished_on: date


@dataclass(frozen=True)
class BlindGap:
    """Months without a job, and what somebody did then."""

    began_on: date
    ended_on: date
    words: str


@dataclass(frozen=True)
class BlindApplication:
    """One application without the person: its code is the only name it has."""

    code: str
    registration: str
    evidence: tuple
    jobs: tuple
    qualifications: tuple
    training: tuple
    gaps: tuple

    @classmethod
    def of(cls, application, criteria, *, on):
        """Return the application with its rows blind. `criteria` are the vacancy's, `on` is today.

        It reads application.applicant and .vacancy and the rows of every section.
        """
        mask = mask_of(application)
        shows_employers = application.vacancy.shows_employers
        words = {row.criterion_id: row.words for row in application.evidence.all()}
        return cls(
            code=application.code,
            registration=REGISTRATION.get(application.registration, ""),
            evidence=tuple(
                BlindEvidence(row.pk, row.get_kind_display(), row.text, mask(words.get(row.pk, "")))
                for row in criteria
            ),
            jobs=tuple(_job(row, mask, shows_employers) for row in application.employments.all()),
            qualifications=tuple(
                BlindQualification(mask(row.title), mask(row.result), row.finished_on > on)
                for row in application.qualifications.all()
            ),
            training=tuple(
                BlindTraining(mask(row.title), row.finished_on)
                for row in application.training_taken.all()
            ),
            gaps=tuple(
                BlindGap(row.began_on, row.ended_on, mask(row.words))
                for row in application.gaps.all()
            ),
        )


def _job(row, mask, shows_employers):
    return BlindJob(
        title=mask(row.job_title),
        employer=mask(row.employer) if shows_employers and row.ended_on else "",
        began_on=row.began_on,
        ended_on=row.ended_on,
        with_children=row.with_children,
        duties=mask(row.duties),
        reason_for_leaving=mask(row.reason_for_leaving),
    )


def mask_of(application):
    """Return what hides the person of an application in free text.

    Besides their own name, address and numbers: the names of referees and schools, and of employers where
    the vacancy does not show them, as long as they are more than one word, which might mean anything. The
    council's own name as well, whoever writes it, and the team of who works here: they would tell that.
    """
    applicant, hidden = application.applicant, [settings.COUNCIL_NAME]
    if not application.vacancy.shows_employers:
        hidden += [row.employer for row in application.employments.all()]
    hidden += [row.awarded_by for row in application.qualifications.all()]
    hidden += [row.full_name for row in application.referees.all()]
    if member := getattr(applicant, "staff_member", None):
        hidden.append(member.team.name)
    return Mask(
        names=[application.full_name, applicant.full_name],
        emails=[applicant.email],
        phones=[application.phone],
        codes=[application.registration_number, application.postcode],
        whole=[words for words in (*hidden, application.address) if len(words.split()) > 1],
    )
