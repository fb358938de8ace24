"""What the invented applicants answered, section by section, besides their names and addresses."""

import random
from itertools import cycle

from applications.models import (
    CriterionEvidence,
    InterviewScheme,
    PlaceWanted,
    Referee,
    RefereeKind,
    SchemeChosen,
    SectionSave,
)
from demo.people import address, invented_names
from vacancies.models import CriterionKind

PLACES_OF_WORK = ["Weir School", "Alder House", "Mill Lane Surgery", "The Old Forge Nursery"]
ADJUSTMENTS = "The questions on paper as we talk, please: I take in more when I can read along."
COLUMNS = ["contact", "right-to-work"]
IN_EVERY = 7  # one in so many asked for an interview under a scheme


class AnswerWriter:
    """Writes the rows of many applications at once, the same ones every time."""

    def __init__(self):
        self.chance = random.Random(59)
        self.referees = cycle(invented_names(40, seed=71))
        self.schemes = cycle(InterviewScheme.objects.order_by("position", "name"))
        self.rows = {model: [] for model in (CriterionEvidence, Referee, SchemeChosen, PlaceWanted)}
        self.saves = []

    def answer(self, application, words):
        """Answer everything; the paragraphs of `words` are the examples, in the order of the criteria."""
        self.save(application, *COLUMNS)
        if application.vacancy.needs_registration:
            self.save(application, "registration")
        self.write_evidence(application, cycle(words.split("\n\n")))
        self.give_referees(application)
        others = list(application.vacancy.other_places.all())
        if others:
            self.add(PlaceWanted, application, rank=1)
            self.add(PlaceWanted, application, rank=2, other_place=others[0])
            application.travel_miles = 15
            self.save(application, "places")
        scheme = next(self.schemes, None)  # a demo without the reference data has none
        if scheme and self.chance.randrange(IN_EVERY) == 0:
            self.add(SchemeChosen, application, scheme=scheme)
            self.save(application, "schemes")

    def begin(self, application, words):
        """Answer the first sections and begin the first example, as somebody who comes back tomorrow."""
        self.save(application, *COLUMNS)
        criterion = application.vacancy.criteria.first()
        self.add(CriterionEvidence, application, criterion=criterion, words=words)
        self.save(application, f"evidence-{criterion.pk}")

    def write_evidence(self, application, paragraphs):
        for criterion in application.vacancy.criteria.all():
            leaves_it = criterion.kind == CriterionKind.DESIRABLE and self.chance.randrange(3) == 0
            words = "" if leaves_it else next(paragraphs)
            self.add(CriterionEvidence, application, criterion=criterion, words=words)
            self.save(application, f"evidence-{criterion.pk}")

    def give_referees(self, application):
        for position, kind in enumerate([RefereeKind.EMPLOYER, self.second_kind()], 1):
            name = next(self.referees)
            self.add(
                Referee,
                application,
                position=position,
                kind=kind,
                full_name=name,
                job_title="Manager" if kind == RefereeKind.EMPLOYER else "",
                organisation=self.chance.choice(PLACES_OF_WORK),
                email=address(name),
                ask_before_interview=self.chance.randrange(4) > 0,
            )
        self.save(application, "referees")

    def second_kind(self):
        return self.chance.choice([RefereeKind.EMPLOYER, RefereeKind.EDUCATOR])

    def add(self, model, application, **columns):
        self.rows[model].append(model(application=application, **columns))

    def save(self, application, *names):
        self.saves += [
            SectionSave(
                application=application,
                name=name,
                version=1,
                saved_at=application.started_at,
                finished_at=application.started_at,
            )
            for name in names
        ]

    def store(self):
        """Write down the rows of everybody. The applications are in the database by now."""
        for model, rows in self.rows.items():
            model.objects.bulk_create(rows)
        SectionSave.objects.bulk_create(self.saves)
