"""Two hundred adverts, the same every time, in the words that adverts of children's services use.

Each is made from what is written of its role and of its work in adverts.toml. Bodies mention other roles
on purpose, as adverts do: "you will work beside social workers" must not make an advert for one.
"""

import tomllib
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

from django.utils import timezone

from organisation.models import Outcode, Place, Role
from tests.factories.accounts import HRAdminFactory
from tests.factories.organisation import DistrictFactory, GradeFactory, TeamFactory
from vacancies.models import Contract, Pattern, Vacancy
from vacancies.states import VacancyState

HOW_MANY = 200
HERE = Path(__file__).parent
PATTERNS = [
    [Pattern.FULL_TIME],
    [Pattern.FULL_TIME, Pattern.HYBRID],
    [Pattern.PART_TIME],
    [Pattern.FULL_TIME, Pattern.PART_TIME],
    [Pattern.JOB_SHARE, Pattern.PART_TIME],
    [Pattern.TERM_TIME, Pattern.PART_TIME],
    [Pattern.FULL_TIME, Pattern.NINE_DAY_FORTNIGHT],
]
CONTRACTS = [*[Contract.PERMANENT] * 4, Contract.FIXED_TERM, *[Contract.PERMANENT] * 3]
CONTRACTS.append(Contract.SECONDMENT)


def texts():
    return tomllib.loads((HERE / "adverts.toml").read_text(encoding="utf-8"))


def combinations(given):
    """Every role with every kind of work it is done in, again from the first until there are 200."""
    pairs = [
        (role, work)
        for role, about in given["role"].items()
        for work in about.get("work", given["everywhere"])
    ]
    return islice(cycle(pairs), HOW_MANY)


def load():
    """Store the adverts, open today, and return what each is about: role, work, place and so on."""
    given = texts()
    places = make_places(given["place"])
    roles = make_roles(given["role"])
    teams = {work: TeamFactory(name=about["team"]) for work, about in given["work"].items()}
    publisher, now, grade = HRAdminFactory(), timezone.now(), GradeFactory()
    where, patterns, contracts = cycle(places), cycle(PATTERNS), cycle(CONTRACTS)
    vacancies, about = [], []
    for number, (role, work) in enumerate(combinations(given)):
        place, district = next(where)
        said, setting = given["role"][role], given["work"][work]
        fields = {
            "title": said["title"].format(work=setting["title"], place=place.name),
            "summary": said["summary"].format(words=setting["words"], place=place.name),
            "body": f"{said['body']}\n\n{setting['body']}\n\n{given['council']}",
            "contract": next(contracts),
            "patterns": next(patterns),
            "newly_qualified_welcome": said.get("newly_qualified", False),
            "salary_from": said["salary"],
            "salary_to": said["salary"] + 4_000,
        }
        vacancies.append(
            Vacancy(
                **fields,
                role=roles[role],
                team=teams[work],
                grade=grade,
                place_name=place.name,
                latitude=place.latitude,
                longitude=place.longitude,
                district=district,
                state=VacancyState.LIVE,
                opens_on=timezone.localdate(),
                closes_on=timezone.localdate() + timedelta(days=14),
                published_at=now - timedelta(minutes=number),
                published_by=publisher,
            )
        )
        about.append({"role": role, "work": work, "place": place.name, **fields})
    Vacancy.objects.bulk_create(vacancies)
    return {vacancy.pk: facts for vacancy, facts in zip(vacancies, about, strict=True)}


def make_places(given):
    places = []
    for name, (latitude, longitude, outcode) in given.items():
        place = Place.objects.create(
            name=name, latitude=latitude, longitude=longitude, district=name
        )
        Outcode.objects.create(code=outcode, latitude=latitude, longitude=longitude, name=name)
        district = DistrictFactory(name=f"{name} district", slug=name.lower())
        places.append((place, district))
    return places


def make_roles(given):
    grade = GradeFactory()
    return {
        name: Role.objects.create(
            name=about.get("name", name),
            slug=name.lower().replace(" ", "-"),
            family=about["family"],
            grade=grade,
            needs_registration=about["family"] == "social_work",
            protected_title=False,
            summary="",
        )
        for name, about in given.items()
    }
