"""What of an application is whose: told to the person, reviewed first, or read by nobody else.

What is reviewed is put together by who wrote it, so that one decision is about one sheet or one reference.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from django.conf import settings

from accounts.gathering import words_of
from applications.disclosure_pages import shows_decision

OWN, PRIVATE, OTHERS = "own", "private", "others"


def _words(row):
    return words_of(row)


def without(*names):
    """Return how to put a row into words without the fields `names`."""
    return lambda row: words_of(row, without=names)


def offer_words(offer):
    """What was offered, with the half days in words."""
    told = words_of(offer, without=["slots", *OFFER_REASONS, "employee_number"])
    return {**told, "half days worked": offer.pattern_words}


# Written by HR for themselves.
OFFER_REASONS = ("end_reason", "early_reason", "start_changed_why")
# The two readers' own, as their page promises them.
READERS_ALONE = ("notes_text", "reason", "measures")
BEFORE_THE_DECISION = ("outcome", "sentence", "review_on", "proposed_at")


def assessment_words(assessment):
    """What the applicant has been told of a risk assessment, their reply, and that there are notes."""
    hidden = {*READERS_ALONE}
    if assessment.shared_at is None:
        hidden.add("summary")
    if not shows_decision(assessment):
        hidden.update(BEFORE_THE_DECISION)
    return {
        **words_of(assessment, without=hidden),
        "notes of the two readers": "They may have written down how they weighed it up. That is not in this "
        f"file, and our HR team cannot read it. To ask for it, write to {settings.CONTACT_EMAIL} and "
        "ask for our data protection officer.",
    }


def reopening_words(reopening):
    """Why a sheet was given back, and the points it had, by what they were for."""
    told = words_of(reopening, without=["points"])
    for score in reopening.sheet.scores.all():
        first, final = (reopening.points.get(str(score.subject_id)) or [None, None])[:2]
        if first is not None:
            subject = getattr(score, "criterion", None) or score.question
            told[f"points before: {subject}"] = str(first if final is None else final)
    return told


@dataclass(frozen=True)
class Kind:
    """One kind of row: what the person calls them, whose they are, and what is told of one."""

    title: str
    whose: str = OTHERS
    words: Callable = _words


# By the name of the model. One that is not here counts as other people's words.
KINDS = {
    "ApplicationMove": Kind("the steps it took", OWN),
    "SectionSave": Kind("the sections you saved", OWN),
    "TypedWords": Kind("what you typed and did not save", OWN),
    "Qualification": Kind("your qualifications", OWN),
    "Employment": Kind("the jobs you have had", OWN),
    "Gap": Kind("the months you told us about", OWN),
    "TrainingTaken": Kind("the training you have had", OWN),
    "CriterionEvidence": Kind("your evidence", OWN),
    "Referee": Kind("your referees", OWN),
    "SchemeChosen": Kind("the interview schemes you chose", OWN),
    "PlaceWanted": Kind("the places you would like", OWN),
    "Document": Kind(
        "the files you sent", OWN, without("content_type", "scan_after", "scans_failed")
    ),
    "AnswersCopied": Kind("the answers you brought along", OWN),
    "ApplicationMessage": Kind("our messages to you", OWN),
    "BulkRow": Kind("what was done for several applications at once", OWN),
    "Chaser": Kind("the reminders that went", OWN),
    "NoticeTold": Kind("the changes to the job you were told of", OWN),
    "DeletionWarning": Kind("the warnings before words are deleted", OWN),
    "InterviewInvitation": Kind("your invitations to an interview", OWN),
    "InterviewBooking": Kind("the interview times you chose", OWN, without("sequence")),
    "InterviewReminder": Kind("the reminders of your interview", OWN),
    "Offer": Kind("what we offered you", OWN, offer_words),
    "OfferCondition": Kind("the conditions of the offer", OWN, without("name", "position")),
    "OfferQuestion": Kind("your questions about the offer, and our answers", OWN),
    "Declaration": Kind("your self-declaration", PRIVATE),
    "DeclarationVersion": Kind("what you declared", PRIVATE),
    "OnlineSearch": Kind("the search online", PRIVATE),
    "RiskAssessment": Kind("the risk assessments", PRIVATE, assessment_words),
    "Conflict": Kind("that a panel member knows you"),
    "ScoreSheet": Kind("a panel member's sheet"),
    "Score": Kind("the points for a criterion"),
    "SheetReopening": Kind("that the sheet was given back", words=reopening_words),
    "ShortlistDecision": Kind("a decision after the shortlisting"),
    "InterviewSheet": Kind("an interviewer's sheet"),
    "InterviewScore": Kind("the points for an answer"),
    "InterviewSheetReopening": Kind("that the sheet was given back", words=reopening_words),
    "InterviewDecision": Kind("a decision after the interviews"),
    "RefusalUndone": Kind("that a refusal was undone"),
    "ReserveListEntry": Kind("a place on the reserve list"),
    # What a referee has not sent is not ours to give.
    "ReferenceRequest": Kind("that we asked a referee", words=without("draft", "draft_saved_at")),
    "ReferenceLetter": Kind("a letter to the referee"),
    "RefereeChange": Kind("that how to reach the referee was changed"),
    "Reference": Kind("what the referee told us"),
    "Discrepancy": Kind("where your application and a reference differ"),
    "Check": Kind("a check"),
    "CheckStep": Kind("a step of a check"),
    "RegistrationCheck": Kind("what the register said"),
}

# Gathered by itself, as what nobody but the person may know of.
LEFT_OUT = {"MonitoringAnswers": "gathered by itself, as private"}


@dataclass(frozen=True)
class Unit:
    """What HR decides on at once: a title, the key it is put together by, and the way to who wrote it."""

    name: str
    title: str
    key: str
    writer: str = ""


SHEET = "the scores of one panel member at the shortlisting"
INTERVIEW = "the scores of one interviewer"
REFEREE = "what we asked one referee, what they told us and what we made of it"
CHECKS = "the checks before you start"
SHORTLIST = "the decisions after the shortlisting"
AFTER = "the decisions after the interviews"
UNDONE = "the refusals that were undone"
MONTHS = "months that no reference accounts for"

UNITS = {
    "Conflict": Unit("Conflict", "that a panel member knows you", "pk", "member.person"),
    "ScoreSheet": Unit("ScoreSheet", SHEET, "pk", "member.person"),
    "Score": Unit("ScoreSheet", SHEET, "sheet_id", "sheet.member.person"),
    "SheetReopening": Unit("ScoreSheet", SHEET, "sheet_id", "sheet.member.person"),
    "InterviewSheet": Unit("InterviewSheet", INTERVIEW, "pk", "member.person"),
    "InterviewScore": Unit("InterviewSheet", INTERVIEW, "sheet_id", "sheet.member.person"),
    "InterviewSheetReopening": Unit("InterviewSheet", INTERVIEW, "sheet_id", "sheet.member.person"),
    "ReferenceRequest": Unit("Referee", REFEREE, "referee_id", "referee"),
    "RefereeChange": Unit("Referee", REFEREE, "referee_id", "referee"),
    "ReferenceLetter": Unit("Referee", REFEREE, "request.referee_id", "request.referee"),
    "Reference": Unit("Referee", REFEREE, "request.referee_id", "request.referee"),
    "ShortlistDecision": Unit("ShortlistDecision", SHORTLIST, "application_id"),
    "InterviewDecision": Unit("InterviewDecision", AFTER, "application_id"),
    "RefusalUndone": Unit("RefusalUndone", UNDONE, "application_id"),
    "ReserveListEntry": Unit("InterviewDecision", AFTER, "application_id"),
    "Check": Unit("Check", CHECKS, "application_id"),
    "CheckStep": Unit("Check", CHECKS, "check_of.application_id"),
    "RegistrationCheck": Unit("Check", CHECKS, "application_id"),
}
OF_A_REFERENCE = Unit(
    "Referee", REFEREE, "reference.request.referee_id", "reference.request.referee"
)
OF_NO_REFERENCE = Unit("Discrepancy", MONTHS, "application_id")


def kind_of(model):
    """Return the Kind of a model; of one that nobody has thought of, other people's words."""
    return KINDS.get(model.__name__) or Kind(str(model._meta.verbose_name_plural))


def unit_of(row):
    """Return what a row is reviewed with, its key, and who wrote it, as HR reads it."""
    name = type(row).__name__
    if name == "Discrepancy":
        unit = OF_A_REFERENCE if row.reference_id else OF_NO_REFERENCE
    else:
        unit = UNITS.get(name) or Unit(name, kind_of(type(row)).title, "pk")
    writer = str(attrgetter(unit.writer)(row)) if unit.writer else ""
    return unit, attrgetter(unit.key)(row), writer


def part_of(unit, key, rows):
    """Return the name of a text: other words, such as a score that came later, are another text."""
    said = json.dumps(rows, sort_keys=True).encode()
    return f"applications.{unit.name}:{key}:{hashlib.sha256(said).hexdigest()[:12]}"
