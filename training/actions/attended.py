"""What somebody has attended elsewhere already: logged, asked about, confirmed or not."""

import logging
import uuid

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import Error, transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import carry_out
from accounts.file_checks import DOCUMENTS_AND_PHOTOS, check_file, plain_name, sum_of
from training import outside_emails
from training.actions.ledger import enter_what_was_decided
from training.actions.outside import lock_person, made_with_key
from training.actions.settling import first_to_ask
from training.exceptions import (
    AskedAndDecided,
    EndsAfterToday,
    NothingToShow,
    OutOfTheYears,
    RecordedAlready,
)
from training.models import AllowancePolicy, AttendedElsewhere, Evidence, LedgerKind
from training.models.attended import EVIDENCE_FOLDER, half_days_by_day
from training.queries import too_much_on
from training.rules import (
    can_ask_for_outside_courses,
    can_confirm_attended,
    can_open_evidence,
)
from training.states import AttendedEvent, AttendedState

log = logging.getLogger(__name__)


@transaction.atomic
def log_attended(*, by, on, half_days, one_time_key=None, file=None, **facts):
    """Log a seminar or conference that one has been to, for the manager to confirm, and return it.

    `facts` are title, organiser, topic, learned and link; `file` is an upload that shows it. The
    manager is asked; without one the officers are. With a `one_time_key` that `by` has used before,
    returns what it made. Raises PermissionDenied, OutOfTheYears for a day before the last allowance
    year or to come, EndsAfterToday and RecordedAlready as `half_days_by_day` counts, NothingToShow,
    UnfitFile with words for the person, and AskingFormUsedBefore.
    """
    person = lock_person(by)
    repeated = made_with_key(AttendedElsewhere, one_time_key, person)
    if repeated:
        return repeated
    if not can_ask_for_outside_courses(person):
        raise PermissionDenied("You cannot log what you have attended.")
    _refuse_day(on)
    _refuse_what_does_not_fit(person, half_days_by_day(on, half_days))
    if not facts.get("learned", "").strip():
        raise NothingToShow
    approver, until = first_to_ask(person)
    attended = AttendedElsewhere.objects.create(
        person=person,
        on=on,
        half_days=half_days,
        one_time_key=one_time_key or uuid.uuid4(),
        answer_by=until,
        escalated_at=None if approver else timezone.now(),
        **facts,
    )
    if file is not None:
        _keep_evidence(attended, file)
    audit.record(AttendedEvent.ATTENDED_ELSEWHERE_LOGGED, attended, by=by, half_days=half_days)
    outside_emails.attended_logged(attended, approver)
    return attended


@transaction.atomic
def confirm_attended(*, attended, by):
    """Confirm that somebody was there. The policy of its day says whether it counts; then the ledger has it once.

    The person is told. Raises PermissionDenied for whoever may not decide now, AskedAndDecided, and
    EndsAfterToday or RecordedAlready when it does not fit what is recorded by now.
    """
    person = lock_person(attended.person)
    attended = _to_confirm(attended, by)
    _refuse_what_does_not_fit(person, attended.by_day, but=attended)
    attended.move_to(AttendedState.CONFIRMED)
    policy = AllowancePolicy.objects.in_force(attended.on)
    attended.counts_towards_five = policy is not None and policy.attended_elsewhere_counts
    _decide(attended, by)
    if attended.counts_towards_five:
        enter_what_was_decided(
            person=person,
            on=attended.on,
            half_days=attended.half_days,
            kind=LedgerKind.ATTENDED_ELSEWHERE,
            words=str(attended)[:200],
            key=attended_key(attended),
            by=by,
        )
    counts = attended.counts_towards_five
    audit.record(AttendedEvent.ATTENDED_ELSEWHERE_CONFIRMED, attended, by=by, counts=counts)
    outside_emails.attended_decided(attended)
    return attended


@transaction.atomic
def decline_attended(*, attended, by, reason):
    """Do not confirm it, with a reason that the person reads. Raises PermissionDenied and AskedAndDecided."""
    attended = _to_confirm(attended, by)
    attended.move_to(AttendedState.DECLINED)
    attended.decision_reason = reason
    _decide(attended, by)
    audit.record(AttendedEvent.ATTENDED_ELSEWHERE_DECLINED, attended, by=by)
    outside_emails.attended_decided(attended)
    return attended


@transaction.atomic
def question_attended(*, attended, by, question):
    """Ask the person something before deciding; their answer puts it to the manager again.

    Raises PermissionDenied for whoever may not decide now, and AskedAndDecided.
    """
    attended = _to_confirm(attended, by)
    attended.move_to(AttendedState.QUESTIONED)
    attended.question, attended.answer = question, ""
    attended.answer_by = None
    attended.save()
    audit.record(AttendedEvent.ATTENDED_ELSEWHERE_QUESTIONED, attended, by=by)
    outside_emails.attended_questioned(attended, by)
    return attended


@transaction.atomic
def answer_question(*, attended, by, answer):
    """Answer what the manager asked; it waits for them again. Raises PermissionDenied, AskedAndDecided."""
    attended = _lock_attended(attended)
    if by.pk != attended.person_id:
        raise PermissionDenied("This is not yours to answer.")
    if attended.state != AttendedState.QUESTIONED:
        raise AskedAndDecided(attended)
    attended.move_to(AttendedState.ASKED)
    attended.answer = answer
    approver, until = first_to_ask(attended.person)
    if approver is not None and not attended.is_late:
        attended.answer_by = until
    attended.save()
    audit.record(AttendedEvent.ATTENDED_ELSEWHERE_ANSWERED, attended, by=by)
    outside_emails.attended_logged(attended, approver, answered=True)
    return attended


