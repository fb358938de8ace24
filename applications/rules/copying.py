"""Who may begin an application with what is known already."""


def can_copy_answers(user, application, earlier):
    """The applicant may, from another application of their own whose words are still kept."""
    return (
        user.pk == application.applicant_id == earlier.applicant_id
        and application.pk != earlier.pk
        and earlier.blanked_at is None
    )


def has_nothing_yet(held):
    """Say whether a draft is as empty as when it was begun, but for what the staff register filled in."""
    return held.application.is_draft and held.has_nothing_yet
