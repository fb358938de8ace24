from accounts.roles import WorkforceDevelopmentOfficer
from returners.states import OPEN_ENQUIRY_STATES

OFFICER = WorkforceDevelopmentOfficer.name


def can_work_on_enquiry(user, enquiry):
    """Officers and HR may move an enquiry on or hand it over while it is open."""
    return user.has_perm("returners.change_enquiry") and enquiry.state in OPEN_ENQUIRY_STATES


def can_be_assigned(user):
    """Only a workforce development officer who works here takes enquiries."""
    return user.has_role(OFFICER)
