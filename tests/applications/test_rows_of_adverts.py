"""What an applicant has written about stays in the advert, and HR is told why."""

import pytest

from applications.models import CriterionEvidence, PlaceWanted
from tests.factories.accounts import HRAdminFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.shortlisting import (
    PanelMemberFactory,
    give,
    in_shortlisting,
    vacancy_with_criteria,
)
from tests.factories.vacancies import CriterionFactory, LiveVacancyFactory
from tests.factories.vacancy_parts import OtherPlaceFactory
from vacancies.actions import change_criteria, change_rows, copy_vacancy
from vacancies.exceptions import StillNeeded
from vacancies.states import VacancyState

pytestmark = pytest.mark.django_db
REFUSED = (
    "“{}” cannot be removed: somebody who applies has written about it already, "
    "or a panel has scored it. "
    "You can change its words."
)


@pytest.fixture
def vacancy():
    return LiveVacancyFactory()


@pytest.fixture
def asked(vacancy):
    """A criterion somebody has written about, and a place somebody has asked for."""
    criterion = CriterionFactory(vacancy=vacancy, text="Kindness")
    place = OtherPlaceFactory(vacancy=vacancy)
    application = ApplicationFactory(vacancy=vacancy)
    PlaceWanted.objects.create(application=application, other_place=place, rank=2)
    return {"criteria": criterion, "other_places": place}


ACTIONS = {"criteria": change_criteria, "other_places": change_rows}


@pytest.mark.parametrize("rows", ["criteria", "other_places"])
def test_what_somebody_has_written_about_is_not_removed(vacancy, asked, rows):
    row = asked[rows]

    with pytest.raises(StillNeeded) as refused:
        ACTIONS[rows](vacancy=vacancy, by=HRAdminFactory(), removed=[row])

    assert str(refused.value) == REFUSED.format(row)
    assert getattr(vacancy, rows).filter(pk=row.pk).exists()


def test_a_criterion_with_scores_alone_is_not_removed_either():
    """Nobody has written about it, and a panel has scored it while the advert is open."""
    vacancy = vacancy_with_criteria(state=VacancyState.LIVE, closed_at=None)
    give(PanelMemberFactory(vacancy=vacancy), in_shortlisting(vacancy), 3)
    CriterionEvidence.objects.all().delete()
    criterion = vacancy.criteria.first()

    with pytest.raises(StillNeeded) as refused:
        change_criteria(vacancy=vacancy, by=HRAdminFactory(), removed=[criterion])

    assert str(refused.value) == REFUSED.format(criterion)
    assert vacancy.criteria.filter(pk=criterion.pk).exists()


def test_what_nobody_has_written_about_can_go(vacancy, asked):
    spare = CriterionFactory(vacancy=vacancy, text="Order")
    elsewhere = OtherPlaceFactory(vacancy=vacancy, place_name="Fleet")
    hr = HRAdminFactory()

    change_criteria(vacancy=vacancy, by=hr, removed=[spare])
    change_rows(vacancy=vacancy, by=hr, removed=[elsewhere])

    assert [str(row) for row in vacancy.criteria.all()] == ["Kindness"]
    assert [str(row) for row in vacancy.other_places.all()] == ["Alton"]


def test_a_copy_takes_along_how_people_apply():
    old = LiveVacancyFactory(takes_cv=True, shows_employers=True)
    CriterionFactory(vacancy=old, max_words=400)

    copy = copy_vacancy(
        vacancy=old, one_time_key="0d3e0000-0000-4000-8000-000000000001", by=HRAdminFactory()
    )

    assert (copy.takes_cv, copy.shows_employers) == (True, True)
    assert [row.max_words for row in copy.criteria.all()] == [400]


def test_the_admin_says_why_a_row_stays(client, vacancy, asked):
    client.force_login(HRAdminFactory())
    address = f"/admin/vacancies/vacancy/{vacancy.pk}/change/"
    form = client.get(address).context

    response = client.post(address, {**sent_as_shown(form), **removing(asked)})

    errors = [
        str(error)
        for formset in response.context["inline_admin_formsets"]
        for error in formset.formset.non_form_errors()
    ]
    assert errors == [REFUSED.format("Kindness"), REFUSED.format("Alton")]
    assert (vacancy.criteria.count(), vacancy.other_places.count()) == (1, 1)


def sent_as_shown(context):
    """Return what a browser sends of the form of an advert as it is shown."""
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    shown = {box.html_name: box.value() for form in forms for box in form}
    ticked = {name: "on" for name, value in shown.items() if value is True}
    return {
        **{name: value for name, value in shown.items() if value is not None},
        **dict.fromkeys((name for name, value in shown.items() if value is False), ""),
        **ticked,
    }


def removing(asked):
    return {"criteria-0-DELETE": "on", "other_places-0-DELETE": "on"}