@transaction.atomic
def withdraw_attended(*, attended, by):
    """Take back what one has logged, until it is decided; its evidence goes. Raises PermissionDenied."""
    attended = _lock_attended(attended)
    if by.pk != attended.person_id or not attended.can_become(AttendedState.WITHDRAWN):
        raise PermissionDenied("This cannot be taken back any more.")
    attended.move_to(AttendedState.WITHDRAWN)
    attended.answer_by, attended.ended_at = None, timezone.now()
    attended.save()
    delete_evidence(attended.files.all())
    audit.record(AttendedEvent.ATTENDED_ELSEWHERE_WITHDRAWN, attended, by=by)
    return attended


@transaction.atomic
def escalate_attended(*, attended):
    """Ask the manager's manager and the officers when the manager has not answered in time. Safe to repeat."""
    attended = _lock_attended(attended)
    waits = attended.state == AttendedState.ASKED and attended.answer_by is not None
    if not waits or attended.escalated_at or attended.answer_by > timezone.now():
        return attended
    attended.escalated_at, attended.answer_by = timezone.now(), None
    attended.save(update_fields=["escalated_at", "answer_by"])
    audit.record(AttendedEvent.ATTENDED_ELSEWHERE_ESCALATED, attended, by=None)
    outside_emails.attended_escalated(attended)
    return attended


@transaction.atomic
def open_evidence(*, evidence, by):
    """Open a file for reading and record who opened somebody else's. Returns the open file.

    Raises PermissionDenied when `by` may not see it.
    """
    attended = evidence.attended
    if not can_open_evidence(by, attended, timezone.now()):
        raise PermissionDenied("You cannot open this file.")
    if by.pk != attended.person_id:
        audit.record(AttendedEvent.EVIDENCE_OPENED, attended, by=by)
    return evidence.file.open("rb")


def let_time_answer_for_attended(*, at):
    """Escalate what no manager has confirmed by the moment `at`. One that fails is left for the next run."""
    late = AttendedElsewhere.objects.open().filter(answer_by__lte=at, escalated_at=None)
    for attended in late.order_by("pk"):
        try:
            escalate_attended(attended=attended)
        except Error:
            log.exception("Could not escalate what was attended: %s", attended.pk)


def attended_key(attended):
    """The key under which it is in the ledger: there is one entry of it, or none."""
    return f"attended-elsewhere-{attended.pk}"


@transaction.atomic
def delete_evidence(evidence):
    """Delete rows now and their files once that is certain. Returns how many there were."""
    names = [row.file.name for row in evidence]
    evidence.delete()
    for name in names:
        transaction.on_commit(lambda name=name: default_storage.delete(name), robust=True)
    return len(names)


def delete_attended_kept_long_enough(*, on):
    """Delete evidence and, later, the records whose end dates have come by the date `on`; return how many went."""
    return carry_out("evidence", on=on) + carry_out("attended_elsewhere", on=on)


def delete_attended(rows):
    """Delete what was attended elsewhere with the files that show it."""
    delete_evidence(Evidence.objects.filter(attended__in=rows))
    rows.delete()


def delete_evidence_without_a_row(*, at):
    """Delete stored files that no evidence has and that are a day old. Returns how many went."""
    in_use = set(Evidence.objects.values_list("file", flat=True))
    deleted = 0
    for name in _stored_files():
        if name not in in_use and (at - default_storage.get_modified_time(name)).days >= 1:
            default_storage.delete(name)
            deleted += 1
    return deleted


def _stored_files():
    if not default_storage.exists(EVIDENCE_FOLDER):
        return
    folders, _ = default_storage.listdir(EVIDENCE_FOLDER)
    for folder in folders:
        _, names = default_storage.listdir(f"{EVIDENCE_FOLDER}/{folder}")
        yield from (f"{EVIDENCE_FOLDER}/{folder}/{name}" for name in names)


def _keep_evidence(attended, file):
    content_type = check_file(file, DOCUMENTS_AND_PHOTOS, settings.EVIDENCE_LARGEST_BYTES)
    evidence = Evidence(
        attended=attended,
        original_name=plain_name(file.name),
        size=file.size,
        content_type=content_type,
        sha256=sum_of(file),
    )
    evidence.file.save(file.name, file, save=False)
    evidence.save()
    return evidence


def _refuse_day(on):
    today = timezone.localdate()
    policy = AllowancePolicy.objects.in_force(today)
    first = policy.year_of(today)[0] if policy else today
    first = first.replace(year=first.year - 1)
    if not first <= on <= today:
        raise OutOfTheYears(first)


def _refuse_what_does_not_fit(person, by_day, but=None):
    """Raise EndsAfterToday for what is not over, and RecordedAlready for more than two half days on a day."""
    last = by_day[-1][0]
    if last > timezone.localdate():
        raise EndsAfterToday(sum(half_days for _, half_days in by_day), last)
    too_much = too_much_on(person, by_day, but=but)
    if too_much:
        raise RecordedAlready(person, *too_much)


def _to_confirm(attended, by):
    attended = _lock_attended(attended)
    if attended.state != AttendedState.ASKED:
        raise AskedAndDecided(attended)
    if not can_confirm_attended(by, attended, timezone.now()):
        raise PermissionDenied("This is not yours to decide.")
    return attended


def _lock_attended(attended):
    locked = AttendedElsewhere.objects.select_for_update(no_key=True, of=["self"])
    return locked.with_people().get(pk=attended.pk)


def _decide(attended, by):
    attended.decided_by = by
    attended.decided_at = attended.ended_at = timezone.now()
    attended.answer_by = None
    attended.save()
