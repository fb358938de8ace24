from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from returners.models import RestorationRule
from returners.queries import restoration_rules
from returners.states import EnquiryState
from tests.factories.returners import EnquiryFactory

pytestmark = pytest.mark.django_db


def test_the_rules_of_the_regulator_are_loaded_and_what_hr_changed_is_kept():
    call_command("load_restoration_rules", stdout=StringIO())
    RestorationRule.objects.filter(years_from=2).update(days=31)
    call_command("load_restoration_rules", stdout=StringIO())

    rules = restoration_rules(timezone.localdate())

    assert [(rule.time_away, rule.days, rule.hours) for rule in rules] == [
        ("Under 2 years", 0, 0),
        ("2 to 5 years", 31, 217),
        ("Over 5 years", 60, 420),
    ]


def test_only_a_new_or_closed_enquiry_may_be_without_an_officer():
    with pytest.raises(IntegrityError, match="only_a_new_enquiry_has_no_officer"):
        EnquiryFactory(officer=None, state=EnquiryState.READY)
