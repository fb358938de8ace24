"""Offers, and what HR fills in to make one."""

from datetime import timedelta
from uuid import uuid4

import factory
from django.db import transaction
from django.utils import timezone

from applications.actions import accept_offer, make_offer
from applications.actions.answering import locked
from applications.actions.deciding import take_step
from applications.models import Application, Offer
from applications.states import ApplicationState, OfferAnswer, OfferState
from organisation.models.working_time import FULL_TIME_SLOTS
from tests.factories.accounts import HRAdminFactory

# How the offer stands that an application in each of these states has.
STATES = {
    ApplicationState.OFFERED: OfferState.MADE,
    ApplicationState.CHECKS: OfferState.ACCEPTED,
    ApplicationState.HIRED: OfferState.FIRM,
}


class OfferFactory(factory.django.DjangoModelFactory):
    """An offer that stands as its `state` says; made from what the advert says."""

    class Meta:
        model = Offer

    role = factory.SelfAttribute("application.vacancy.role")
    team = factory.SelfAttribute("application.vacancy.team")
    place_name = factory.SelfAttribute("application.vacancy.place_name")
    grade = factory.SelfAttribute("application.vacancy.grade")
    salary = factory.SelfAttribute("application.vacancy.salary_from")
    weekly_hours = 37
    slots = FULL_TIME_SLOTS
    contract = factory.SelfAttribute("application.vacancy.contract")
    proposed_start_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=40))
    answer_by = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))
    made_by = factory.SubFactory(HRAdminFactory)
    state = factory.LazyAttribute(lambda made: STATES[made.application.state])

    class Params:
        is_accepted = factory.LazyAttribute(
            lambda made: made.state in (OfferState.ACCEPTED, OfferState.FIRM)
        )
        is_firm = factory.LazyAttribute(lambda made: made.state == OfferState.FIRM)

    answer = factory.LazyAttribute(lambda made: OfferAnswer.YES if made.is_accepted else "")
    answered_at = factory.LazyAttribute(lambda made: timezone.now() if made.is_accepted else None)
    answered_by = factory.LazyAttribute(
        lambda made: made.application.applicant if made.is_accepted else None
    )
    firm_at = factory.LazyAttribute(lambda made: timezone.now() if made.is_firm else None)
    firm_by = factory.LazyAttribute(lambda made: made.made_by if made.is_firm else None)
    starts_on = factory.LazyAttribute(lambda made: made.proposed_start_on if made.is_firm else None)
    arrive_at = factory.LazyAttribute(lambda made: "09:30" if made.is_firm else None)
    arrive_where = factory.LazyAttribute(
        lambda made: "The Mill, front desk" if made.is_firm else ""
    )
    employee_number = factory.Sequence(lambda n: f"N{n:05d}")


def terms(application, **changes):
    """Return the terms of an offer as the actions take them."""
    vacancy = application.vacancy
    return {
        "role": vacancy.role,
        "team": vacancy.team,
        "post": None,
        "place_name": vacancy.place_name,
        "grade": vacancy.grade,
        "salary": vacancy.salary_from,
        "weekly_hours": vacancy.weekly_hours,
        "paid_weeks": None,
        "slots": FULL_TIME_SLOTS,
        "contract": vacancy.contract,
        "contract_months": None,
        "proposed_start_on": timezone.localdate() + timedelta(days=40),
        "answer_by": timezone.localdate() + timedelta(days=7),
        "conditions": [("dbs", "A DBS check."), ("", "Your degree.")],
        **changes,
    }


def step_on(application, to_state, *, by):
    """Take an application on to an offer, the yes to it or the job, with the offer that goes with it.

    As HR and the applicant do it, but for the checks: nobody asks here what of them is open.
    """
    if to_state == ApplicationState.OFFERED:
        make_offer(application=application, one_time_key=uuid4(), by=by, **terms(application))
    elif to_state == ApplicationState.CHECKS:
        offer = application.offers.live().get()
        accept_offer(offer=offer, version=offer.version, by=application.applicant)
    else:
        application.offers.live().update(
            state=OfferState.FIRM,
            firm_at=timezone.now(),
            firm_by=by,
            starts_on=timezone.localdate() + timedelta(days=40),
            arrive_at="09:30",
            employee_number=f"F{application.pk:05d}",
        )
        _appoint(application, by)
    return Application.objects.select_related("vacancy__role", "applicant").get(pk=application.pk)


@transaction.atomic
def _appoint(application, by):
    take_step(locked(application), ApplicationState.HIRED, by=by)
