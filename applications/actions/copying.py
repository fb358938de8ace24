"""Beginning an application with what is known already: an earlier application, and the staff register.

What comes from there is marked, and waits for the applicant to check it. The CV, the equality answers and
words that were typed and not saved are never copied.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import audit
from applications.actions.answering import lock_draft, start_application
from applications.actions.sections import mark_copied
from applications.actions.staff_record import fill_in_from_staff_record
from applications.exceptions import AlreadyBegun
from applications.models import (
    AnswersCopied,
    Application,
    CriterionEvidence,
    Employment,
    Gap,
    InterviewScheme,
    Qualification,
    Referee,
    SchemeChosen,
    TrainingTaken,
)
from applications.rules.copying import can_copy_answers, has_nothing_yet
from applications.sections import Held, sections_of
from applications.states import ApplicationEvent


@transaction.atomic
def begin_application(*, vacancy, one_time_key, by, earlier=None):
    """Begin the person's application, with the answers of an `earlier` one of theirs if there is one.

    Who works here finds what the staff register knows filled in. Arguments and exceptions are those of
    `start_application` and `copy_answers`; an application that is there already stays as it is.
    """
    application = start_application(vacancy=vacancy, one_time_key=one_time_key, by=by)
    if not has_nothing_yet(Held(application)):
        return application  # they have begun it already
    if earlier is not None:
        copy_answers(application=application, earlier=earlier, one_time_key=one_time_key, by=by)
    return fill_in_from_staff_record(application=application, by=by)


@transaction.atomic
def copy_answers(*, application, earlier, one_time_key, by):
    """Copy into a draft that has nothing yet every section that it and `earlier` both ask for.

    Copied sections wait to be checked, and consent to ask a referee is asked for again. The same form
    sent again does nothing. Raises AlreadyBegun when something was answered or copied meanwhile,
    PermissionDenied for anybody but the applicant of both, and what `lock_draft` raises.
    """
    pks = [application.pk, earlier.pk]
    found = Application.objects.select_for_update(of=["self"]).filter(pk__in=pks)
    found = {row.pk: row for row in found.select_related("vacancy__role").order_by("pk")}
    application = lock_draft(application, by)
    earlier = found[earlier.pk]
    if not can_copy_answers(by, application, earlier):
        raise PermissionDenied("Only the applicant of both copies answers.")
    if application.copies.filter(one_time_key=one_time_key).exists():
        return application
    if application.copies.exists() or not has_nothing_yet(Held(application)):
        raise AlreadyBegun(application.reference)
    AnswersCopied.objects.create(
        application=application,
        earlier=earlier,
        earlier_reference=earlier.reference,
        one_time_key=one_time_key,
        copied_by=by,
    )
    names = _copy(Held(earlier), application)
    mark_copied(application, names, earlier.reference)
    audit.record(
        ApplicationEvent.ANSWERS_COPIED,
        application,
        by=by,
        earlier=earlier.reference,
        sections=len(names),
    )
    return application


def _copy(earlier, application):
    """Copy what the draft asks for as well. Returns the names of the sections that have something now."""
    asked = {section.name for section in sections_of(Held(application))}
    given = {section.name: section for section in sections_of(earlier)}
    names = {
        name
        for name, copy in COPY.items()
        if name in asked and name in given and copy(given[name], application)
    }
    return names | _copy_evidence(earlier, application)


def _copy_columns(section, application):
    answers = section.saved()
    if not section.is_begun or all(answer in ("", None) for answer in answers.values()):
        return False
    for name, answer in answers.items():
        setattr(application, name, answer)
    application.save(update_fields=[*answers, "changed_at"])
    return True


def _copy_rows(model):
    def copy(section, application):
        return _replace(model, section.application, application) or section.says_none

    return copy


def _copy_employment(section, application):
    _replace(Employment, section.application, application)
    _replace(Gap, section.application, application)
    application.left_education_on = section.application.left_education_on
    application.save(update_fields=["left_education_on", "changed_at"])
    return bool(section.list or application.left_education_on)


def _copy_referees(section, application):
    return _replace(Referee, section.application, application, ask_before_interview=False)


def _replace(model, earlier, application, **other):
    """Put copies of the rows of an earlier application in place of those of the draft."""
    kept = [
        field.name
        for field in model._meta.fields
        if field.name not in ("id", "application", "one_time_key")
    ]
    rows = [
        model(**{name: getattr(row, name) for name in kept} | {"application": application} | other)
        for row in model.objects.filter(application=earlier)
    ]
    if rows:
        model.objects.filter(application=application).delete()
        model.objects.bulk_create(rows)
    return bool(rows)


def _copy_schemes(section, application):
    offered = InterviewScheme.objects.filter(
        is_offered=True, chosen__application=section.application
    )
    rows = [SchemeChosen(application=application, scheme=scheme) for scheme in offered]
    SchemeChosen.objects.bulk_create(rows)
    return bool(rows)


def _copy_evidence(earlier, application):
    """Copy the examples for what both jobs ask for in the same words."""
    written = {_plain(row.text): row.words for row in earlier.criteria if (row.words or "").strip()}
    rows = [
        CriterionEvidence(application=application, criterion=row, words=written[_plain(row.text)])
        for row in application.vacancy.criteria.all()
        if _plain(row.text) in written
    ]
    CriterionEvidence.objects.bulk_create(rows)
    return {f"evidence-{row.criterion_id}" for row in rows}


def _plain(text):
    return " ".join(text.split()).casefold().rstrip(".")


COPY = {
    "contact": _copy_columns,
    "right-to-work": _copy_columns,
    "registration": _copy_columns,
    "qualifications": _copy_rows(Qualification),
    "employment": _copy_employment,
    "training": _copy_rows(TrainingTaken),
    "referees": _copy_referees,
    "adjustments": _copy_columns,
    "schemes": _copy_schemes,
}
