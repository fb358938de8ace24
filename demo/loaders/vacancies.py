"""Adverts: about sixty open, twenty over and three drafts, each in the words of its role and team."""

import csv
import random
import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path

from django.utils import timezone

from accounts.models import User
from organisation.models import District, GradeRange, Place, Role, Team
from vacancies.models import Criterion, CriterionKind, Driving, Vacancy
from vacancies.states import OVER, VacancyState

ADVERTS = Path(__file__).resolve().parents[1] / "data" / "adverts"
CLOSING_WITHIN_DAYS = 35


def load(today):
    """Load the adverts with their criteria, unless there are some."""
    if Vacancy.objects.exists():
        return
    with (ADVERTS / "vacancies.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="|"))
    writer = Writer(today)
    vacancies = [writer.vacancy(row) for row in rows]
    Vacancy.objects.bulk_create(vacancies)
    Criterion.objects.bulk_create(
        criterion for vacancy in vacancies for criterion in writer.criteria(vacancy)
    )
    let_managers_hire(vacancies)


def let_managers_hire(vacancies):
    managers = {vacancy.hiring_manager for vacancy in vacancies}
    for manager in managers:
        manager.roles = sorted({*manager.roles, "hiring_manager"})
    User.objects.bulk_update(managers, ["roles"])


def read(name):
    return tomllib.loads((ADVERTS / f"{name}.toml").read_text(encoding="utf-8"))


class Writer:
    """Writes adverts out of the texts of roles, teams and offers, the same ones every time."""

    def __init__(self, today):
        self.today = today
        self.chance = random.Random(31)
        self.role_texts = read("social_work") | read("family_support") | read("offices")
        self.team_texts = read("teams")
        self.offers = read("offers")
        self.roles = {role.name: role for role in Role.objects.select_related("grade")}
        teams = Team.objects.select_related("district", "manager__user")
        self.teams = {team.name: team for team in teams}
        self.places = {place.name: place for place in Place.objects.all()}
        self.districts = {district.name: district for district in District.objects.all()}
        self.pay = {pay.grade_id: pay for pay in GradeRange.objects.in_force(today)}
        self.publisher = User.objects.get(email="hr@example.org")
        self.closing_days = self._closing_days()

    def _closing_days(self):
        """Days from today for the live ones: spread from tomorrow to five weeks on, shuffled."""
        days = [1 + number % CLOSING_WITHIN_DAYS for number in range(100)]
        self.chance.shuffle(days)
        return iter(days)

    def vacancy(self, row):
        role, team = self.roles[row["role"]], self.teams[row["team"]]
        vacancy = Vacancy(
            title=row["title"],
            role=role,
            team=team,
            contract=row["contract"],
            contract_months=int(row["months"]) if row["months"] else None,
            weekly_hours=row["hours"],
            patterns=row["patterns"].split(),
            newly_qualified_welcome=bool(row["newly_qualified"]),
            driving=row["driving"] or Driving.NOT_NEEDED,
            grade=role.grade,
            **self._pay(role),
            **self._place(row["place"], team),
            **self._contact(team.manager.user),
            **self._dates(VacancyState(row["state"])),
        )
        vacancy.summary = self._summary(vacancy)
        vacancy.body = self._body(vacancy)
        vacancy.benefits = self._benefits(role)
        return vacancy

    def _pay(self, role):
        """The range of the grade, or its upper half for some adverts."""
        pay = self.pay[role.grade_id]
        middle = round((pay.lowest + pay.highest) / 2, -2)
        lowest = self.chance.choice([pay.lowest, pay.lowest, pay.lowest, middle])
        return {"salary_from": lowest, "salary_to": pay.highest}

    def _place(self, place_name, team):
        place = self.places[place_name or team.place_name]
        return {
            "place_name": place.name,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "district": self.districts[place.district] if place_name else team.district,
        }

    def _contact(self, manager):
        return {
            "hiring_manager": manager,
            "contact_name": manager.full_name,
            "contact_email": manager.email,
            "contact_phone": f"01632 960{self.chance.randint(100, 999)}",
        }

    def _dates(self, state):
        if state == VacancyState.DRAFT:
            return {"state": state, **self._period(self.today, self.today + timedelta(days=28))}
        if state in OVER:
            closes_on = self.today - timedelta(days=self.chance.randint(3, 120))
            opens_on = closes_on - timedelta(days=self.chance.choice([14, 21, 28]))
        else:
            closes_on = self.today + timedelta(days=next(self.closing_days))
            opens_on = min(closes_on - timedelta(days=28), self.today)
            opens_on = max(opens_on, self.today - timedelta(days=25))
        return {
            "state": state,
            **self._period(opens_on, closes_on),
            "published_at": min(moment(opens_on, 9), timezone.now()),
            "published_by": self.publisher,
            "closed_at": moment(closes_on + timedelta(days=1), 0) if state in OVER else None,
        }

    def _period(self, opens_on, closes_on):
        interview_on = closes_on + timedelta(days=self.chance.randint(8, 14))
        while interview_on.weekday() > 4:
            interview_on += timedelta(days=1)
        return {"opens_on": opens_on, "closes_on": closes_on, "interview_on": interview_on}

    def _summary(self, vacancy):
        texts = self.role_texts[vacancy.role.name].get("summary")
        return self._said(vacancy, texts or self.team_texts[vacancy.team.kind]["summary"])

    def _said(self, vacancy, texts):
        words = self.chance.choice(texts)
        return words.format(place=vacancy.place_name, team=team_in_words(vacancy.team))

    def _body(self, vacancy):
        role, team = self.role_texts[vacancy.role.name], self.team_texts[vacancy.team.kind]
        practises = vacancy.role.name in {"Social worker", "Experienced social worker"}
        work = team["work"][:] if practises else []
        self.chance.shuffle(work)
        tasks = [*work[:3], *role["do"]]
        about = self._said(vacancy, team["about"])
        return "\n\n".join(
            [
                self._said(vacancy, role["lead"]),
                "## What you will do",
                bullets(tasks),
                "## The team",
                about[0].upper() + about[1:],
                "## Who we hope to meet",
                self._said(vacancy, role["who"]),
            ]
        )

    def _benefits(self, role):
        return bullets(self.offers["families"][role.family] + self.offers["everyone"])

    def criteria(self, vacancy):
        texts = self.role_texts[vacancy.role.name]
        for kind in CriterionKind:
            lines = texts[kind.value]
            if kind == CriterionKind.ESSENTIAL and vacancy.driving == Driving.ESSENTIAL:
                lines = [*lines, "You drive and have the use of a car, or can travel with help"]
            for position, text in enumerate(dict.fromkeys(lines)):
                yield Criterion(vacancy=vacancy, kind=kind, text=text, position=position)


def bullets(lines):
    return "\n".join(f"- {line}" for line in lines)


def team_in_words(team):
    """ "the Adoption Team", but "Fostering Support"."""
    return f"the {team.name}" if {"Team", "Hub"} & set(team.name.split()) else team.name


def moment(day, hour):
    return timezone.make_aware(datetime.combine(day, time(hour, 5)))
