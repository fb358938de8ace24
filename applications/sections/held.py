from functools import cached_property

from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format

from applications.models import CriterionEvidence, InterviewScheme
from vacancies.models import Criterion


class Held:
    """Everything an application holds. Each kind of row is fetched once, when it is first asked for.

    The application comes with its vacancy, role, team and applicant.
    """

    def __init__(self, application):
        self.application = application
        self.vacancy = application.vacancy

    @cached_property
    def saves(self):
        """The SectionSave of each section that was saved, by the section's name."""
        return {save.name: save for save in self.application.section_saves.all()}

    @property
    def has_nothing_yet(self):
        """Nobody has answered anything. What the staff register filled in and nobody touched does not count."""
        return all(
            save.is_copied and save.version == 1 and not save.copied_from
            for save in self.saves.values()
        )

    @cached_property
    def criteria(self):
        """The person specification, each line with what was written about it as `words`."""
        evidence = CriterionEvidence.objects.filter(
            application=self.application, criterion=OuterRef("pk")
        )
        of_vacancy = Criterion.objects.filter(vacancy=self.vacancy)
        return list(of_vacancy.annotate(words=Subquery(evidence.values("words")[:1])))

    @cached_property
    def qualifications(self):
        return list(self.application.qualifications.all())

    @cached_property
    def employments(self):
        return list(self.application.employments.all())

    @cached_property
    def gaps(self):
        return list(self.application.gaps.all())

    @cached_property
    def training_taken(self):
        return list(self.application.training_taken.all())

    @cached_property
    def referees(self):
        """The referees by their position, 1 and 2."""
        return {referee.position: referee for referee in self.application.referees.all()}

    @cached_property
    def schemes(self):
        """The interview schemes the person asked for."""
        chosen = self.application.schemes_chosen.select_related("scheme")
        return [choice.scheme for choice in chosen]

    @cached_property
    def schemes_on_offer(self):
        return list(InterviewScheme.objects.filter(is_offered=True))

    @cached_property
    def other_places(self):
        """The places of the advert besides its first."""
        return list(self.vacancy.other_places.all())

    @cached_property
    def places_wanted(self):
        """The key of each place wanted, the best liked first; None stands for the advert's first place."""
        return list(self.application.places_wanted.values_list("other_place", flat=True))

    @cached_property
    def earlier_words(self):
        """The job and the day of the application that answers were copied from, to stand after its reference."""
        copied = self.application.copies.select_related("earlier__vacancy").first()
        earlier = copied and copied.earlier
        if not earlier:
            return ""
        return f" ({earlier.vacancy.title}, {date_format(earlier.told_on, 'j F Y')})"

    @cached_property
    def cv(self):
        return self.application.cv()
