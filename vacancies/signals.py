from vacancies.actions import keep_saved
from vacancies.saved_cookie import references_in


def keep_what_was_saved_before_signing_in(sender, request, user, **kwargs):
    """Move the jobs in a visitor's cookie to the account they sign in to."""
    if request is not None and (references := references_in(request)):
        keep_saved(references=references, by=user)
