"""A name planted in what follows after somebody has applied: references, interviews, checks, an offer."""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.utils import timezone

from applications.models import (
    ApplicationMessage,
    Check,
    CheckKind,
    CheckStep,
    Declaration,
    DeclarationVersion,
    Discrepancy,
    InterviewDecision,
    InterviewInvitation,
    InterviewRound,
    InterviewScore,
    InterviewSheet,
    OfferCondition,
    OfferQuestion,
    OnlineSearch,
    RefereeChange,
    Reference,
    ReferenceLetter,
    ReferenceRequest,
    RegistrationCheck,
    RiskAssessment,
)
from applications.models.offers import OFFER_WORDS
from applications.states import InterviewOutcome, OfferState
from tests.factories.accounts import HRAdminFactory
from tests.factories.offers import OfferFactory
from tests.factories.shortlisting import PanelMemberFactory

EMAIL = "zebedine.quillfeather@example.org"
PHONE = "01632 960987"
PLANTED = f"Zebedine Quillfeather’s ZÉBÉDINE's {EMAIL} {PHONE}"
DATES = {"began_on": "2020-01-01", "ended_on": "2020-03-01", "finished_on": "2021-06-01"}


def planted(model, **fields):
    """Make a row with the name in every box for words."""
    words = {
        field.name: PLANTED[: field.max_length]
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not isinstance(field, models.EmailField)
    }
    names = {field.name for field in model._meta.fields}
    dates = {name: day for name, day in DATES.items() if name in names}
    return model.objects.create(**{**words, **dates, **fields})


def plant_what_followed(application, referee):
    """Plant the name in all that the council, referees and the person wrote after it was sent."""
    plant_reference(application, referee)
    plant_checks(application)
    plant_offer(application)
    plant_disclosure(application)
    planted(ApplicationMessage, application=application, sent_by=HRAdminFactory())


def plant_reference(application, referee):
    """A reference that came, with the name in all that was said around it."""
    now = timezone.now()
    asked = {"asked_at": now, "expires_at": now + timedelta(weeks=12), "ended_at": now}
    request = planted(
        ReferenceRequest, application=application, referee=referee, state="answered", **asked
    )
    planted(ReferenceLetter, request=request, kind="asked", token_hash=uuid4().hex)
    planted(RefereeChange, referee=referee)
    reference = planted(Reference, request=request, is_true=True)
    planted(
        Discrepancy,
        application=application,
        reference=reference,
        kind="job_title",
        explanation="",
    )


def plant_interview(application):
    """A round to which the person was invited, with what interviewers wrote down of them."""
    now = timezone.now()
    vacancy = application.vacancy
    met = InterviewRound.objects.create(
        vacancy=vacancy, name="First interview", place="Room 4", minutes=45, choose_until=now
    )
    planted(InterviewInvitation, round=met, application=application)
    question = met.questions.create(text="What would you do first?", position=0)
    member = PanelMemberFactory(vacancy=vacancy, ended_at=now)
    sheet = InterviewSheet.objects.create(member=member, round=met, application=application)
    planted(InterviewScore, sheet=sheet, question=question, points=2)
    planted(InterviewDecision, application=application, outcome=InterviewOutcome.RESERVE)


def plant_checks(application):
    """A check with its steps, and what the register said."""
    kind, _ = CheckKind.objects.get_or_create(slug="who", defaults={"name": "Who"})
    check = planted(Check, application=application, kind=kind)
    planted(CheckStep, check_of=check, to_state="waiting")
    planted(
        RegistrationCheck,
        application=application,
        number="SW99887",
        is_registered=True,
        looked_on="2026-01-02",
        looked_by=HRAdminFactory(),
    )


def plant_offer(application):
    """An offer that was taken back, with its conditions and a question about it."""
    offer = OfferFactory(
        application=application,
        state=OfferState.WITHDRAWN,
        ended_at=timezone.now(),
        **dict.fromkeys(OFFER_WORDS, PLANTED[:300]),
    )
    planted(OfferCondition, offer=offer)
    planted(OfferQuestion, offer=offer)


def plant_disclosure(application):
    """Tell, find and weigh up the name: of all this the panel sees nothing, whatever the state."""
    declaration = Declaration.objects.create(application=application)
    planted(DeclarationVersion, declaration=declaration, number=1, matters_text=f'["{EMAIL}"]')
    planted(OnlineSearch, application=application, outcome="to_talk_about")
    planted(RiskAssessment, application=application, about="dbs", notes_text='{"age": "Zebedine"}')
