"""Who may begin an application with what is known already."""


def can_copy_answers(user, application, earlier):
    """The applicant may, from another application of their own whose words are still kept."""
    return (
        user.pk == application.applicant_id == earlier.applicant_id
        and application.pk != earlier.pk
        and earlier.blanked_at is None
    )
