from django.contrib import messages
from django.shortcuts import redirect

from accounts.states import InvalidTransition
from applications.actions import take_withdrawal_back
from applications.exceptions import AlreadyApplied, PlaceTaken, TooLateToTakeBack
from applications.views.access import own_application

NOT_BACK = {
    TooLateToTakeBack: "It is too late to take your withdrawal back.",
    PlaceTaken: "Your withdrawal cannot be taken back: the job has gone to somebody else meanwhile, or "
    "is no longer there.",
    AlreadyApplied: "Your withdrawal is not taken back yet: you have another application for this job. "
    "Below we say what you can do.",
    InvalidTransition: "This application is not withdrawn.",
}


@own_application
def application_withdraw_undo(request, application):
    """Take a withdrawal back when told to. After signing in, the browser comes back without the form."""
    if request.method == "POST":
        try:
            take_withdrawal_back(application=application, by=request.user)
        except tuple(NOT_BACK) as problem:
            messages.error(request, NOT_BACK[type(problem)])
        else:
            messages.success(request, "Your application is back where it was.")
    return redirect(application)
