from django.db.models import Count, Q

from accounts.models import User
from returners.models import Enquiry, RestorationRule
from returners.rules import OFFICER
from returners.states import OPEN_ENQUIRY_STATES


def restoration_rules(on):
    """The regulator's rules for coming back to the register that hold on the date `on`."""
    return RestorationRule.objects.in_force(on)


def officers_by_caseload(on):
    """Workforce development officers with their `caseload` of open enquiries, the lightest first.

    Whoever has left by the date `on` is not among them.
    """
    still_open = Q(returner_enquiries__state__in=OPEN_ENQUIRY_STATES)
    caseload = Count("returner_enquiries", filter=still_open)
    officers = User.objects.with_role(OFFICER).exclude(staff_member__left_on__lt=on)
    return officers.annotate(caseload=caseload).order_by("caseload", "pk")


def enquiries_without_a_working_officer():
    """Open enquiries that nobody has, or whose officer has left or changed role."""
    has_officer = Q(officer__roles__contains=[OFFICER], officer__is_active=True)
    return Enquiry.objects.open().exclude(has_officer)


def enquiries_of_officers_who_left(on):
    """Open enquiries whose officer's last day was before the date `on`."""
    return Enquiry.objects.open().filter(officer__staff_member__left_on__lt=on)
