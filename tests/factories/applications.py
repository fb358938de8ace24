import itertools

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.file_checks import PDF
from applications.models import Application, ApplicationMove, Document
from applications.states import DECISION_OF_STATE, HAPPY_PATH, ApplicationState, Registration
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.answers import WORDS, answer_everything
from tests.factories.disclosing import settle_disclosure
from tests.factories.offers import STATES as OFFER_STATES
from tests.factories.offers import OfferFactory
from tests.factories.vacancies import LiveVacancyFactory


class ApplicationFactory(factory.django.DjangoModelFactory):
    """A draft with every section whole, for a job that is open.

    `answers` are the words of its examples; with `answers=False` nobody has saved a section yet.
    """

    class Meta:
        model = Application
        skip_postgeneration_save = True

    vacancy = factory.SubFactory(LiveVacancyFactory)
    applicant = factory.SubFactory(UserFactory)
    full_name = factory.SelfAttribute("applicant.full_name")
    phone = "01632 960123"
    town = "Alton"
    right_to_work = True
    needs_sponsorship = False
    registration = factory.LazyAttribute(
        lambda made: Registration.AWAITING if made.vacancy.role.needs_registration else ""
    )

    @factory.post_generation
    def answers(self, create, extracted, **kwargs):
        if extracted is not False:
            answer_everything(self, extracted or WORDS)


class SentApplicationFactory(ApplicationFactory):
    """An application that was sent and has come as far as `state`, each step with its row."""

    class Meta:
        skip_postgeneration_save = True

    state = ApplicationState.SUBMITTED
    submitted_at = factory.LazyFunction(timezone.now)
    withdrawn_at = factory.Maybe(
        factory.LazyAttribute(lambda made: made.state == ApplicationState.WITHDRAWN),
        factory.LazyFunction(timezone.now),
        None,
    )
    decision = factory.LazyAttribute(lambda made: DECISION_OF_STATE.get(made.state, ""))
    decided_at = factory.LazyAttribute(lambda made: timezone.now() if made.decision else None)
    decided_by = factory.LazyAttribute(lambda made: HRAdminFactory() if made.decision else None)

    @factory.post_generation
    def moves(self, create, extracted, **kwargs):
        path = [ApplicationState.DRAFT, ApplicationState.SUBMITTED]
        if self.state in HAPPY_PATH:
            path = [ApplicationState.DRAFT, *HAPPY_PATH[: HAPPY_PATH.index(self.state) + 1]]
        else:
            path.append(self.state)
        for before, after in itertools.pairwise(path):
            ApplicationMove.objects.create(application=self, from_state=before, to_state=after)

    @factory.post_generation
    def offer(self, create, extracted, **kwargs):
        """Who has an offer has one that stands as their application does; `offer=False` leaves it out."""
        if extracted is not False and self.state in OFFER_STATES:
            OfferFactory(application=self, **kwargs)

    @factory.post_generation
    def disclosure(self, create, extracted, **kwargs):
        """Who has come to the checks was asked before, and there was nothing to tell."""
        if extracted is not False and self.state in (
            ApplicationState.CHECKS,
            ApplicationState.HIRED,
        ):
            settle_disclosure(self)


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document

    application = factory.SubFactory(ApplicationFactory)
    original_name = "My CV.pdf"
    content_type = PDF
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7 a short life", name="cv"))
    size = 21
    sha256 = "0" * 64
