"""Makes adverts of rows: new ones many at a time, changes one by one, with the usual lines of audit."""

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts import audit
from organisation.sheets.problems import Problem
from organisation.sheets.refusals import words_of
from vacancies.actions.writing import change_criteria, change_rows, change_vacancy
from vacancies.exceptions import StillNeeded
from vacancies.models import Criterion, ImportedVacancy, ImportRow, Vacancy
from vacancies.sheets.adverts import difference
from vacancies.states import RowOutcome, VacancyEvent


@transaction.atomic
def create_vacancies(*, by, many):
    """Start many drafts at once, as `create_vacancy` starts one. `many` are dictionaries of fields.

    Raises PermissionDenied without the permission `vacancies.add_vacancy`.
    """
    if not by.has_perm("vacancies.add_vacancy"):
        raise PermissionDenied("You cannot write a vacancy.")
    made = Vacancy.objects.bulk_create(Vacancy(created_by=by, **fields) for fields in many)
    audit.record_each(VacancyEvent.VACANCY_CREATED, made, by=by)
    return made


def apply_rows(*, rows, judge, by):
    """Do what the rows ask for as things stand now. Call it in a transaction.

    What the database refuses is told in the row's problems; the other rows go through.
    """
    judged = judge.judge_rows(rows)
    new = [row for row in rows if judged[row.number].outcome == RowOutcome.NEW]
    rest = [row for row in rows if judged[row.number].outcome != RowOutcome.NEW]
    try:
        with transaction.atomic():
            _create(new, judged, judge, by)
    except DatabaseError:
        rest = rows  # Each on its own, so that one does not hold up the others.
    for row in rest:
        _alone(row, judge, by)


def _create(rows, judged, judge, by):
    """Create the drafts of new rows, with their criteria and where they came from."""
    adverts = [judged[row.number].advert for row in rows]
    vacancies = create_vacancies(by=by, many=[advert.fields for advert in adverts])
    ImportedVacancy.objects.bulk_create(
        ImportedVacancy(
            source=judge.source, external_reference=row.external_reference, vacancy=vacancy
        )
        for row, vacancy in zip(rows, vacancies, strict=True)
    )
    Criterion.objects.bulk_create(
        Criterion(
            vacancy=vacancy,
            kind=kind,
            text=text,
            position=position,
            max_words=advert.max_words or Criterion().max_words,
        )
        for advert, vacancy in zip(adverts, vacancies, strict=True)
        for kind, lines in advert.criteria.items()
        for position, text in enumerate(lines)
    )
    for name in ("other_places", "payments", "sift_dates"):
        part = getattr(Vacancy, name).rel.related_model
        part.objects.bulk_create(
            part(vacancy=vacancy, **columns)
            for advert, vacancy in zip(adverts, vacancies, strict=True)
            for columns in advert.parts.get(name, [])
        )
    made = ImportedVacancy.objects.filter(
        source=judge.source, external_reference=OuterRef("external_reference")
    )
    ImportRow.objects.filter(pk__in=[row.pk for row in rows]).update(
        vacancy=Subquery(made.values("vacancy")), done_at=timezone.now()
    )


def _alone(row, judge, by):
    """Do what one row asks for, judged once more; a refusal is written in the row."""
    judgement = judge.judge_rows([row])[row.number]
    row.outcome = judgement.outcome
    row.vacancy = judgement.existing
    row.problems = [problem.as_json() for problem in judgement.advert.problems]
    try:
        with transaction.atomic():
            if row.outcome == RowOutcome.NEW:
                _create([row], {row.number: judgement}, judge, by)
                return
            if row.outcome == RowOutcome.CHANGE:
                _change(judgement, by)
                row.done_at = timezone.now()
    except (DatabaseError, PermissionDenied, StillNeeded) as error:
        row.outcome = RowOutcome.BAD
        row.problems = [*row.problems, Problem("", _words(error)).as_json()]
    row.save(update_fields=["outcome", "vacancy", "problems", "done_at"])


def _change(judgement, by):
    advert, vacancy = judgement.advert, judgement.existing
    if advert.fields:
        change_vacancy(vacancy=vacancy, by=by, **advert.fields)
    if advert.criteria or advert.max_words:
        _change_criteria(advert, vacancy, by)
    for name, rows in advert.parts.items():
        part = getattr(Vacancy, name).rel.related_model
        missing, too_many = difference(vacancy, name, rows)
        # What goes, goes first: a place may come back with another postcode.
        change_rows(
            vacancy=vacancy, by=by, kept=[part(**columns) for columns in missing], removed=too_many
        )


def _change_criteria(advert, vacancy, by):
    """Change the criteria that a row names; a new one takes as many words as the others of the advert."""
    there = list(vacancy.criteria.all())
    usual = max((item.max_words for item in there), default=Criterion().max_words)
    kept, removed = {item.pk: item for item in there} if advert.max_words else {}, []
    new = []
    for kind, lines in advert.criteria.items():
        by_text = {item.text: item for item in there if item.kind == kind}
        removed += [item for text, item in by_text.items() if text not in lines]
        for position, text in enumerate(lines):
            item = by_text.get(text)
            if item is None:
                new.append(
                    Criterion(
                        vacancy=vacancy, kind=kind, text=text, position=position, max_words=usual
                    )
                )
            else:
                item.position = position
                kept[item.pk] = item
    for item in removed:
        kept.pop(item.pk, None)
    kept = [*kept.values(), *new]
    for item in kept if advert.max_words else ():
        item.max_words = advert.max_words
    change_criteria(vacancy=vacancy, by=by, kept=kept, removed=removed)


def _words(error):
    """Return the words of the constraint that refused a row, or plain ones."""
    if isinstance(error, PermissionDenied | StillNeeded):
        return str(error)
    return words_of(error, Vacancy)
