"""What the applicant does with the self-declaration: save, send, correct; and the reader who opens it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import disclosure_emails
from applications.actions.answering import locked
from applications.actions.disclosure import put_off
from applications.exceptions import AnswersMissing, DoneMeanwhile, SavedElsewhere
from applications.models import Declaration, DeclarationVersion
from applications.rules import disclosure as rules
from applications.states import DeclarationState, DisclosureEvent

ANSWERS = ["anything", "matters", "barred", "safeguarding", "safeguarding_words"]


@transaction.atomic
def save_declaration(*, application, answers, version, by, send=False):
    """Save what an applicant declares, or send it; what was sent is corrected by sending once more.

    `answers` are those of ANSWERS, `version` that of the declaration which the page showed. Sending tells
    the readers, without a name. The same words sent twice are sent once. Raises PermissionDenied for
    anybody but the applicant and who may take their words down, DoneMeanwhile once a reader has opened it,
    SavedElsewhere, and AnswersMissing. Returns the declaration.
    """
    application = locked(application)
    declaration = Declaration.objects.select_for_update().get(application=application)
    declaration.application = application
    if not rules.speaks(by, application):
        raise PermissionDenied(
            "Only the applicant declares, or a reader who has them on the phone."
        )
    if not rules.can_write_declaration(by, declaration):
        raise DoneMeanwhile(application.reference)
    if version != declaration.version:
        if send and declaration.unsent is None and _says(declaration.latest_sent, answers):
            return declaration
        raise SavedElsewhere(declaration)
    written = declaration.unsent or _next_version(declaration)
    for name in ANSWERS:
        setattr(written, name, answers[name])
    declaration.version += 1
    declaration.destroyed_at = None
    put_off(declaration)
    if send:
        _send(declaration, written, by)
    else:
        audit.record(DisclosureEvent.DECLARATION_SAVED, application, by=by)
    written.save()
    declaration.save()
    return declaration


def _next_version(declaration):
    last = declaration.versions.last()
    return DeclarationVersion(declaration=declaration, number=last.number + 1 if last else 1)


def _says(written, answers):
    return written is not None and all(getattr(written, name) == answers[name] for name in ANSWERS)


def _send(declaration, written, by):
    _refuse_gaps(declaration.application, written)
    written.sent_at = declaration.sent_at = timezone.now()
    written.taken_down_by = None if by == declaration.application.applicant else by
    if declaration.state == DeclarationState.ASKED:
        declaration.move_to(DeclarationState.SENT)
    audit.record(
        DisclosureEvent.DECLARATION_SENT, declaration.application, by=by, number=written.number
    )
    disclosure_emails.something_to_read(declaration.application, f"declaration:{written.number}")


def _refuse_gaps(application, written):
    asks_barred = rules.asks_about_barred_list(application.vacancy)
    if not written.anything or not written.safeguarding or (asks_barred and not written.barred):
        raise AnswersMissing("Answer every question.")
    if written.anything == "yes" and not written.matters:
        raise AnswersMissing("Say what there is to tell.")
    if written.safeguarding == "yes" and not written.safeguarding_words:
        raise AnswersMissing("Say what the matter was.")


@transaction.atomic
def open_declaration(*, declaration, by):
    """Open what an applicant sent, as a reader: from the first opening it can be corrected no more.

    Each opening leaves a line of audit. Raises PermissionDenied for anybody who is no reader of the
    vacancy, and when nothing was sent or it is gone. Returns the version that counts.
    """
    application = locked(declaration.application)
    declaration = Declaration.objects.select_for_update().get(pk=declaration.pk)
    declaration.application = application
    if not rules.can_open_declaration(by, declaration):
        raise PermissionDenied("You cannot read this self-declaration.")
    if declaration.state == DeclarationState.SENT:
        declaration.move_to(DeclarationState.READ)
        declaration.read_at, declaration.read_by = timezone.now(), by
        put_off(declaration)
        declaration.save()
        # What was being corrected is not sent any more: the applicant rings, as the page says.
        declaration.versions.filter(sent_at__isnull=True).delete()
    audit.record(DisclosureEvent.DECLARATION_OPENED, application, by=by)
    return declaration.latest_sent
