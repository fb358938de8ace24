"""Checks before somebody starts: kinds, who needs them, and applications that have come to them."""

import io
from datetime import date

from django.core.management import call_command
from django.utils import timezone

from applications.actions import confirm_check, note_what_was_seen
from applications.models import CheckKind
from applications.queries.references import has_enough_references
from applications.states import ApplicationState, CheckNature, ReferenceState, Registration
from tests.factories.accounts import HRAdminFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.disclosing import settle_disclosure
from tests.factories.offers import step_on
from tests.factories.organisation import RoleFactory
from tests.factories.references import ReferenceFactory, ReferenceRequestFactory
from tests.factories.vacancies import ClosedVacancyFactory

BEGAN = date(2026, 1, 1)


def load_kinds():
    """The kinds of checks and the matrix as the data has them."""
    call_command("load_check_kinds", stdout=io.StringIO())


def social_worker_role(**fields):
    return RoleFactory(needs_registration=True, protected_title=True, **fields)


def offered(*, registered=True, role=None, number="SW999001", **fields):
    """An application to which an offer was just made by the way HR makes it, so that its checks are begun."""
    if not CheckKind.objects.exists():
        load_kinds()
    vacancy = fields.pop("vacancy", None) or ClosedVacancyFactory(role=role or social_worker_role())
    if vacancy.role.needs_registration:
        fields.setdefault(
            "registration", Registration.REGISTERED if registered else Registration.AWAITING
        )
        fields.setdefault("registration_number", number if registered else "")
    application = SentApplicationFactory(
        vacancy=vacancy, state=ApplicationState.INTERVIEW, **fields
    )
    return step_on(application, ApplicationState.OFFERED, by=HRAdminFactory())


def check_of(application, nature):
    return application.checks.select_related("kind", "application").get(kind__nature=nature)


def facts(nature, **given):
    """What is noted of a check of this nature when it is seen today."""
    today = timezone.localdate()
    known = {"seen_on": today, "what_was_seen": "The original, and the photo is theirs."}
    if nature == CheckNature.DBS:
        known |= {
            "number": "001234567890",
            "issued_on": today,
            "level": "enhanced_barred",
            "outcome": "nothing",
        }
    if nature == CheckNature.RIGHT_TO_WORK:
        known |= {"way": "manual"}
    return known | given


def see(check, by=None, **given):
    """Note what was seen of a check."""
    by = by or HRAdminFactory()
    return note_what_was_seen(check=check, by=by, **facts(check.kind.nature, **given))


def settle(check, **given):
    """See and confirm a check, by two people. References are accepted first."""
    application = check.application
    if check.kind.nature == CheckNature.REFERENCES and not has_enough_references(application):
        accept_references(application)
    see(check, **given)
    return confirm_check(check=check, by=HRAdminFactory())


def accept_references(application, number=2):
    """So many references that came and were accepted, the last employer's first."""
    referees = application.referees.filter(requests__isnull=True).order_by("position")
    for referee in referees[:number]:
        request = ReferenceRequestFactory(
            application=application,
            referee=referee,
            state=ReferenceState.ANSWERED,
            ended_at=timezone.now(),
            is_acceptable=True,
            judged_at=timezone.now(),
            judged_by=HRAdminFactory(),
        )
        ReferenceFactory(request=request)


def settle_all(application, *, but=()):
    settle_disclosure(application)
    if CheckNature.REFERENCES not in but and not has_enough_references(application):
        accept_references(application)
    for check in application.checks.select_related("kind", "application"):
        if check.kind.nature not in but:
            settle(check)
