"""Who is asked for a self-declaration, who reads it, and what each of them may do."""

from django.conf import settings

from applications.models import DisclosureReader
from applications.rules.panel import has_applied, is_on_panel
from applications.states import (
    ApplicationState,
    AssessmentState,
    DeclarationState,
    SearchState,
)

ROLE = "disclosure_reader"

# Nobody is asked before they are shortlisted.
SHORTLISTED = [ApplicationState.INTERVIEW, ApplicationState.OFFERED, ApplicationState.CHECKS]


def is_exempt(vacancy):
    """Say whether a job may ask about spent convictions: the level of its DBS check tells."""
    return vacancy.dbs_level in settings.DISCLOSURE_ASKED_AT_LEVELS


def asks_about_barred_list(vacancy):
    """Say whether a job is regulated activity with children."""
    return vacancy.dbs_level == settings.DISCLOSURE_BARRED_LIST_LEVEL


def can_manage_disclosure(user):
    """HR names the readers. That lets nobody read."""
    return user.has_perm("applications.manage_disclosure")


def why_not_reader(person, vacancy):
    """Return why somebody cannot read the self-declarations for a vacancy, as a sentence, or nothing."""
    if not person.has_role(ROLE):
        return "Give them the role “Reader of self-declarations” first."
    if is_on_panel(person, vacancy):
        return "They are on the panel of this job, or have read for it."
    if has_applied(person, vacancy):
        return "They have applied for this job themselves."
    return ""


def reads_disclosures(user, vacancy):
    """Say whether somebody is one of the readers now: named, with the role, and not on the panel."""
    serving = DisclosureReader.objects.serving().filter(vacancy=vacancy, person=user)
    return user.has_role(ROLE) and serving.exists() and not is_on_panel(user, vacancy)


def can_read_disclosure(user, application):
    """A reader of the vacancy reads, though never what is about themselves."""
    return (
        user.pk != application.applicant_id
        and application.blanked_at is None
        and reads_disclosures(user, application.vacancy)
    )


def takes_words_down(user, application):
    """A reader writes down what an applicant says whom no e-mail reaches: they have no page of their own."""
    return not application.applicant.can_be_written_to and can_read_disclosure(user, application)


def speaks(user, application):
    """The applicant does, or a reader who has them on the phone and takes down what they say."""
    return user.pk == application.applicant_id or takes_words_down(user, application)


def can_write_declaration(user, declaration):
    """Who speaks may, from the shortlist on, until somebody has read what was sent."""
    application = declaration.application
    return (
        speaks(user, application)
        and application.state in SHORTLISTED
        and application.blanked_at is None
        and declaration.state in (DeclarationState.ASKED, DeclarationState.SENT)
    )


def can_open_declaration(user, declaration):
    """A reader opens what was sent, as long as it is kept and the application has not ended before."""
    return (
        declaration.state in (DeclarationState.SENT, DeclarationState.READ)
        and declaration.destroyed_at is None
        and can_read_disclosure(user, declaration.application)
    )


def can_begin_assessment(user, application):
    """A reader begins one while the application goes on and no other is open."""
    return (
        application.state in SHORTLISTED
        and can_read_disclosure(user, application)
        and not application.risk_assessments.filter(
            state__in=[AssessmentState.BEGUN, AssessmentState.SHARED, AssessmentState.PROPOSED]
        ).exists()
    )


def can_write_assessment(user, assessment):
    """A reader writes until the applicant has it."""
    return assessment.state == AssessmentState.BEGUN and can_read_disclosure(
        user, assessment.application
    )


def can_propose_decision(user, assessment, on):
    """Either reader proposes once the applicant has replied or the time for it is over."""
    return (
        assessment.state == AssessmentState.SHARED
        and assessment.can_be_decided(on)
        and can_read_disclosure(user, assessment.application)
    )


def can_sign_decision(user, assessment):
    """The other reader signs, or takes the assessment up again: never who proposed."""
    return (
        assessment.state == AssessmentState.PROPOSED
        and user.pk != assessment.proposed_by_id
        and can_read_disclosure(user, assessment.application)
    )


def can_record_search(user, search):
    """A reader searches, who is outside the panel."""
    return (
        search.state == SearchState.DUE
        and search.application.state in SHORTLISTED
        and can_read_disclosure(user, search.application)
    )
