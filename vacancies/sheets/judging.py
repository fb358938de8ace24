"""Says what becomes of rows: a new advert, a change of one, nothing, or errors to put right."""

from dataclasses import dataclass

from organisation.sheets.problems import Problem
from vacancies import rules
from vacancies.models import ImportedVacancy, Vacancy
from vacancies.sheets.adverts import is_our_reference, read_changes, read_new
from vacancies.sheets.columns import READ_WITH, TOGETHER, cells_of
from vacancies.sheets.row import Advert
from vacancies.states import PUBLISHED, RowOutcome

# The days of a published advert are moved on its own page, which tells the people concerned.
FIXED_ONCE_PUBLISHED = {"opens_on": "Opens on", "closes_on": "Closes on"}


@dataclass
class Judgement:
    """What becomes of a row, with the advert that it asks for and the one there is already."""

    outcome: str
    advert: Advert
    existing: Vacancy | None = None


class Judge:
    """Judges the rows of one source for a person; `lookups` are read once for a whole file."""

    def __init__(self, *, source, by, lookups):
        self.source = source
        self.by = by
        self.lookups = lookups

    def judge_rows(self, rows):
        """Return {row: Judgement} for unsaved or saved ImportRows, in two queries and their prefetches."""
        existing = self._existing(rows)
        return {row.number: self._judge(row, existing.get(row.number)) for row in rows}

    def _existing(self, rows):
        """Return the vacancy that each row is about, by the row's number: ours by reference, or imported."""
        references = {row.number: _our_reference(row) for row in rows}
        numbers = [row.external_reference for row in rows]
        imported = dict(
            ImportedVacancy.objects.filter(
                source=self.source, external_reference__in=numbers
            ).values_list("external_reference", "vacancy")
        )
        ours = self._found(reference__in={ref for ref in references.values() if ref})
        by_reference = {vacancy.reference: vacancy for vacancy in ours}
        by_key = {vacancy.pk: vacancy for vacancy in self._found(pk__in=set(imported.values()))}
        return {
            row.number: by_reference.get(references[row.number])
            if references[row.number]
            else by_key.get(imported.get(row.external_reference))
            for row in rows
        }

    def _found(self, **which):
        found = Vacancy.objects.filter(**which).without_search_columns()
        return found.select_related(*TOGETHER).prefetch_related(*READ_WITH)

    def _judge(self, row, existing):
        reference = _our_reference(row)
        if reference and existing is None:
            advert = Advert(problems=[Problem("Reference", f"There is no advert {reference}.")])
            return Judgement(RowOutcome.BAD, advert)
        if existing is None:
            advert = read_new(row.cells, self.lookups)
            return Judgement(RowOutcome.BAD if advert.is_bad else RowOutcome.NEW, advert)
        advert = read_changes(row.cells, cells_of(existing), existing, self.lookups)
        return Judgement(self._outcome_of_changes(advert, existing), advert, existing)

    def _outcome_of_changes(self, advert, existing):
        if advert.is_bad:
            return RowOutcome.BAD
        if advert.says_nothing:
            return RowOutcome.SAME
        if not rules.can_change_vacancy(self.by, existing):
            state = existing.get_state_display().lower()
            words = f"{existing.reference} is {state} and cannot be changed any more."
            advert.problems.append(Problem("Reference", words))
            return RowOutcome.BAD
        moved = [
            FIXED_ONCE_PUBLISHED[name] for name in FIXED_ONCE_PUBLISHED if name in advert.fields
        ]
        if existing.state in PUBLISHED and moved:
            words = f"{existing.reference} is published: extend or close it on its own page."
            advert.problems += [Problem(heading, words) for heading in moved]
            return RowOutcome.BAD
        return RowOutcome.CHANGE


def _our_reference(row):
    reference = row.cells.get("reference", "").strip().upper()
    return reference if is_our_reference(reference) else ""
