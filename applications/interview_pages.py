"""What the pages of an interview show to interviewers and HR: the kit, the scores, the table."""

from fractions import Fraction

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from applications.forms.panel import ScoreForm
from applications.queries import interviews as interview_queries
from applications.queries.internal import what_they_did_here
from applications.queries.references import discrepancies_for_interview
from applications.queries.shortlist import to_one_place
from applications.rules.interviews import has_begun
from applications.sections import Held, sections_of

# The sections of the application that interviewers read with the name: what somebody has done, and nothing
# of how to reach them, of their referees, of what would help them, or of a scheme.
SECTIONS_OF_KIT = {"employment", "qualifications", "training"}


def chosen_of(bookings, asked):
    """Return the booking whose round is asked for in the address, or the last one that has begun or comes first."""
    by_round = {str(booking.round_id): booking for booking in bookings}
    return by_round.get(asked or "", bookings[0] if bookings else None)


def address(name, booking):
    application = booking.application
    args = [application.vacancy.reference, application.code]
    return f"{reverse(f'applications:panel-{name}', args=args)}?round={booking.round_id}"


def kit(member, booking, bookings):
    """Return what the kit of one interview shows. It carries the name: only for its interviewers."""
    application = booking.application
    invitation = application.interview_invitations.filter(round=booking.round_id).first()
    sections = sections_of(Held(application))
    return {
        "vacancy": member.vacancy,
        "member": member,
        "application": application,
        "booking": booking,
        "others": [row for row in bookings if row != booking],
        "questions": booking.round.questions.select_related("criterion"),
        "evidence": _evidence(application),
        "parts": [row.part() for row in sections if row.name in SECTIONS_OF_KIT],
        "make_ready": invitation.make_ready if invitation else "",
        "time_here": [row.words for row in what_they_did_here(application)],
        "differences": discrepancies_for_interview(application),
        "scale": settings.SHORTLIST_SCALE,
        "scores_url": address("interview-scores", booking),
        "sheet": interview_queries.sheet_of(member, booking),
    }


def _evidence(application):
    words = {row.criterion_id: row.words for row in application.evidence.all()}
    return [(row, words.get(row.pk, "")) for row in application.vacancy.criteria.all()]


class InterviewScoreForm(ScoreForm):
    """Points and notes for each question of a round."""

    noun = "question"
    notes_label = "What they said"
    notes_missing = "Write what they said to question {}"


def initial_scores(sheet):
    """Return what is saved as the form shows it, with the version it has."""
    if sheet is None:
        return {"version": 0}
    saved = {"version": sheet.version}
    for score in sheet.scores.all():
        saved[f"points_{score.question_id}"] = score.points
        saved[f"notes_{score.question_id}"] = score.notes
    return saved


def scores(member, booking, questions, form, sheet):
    """Return what the page of scores shows: each question with its boxes, or with what was sent."""
    boxes = {pk: (points, notes) for pk, points, notes in form.parts()}
    mine = {row.question_id: row for row in sheet.scores.all()} if sheet else {}
    return {
        "vacancy": member.vacancy,
        "booking": booking,
        "application": booking.application,
        "kit_url": address("interview", booking),
        "again_query": f"?round={booking.round_id}",
        "sheet": sheet,
        "form": form,
        "can_write": sheet is None or sheet.sent_at is None,
        "has_begun": has_begun(booking.slot, timezone.now()),
        "parts": [
            {
                "number": number,
                "question": question,
                "points": boxes[question.pk][0],
                "notes": boxes[question.pk][1],
                "mine": mine.get(question.pk),
            }
            for number, question in enumerate(questions, start=1)
        ],
    }


def score_to_read_again(sheet, pk):
    """Return a score of the member's own that they are asked to read again, or None."""
    found = sheet.scores.all() if sheet else []
    return next((row for row in found if row.pk == pk and row.asked_again_at is not None), None)


def others_of(member, score, booking):
    """Return what the others gave the same question."""
    given = interview_queries.scores_that_count(booking.application, booking.round)
    return [
        row
        for row in given
        if row.question_id == score.question_id and row.sheet.member_id != member.pk
    ]


def table_lines(table, forms):
    """Return the lines of the table with a form for each that is not decided."""
    questions = {question.pk: question for question in table.questions}
    return [
        {
            "row": row,
            "form": forms.get(row.code),
            "averages": [
                (question, to_one_place(row.averages.get(pk, Fraction(0))))
                for pk, question in questions.items()
                if pk in row.averages
            ],
        }
        for row in table.rows
    ]
