"""Offers of the invented people: one who waits to answer and asks, some in checks, some about to start."""

from datetime import time, timedelta

from django.conf import settings
from django.utils import timezone

from applications.actions import begin_work_that_is_due
from applications.models import Application, Offer, OfferCondition, OfferQuestion
from applications.queries.offers import answer_by_from, with_more_offers_than_posts
from applications.states import ApplicationState, OfferAnswer, OfferState
from organisation.models.working_time import FULL_TIME_SLOTS
from vacancies.models import Vacancy

S = ApplicationState
STATES = {
    S.OFFERED: OfferState.MADE,
    S.CHECKS: OfferState.ACCEPTED,
    S.HIRED: OfferState.FIRM,
}
QUESTION = "My school term ends on a Friday. Could I start on the Monday after it?"


def load(today):
    """Load the offers, unless there are some. The first who is appointed has begun a week ago."""
    if Offer.objects.exists():
        return
    with_offer = Application.objects.filter(state__in=STATES, blanked_at__isnull=True)
    offers = [
        _offer(application, number, today)
        for number, application in enumerate(
            with_offer.select_related("vacancy__team__manager", "vacancy__role").order_by("pk")
        )
    ]
    Offer.objects.bulk_create(offers)
    OfferCondition.objects.bulk_create(row for offer in offers for row in _conditions(offer))
    waiting = next((offer for offer in offers if offer.state == OfferState.MADE), None)
    if waiting is not None:  # the others of their kind have let the day pass
        Offer.objects.filter(pk=waiting.pk).update(answer_by=answer_by_from(today))
        OfferQuestion.objects.create(offer=waiting, words=QUESTION)
    for vacancy in with_more_offers_than_posts():
        Vacancy.objects.filter(pk=vacancy.pk).update(number_of_posts=vacancy.live_offers)
    firm = Offer.objects.filter(state=OfferState.FIRM).order_by("pk").first()
    if firm is not None:
        Offer.objects.filter(pk=firm.pk).update(starts_on=_monday_after(today, -2))
        begin_work_that_is_due(on=today)


def _offer(application, number, today):
    vacancy, state = application.vacancy, STATES[application.state]
    moments = dict(application.moves.values_list("to_state", "moved_at"))
    officer = application.moves.get(to_state=S.OFFERED).moved_by
    offer = Offer(
        application=application,
        state=state,
        role=vacancy.role,
        team=vacancy.team,
        place_name=vacancy.place_name,
        grade_id=vacancy.grade_id,
        salary=vacancy.salary_from,
        weekly_hours=vacancy.weekly_hours,
        paid_weeks=vacancy.paid_weeks,
        slots=FULL_TIME_SLOTS,
        contract=vacancy.contract,
        contract_months=vacancy.contract_months,
        proposed_start_on=_monday_after(today, 8),
        made_at=moments[S.OFFERED],
        made_by=officer,
        answer_by=answer_by_from(timezone.localdate(moments[S.OFFERED])),
    )
    if state != OfferState.MADE:
        offer.answer = OfferAnswer.YES
        offer.answered_at = moments[S.CHECKS]
        offer.answered_by = application.applicant
    if state == OfferState.FIRM:
        _make_firm(offer, number, officer, moments[S.HIRED], today)
    return offer


def _make_firm(offer, number, officer, at, today):
    offer.firm_at, offer.firm_by = at, officer
    offer.starts_on = _monday_after(today, 2 + number)
    offer.arrive_at = time(9, 30)
    offer.arrive_where = f"{offer.team}, {offer.place_name}: ask at the front desk"
    offer.line_manager = offer.team.manager
    offer.bring = settings.OFFER_BRING
    offer.employee_number = f"N{70_000 + number}"


def _conditions(offer):
    needs_registration = offer.application.vacancy.needs_registration
    names = [
        name for name in settings.OFFER_CONDITIONS if name != "registration" or needs_registration
    ]
    return [
        OfferCondition(
            offer=offer, name=name, text=settings.OFFER_CONDITIONS[name], position=position
        )
        for position, name in enumerate(names)
    ]


def _monday_after(day, weeks):
    return day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
