"""How well the search puts first what people meant: judged queries on two hundred adverts."""

import math
import statistics
import tomllib
from pathlib import Path

import pytest

from tests.vacancies.relevance import adverts
from vacancies.management.commands import load_search_synonyms

pytestmark = pytest.mark.django_db

QUERIES = Path(adverts.__file__).with_name("queries.toml")
# docs/search.md tells of both. A change that lowers them must say why.
MEAN_AT_LEAST = 0.97
EACH_AT_LEAST = 0.7
LOOKED_AT = 10


def grade(facts, grades):
    """The grade of the first line that an advert fits."""
    for points, wanted in grades:
        if all(fits(facts[name], values) for name, values in wanted.items()):
            return points
    return 0


def fits(value, values):
    return bool(set(value if isinstance(value, list) else [value]) & set(values))


def gain(grades):
    """Discounted gain of a list of grades: the later an advert stands, the less it counts."""
    return sum((2**points - 1) / math.log2(place + 2) for place, points in enumerate(grades))


def ndcg(client, query, about):
    """How near the first ten of a search come to the best ten there could be: 1 is as good as can be."""
    found = client.get("/vacancies/", {"q": query["typed"]}).context["page"].object_list
    found = [grade(about[vacancy.pk], query["grades"]) for vacancy in found[:LOOKED_AT]]
    best = sorted((grade(facts, query["grades"]) for facts in about.values()), reverse=True)
    return gain(found) / gain(best[:LOOKED_AT])


def test_what_people_mean_comes_first(client):
    load_search_synonyms.Command().handle()
    about = adverts.load()
    queries = tomllib.loads(QUERIES.read_text(encoding="utf-8"))["query"]

    scores = {query["typed"]: round(ndcg(client, query, about), 3) for query in queries}

    assert len(about) == 200
    assert len(queries) >= 30
    assert {typed: score for typed, score in scores.items() if score < EACH_AT_LEAST} == {}
    assert statistics.mean(scores.values()) >= MEAN_AT_LEAST
