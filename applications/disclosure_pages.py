"""What the pages around self-declarations show."""

from django.conf import settings
from django.utils import timezone

from applications.forms.self_declaration import MATTER
from applications.models import OnlineSearch
from applications.queries import disclosure as queries
from applications.rules import disclosure as rules
from applications.states import (
    AssessmentAbout,
    AssessmentOutcome,
    AssessmentState,
    DeclarationState,
    SearchState,
)

ANSWERS = {"yes": "Yes", "no": "No", "": "Not answered"}


def self_declaration(declaration):
    """What the applicant's page shows besides the form."""
    application = declaration.application
    return {
        "application": application,
        "declaration": declaration,
        "readers": queries.readers_of(application.vacancy),
        "asks_barred": rules.asks_about_barred_list(application.vacancy),
        "is_correction": declaration.state == DeclarationState.SENT,
        "sent": answers(declaration.latest_sent) if declaration.destroyed_at is None else [],
        "unsent": declaration.unsent,
        "kept_months": settings.DISCLOSURE_KEPT_MONTHS,
        "unsuccessful_months": settings.DISCLOSURE_UNSUCCESSFUL_KEPT_MONTHS,
    }


def answers(written):
    """Return a version of a declaration as rows for reading, or nothing."""
    if written is None:
        return []
    rows = [{"key": "Is there anything to tell?", "value": ANSWERS[written.anything]}]
    for number, matter in enumerate(written.matters, 1):
        rows += [
            {"key": f"{number}. {label}", "value": matter.get(name, "")}
            for name, label, *_ in MATTER
        ]
    if written.barred:
        barred = "On the list of people barred from work with children?"
        rows.append({"key": barred, "value": ANSWERS[written.barred]})
    rows.append({"key": "A safeguarding matter?", "value": ANSWERS[written.safeguarding]})
    if written.safeguarding_words:
        rows.append({"key": "What it was", "value": written.safeguarding_words})
    return rows


def card(application):
    """What the applicant's page of the application shows of all this, or None."""
    declaration = queries.declaration_of(application)
    if declaration is None or application.blanked_at:
        return None
    declaration.application = application
    search = OnlineSearch.objects.filter(application=application).first()
    return {
        "declaration": declaration,
        "can_write": rules.can_write_declaration(application.applicant, declaration),
        "has_begun": declaration.unsent is not None,
        "search": search if search is not None and search.state == SearchState.RECORDED else None,
        "finding": search is not None and search.found_something and search.destroyed_at is None,
        "assessments": [_of_card(row) for row in queries.assessments_for_applicant(application)],
    }


def _of_card(assessment):
    return {
        "assessment": assessment,
        "can_reply": assessment.can_be_replied_to(timezone.localdate()),
        "sentence": assessment.sentence if shows_decision(assessment) else "",
    }


def shows_decision(assessment):
    """The applicant reads a decision once two have signed: "cannot go on" when HR has moved them."""
    if assessment.state != AssessmentState.DECIDED:
        return False
    has_moved = assessment.application.state not in rules.SHORTLISTED
    return assessment.outcome != AssessmentOutcome.NOT_GO_ON or has_moved


def summary(assessment):
    """What the applicant reads of an assessment."""
    return {
        "title": "What we would like to hear from you about",
        "words": assessment.summary,
        "row": assessment,
        "can_reply": assessment.can_be_replied_to(timezone.localdate()),
    }


def finding(search):
    """What the applicant reads of what a search found."""
    return {
        "title": "What we found online",
        "words": search.finding,
        "row": search,
        "can_reply": search.can_be_replied_to(timezone.localdate()),
    }


def list_rows(applications, user):
    """Return the reader's list: each application with what waits for this reader."""
    today = timezone.localdate()
    return [
        {"application": application, "waits": _waits(application, user, today)}
        for application in applications
    ]


def _waits(application, user, today):
    found = []
    if application.declaration.state == DeclarationState.SENT:
        found.append("Self-declaration to read")
    if application.online_search.state == SearchState.DUE:
        found.append("Search online to record")
    for assessment in application.risk_assessments.all():
        if assessment.state == AssessmentState.BEGUN:
            found.append("Risk assessment to write")
        elif assessment.state == AssessmentState.SHARED:
            is_due = assessment.can_be_decided(today)
            found.append("Decision to propose" if is_due else "Waits for the applicant's reply")
        elif assessment.state == AssessmentState.PROPOSED:
            mine = assessment.proposed_by_id == user.pk
            found.append("Waits for your colleague's signature" if mine else "Decision to sign")
    return found


def one_application(application, user):
    """What a reader's page of one application shows: how far it is, and nothing of what was told."""
    return {
        "application": application,
        "declaration": application.declaration,
        "search": application.online_search,
        "assessments": list(application.risk_assessments.all()),
        "can_begin": rules.can_begin_assessment(user, application),
        "takes_down": rules.takes_words_down(user, application)
        and rules.can_write_declaration(user, application.declaration),
        "can_record": rules.can_record_search(user, application.online_search),
        "abouts": AssessmentAbout.choices,
        "readers": queries.readers_of(application.vacancy),
    }


def one_assessment(assessment, user):
    """What a reader's page of one assessment shows besides its forms."""
    notes = assessment.notes
    return {
        "application": assessment.application,
        "assessment": assessment,
        "notes": [
            {"key": label, "value": notes.get(name, "")}
            for name, label in settings.DISCLOSURE_FACTORS.items()
        ],
        "can_sign": rules.can_sign_decision(user, assessment),
        "takes_down": rules.takes_words_down(user, assessment.application)
        and assessment.can_be_replied_to(timezone.localdate()),
    }
